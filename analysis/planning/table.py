"""A plan's figures as one long table: a row for each shape of answer, size of panel and figure."""

from collections.abc import Iterator
from typing import Any

from analysis.exports.cells import csv_bytes, number_cell, text_cell
from analysis.planning.result import CallPoint, GapPoint, PlanResult, ShapeResult, Share

COLUMNS = ("answers", "values", "items", "tests", "consensus_rule", "gap", "gap_unit", "cliffs_delta", "group", "experts", "figure", "hits", "runs",
           "share", "low", "high")
GAP_FIGURES = ("shown", "seen", "seen_alone")
CALL_FIGURES = ("found", "kept_apart", "false_call")


def plan_csv(result: PlanResult) -> bytes:
    """The same result, the same bytes."""
    return csv_bytes(COLUMNS, rows(result))


def rows(result: PlanResult) -> Iterator[list[str]]:
    """In the order of the questionnaire, then group, size, figure."""
    for shape in result.shapes:
        head = _head(shape)
        for group, points, names in (("pair", shape.gaps, GAP_FIGURES), ("panel", shape.ally, CALL_FIGURES), ("all", shape.everybody, CALL_FIGURES)):
            for point in points:
                yield from ([*head, group, str(point.experts), name, *_cells(share)] for name, share in _shares(point, names))
    for experts, alarm in zip(result.experts, result.false_alarms, strict=False):
        yield [*[""] * 8, "pair", str(experts), "any_false_alarm", *_cells(alarm)]


def _head(shape: ShapeResult) -> list[str]:
    rule = text_cell(str(shape.rule["rule"])) if shape.rule else ""
    gap = [number_cell(shape.gap), shape.unit, number_cell(shape.delta)] if shape.gaps else ["", "", ""]
    return [shape.level, str(shape.size), text_cell(" ".join(shape.items)), str(shape.tests), rule, *gap]


def _shares(point: GapPoint | CallPoint, names: tuple[str, ...]) -> Iterator[tuple[str, Share]]:
    found: Any
    for name in names:
        found = getattr(point, name)
        if found is not None:
            yield name, found


def _cells(share: Share) -> list[str]:
    return [str(share.hits), str(share.runs), number_cell(share.share), number_cell(share.low), number_cell(share.high)]
