"""A heat map: rows by columns, the number in every cell, on a scale from little to much or about a middle."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.charts.chart import DASH, NARROW, WIDE, Caption, Chart, Known, Picture, Value, chart_of, in_words
from analysis.charts.legend import Entry, legend_of, protected_entry
from analysis.charts.lettering import SMALL, width_of, wrapped
from analysis.charts.rows import LINE
from analysis.charts.shapes import LINE_HEIGHT, Box, Drawing, Shape, Words, stacked

HEAD_LINE = SMALL * LINE_HEIGHT
LEAST_CELL, MOST_CELL, CELL_HEIGHT, INSET, GROUP_HEIGHT = 58.0, 104.0, 34.0, 1.5, 30.0
DRAWN_TWICE_AT_MOST = 800  # cells; larger ones would make a page slow to load, and scroll on every screen anyway
TEXT_IN_CELL, RAMP = 13.0, 7 * 22.0


@dataclass(frozen=True)
class Sequential:
    """From `low` to `high` in seven steps; `words` stand at the ends of the key."""

    low: float
    high: float
    words: tuple[str, str]
    signed = False
    steps = tuple(f"chart-seq-{step}" for step in range(7))

    def step(self, value: float) -> int:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.0
        return min(int(min(max(share, 0.0), 1.0) * 7), 6)


@dataclass(frozen=True)
class Diverging:
    """About `middle`, up to `reach` on both sides, in seven steps; the sign stands in the cell."""

    reach: float
    words: tuple[str, str]
    middle: float = 0.0
    signed = True
    steps = ("chart-low-3", "chart-low-2", "chart-low-1", "chart-none", "chart-high-1", "chart-high-2", "chart-high-3")

    def step(self, value: float) -> int:
        share = (value - self.middle) / self.reach if self.reach else 0.0
        return round(min(max(share, -1.0), 1.0) * 3) + 3


HeatScale = Sequential | Diverging


@dataclass(frozen=True)
class HeatCell:
    """`sign` stands behind the number, a second sign for what colour cannot say (▲ a finding, ○ none)."""

    value: float | None = None
    known: Known = Known.SHOWN
    sign: str = ""


@dataclass(frozen=True)
class HeatRow:
    label: str
    cells: tuple[HeatCell, ...]
    group: str = ""


@dataclass(frozen=True)
class _Layout:
    label_width: float
    cell_width: float
    head: float
    rows: tuple[float, ...]  # their tops
    heights: tuple[float, ...]
    headings: tuple[tuple[float, str], ...]
    foot: float


def heat_map(caption: Caption, row_head: str, columns: Sequence[str], rows: Sequence[HeatRow], scale: HeatScale,
             signs: Sequence[tuple[str, str]] = ()) -> Chart:
    """`row_head` names what the rows are; `signs` explains the second signs in cells: (▲, the gap is beyond chance)."""
    values = [[row.label, *(_twin_value(cell) for cell in row.cells)] for row in rows]
    narrow = _picture(caption, columns, rows, scale, signs, narrow=True)
    is_large = len(rows) * len(columns) > DRAWN_TWICE_AT_MOST
    wide = narrow if is_large else _picture(caption, columns, rows, scale, signs, narrow=False)
    return chart_of(caption, wide, narrow, [row_head, *columns], values)


def _twin_value(cell: HeatCell) -> Value:
    return in_words(cell.known) if cell.known == Known.PROTECTED else cell.value


def cell_text(cell: HeatCell, scale: HeatScale, caption: Caption) -> str:
    if cell.known != Known.SHOWN or cell.value is None:
        return in_words(cell.known) if cell.known != Known.SHOWN else DASH
    plus = "+" if scale.signed and cell.value > 0 else ""
    return f"{plus}{caption.write(cell.value)}{f' {cell.sign}' if cell.sign else ''}"


def _picture(caption: Caption, columns: Sequence[str], rows: Sequence[HeatRow], scale: HeatScale, signs: Sequence[tuple[str, str]], narrow: bool) -> Picture:
    texts = [[cell_text(cell, scale, caption) for cell in row.cells] for row in rows]
    layout = _layout(columns, rows, texts, narrow)
    body = [*_heads(columns, layout), *_cells(rows, texts, scale, layout)]
    height = layout.foot
    labels = [Words(0, top + layout_height / 2 + 5 - (len(lines) - 1) * LINE / 2, lines, "chart-label")
              for row, top, layout_height in zip(rows, layout.rows, layout.heights, strict=True)
              for lines in (wrapped(row.label, layout.label_width - 10),)]
    headings = [Words(0, top + 22, (text,), "chart-heading") for top, text in layout.headings]
    width = max(len(columns) * layout.cell_width, 1.0)
    return Picture(Drawing(width, height, tuple(body)), Drawing(layout.label_width, height, (*labels, *headings)),
                   _legend(rows, scale, signs, NARROW if narrow else WIDE))


def _layout(columns: Sequence[str], rows: Sequence[HeatRow], texts: Sequence[Sequence[str]], narrow: bool) -> _Layout:
    label_width = _label_width([row.label for row in rows], narrow)
    cell_width = _cell_width(columns, texts)
    head = max((len(wrapped(column, cell_width - 4, SMALL)) for column in columns), default=1) * HEAD_LINE + 8
    y, group = head, ""
    tops, heights, headings = [], [], []
    for row in rows:
        if row.group != group:
            lines = wrapped(row.group, label_width - 10)
            headings += [(y + place * LINE, line) for place, line in enumerate(lines)]
            y, group = y + GROUP_HEIGHT + (len(lines) - 1) * LINE, row.group
        tops.append(y)
        heights.append(max(CELL_HEIGHT, len(wrapped(row.label, label_width - 10)) * LINE + 8))
        y += heights[-1]
    return _Layout(label_width, cell_width, head, tuple(tops), tuple(heights), tuple(headings), y + 2)


def _label_width(labels: Sequence[str], narrow: bool) -> float:
    """On a narrow page as wide as the longest word, so that cells are seen beside the names."""
    whole = max(map(width_of, labels), default=0.0)
    word = max((width_of(word) for label in labels for word in label.split()), default=0.0)
    return 12 + (min(max(word, 72.0), 116.0, whole) if narrow else min(whole, 204.0))


def _cell_width(columns: Sequence[str], texts: Sequence[Sequence[str]]) -> float:
    """Wide enough for every number and, up to a bound, for the longest word of the heads."""
    words = [width_of(word, SMALL) + 6 for column in columns for word in column.split()]
    numbers = [width_of(text, TEXT_IN_CELL) + 8 for row in texts for text in row]
    return max(LEAST_CELL, min(max(words, default=0.0), MOST_CELL), *numbers) if numbers else LEAST_CELL


def _heads(columns: Sequence[str], layout: _Layout) -> list[Shape]:
    found: list[Shape] = []
    for place, column in enumerate(columns):
        lines = wrapped(column, layout.cell_width - 4, SMALL)
        y = layout.head - 8 - (len(lines) - 1) * HEAD_LINE
        found.append(Words((place + 0.5) * layout.cell_width, y, lines, "chart-number", "middle", SMALL))
    return found


def _cells(rows: Sequence[HeatRow], texts: Sequence[Sequence[str]], scale: HeatScale, layout: _Layout) -> list[Shape]:
    found: list[Shape] = []
    for row, said, top, height in zip(rows, texts, layout.rows, layout.heights, strict=True):
        for place, (cell, text) in enumerate(zip(row.cells, said, strict=True)):
            look = _look(cell, scale)
            x, width = place * layout.cell_width, layout.cell_width
            found += [Box(x + INSET, top + INSET, width - 2 * INSET, height - 2 * INSET, look, 3),
                      Words(x + width / 2, top + height / 2 + 4.5, (text,), f"{look}-text", "middle", TEXT_IN_CELL)]
    return found


def _look(cell: HeatCell, scale: HeatScale) -> str:
    if cell.known == Known.SHOWN and cell.value is not None:
        return scale.steps[scale.step(cell.value)]
    return "chart-hidden" if cell.known == Known.PROTECTED else "chart-empty"


def _legend(rows: Sequence[HeatRow], scale: HeatScale, signs: Sequence[tuple[str, str]], width: float) -> Drawing | None:
    there = {cell.sign for row in rows for cell in row.cells if cell.known == Known.SHOWN}
    shown = [sign for sign in signs if sign[0] in there]
    return stacked([_ramp(scale, width), legend_of([*map(_sign_entry, shown), *_hidden_entry(rows)], width)])


def _sign_entry(sign: tuple[str, str]) -> Entry:
    return Entry(sign[1], lambda x, y: [Words(x, y + 4, (sign[0],), "chart-label", "middle", SMALL)])


def _hidden_entry(rows: Sequence[HeatRow]) -> list[Entry]:
    hidden = any(cell.known == Known.PROTECTED for row in rows for cell in row.cells)
    return [protected_entry()] if hidden else []


def _ramp(scale: HeatScale, width: float) -> Drawing:
    """The scale's colours with the words of its ends: beside them where there is room, below them elsewhere."""
    left = width_of(scale.words[0], SMALL) + 10
    if left + RAMP + 10 + width_of(scale.words[1], SMALL) <= width:
        ends = [Words(0, 13, (scale.words[0],), "chart-key", "start", SMALL), Words(left + RAMP + 8, 13, (scale.words[1],), "chart-key", "start", SMALL)]
        return Drawing(width, 26, (*_steps(scale, left), *ends))
    low, high = (wrapped(word, width / 2 - 8, SMALL) for word in scale.words)
    ends = [Words(0, 34, low, "chart-key", "start", SMALL), Words(width, 34, high, "chart-key", "end", SMALL)]
    return Drawing(width, 26 + max(len(low), len(high)) * HEAD_LINE + 4, (*_steps(scale, 0, width / 7), *ends))


def _steps(scale: HeatScale, left: float, step: float = 22.0) -> list[Shape]:
    return [*(Box(left + place * step, 2, step, 14, look) for place, look in enumerate(scale.steps)), Box(left, 2, 7 * step, 14, "chart-frame")]
