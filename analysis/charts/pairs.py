"""Paired values: what the ones say of themselves against what the others say of them, row by row, with the gap between."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from analysis.charts.chart import NARROW, WIDE, Caption, Chart, Known, Picture, Value, chart_of, in_words
from analysis.charts.legend import Entry, legend_of, protected_entry
from analysis.charts.rows import PlacedRow, Row, RowPlan, axis_shapes, hidden_mark, plan_rows, stripes
from analysis.charts.scale import LinearScale, covering
from analysis.charts.shapes import Box, Dot, Shape, Stroke


@dataclass(frozen=True)
class PairedRow:
    """`gap` is the published difference, not counted again from rounded values."""

    label: str
    own: float | None = None
    others: float | None = None
    gap: float | None = None
    known: Known = Known.SHOWN
    group: str = ""


@dataclass(frozen=True)
class PairNames:
    """What the rows are, and the two values: "Japan of itself", "others of it"."""

    row: str
    own: str
    others: str


def pair_chart(caption: Caption, names: PairNames, rows: Sequence[PairedRow], ends: tuple[float, float] | None = None) -> Chart:
    """`ends` are those of the answers' scale where they have one."""
    ends = ends or covering(number for row in rows if row.known == Known.SHOWN for number in (row.own, row.others))
    wide, narrow = (_picture(caption, names, rows, ends, narrow) for narrow in (False, True))
    return chart_of(caption, wide, narrow, [names.row, names.own, names.others, _("Gap")], [_twin(row) for row in rows])


def _twin(row: PairedRow) -> list[Value]:
    if row.known != Known.SHOWN:
        return [row.label, in_words(row.known), in_words(row.known), None]
    return [row.label, row.own, row.others, row.gap]


def gap_text(row: PairedRow, caption: Caption) -> str:
    """Both values and the gap with its sign."""
    if row.known != Known.SHOWN or (row.own is None and row.others is None):
        return in_words(row.known)
    own, others = (in_words(Known.UNDEFINED) if value is None else caption.write(value) for value in (row.own, row.others))
    gap = "" if row.gap is None else f" ({'+' if row.gap > 0 else ''}{caption.write(row.gap)})"
    return f"{own} · {others}{gap}"


def _picture(caption: Caption, names: PairNames, rows: Sequence[PairedRow], ends: tuple[float, float], narrow: bool) -> Picture:
    plan = plan_rows([Row(row.label, gap_text(row, caption), row.group) for row in rows], narrow)
    scale = plan.scale(*ends)
    marks = [shape for row, place in zip(rows, plan.places, strict=True) for shape in _marks(row, place, plan, scale)]
    body = plan.drawing([*stripes(plan), *axis_shapes(plan, scale, caption.write), *marks])
    return Picture(body, legend=legend_of(_entries(names, rows), NARROW if narrow else WIDE))


def _marks(row: PairedRow, place: PlacedRow, plan: RowPlan, scale: LinearScale) -> list[Shape]:
    """The own value is a ring, that of the others a square, so that they are told apart without colour."""
    if row.known != Known.SHOWN:
        return [hidden_mark(plan, place)] if row.known == Known.PROTECTED else []
    own, others = (None if value is None else scale.place(value) for value in (row.own, row.others))
    between: list[Shape] = [Stroke(own, place.mark, others, place.mark, "chart-between")] if own is not None and others is not None else []
    square = [] if others is None else [_square(others, place.mark)]
    ring = [] if own is None else [_ring(own, place.mark)]
    return [*between, *square, *ring]


def _square(x: float, y: float) -> Shape:
    return Box(x - 5.5, y - 5.5, 11, 11, "chart-square", 1.5)


def _ring(x: float, y: float) -> Shape:
    return Dot(x, y, 5, "chart-ring")


def _entries(names: PairNames, rows: Sequence[PairedRow]) -> list[Entry]:
    hidden = [protected_entry()] if any(row.known == Known.PROTECTED for row in rows) else []
    figures = Entry(_("Numbers: both values, and the gap in brackets"))
    return [Entry(names.own, lambda x, y: [_ring(x, y)]), Entry(names.others, lambda x, y: [_square(x, y)]), figures, *hidden]
