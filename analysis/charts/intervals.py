"""Intervals (a forest plot): an estimate with its interval in every row, against a reference line, with a verdict's sign."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from analysis.charts.chart import NARROW, WIDE, Caption, Chart, Known, Picture, Value, chart_of, end_columns, in_words, interval_text
from analysis.charts.legend import Entry, legend_of, protected_entry
from analysis.charts.lettering import SMALL, anchored, width_of
from analysis.charts.rows import PlacedRow, Row, RowPlan, axis_shapes, hidden_mark, plan_rows, stripes
from analysis.charts.scale import LinearScale, covering
from analysis.charts.shapes import Dot, Shape, Stroke, Words

ABOVE, BELOW, UNCLEAR = "▲", "▼", "○"  # signs of a verdict: beyond the reference on one side, or not told apart from it


@dataclass(frozen=True)
class IntervalRow:
    """`sign` is the verdict's (ABOVE, BELOW, UNCLEAR or none), `verdict` its words for the table."""

    label: str
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    sign: str = ""
    verdict: str = ""
    known: Known = Known.SHOWN
    group: str = ""

    @property
    def is_shown(self) -> bool:
        return self.known == Known.SHOWN and self.estimate is not None


@dataclass(frozen=True)
class Reference:
    """A line through all rows, with its word: no gap, the value that was registered."""

    at: float
    word: str


def interval_chart(caption: Caption, columns: tuple[str, str], rows: Sequence[IntervalRow], reference: Reference | None = None,
                   signs: Sequence[tuple[str, str]] = ()) -> Chart:
    """`columns` name the rows and the estimate; `signs` explains the signs that occur."""
    ends = covering((number for row in rows if row.is_shown for number in (row.estimate, row.low, row.high)), *([reference.at] if reference else []))
    wide, narrow = (_picture(caption, rows, reference, ends, signs, narrow) for narrow in (False, True))
    heads = [*columns, *end_columns(columns[1]), *([_("Verdict")] if any(row.verdict for row in rows) else [])]
    return chart_of(caption, wide, narrow, heads, [_twin(row, len(heads)) for row in rows])


def _twin(row: IntervalRow, cells: int) -> Sequence[Value]:
    if not row.is_shown:
        return (row.label, in_words(row.known), None, None, row.verdict)[:cells]
    return (row.label, row.estimate, row.low, row.high, row.verdict)[:cells]


def figures_text(row: IntervalRow, caption: Caption) -> str:
    if row.estimate is None or not row.is_shown:
        return in_words(row.known)
    interval = interval_text(row.low, row.high, caption.write)
    return f"{f'{row.sign} ' if row.sign else ''}{caption.write(row.estimate)}{f' ({interval})' if interval else ''}"


def _picture(caption: Caption, rows: Sequence[IntervalRow], reference: Reference | None, ends: tuple[float, float], signs: Sequence[tuple[str, str]],
             narrow: bool) -> Picture:
    plan = plan_rows([Row(row.label, figures_text(row, caption), row.group) for row in rows], narrow, 26.0 if reference else 8.0)
    scale = plan.scale(*ends)
    marks = [shape for row, place in zip(rows, plan.places, strict=True) for shape in _marks_of(row, place, plan, scale)]
    line = _reference_shapes(reference, plan, scale) if reference else []
    body = plan.drawing([*stripes(plan), *axis_shapes(plan, scale, caption.write), *line, *marks])
    return Picture(body, legend=legend_of(_entries(rows, signs), NARROW if narrow else WIDE))


def _marks_of(row: IntervalRow, place: PlacedRow, plan: RowPlan, scale: LinearScale) -> list[Shape]:
    return [hidden_mark(plan, place)] if row.known == Known.PROTECTED else interval_marks(row, place, scale)


def interval_marks(row: IntervalRow, place: PlacedRow, scale: LinearScale) -> list[Shape]:
    """An unclear verdict is a hollow dot."""
    if not row.is_shown or row.estimate is None:
        return []
    shapes: list[Shape] = []
    if row.low is not None and row.high is not None:
        left, right = scale.place(row.low), scale.place(row.high)
        shapes = [Stroke(left, place.mark, right, place.mark, "chart-whisker"),
                  *(Stroke(x, place.mark - 4, x, place.mark + 4, "chart-whisker") for x in (left, right))]
    return [*shapes, Dot(scale.place(row.estimate), place.mark, 5, "chart-dot-open" if row.sign == UNCLEAR else "chart-dot")]


def _reference_shapes(reference: Reference, plan: RowPlan, scale: LinearScale) -> list[Shape]:
    x = scale.place(reference.at)
    anchor = anchored(x, width_of(reference.word, SMALL), 0, plan.width)
    lines = [Stroke(x, top, x, foot, "chart-reference") for top, foot in plan.spans]
    return [*lines, Words(x, 13, (reference.word,), "chart-number", anchor, SMALL)]


def _entries(rows: Sequence[IntervalRow], signs: Sequence[tuple[str, str]]) -> list[Entry]:
    def of_sign(sign: str, text: str) -> Entry:
        look = "chart-dot-open" if sign == UNCLEAR else "chart-dot"
        return Entry(text, lambda x, y: [Words(x - 7, y + 4, (sign,), "chart-label", "middle", SMALL), Dot(x + 7, y, 4.5, look)])

    hidden = [protected_entry()] if any(row.known == Known.PROTECTED for row in rows) else []
    there = {row.sign for row in rows if row.is_shown}
    return [of_sign(*sign) for sign in signs if sign[0] in there] + hidden
