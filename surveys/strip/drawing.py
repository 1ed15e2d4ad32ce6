"""Draw a strip for each kind of axis: ordered positions, numbers, and options without an order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Unpack

from surveys.strip.axis import Axis, median_mark, numeric_axis, ordinal_axis, own_mark, tick_marks
from surveys.strip.shapes import (
    COMPACT,
    GROUP,
    WITH_OWN,
    WITHOUT_OWN,
    Bar,
    FormatNumber,
    Heights,
    Line,
    Look,
    Mark,
    Published,
    Strip,
    em,
    percent,
    plain_number,
)

BAR_SHARE = 0.6  # of a category's width; bins stand closer, as their values are continuous
BIN_SHARE = 0.94
THINNEST_BAND = 0.01
LOWEST_BAR = 0.15  # em: a lone answer stays visible beside many


@dataclass(frozen=True)
class Reading:
    """How an axis is read: its ticks, how a value is said in words, and what the histogram's counts are counts of."""

    kind: str
    axis: Axis
    ticks: tuple[Mark, ...]
    say: FormatNumber
    names: Sequence[str]
    bar_share: float
    ends: tuple[str, str] = ("", "")


def ordinal_strip(points: int, published: Published, *, words: Sequence[str] = (), **look: Unpack[Look]) -> Strip:
    """A scale of `points` positions. `words` are its labels (one for each point), its two ends, or nothing."""
    format_number, axis = look.get("format_number", plain_number), ordinal_axis(points)
    labels = list(words) if len(words) == points else [""] * points

    def say(value: float) -> str:
        label = labels[int(value) - 1] if value == int(value) and 1 <= value <= points else ""
        return f"{format_number(value)} ({label})" if label else format_number(value)

    positions = range(1, points + 1)
    ticks = tuple(Mark(percent(axis.share(position)), format_number(position)) for position in positions)
    ends = (words[0], words[-1]) if words else ("", "")
    reading = Reading("ordinal", axis, ticks, say, [say(position) for position in positions], BAR_SHARE, ends)
    return _drawn(reading, published, look)


def numeric_strip(
    minimum: float | None, maximum: float | None, published: Published, *, unit: str = "", ends: tuple[str, str] = ("", ""),
    **look: Unpack[Look],
) -> Strip:
    """A number or a probability; the histogram counts equal bins from `minimum` to `maximum`.

    Without both limits there are no bins, and the axis spans what is shown.
    """
    format_number = look.get("format_number", plain_number)
    axis = numeric_axis(minimum, maximum, published, look.get("own"))

    def say(value: float) -> str:
        return f"{format_number(value)}\u00a0{unit}".strip()

    names = _bin_names(axis, len(published.histogram or ()), format_number)
    return _drawn(Reading("numeric", axis, tick_marks(axis, format_number), say, names, BIN_SHARE, ends), published, look)


def nominal_strip(options: Sequence[tuple[str, str]], published: Published, *, own: str | None = None, role: str = GROUP) -> Strip:
    """Options as (code, text): a bar each, in the order of the questionnaire, never sorted by success."""
    counts = list(published.histogram or [0.0] * len(options))
    total = sum(counts) or 1.0
    lines = tuple(
        replace(line, code=code, width=percent(count / total), is_own=code == own)
        for line, count, (code, _text) in zip(_lines([text for _code, text in options], counts), counts, options, strict=True)
    )
    return Strip("nominal", role, published.n, lines, published.n_cannot_judge)


def largest_share(histograms: Sequence[Sequence[float] | None]) -> float | None:
    """The largest share that any category has in any of the groups: the `peak` of strips that stand side by side."""
    shares = [max(counts) / sum(counts) for counts in histograms if counts and sum(counts) > 0]
    return max(shares) if shares else None


def _drawn(reading: Reading, published: Published, look: Look) -> Strip:
    """The bars, and on them whatever of median, middle half and own answer there is."""
    own, heights = look.get("own"), _heights(look)
    counts = list(published.histogram or ())
    bare = Strip(
        reading.kind, look.get("role", GROUP), published.n, _lines(reading.names, counts) if counts else (), published.n_cannot_judge, heights,
        bars=_bars(counts, heights, reading.bar_share, look.get("peak")), ticks=reading.ticks, ends=reading.ends,
        own=None if own is None else own_mark(reading.axis, own, look.get("format_number", plain_number)),
    )
    return _with_middle(bare, reading, published, look.get("format_number", plain_number))


def _heights(look: Look) -> Heights:
    if look.get("compact"):
        return COMPACT
    return WITH_OWN if look.get("own_lane", look.get("own") is not None) else WITHOUT_OWN


def _with_middle(strip: Strip, reading: Reading, published: Published, format_number: FormatNumber) -> Strip:
    """The median and the middle half, where they are published."""
    q1, q3, median = published.q1, published.q3, published.median
    if median is not None:
        strip = replace(strip, median=median_mark(reading.axis, median, format_number), middle=reading.say(median))
    if q1 is None or q3 is None:
        return strip
    left, right = _band(reading.axis, q1, q3)
    return replace(
        strip, band=(percent(left), percent(right - left)), band_end=percent(right), low=reading.say(q1), high=reading.say(q3),
        low_short=format_number(q1), high_short=format_number(q3),
    )


def _band(axis: Axis, q1: float, q3: float) -> tuple[float, float]:
    """Left and right end of the middle half, wide enough to be seen."""
    left, right = axis.share(q1 - axis.pad), axis.share(q3 + axis.pad)
    if right - left >= THINNEST_BAND:
        return left, right
    half = THINNEST_BAND / 2
    middle = min(1 - half, max(half, (left + right) / 2))
    return middle - half, middle + half


def _bars(counts: Sequence[float], heights: Heights, bar_share: float, peak: float | None) -> tuple[Bar, ...]:
    """One bar for each count above zero, from the axis up; `peak` or the tallest of them fills the plot."""
    total = sum(counts)
    if not total:
        return ()
    tallest, cell = max(peak or 0.0, max(counts) / total), 1 / len(counts)
    found = []
    for index, count in enumerate(counts):
        if count > 0:
            height = max(LOWEST_BAR, heights.tallest * count / total / tallest)
            left = cell * (index + (1 - bar_share) / 2)
            found.append(Bar(percent(left), em(heights.axis - height), percent(cell * bar_share), em(height)))
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
    return [f"{format_number(low)}–{format_number(high)}" for low, high in pairwise(edges)]
