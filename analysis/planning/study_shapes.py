"""What a study asks, as the planner sees it: answers of the same shape under the same rule behave alike, and are planned once."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from analysis.planning.study_items import latest_specs
from analysis.registered import rule_for
from analysis.rules import ORDERED
from surveys.items import Component, ItemSpec, kind_of
from surveys.models import Study

FINEST = 101  # so many different numbers are told apart at most
PROBABILITIES = 21  # people give probabilities in steps of five
SHARES = 21
WHOLE = "order"  # the level of a ranking that is judged as a whole
NOT_JUDGED_ALONE = frozenset({"kendall_w"})  # rules of an answer as a whole


@dataclass(frozen=True)
class AnswerShape:
    """Numbers that are asked alike: `size` values, equally far apart, from `low` to `high`; `rule` judges consensus.

    `items` names the items, `tests` counts the numbers in their answers: a grid has one for each cell.
    """

    level: str
    size: int
    low: float
    high: float
    rule: Mapping[str, Any] | None
    items: tuple[str, ...] = ()
    tests: int = 0

    @property
    def step(self) -> float:
        return (self.high - self.low) / (self.size - 1)

    @property
    def is_whole(self) -> bool:
        """A ranking that is judged as a whole: `size` options."""
        return self.level == WHOLE

    @property
    def has_gap(self) -> bool:
        """Can one ally's answers lie higher than another's? Options without an order can't."""
        return self.level in ORDERED or self.level == "binary"

    @property
    def key(self) -> str:
        return json.dumps([self.level, self.size, self.low, self.high, self.rule], sort_keys=True)

    @property
    def number(self) -> int:
        """Goes into the seeds, so that a shape's figures do not depend on what else the study asks."""
        return crc32(self.key.encode())


@dataclass(frozen=True)
class PlannedStudy:
    """All that is simulated of a study."""

    shapes: tuple[AnswerShape, ...]
    minimum: int
    quantile_type: int
    panels: int

    @property
    def tests(self) -> int:
        """Comparisons of one pair of allies: numbers that can show a gap."""
        return sum(shape.tests for shape in self.shapes if shape.has_gap)


def planned_study(study: Study, only: Collection[str] = ()) -> PlannedStudy:
    """The study as it stands, draft or running (3 queries); practice and open questions are left out, and all items but `only`."""
    found: dict[str, tuple[AnswerShape, list[str]]] = {}
    for spec in latest_specs(study):
        if spec.practice or (only and spec.code not in only):
            continue
        for shape in shapes_of(spec, study.settings.get("consensus")):
            found.setdefault(shape.key, (shape, []))[1].append(spec.code)
    shapes = [AnswerShape(shape.level, shape.size, shape.low, shape.high, shape.rule, tuple(dict.fromkeys(codes)), len(codes))
              for shape, codes in found.values()]
    return PlannedStudy(tuple(shapes), study.minimum, study.quantile_type, study.panels.count())


def shapes_of(spec: ItemSpec, study_rule: Mapping[str, Any] | None) -> list[AnswerShape]:
    """One for each number of the item's answer; before them that of a ranking whose rule judges it as a whole."""
    components = kind_of(spec).components(spec)
    found = [shape_of(component, spec, len(components), study_rule) for component in components]
    rule = rule_for("rank", *spec.consensus, study_rule) if kind_of(spec).whole_level else None
    if rule and rule["rule"] in NOT_JUDGED_ALONE:
        found.insert(0, AnswerShape(WHOLE, len(components), 1.0, float(len(components)), rule))
    return found


def shape_of(component: Component, spec: ItemSpec, parts: int, study_rule: Mapping[str, Any] | None) -> AnswerShape:
    """`parts` is how many numbers the item's answer has."""
    level = str(component.level)
    rule = rule_for(level, *spec.consensus, *component.consensus, study_rule)
    low, high, size = _values_of(component, spec, parts)
    has_limits = bool(component.categories) or (component.minimum is not None and component.maximum is not None)
    return AnswerShape(level, size, low, high, rule if rule and has_limits and rule["rule"] not in NOT_JUDGED_ALONE else None)


def _values_of(component: Component, spec: ItemSpec, parts: int) -> tuple[float, float, int]:
    """Lowest and highest value, and how many are told apart."""
    level, count = str(component.level), len(component.categories)
    if count:
        first = 1.0 if level in ("ordinal", "rank") else 0.0
        return first, first + count - 1, count
    if level == "probability":
        return 0.0, 100.0, PROBABILITIES
    low = 0.0 if component.minimum is None else float(component.minimum)
    high = low + 100.0 if component.maximum is None else float(component.maximum)
    if level == "share":
        # Points for one of several options lie around an equal part of the total, not around its half.
        return low, min(high, 2 * high / parts), SHARES
    steps = FINEST - 1 if spec.decimals is None else round((high - low) * 10**spec.decimals)
    return low, high, max(2, min(FINEST, steps + 1))
