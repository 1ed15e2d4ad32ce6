"""Stability against consensus: a map of the questions for every two rules that were registered together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analysis.charts import Caption, Chart, MapAxis, MapPoint, MapWords, Range, map_chart
from analysis.charts.scale import covering
from analysis.results.convergence import Convergence, Tracked
from analysis.results.glance_words import CLASSES
from analysis.results.lines import shown_figure
from analysis.results.rule_words import Asked, asked_of
from analysis.results.shortened import told_apart
from analysis.results.value_words import in_two_decimals
from surveys.models import Study
from surveys.templatetags.organizer import marked

LEAST_FOR_A_MAP = 3
QUADRANTS = ("unstable_consensus", "stable_consensus", "unstable_dissent", "stable_dissent")
HALF_A_STEP = {"percent_changed": 10.0, "weighted_kappa": 0.05}  # of a coarse figure: the middle of its fifth, or one decimal
Rules = tuple[Asked, Asked]
"""Of consensus and of stability."""


@dataclass(frozen=True)
class Placed:
    """A question with both figures that its rules compare."""

    item: Tracked
    rules: Rules
    agreement: float
    stability: Range

    @property
    def outcome(self) -> str:
        return self.item.outcome


def placed(item: Tracked, settings: Mapping[str, Any]) -> Placed | None:
    """None where the question has no single verdict, or one of the figures is not told."""
    row = item.judged
    if row is None or row.suppressed:
        return None
    consensus, stability = (asked_of(which, item.spec, row.component, row.level, settings) for which in ("consensus", "stability"))
    agreement, change = row.figures.get("rule_value"), row.figures.get("stability_value")
    if consensus is None or stability is None or agreement is None or change is None:
        return None
    half = HALF_A_STEP.get(stability.rule) if row.figures.get("paired_coarse") == "yes" else None
    ends = (None, None) if half is None else (change - half, change + half)
    return Placed(item, (consensus, stability), agreement, Range(change, *ends))


def by_rules(convergence: Convergence, study: Study) -> dict[Rules, list[Placed]]:
    """The rules with most questions first."""
    found: dict[Rules, list[Placed]] = {}
    for item in convergence.items:
        point = placed(item, study.settings)
        if point is not None:
            found.setdefault(point.rules, []).append(point)
    return dict(sorted(found.items(), key=lambda entry: -len(entry[1])))


def map_charts(convergence: Convergence, study: Study) -> list[Chart]:
    groups = [(rules, points) for rules, points in by_rules(convergence, study).items() if len(points) >= LEAST_FOR_A_MAP]
    return [one_map(study, convergence.number, place, rules, points) for place, (rules, points) in enumerate(groups, start=1)]


def one_map(study: Study, number: int, place: int, rules: Rules, points: Sequence[Placed]) -> Chart:
    consensus, stability = rules
    title = _("Consensus: %(consensus)s. Stability: %(stability)s.") % {"consensus": consensus.name, "stability": stability.name}
    note = _("The lines are the registered rules: agreement %(agreement)s, stability %(stability)s.") % {
        "agreement": consensus.in_words, "stability": stability.in_words}
    upper_left, upper_right, lower_left, lower_right = (str(CLASSES[name][0]) for name in QUADRANTS)
    words = MapWords(_("Question"), (upper_left, upper_right, lower_left, lower_right), _sorts(points, number))
    across = axis(stability, [value for point in points for value in (point.stability.value, point.stability.low, point.stability.high)],
                  (_("answers still move"), _("answers stay")))
    up = axis(consensus, [point.agreement for point in points], (_("less agreement"), _("more agreement")))
    names = told_apart([str(marked(study, point.item.definition["text"])) for point in points])
    return map_chart(Caption(f"map-{place}", title, counted(points), note, in_two_decimals), words, across, up,
                     [_point(point, name, number) for point, name in zip(points, names, strict=True)])


def _sorts(points: Sequence[Placed], number: int) -> tuple[str, ...]:
    """Only where both kinds are there."""
    is_mixed = any(point.item.number < number for point in points)
    return (_("asked in this round"), _("last asked in an earlier round")) if is_mixed else ()


def _point(point: Placed, name: str, number: int) -> MapPoint:
    return MapPoint(point.item.item.code, point.stability, Range(point.agreement), int(point.item.number < number), name=name)


def axis(rule: Asked, numbers: Sequence[float | None], words: tuple[str, str]) -> MapAxis:
    """The better end lies right or above, also where it is the smaller number."""
    low, high = covering(numbers, rule.threshold, 0.0)
    ends = (low, high) if rule.is_more_better else (high, low)
    return MapAxis(rule.name, *ends, *words, rule.threshold)


def counted(points: Sequence[Placed]) -> str:
    found = {name: sum(point.outcome == name for point in points) for name in QUADRANTS}
    said = {"all": len(points), "agreed": found["stable_consensus"], "divided": found["stable_dissent"],
            "moving": found["unstable_consensus"] + found["unstable_dissent"]}
    return ngettext("Agreed and settled: %(agreed)s of %(all)s question; not agreed and settled: %(divided)s; still moving: %(moving)s.",
                    "Agreed and settled: %(agreed)s of %(all)s questions; not agreed and settled: %(divided)s; still moving: %(moving)s.", len(points)) % said


def others_in_words(convergence: Convergence, study: Study) -> list[dict[str, Any]]:
    """Questions whose rules are shared by too few others for a map."""
    found = [point for points in by_rules(convergence, study).values() if len(points) < LEAST_FOR_A_MAP for point in points]
    return [{
        "code": point.item.item.code, "number": point.item.number, "text": marked(study, point.item.definition["text"]),
        "consensus": point.rules[0], "agreement": shown_figure("rule_value", point.agreement), "stability": point.rules[1],
        "change": shown_figure("rule_value", point.stability.value), "outcome": CLASSES[point.outcome][0],
    } for point in found]


def number_without_a_place(convergence: Convergence, study: Study) -> int:
    """Of those that have figures: what is answered in words, or there to practise, is no point on any map."""
    return sum(bool(item.rows) for item in convergence.items) - sum(len(points) for points in by_rules(convergence, study).values())
