"""A plan from beginning to end: every shape of answer at every size of panel. Seeded; knows no database."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from analysis.planning.consensus_calls import calls, opinions_by_truth
from analysis.planning.gap_power import GapCounts, false_alarms, gap_counts, null_p_values
from analysis.planning.opinions import Gap, planned_gap
from analysis.planning.parameters import PlanParameters
from analysis.planning.ranking_calls import ranking_calls
from analysis.planning.result import CallPoint, Calls, GapPoint, PlanResult, ShapeResult, Share
from analysis.planning.study_shapes import AnswerShape, PlannedStudy
from analysis.statistics import percent_agreement

Told = Callable[[int, int], None]
DECIMALS = 6


def plan_study(study: PlannedStudy, parameters: PlanParameters, tell: Told | None = None) -> PlanResult:
    """Everything that is shown of a plan. `tell(done, total)` is called after each size, for the gaps and for each shape's verdicts."""
    gaps = {shape.key: planned_gap(shape, parameters) for shape in study.shapes if shape.has_gap}
    progress = Progress(len(parameters.experts) * (len(study.shapes) + bool(gaps)), tell)
    by_shape: dict[str, list[GapPoint]] = {key: [] for key in gaps}
    alarms = []
    for experts in parameters.experts if gaps else ():
        null = null_p_values(study, experts, parameters)
        alarms.append(share(false_alarms(null, parameters.pairs), parameters.runs))
        for shape in study.shapes:
            if shape.has_gap:
                found = gap_counts(shape, gaps[shape.key].shift, null, experts, parameters, study.minimum)
                by_shape[shape.key].append(_gap_point(experts, found, parameters.runs))
        progress.step()
    shapes = [_shape_result(shape, gaps.get(shape.key), by_shape.get(shape.key, []), _verdicts(shape, study, parameters, progress))
              for shape in study.shapes]
    return PlanResult(minimum=study.minimum, panels=study.panels, needed_to_show=ceil(round(study.minimum / parameters.staying, 9)),
                      family=study.tests * parameters.pairs, experts=parameters.experts, false_alarms=tuple(alarms), shapes=tuple(shapes))


class Progress:
    """Counts steps and tells whoever wants to know."""

    def __init__(self, total: int, tell: Told | None) -> None:
        self.done, self.total, self.tell = 0, total, tell

    def step(self) -> None:
        self.done += 1
        if self.tell is not None:
            self.tell(self.done, self.total)


def share(hits: int, runs: int) -> Share:
    """A simulated chance with its Monte Carlo error."""
    found = percent_agreement(hits, runs)
    return Share(hits, runs, round(found.low or 0.0, DECIMALS), round(found.high or 0.0, DECIMALS))


def _gap_point(experts: int, found: GapCounts, runs: int) -> GapPoint:
    return GapPoint(experts, share(found.shown, runs), share(found.seen, runs), share(found.seen_alone, runs))


def _shape_result(shape: AnswerShape, gap: Gap | None, points: list[GapPoint], verdicts: list[tuple[CallPoint, CallPoint]]) -> ShapeResult:
    ally, everybody = zip(*verdicts, strict=True) if verdicts else ((), ())
    looked_for = {"gap": gap.size, "unit": gap.unit, "delta": round(gap.delta, DECIMALS)} if gap else {}
    return ShapeResult(shape.level, shape.size, shape.low, shape.high, shape.rule, shape.items, shape.tests, gaps=tuple(points),
                       ally=ally, everybody=everybody, **looked_for)  # type: ignore[arg-type]


def _verdicts(shape: AnswerShape, study: PlannedStudy, parameters: PlanParameters, progress: Progress) -> list[tuple[CallPoint, CallPoint]]:
    """For each size those of an ally, and of all together; none where the rule judges none of the opinions that are tried."""
    judge = _judge(shape, study, parameters)
    found = []
    for experts in parameters.experts:
        if judge is not None:
            found.append((_call_point(experts, judge(1, experts)), _call_point(experts, judge(max(1, study.panels), experts))))
        progress.step()
    return found


def _judge(shape: AnswerShape, study: PlannedStudy, parameters: PlanParameters) -> Callable[[int, int], dict[bool, Calls]] | None:
    """How panels of a number of groups times a number of experts are judged."""
    if shape.is_whole:
        return lambda group, experts: ranking_calls(shape, group, experts, parameters, study)
    opinions = opinions_by_truth(shape, parameters.spread, study.quantile_type)
    if not any(opinions.values()):
        return None
    return lambda group, experts: calls(shape, opinions, group, experts, parameters, study)


def _call_point(experts: int, found: dict[bool, Calls]) -> CallPoint:
    there, not_there = found.get(True), found.get(False)
    return CallPoint(
        experts, share(there.right, there.studies) if there else None, share(not_there.right, not_there.studies) if not_there else None,
        share(not_there.called, not_there.studies) if not_there else None,
    )
