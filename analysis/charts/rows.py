"""Where rows lie that share one axis: label, plot and figures side by side on a wide page, one above the other on a narrow one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analysis.charts.chart import NARROW, WIDE, WriteNumber, tick_text
from analysis.charts.lettering import SMALL, TEXT, width_of, wrapped
from analysis.charts.scale import LinearScale
from analysis.charts.shapes import LINE_HEIGHT, Box, Drawing, Shape, Stroke, Words

LINE = TEXT * LINE_HEIGHT
EDGE = 10.0  # room beside the plot for marks at its ends
GAP = 16.0
LABELS_AT_MOST, LEAST_ROW, MARK_ROW = 208.0, 30.0, 26.0
AXIS_ROOM = 24.0


@dataclass(frozen=True)
class Row:
    """One line of the picture. `figures` are its numbers in words, `group` the heading it stands under."""

    label: str
    figures: str
    group: str = ""


@dataclass(frozen=True)
class PlacedRow:
    top: float
    height: float
    mark: float  # the height on which its marks lie


@dataclass(frozen=True)
class RowPlan:
    """The places of all rows, with all their words; charts add the marks."""

    width: float
    left: float
    right: float
    top: float
    foot: float
    places: tuple[PlacedRow, ...]
    words: tuple[Shape, ...]
    mark_row: float = MARK_ROW

    @property
    def spans(self) -> list[tuple[float, float]]:
        """Where upright lines run: through all rows on a wide page, beside no label on a narrow one."""
        if self.width == WIDE:
            return [(self.top, self.foot)]
        return [(place.mark - self.mark_row / 2, place.mark + self.mark_row / 2) for place in self.places]

    def scale(self, low: float, high: float) -> LinearScale:
        return LinearScale(low, high, self.left, self.right)

    def drawing(self, shapes: Sequence[Shape]) -> Drawing:
        return Drawing(self.width, self.foot + AXIS_ROOM, (*shapes, *self.words))


def plan_rows(rows: Sequence[Row], narrow: bool, top: float = 8.0, mark_row: float = MARK_ROW) -> RowPlan:
    """`top` is kept free above the rows, for the words of the axis; `mark_row` is the room that a row's marks take in height."""
    return _narrow_plan(rows, top, mark_row) if narrow else _wide_plan(rows, top, mark_row)


def _wide_plan(rows: Sequence[Row], top: float, mark_row: float) -> RowPlan:
    label_width = min(max((width_of(row.label) for row in rows), default=0.0), LABELS_AT_MOST)
    figures_width = max((width_of(row.figures) for row in rows), default=0.0)

    def one(row: Row, y: float) -> tuple[PlacedRow, list[Shape]]:
        lines = wrapped(row.label, label_width)
        height = max(LEAST_ROW, mark_row + 4, len(lines) * LINE + 10)
        middle = y + height / 2
        first = middle - (len(lines) - 1) * LINE / 2 + 5
        return PlacedRow(y, height, middle), [Words(0, first, lines, "chart-label"), *_figures(row, WIDE, middle + 5)]

    left = label_width + GAP + EDGE
    right = WIDE - (figures_width + GAP if figures_width else 0) - EDGE
    return _stacked(rows, top, (left, right, WIDE), mark_row, one)


def _narrow_plan(rows: Sequence[Row], top: float, mark_row: float) -> RowPlan:
    def one(row: Row, y: float) -> tuple[PlacedRow, list[Shape]]:
        lines = wrapped(row.label, NARROW)
        beside = width_of(lines[-1]) + GAP + width_of(row.figures, SMALL) <= NARROW
        first = y + 16
        last = first + (len(lines) - 1) * LINE
        figures_at = last if beside or not row.figures else last + LINE
        mark = figures_at + 6 + mark_row / 2
        words = [Words(0, first, lines, "chart-label"), *_figures(row, NARROW, figures_at, SMALL)]
        return PlacedRow(y, mark + mark_row / 2 - y, mark), words

    return _stacked(rows, top, (EDGE, NARROW - EDGE, NARROW), mark_row, one)


def _figures(row: Row, x: float, y: float, size: float = TEXT) -> list[Shape]:
    return [Words(x, y, (row.figures,), "chart-figures", "end", size)] if row.figures else []


PlaceOne = Callable[[Row, float], tuple[PlacedRow, list[Shape]]]


def _stacked(rows: Sequence[Row], top: float, across: tuple[float, float, float], mark_row: float, one: PlaceOne) -> RowPlan:
    left, right, width = across
    y, group = top, ""
    places: list[PlacedRow] = []
    words: list[Shape] = []
    for row in rows:
        if row.group != group:
            heading = wrapped(row.group, width)
            words.append(Words(0, y + 22, heading, "chart-heading"))
            y, group = y + 12 + len(heading) * LINE, row.group
        place, text = one(row, y)
        places.append(place)
        words.extend(text)
        y += place.height
    return RowPlan(width, left, right, top, y, tuple(places), tuple(words), mark_row)


def axis_shapes(plan: RowPlan, scale: LinearScale, write: WriteNumber) -> list[Shape]:
    """Thin lines through all rows at the ticks, with their numbers below."""
    narrow = plan.width < WIDE
    shapes: list[Shape] = []
    for tick in scale.ticks(5 if narrow else 7):
        x = scale.place(tick)
        shapes += [Stroke(x, top, x, foot, "chart-grid") for top, foot in plan.spans]
        shapes.append(Words(x, plan.foot + 18, (tick_text(tick, write),), "chart-number", "middle", SMALL))
    return shapes


def hidden_mark(plan: RowPlan, place: PlacedRow) -> Shape:
    """A protected row: an empty frame where its marks would lie."""
    return Box(plan.left, place.mark - 7, plan.right - plan.left, 14, "chart-hidden", 3)


def stripes(plan: RowPlan) -> list[Shape]:
    """A quiet ground under every other row, so that the eye keeps its line from label to figures."""
    return [Box(0, place.top, plan.width, place.height, "chart-stripe", 3) for place in plan.places[1::2]] if plan.width == WIDE else []
