"""Verdicts on rankings as a whole: how often Kendall's W of a panel says what that of everybody would say.

Each option has a place on a scale from 0 to 1, equally far apart. An expert sees each place with a normal error, and ranks what is seen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, sqrt

import numpy as np
from scipy.special import ndtr

from analysis.planning.consensus_values import is_reached
from analysis.planning.draws import CONSENSUS, stream
from analysis.planning.parameters import PlanParameters
from analysis.planning.result import Calls
from analysis.planning.study_shapes import AnswerShape, PlannedStudy
from analysis.statistics.answers import Array, Numbers
from analysis.statistics.matrix import kendall_w_by_group

TIMES_SPREAD = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
NEAR_SPREAD = 0.2  # an order that the rule judges otherwise so near by is a border case
CELLS_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class SharedOrder:
    """How surely experts see the common order; `opposed`: half of them see the reverse of it."""

    spread: float
    opposed: bool = False

    def neighbours(self) -> list[SharedOrder]:
        return [replace(self, spread=times * self.spread) for times in (1 - NEAR_SPREAD, 1.0, 1 + NEAR_SPREAD)]


def considered_orders(spread: float) -> list[SharedOrder]:
    return [SharedOrder(times * spread) for times in TIMES_SPREAD] + [SharedOrder(times * spread, opposed=True) for times in (0.5, 1.0)]


def concordance_of_everybody(order: SharedOrder, options: int) -> float:
    """W of very many experts: 12 sum (R - mean)^2 / (K^3 - K), R being an option's expected rank.

    Of two options i and j, i is seen lower with the chance Phi((place j - place i) / (s sqrt 2)).
    """
    if order.opposed:
        return 0.0  # the two halves cancel each other
    places = np.linspace(0, 1, options)
    below = ndtr((places[:, None] - places[None, :]) / (order.spread * sqrt(2)))
    ranks = 0.5 + below.sum(axis=1)  # 1, the chances of the others to lie below, and less the 1/2 of the option itself
    return float(12 * ((ranks - (options + 1) / 2) ** 2).sum() / (options**3 - options))


def orders_by_truth(shape: AnswerShape, spread: float) -> dict[bool, list[SharedOrder]]:
    """The orders tried that are clearly in consensus, and those that clearly are not."""
    found: dict[bool, list[SharedOrder]] = {True: [], False: []}
    for order in considered_orders(spread):
        truths = {bool(is_reached(shape.rule or {}, np.array(concordance_of_everybody(near, shape.size)))) for near in order.neighbours()}
        if len(truths) == 1:
            found[truths.pop()].append(order)
    return found


def ranking_calls(shape: AnswerShape, group: int, experts: int, parameters: PlanParameters, study: PlannedStudy) -> dict[bool, Calls]:
    """Truth → how panels of `group` times `experts` judge it; a truth that no order has is absent."""
    found = {}
    for truth, tried in orders_by_truth(shape, parameters.spread).items():
        if tried:
            random = stream(parameters.seed, CONSENSUS, shape.number, experts, group, truth)
            studies = ceil(parameters.runs / len(tried))
            parts = [_judged(order, shape, group * experts, studies, random, parameters, study) for order in tried]
            judged, called = (np.concatenate([part[place] for part in parts]) for place in (0, 1))
            right = called if truth else judged & ~called
            found[truth] = Calls(studies=len(judged), right=int(right.sum()), called=int(called.sum()))
    return found


def _judged(order: SharedOrder, shape: AnswerShape, experts: int, studies: int, random: np.random.Generator, parameters: PlanParameters,
            study: PlannedStudy) -> tuple[Array, Array]:
    """For each study: has the panel a verdict that is shown, and is it consensus?"""
    block = max(1, CELLS_AT_ONCE // (experts * shape.size))
    judged, called = [], []
    for start in range(0, studies, block):
        ranks = drawn_rankings(random, order, shape.size, experts, parameters.staying, min(block, studies - start))
        w = concordance(ranks)
        shown = is_shown(ranks, study.minimum) & ~np.isnan(w)
        judged.append(shown)
        called.append(shown & is_reached(shape.rule or {}, w))
    return np.concatenate(judged), np.concatenate(called)


def drawn_rankings(random: np.random.Generator, order: SharedOrder, options: int, experts: int, staying: float, studies: int) -> Array:
    """Ranks from 1, shape studies × experts × options; 0 where an expert did not answer."""
    places = np.linspace(0, 1, options)
    seen = places + order.spread * random.standard_normal((studies, experts, options))
    if order.opposed:
        opposite = random.random((studies, experts, 1)) < 0.5
        seen = np.where(opposite, places[::-1] - places + seen, seen)
    ranks = np.argsort(np.argsort(seen, axis=2), axis=2) + 1
    return np.where(random.random((studies, experts, 1)) < staying, ranks, 0).astype(np.uint8)


def concordance(ranks: Array) -> Numbers:
    """W of each study; NaN with fewer than two experts."""
    studies, experts, options = ranks.shape
    whose = np.repeat(np.arange(studies), experts)
    return np.asarray(kendall_w_by_group(ranks.reshape(-1, options), whose, options, studies).w)


def is_shown(ranks: Array, minimum: int) -> Array:
    """Options of a ranking are shown or hidden together: one to which all give the same rank hides all of them, while they are few."""
    present = ranks[:, :, 0] > 0
    n = present.sum(axis=1)
    highest = ranks.max(axis=1)
    lowest = np.where(present[:, :, None], ranks, 255).min(axis=1)
    tells_everybody = (highest == lowest).any(axis=1) & (n < 2 * minimum) & (minimum > 1)
    return (n >= max(1, minimum)) & ~tells_everybody
