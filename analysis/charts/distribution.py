"""Distributions on one axis: for every group a row with its answers as bars, their middle half and middle; below it the same of the round before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.charts.chart import NARROW, WIDE, Caption, Chart, Known, Picture, Value, chart_of, in_words, interval_text, tick_text
from analysis.charts.legend import Entry, legend_of, protected_entry
from analysis.charts.lettering import SMALL
from analysis.charts.rows import PlacedRow, Row, RowPlan, hidden_mark, plan_rows, stripes
from analysis.charts.scale import LinearScale
from analysis.charts.shapes import Box, Dot, Shape, Stroke, Words

BAR, BASE, BELOW, LANE, FLAT = 20.0, 5.0, 14.0, 42.0, 30.0  # heights: a full bar, the base line and the earlier round under the middle, the row


@dataclass(frozen=True)
class Spread:
    """What a group said in one round: a middle with the ends about it, and the shares of the answers in each of the bars."""

    middle: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    shares: tuple[float, ...] = ()
    known: Known = Known.SHOWN

    @property
    def is_shown(self) -> bool:
        return self.known == Known.SHOWN and self.middle is not None


@dataclass(frozen=True)
class SpreadRow:
    label: str
    now: Spread
    before: Spread | None = None
    group: str = ""


@dataclass(frozen=True)
class Bars:
    """Where the bars stand on the axis, from left to right, and what each is called in the table."""

    edges: tuple[tuple[float, float], ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class SpreadNames:
    """What the rows, the two rounds and the figures are called. `low` and `high` are empty where there is a middle alone."""

    row: str
    now: str
    before: str
    round: str
    n: str
    middle: str
    low: str = ""
    high: str = ""
    half: str = ""  # what lies between both, for the key
    bars: str = ""  # what the bars are, for the key


@dataclass(frozen=True)
class SpreadAxis:
    """The ends of the axis, and where numbers stand below it (none: at round numbers)."""

    low: float
    high: float
    ticks: tuple[float, ...] = ()


def distribution_chart(caption: Caption, names: SpreadNames, rows: Sequence[SpreadRow], axis: SpreadAxis, bars: Bars = Bars()) -> Chart:
    wide, narrow = (_picture(caption, names, rows, axis, bars, narrow) for narrow in (False, True))
    ends = [names.low, names.high] if names.low else []
    heads = [names.row, names.round, names.n, names.middle, *ends, *bars.names]
    return chart_of(caption, wide, narrow, heads, [cells for row in rows for cells in _twin(row, names, bars)])


def _twin(row: SpreadRow, names: SpreadNames, bars: Bars) -> Iterator[list[Value]]:
    """A line for each round, the earlier one first."""
    rounds = ((names.before, row.before), (names.now, row.now))
    for name, spread in ((name, spread) for name, spread in rounds if spread is not None):
        ends = 2 if names.low else 0
        if not spread.is_shown:
            word = in_words(spread.known) if spread.known == Known.PROTECTED else None
            yield [row.label, name, None, word, *[None] * (ends + len(bars.names))]
        else:
            yield [row.label, name, spread.n, spread.middle, *[spread.low, spread.high][:ends], *(spread.shares or [None] * len(bars.names))]


def _picture(caption: Caption, names: SpreadNames, rows: Sequence[SpreadRow], axis: SpreadAxis, bars: Bars, narrow: bool) -> Picture:
    has_before = any(row.before is not None for row in rows)
    plan = plan_rows([Row(row.label, figures_text(row.now, caption), row.group) for row in rows], narrow, 8.0, LANE if bars.edges else FLAT)
    scale = plan.scale(axis.low, axis.high)
    highest = max((share for row in rows for share in (row.now.shares if row.now.is_shown else ())), default=0.0)
    marks = [shape for row, place in zip(rows, plan.places, strict=True) for shape in _marks(row, place, plan, scale, bars, highest)]
    body = plan.drawing([*stripes(plan), *_axis(plan, scale, axis, caption), *marks])
    return Picture(body, legend=legend_of(_entries(names, rows, has_before), NARROW if narrow else WIDE))


def figures_text(spread: Spread, caption: Caption) -> str:
    """The middle, and in brackets from where to where the middle half lies."""
    if not spread.is_shown or spread.middle is None:
        return in_words(spread.known)
    interval = interval_text(spread.low, spread.high, caption.write)
    return f"{caption.write(spread.middle)}{f' ({interval})' if interval else ''}"


def _axis(plan: RowPlan, scale: LinearScale, axis: SpreadAxis, caption: Caption) -> list[Shape]:
    shapes: list[Shape] = []
    for tick in axis.ticks or scale.ticks(5 if plan.width < WIDE else 7):
        x = scale.place(tick)
        shapes += [Stroke(x, top, x, foot, "chart-grid") for top, foot in plan.spans]
        shapes.append(Words(x, plan.foot + 18, (tick_text(tick, caption.write),), "chart-number", "middle", SMALL))
    return shapes


def _marks(row: SpreadRow, place: PlacedRow, plan: RowPlan, scale: LinearScale, bars: Bars, highest: float) -> list[Shape]:
    base = place.mark + (BASE if bars.edges else -4.0)
    below = place.mark + (BELOW if bars.edges else 7.0)
    earlier = _line(row.before, scale, below, "chart-cross", "chart-ring-small") if row.before is not None else []
    if row.now.known == Known.PROTECTED:
        return [hidden_mark(plan, place), *earlier]
    return [*_bars(row.now, scale, base, bars, highest), *_line(row.now, scale, base, "chart-half-bold", "chart-dot"), *earlier]


def _bars(spread: Spread, scale: LinearScale, base: float, bars: Bars, highest: float) -> list[Shape]:
    if not spread.is_shown or not highest:
        return []
    found: list[Shape] = []
    for (low, high), share in zip(bars.edges, spread.shares, strict=False):
        left, right, height = scale.place(low), scale.place(high), BAR * share / highest
        if share:
            found.append(Box(left + 0.75, base - height, right - left - 1.5, height, "chart-bar", 1))
    return found


def _line(spread: Spread, scale: LinearScale, y: float, line: str, dot: str) -> list[Shape]:
    """The middle half as a line, the middle as a dot on it."""
    if not spread.is_shown or spread.middle is None:
        return []
    half: list[Shape] = []
    if spread.low is not None and spread.high is not None:
        half.append(Stroke(scale.place(spread.low), y, scale.place(spread.high), y, line))
    return [*half, Dot(scale.place(spread.middle), y, 4.5 if dot == "chart-dot" else 3.5, dot)]


def _entries(names: SpreadNames, rows: Sequence[SpreadRow], has_before: bool) -> list[Entry]:
    shown = [row.now for row in rows if row.now.is_shown]
    found = [Entry(names.middle, lambda x, y: [Dot(x, y, 4.5, "chart-dot")])]
    if names.half:
        found.append(Entry(names.half, lambda x, y: [Stroke(x - 12, y, x + 12, y, "chart-half-bold")]))
    if names.bars and any(spread.shares for spread in shown):
        found.append(Entry(names.bars, lambda x, y: [Box(x - 9, y - 1, 8, 8, "chart-bar", 1), Box(x + 1, y - 7, 8, 14, "chart-bar", 1)]))
    if has_before:
        found.append(Entry(names.before, lambda x, y: [Stroke(x - 12, y, x + 12, y, "chart-cross"), Dot(x, y, 3.5, "chart-ring-small")]))
    return found + ([protected_entry()] if any(row.now.known == Known.PROTECTED for row in rows) else [])
