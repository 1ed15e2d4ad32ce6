"""Paths over the rounds: median and middle half of each group as small multiples on one axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from analysis.charts.chart import NARROW, WIDE, Caption, Chart, Known, Picture, Value, chart_of, in_words, tick_text
from analysis.charts.legend import Entry, legend_of, protected_entry
from analysis.charts.lettering import SMALL, TEXT, wrapped
from analysis.charts.scale import LinearScale
from analysis.charts.shapes import LINE_HEIGHT, Box, Dot, Drawing, Outline, Placed, Shape, Stroke, Words

PLOT, GAP, AXIS, ACROSS = 96.0, 20.0, 24.0, {True: 2, False: 4}
TOP, FOOT = 12.0, 42.0  # above the plot for the first and last value, below it for rounds and counts


@dataclass(frozen=True)
class PathPoint:
    """A round. `label` is short (1, 2, 3); `n` how many answered."""

    label: str
    median: float | None = None
    q1: float | None = None
    q3: float | None = None
    n: int | None = None
    known: Known = Known.SHOWN

    @property
    def is_shown(self) -> bool:
        return self.known == Known.SHOWN and self.median is not None


@dataclass(frozen=True)
class PathSeries:
    label: str
    points: tuple[PathPoint, ...]


def path_chart(caption: Caption, row_head: str, series: Sequence[PathSeries], ends: tuple[float, float]) -> Chart:
    """`ends` are those of the answers' scale: the same for every group, so that they can be compared."""
    wide, narrow = (_picture(caption, series, ends, narrow) for narrow in (False, True))
    heads = [row_head, _("Round"), _("Median"), _("Lower quartile"), _("Upper quartile"), _("Experts")]
    return chart_of(caption, wide, narrow, heads, [_twin(one, point) for one in series for point in one.points])


def _twin(series: PathSeries, point: PathPoint) -> list[Value]:
    if point.known != Known.SHOWN:
        return [series.label, point.label, in_words(point.known), None, None, None]
    return [series.label, point.label, point.median, point.q1, point.q3, point.n]


def _picture(caption: Caption, series: Sequence[PathSeries], ends: tuple[float, float], narrow: bool) -> Picture:
    across, width = ACROSS[narrow], NARROW if narrow else WIDE
    each = (width - (across - 1) * GAP) / across
    rows = [series[start : start + across] for start in range(0, len(series), across)]
    shapes: list[Shape] = []
    y = 0.0
    for row in rows:
        title = max(len(wrapped(one.label, each)) for one in row) * TEXT * LINE_HEIGHT
        shapes += [Placed(_multiple(caption, one, ends, each, title), place * (each + GAP), y) for place, one in enumerate(row)]
        y += title + TOP + PLOT + FOOT + 10
    legend = legend_of(_entries(series), width)
    return Picture(Drawing(width, y, tuple(shapes)), legend=legend)


def _multiple(caption: Caption, series: PathSeries, ends: tuple[float, float], width: float, title: float) -> Drawing:
    lines = wrapped(series.label, width)
    foot = title + TOP + PLOT
    scale = LinearScale(*ends, foot, title + TOP)
    return Drawing(width, foot + FOOT, (
        Words(0, title - 5 - (len(lines) - 1) * TEXT * LINE_HEIGHT, lines, "chart-heading"), *_axis(caption, scale, width),
        *_path(series, scale, _columns(len(series.points), width)), *_rounds(caption, series, scale, width),
    ))


def _columns(rounds: int, width: float) -> list[float]:
    left, right = AXIS + 14, width - 14
    return [left + (right - left) * (place / (rounds - 1) if rounds > 1 else 0.5) for place in range(rounds)]


def _axis(caption: Caption, scale: LinearScale, width: float) -> list[Shape]:
    """The ends and the middle of the scale, at thin lines."""
    shapes: list[Shape] = []
    for value in (scale.low, (scale.low + scale.high) / 2, scale.high):
        y = scale.place(value)
        shapes.append(Stroke(AXIS, y, width, y, "chart-grid"))
        if value in (scale.low, scale.high):
            shapes.append(Words(AXIS - 4, y + 4, (tick_text(value, caption.write),), "chart-number", "end", SMALL))
    return shapes


def _path(series: PathSeries, scale: LinearScale, columns: Sequence[float]) -> list[Shape]:
    """Broken where a round is protected or nobody answered: nothing is drawn that was not published."""
    places = list(zip(series.points, columns, strict=True))
    shapes: list[Shape] = []
    for shown, run in groupby(places, key=lambda place: place[0].is_shown):
        if shown:
            shapes += _run(list(run), scale)
    hidden = [Box(x - 9, scale.end + 8, 18, PLOT - 16, "chart-hidden", 3) for point, x in places if point.known == Known.PROTECTED]
    return [*shapes, *hidden]


def _run(places: Sequence[tuple[PathPoint, float]], scale: LinearScale) -> list[Shape]:
    halves = [(x, scale.place(point.q3), scale.place(point.q1)) for point, x in places if point.q1 is not None and point.q3 is not None]
    medians = tuple((x, scale.place(point.median)) for point, x in places if point.median is not None)
    shapes: list[Shape] = []
    if len(halves) > 1:
        area = (*((x, upper) for x, upper, _lower in halves), *((x, lower) for x, _upper, lower in reversed(halves)))
        shapes.append(Outline(area, "chart-band", closed=True))
    if len(medians) > 1:
        shapes.append(Outline(medians, "chart-path"))
    if len(halves) == 1:
        shapes += [Stroke(x, upper, x, lower, "chart-half") for x, upper, lower in halves]
    return shapes + [Dot(x, y, 4.5, "chart-dot") for x, y in medians]


def _rounds(caption: Caption, series: PathSeries, scale: LinearScale, width: float) -> list[Shape]:
    """Under each round its name and how many answered."""
    columns = _columns(len(series.points), width)
    shapes: list[Shape] = []
    for point, x in zip(series.points, columns, strict=True):
        count = "" if point.n is None or not point.is_shown else caption.write(point.n)
        shapes += [Words(x, scale.start + 17, (point.label,), "chart-label", "middle", SMALL),
                   Words(x, scale.start + 33, (count,), "chart-number", "middle", SMALL)]
    shapes.append(Words(AXIS - 4, scale.start + 33, ("n",), "chart-number", "end", SMALL))
    return shapes + _values(caption, series, scale, columns)


def _values(caption: Caption, series: PathSeries, scale: LinearScale, columns: Sequence[float]) -> list[Shape]:
    """Over the first and the last median their numbers."""
    shown = [(point, x) for point, x in zip(series.points, columns, strict=True) if point.is_shown]
    told = shown if len(shown) < 2 else [shown[0], shown[-1]]
    return [Words(x, scale.place(_over(series, point)) - 9, (caption.write(point.median),), "chart-value", "middle", SMALL)
            for point, x in told if point.median is not None]


def _over(series: PathSeries, point: PathPoint) -> float:
    """What the number stands above: the median, or the upright line of a round whose neighbours are not shown."""
    place = series.points.index(point)
    beside = [*series.points[max(place - 1, 0) : place], *series.points[place + 1 : place + 2]]
    top = None if any(other.is_shown for other in beside) else point.q3
    return (point.median or 0.0) if top is None else top


def _entries(series: Sequence[PathSeries]) -> list[Entry]:
    def median(x: float, y: float) -> list[Shape]:
        return [Stroke(x - 12, y, x + 12, y, "chart-path"), Dot(x, y, 4.5, "chart-dot")]

    def half(x: float, y: float) -> list[Shape]:
        return [Box(x - 12, y - 7, 24, 14, "chart-band")]

    hidden = [protected_entry()] if any(point.known == Known.PROTECTED for one in series for point in one.points) else []
    across = Entry(_("Across: the rounds, and how many experts answered in each (n)"))
    return [Entry(_("Median"), median), Entry(_("Middle half of the answers"), half), across, *hidden]
