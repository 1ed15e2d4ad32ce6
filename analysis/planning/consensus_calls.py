"""How often a panel's verdict is that of everybody whom it stands for: consensus called where there is one, and not called where not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from analysis.planning.consensus_values import is_reached, rule_values
from analysis.planning.draws import CONSENSUS, drawn_counts, is_shown, stream
from analysis.planning.opinions import answer_chances
from analysis.planning.parameters import PlanParameters
from analysis.planning.result import Calls
from analysis.planning.study_shapes import AnswerShape, PlannedStudy
from analysis.statistics.answers import Array, Numbers

CENTRES = tuple(place / 10 for place in range(1, 10))
UNITED, SCATTERED = 0.5, 2.0  # times the spread assumed
CAMP = 0.3  # two camps lie so far to both sides of the centre
NEAR_CENTRE, NEAR_SPREAD = 0.05, 0.2  # an opinion that the rule judges otherwise so near by is a border case
POPULATION = 1_000_000


@dataclass(frozen=True)
class Opinion:
    """What the experts of an ally think: around one centre, or in two equal camps on both sides of it. On a scale from 0 to 1."""

    centre: float
    spread: float
    camps: float = 0.0

    def chances(self, shape: AnswerShape) -> Numbers:
        sides = {-self.camps, self.camps}
        parts = [answer_chances(shape, min(1.0, max(0.0, self.centre + side)), self.spread) for side in sides]
        return np.asarray(sum(parts) / len(parts))

    def neighbours(self) -> list[Opinion]:
        """Itself, and a little to the left and right, wider and narrower."""
        moved = [replace(self, centre=self.centre + step) for step in (0.0, -NEAR_CENTRE, NEAR_CENTRE)]
        return moved + [replace(self, spread=self.spread * (1 + times)) for times in (-NEAR_SPREAD, NEAR_SPREAD)]


def considered_opinions(spread: float) -> list[Opinion]:
    """Nine centres, each united, spread as assumed, scattered, and in two camps."""
    around = [Opinion(centre, times * spread) for centre in CENTRES for times in (UNITED, 1.0, SCATTERED)]
    return around + [Opinion(centre, spread, CAMP) for centre in CENTRES]


def verdict_on(shape: AnswerShape, chances: Numbers, quantile_type: int) -> bool | None:
    """What the rule says of a very large panel of this opinion; None where the rule does not fit."""
    values = rule_values(shape, np.rint(chances * POPULATION).astype(np.int64)[None], quantile_type)
    return None if shape.rule is None or np.isnan(values[0]) else bool(is_reached(shape.rule, values)[0])


def opinions_by_truth(shape: AnswerShape, spread: float, quantile_type: int) -> dict[bool, list[Numbers]]:
    """The opinions tried that are clearly in consensus, and those that are clearly not; border cases are left out."""
    found: dict[bool, list[Numbers]] = {True: [], False: []}
    for opinion in considered_opinions(spread):
        truths = {verdict_on(shape, near.chances(shape), quantile_type) for near in opinion.neighbours()}
        if len(truths) == 1 and (truth := truths.pop()) is not None:
            found[truth].append(opinion.chances(shape))
    return found


def calls(shape: AnswerShape, opinions: Mapping[bool, Sequence[Numbers]], group: int, experts: int, parameters: PlanParameters,
          study: PlannedStudy) -> dict[bool, Calls]:
    """Truth → how panels of `group` times `experts` judge it; a truth that no opinion has is absent."""
    found = {}
    for truth, tried in opinions.items():
        if tried:
            random = stream(parameters.seed, CONSENSUS, shape.number, experts, group, truth)
            counts = _drawn(tried, group * experts, random, parameters)
            found[truth] = _judged(shape, counts, truth, study)
    return found


def _drawn(tried: Sequence[Numbers], experts: int, random: np.random.Generator, parameters: PlanParameters) -> Array:
    """As many panels of each opinion, `runs` or a few more in all."""
    studies = ceil(parameters.runs / len(tried))
    return np.concatenate([drawn_counts(random, chances, experts, parameters.staying, studies) for chances in tried])


def _judged(shape: AnswerShape, counts: Array, truth: bool, study: PlannedStudy) -> Calls:
    """A hidden row has no verdict, so neither is right."""
    values = rule_values(shape, counts, study.quantile_type)
    judged = is_shown(counts, study.minimum) & ~np.isnan(values)
    called = judged & is_reached(shape.rule or {}, values)
    right = called if truth else judged & ~called
    return Calls(studies=len(counts), right=int(right.sum()), called=int(called.sum()))
