"""The distribution strip, the one picture of the product: published figures in, a drawing's geometry out.

Pure: no models, no requests. `templates/components/_strip.html` draws what is returned here. Horizontal places are
percentages of the width and vertical ones are `em`, so the picture follows the width of the page and the size of the
text, and its words are never squeezed. Nothing here marks the median as right or the own answer as odd.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor, log10

GROUP, PANEL = "group", "panel"
FormatNumber = Callable[[float], str]


def plain_number(number: float) -> str:
    """A number with at most three decimals and no trailing zeros; pages pass a locale's own way instead."""
    return f"{number:.3f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Published:
    """What disclosure control let through for one group. `histogram` counts categories, or equal bins of the axis."""

    n: int
    histogram: Sequence[float] | None = None
    median: float | None = None
    q1: float | None = None
    q3: float | None = None
    n_cannot_judge: int = 0


@dataclass(frozen=True)
class Bar:
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Mark:
    """A place on the axis, its text, and the side of the text that is tied to the place (SVG's text-anchor)."""

    x: str
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Line:
    """One line of the table twin; in a nominal strip also one bar (`width`) and whether it is the own answer."""

    label: str
    count: str
    percent: str
    code: str = ""
    width: str = "0%"
    is_own: bool = False


@dataclass(frozen=True)
class Heights:
    """Vertical places in em: from the top down the word of the median, the plot, the axis, its numbers, the own marker."""

    top: float
    axis: float
    numbers: float
    own: float
    whole: float

    @property
    def em(self) -> dict[str, str]:
        return {name: f"{getattr(self, name):g}em" for name in ("top", "axis", "numbers", "own", "whole")}

    @property
    def plot(self) -> str:
        return f"{self.axis - self.top:g}em"


@dataclass(frozen=True)
class Strip:
    """All that the template needs. `kind` is ordinal, numeric or nominal; places are ready-made SVG lengths."""

    kind: str
    role: str
    n: int
    lines: tuple[Line, ...]
    n_cannot_judge: int = 0
    heights: Heights | None = None
    bars: tuple[Bar, ...] = ()
    ticks: tuple[Mark, ...] = ()
    band: tuple[str, str] | None = None  # x and width
    band_end: str = ""
    median: Mark | None = None
    own: Mark | None = None
    ends: tuple[str, str] = ("", "")
    middle: str = ""
    low: str = ""
    high: str = ""
    low_short: str = ""  # the numbers alone, for small multiples
    high_short: str = ""
    unit: str = ""

    @property
    def is_one_value(self) -> bool:
        """The middle half is a single value, so "between 5 and 5" would be said."""
        return bool(self.low) and self.low == self.high


@dataclass(frozen=True)
class Axis:
    """A horizontal axis from `low` to `high`; `pad` widens a band so that a whole category is covered."""

    low: float
    high: float
    pad: float = 0.0

    def share(self, value: float) -> float:
        """Where a value lies, from 0 (left end) to 1, never outside."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))

    def place(self, value: float) -> str:
        return percent(self.share(value))


FULL = Heights(top=1.75, axis=6.5, numbers=7.85, own=9.25, whole=9.9)
FULL_WITHOUT_OWN = Heights(top=1.75, axis=6.5, numbers=7.85, own=7.85, whole=8.25)
COMPACT = Heights(top=0.25, axis=2.25, numbers=2.25, own=2.25, whole=2.5)
BAR_SHARE = 0.6  # of a category's width; bins stand closer, as their values are continuous
BIN_SHARE = 0.94


def percent(share: float) -> str:
    return f"{100 * share:.6g}%"


def ordinal_axis(points: int) -> Axis:
    """Category p of k has the cell from (p − 1) / k to p / k and its middle at p."""
    return Axis(0.5, points + 0.5, pad=0.5)


def ordinal_strip(
    points: int, published: Published, *, words: Sequence[str] = (), own: float | None = None, role: str = GROUP,
    own_lane: bool | None = None, compact: bool = False, peak: float | None = None, format_number: FormatNumber = plain_number,
) -> Strip:
    """A scale of `points` positions. `words` are its labels (one each), its two ends, or nothing.

    `own_lane` keeps room for the own marker when it is filled in later; `peak` is the largest share of several strips
    that are drawn to the same height.
    """
    labels = list(words) if len(words) == points else [""] * points
    ends = (words[0], words[-1]) if words else ("", "")

    def say(value: float) -> str:
        position = int(value) if value == int(value) else 0
        word = labels[position - 1] if 1 <= position <= points else ""
        return f"{format_number(value)} ({word})" if word else format_number(value)

    names = [say(position) for position in range(1, points + 1)]
    ticks = tuple(Mark(ordinal_axis(points).place(position), format_number(position)) for position in range(1, points + 1))
    return _drawn("ordinal", ordinal_axis(points), published, names, ticks, ends, BAR_SHARE, own, role, own_lane, compact, peak, say, format_number)


def numeric_strip(
    minimum: float | None, maximum: float | None, published: Published, *, unit: str = "", ends: tuple[str, str] = ("", ""),
    own: float | None = None, role: str = GROUP, own_lane: bool | None = None, compact: bool = False, peak: float | None = None,
    format_number: FormatNumber = plain_number,
) -> Strip:
    """A number or a probability; the histogram counts equal bins from `minimum` to `maximum`.

    Without both limits there are no bins, and the axis spans what is shown.
    """
    axis = numeric_axis(minimum, maximum, published, own)

    def say(value: float) -> str:
        return f"{format_number(value)} {unit}".strip()

    names = _bin_names(axis, len(published.histogram or ()), format_number)
    ticks = tuple(Mark(axis.place(value), format_number(value), _anchor(axis.share(value), 0.04)) for value in tick_values(axis, format_number))
    return _drawn("numeric", axis, published, names, ticks, ends, BIN_SHARE, own, role, own_lane, compact, peak, say, format_number, unit)


def numeric_axis(minimum: float | None, maximum: float | None, published: Published, own: float | None) -> Axis:
    """The item's own limits, or a span around what is shown where it has none."""
    if minimum is not None and maximum is not None and minimum < maximum:
        return Axis(minimum, maximum)
    shown = [value for value in (published.q1, published.median, published.q3, own) if value is not None] or [0.0]
    low = min(shown) if minimum is None else minimum
    high = max(shown) if maximum is None else maximum
    margin = (high - low) * 0.1 or max(abs(high) * 0.1, 1.0)
    return Axis(low if minimum is not None else low - margin, high if maximum is not None else high + margin)


def nominal_strip(options: Sequence[tuple[str, str]], published: Published, *, own: str | None = None, role: str = GROUP) -> Strip:
    """Options as (code, text), drawn as one bar each in the order of the questionnaire, never sorted by success."""
    counts = list(published.histogram or [0.0] * len(options))
    lines = _lines([text for _code, text in options], counts)
    total = sum(counts) or 1.0
    marked = tuple(
        Line(line.label, line.count, line.percent, code, percent(count / total), code == own)
        for line, count, (code, _text) in zip(lines, counts, options, strict=True)
    )
    return Strip("nominal", role, published.n, marked, published.n_cannot_judge)


def own_mark(axis: Axis, value: float, format_number: FormatNumber = plain_number) -> Mark:
    """Where the own answer stands, for pages that fill it into a picture drawn before."""
    share = axis.share(value)
    return Mark(percent(share), format_number(value), "end" if share > 0.8 else "start")


def largest_share(histograms: Sequence[Sequence[float] | None]) -> float | None:
    """The largest share that any category has in any of the groups: the `peak` of strips that stand side by side."""
    shares = [max(counts) / sum(counts) for counts in histograms if counts and sum(counts) > 0]
    return max(shares) if shares else None


def tick_values(axis: Axis, format_number: FormatNumber = plain_number) -> list[float]:
    """Round values (steps of 1, 2 or 5 times a power of ten) along the axis, fewer where their texts are long."""
    longest = max(len(format_number(axis.low)), len(format_number(axis.high)))
    step = _round_step((axis.high - axis.low) / (5 if longest <= 5 else 3))
    first = -floor(-axis.low / step + 1e-9)
    last = floor(axis.high / step + 1e-9)
    return [round(step * number, 10) for number in range(first, last + 1)]


def _round_step(rough: float) -> float:
    """The smallest of 1, 2, 5 or 10 times a power of ten that is not below `rough`."""
    power = 10.0 ** floor(log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))


def _drawn(  # noqa: PLR0913 - the two public functions share everything but their axis and their words
    kind: str, axis: Axis, published: Published, names: Sequence[str], ticks: tuple[Mark, ...], ends: tuple[str, str], bar_share: float,
    own: float | None, role: str, own_lane: bool | None, compact: bool, peak: float | None, say: FormatNumber,
    format_number: FormatNumber, unit: str = "",
) -> Strip:
    heights = COMPACT if compact else FULL if own_lane or (own_lane is None and own is not None) else FULL_WITHOUT_OWN
    counts = list(published.histogram or ())
    q1, q3, median = published.q1, published.q3, published.median
    band = None if q1 is None or q3 is None else _band(axis, q1, q3)
    return Strip(
        kind=kind, role=role, n=published.n, n_cannot_judge=published.n_cannot_judge, heights=heights,
        lines=_lines(names, counts) if counts else (),
        bars=_bars(counts, heights, bar_share, peak), ticks=ticks,
        band=None if band is None else (percent(band[0]), percent(band[1] - band[0])),
        band_end="" if band is None else percent(band[1]),
        median=None if median is None else _median_mark(axis, median, format_number),
        own=None if own is None else own_mark(axis, own, format_number), ends=ends, unit=unit,
        middle="" if median is None else say(median), low="" if q1 is None else say(q1), high="" if q3 is None else say(q3),
        low_short="" if q1 is None else format_number(q1), high_short="" if q3 is None else format_number(q3),
    )


def _median_mark(axis: Axis, median: float, format_number: FormatNumber) -> Mark:
    """The word above the median needs half its length on both sides, on a phone about 1.5 % of the width a letter."""
    text, share = format_number(median), axis.share(median)
    return Mark(percent(share), text, _anchor(share, min(0.5, 0.015 * (14 + len(text)))))


def _band(axis: Axis, q1: float, q3: float) -> tuple[float, float]:
    """Left and right end of the middle half, at least 1 % of the width so that it is seen."""
    left, right = axis.share(q1 - axis.pad), axis.share(q3 + axis.pad)
    if right - left >= 0.01:
        return left, right
    middle = min(0.995, max(0.005, (left + right) / 2))
    return middle - 0.005, middle + 0.005


def _bars(counts: Sequence[float], heights: Heights, bar_share: float, peak: float | None) -> tuple[Bar, ...]:
    """One bar for each count above zero, from the axis up; a lone answer stays visible beside many."""
    total = sum(counts)
    if not total:
        return ()
    tallest = max(peak or 0.0, max(counts) / total)
    cell, room = 1 / len(counts), heights.axis - heights.top - (0.35 if heights is not COMPACT else 0)
    found = []
    for index, count in enumerate(counts):
        if count > 0:
            height = max(0.15, room * count / total / tallest)
            left = cell * (index + (1 - bar_share) / 2)
            found.append(Bar(percent(left), f"{heights.axis - height:.4g}em", percent(cell * bar_share), f"{height:.4g}em"))
    return tuple(found)


def _lines(names: Sequence[str], counts: Sequence[float]) -> tuple[Line, ...]:
    """The table twin: label, number of experts, per cent. Weighted counts are no numbers of experts and are left out."""
    total = sum(counts) or 1.0
    whole = all(abs(count - round(count)) < 1e-9 for count in counts)
    return tuple(
        Line(name, str(round(count)) if whole else "", str(round(100 * count / total))) for name, count in zip(names, counts, strict=True)
    )


def _bin_names(axis: Axis, bins: int, format_number: FormatNumber) -> list[str]:
    """The range of each bin, as "10–20"."""
    edges = [axis.low + (axis.high - axis.low) * number / bins for number in range(bins + 1)] if bins else []
    return [f"{format_number(low)}–{format_number(high)}" for low, high in zip(edges, edges[1:], strict=False)]


def _anchor(share: float, margin: float) -> str:
    """Texts near an end are tied to that end, so that they stay inside the picture."""
    return "start" if share < margin else "end" if share > 1 - margin else "middle"


@dataclass(frozen=True)
class ResponseBar:
    """A panel's progress as three lengths that fill the width, and their numbers."""

    answered: int
    started: int
    silent: int

    @property
    def total(self) -> int:
        return self.answered + self.started + self.silent

    @property
    def answered_width(self) -> str:
        return percent(self.answered / (self.total or 1))

    @property
    def started_width(self) -> str:
        return percent(self.started / (self.total or 1))

    @property
    def started_x(self) -> str:
        return self.answered_width
