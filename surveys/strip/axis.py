"""Places along the horizontal axis: where values, ticks and markers stand."""

from dataclasses import dataclass
from math import ceil, floor, log10

from surveys.strip.shapes import FormatNumber, Mark, Published, percent, plain_number


@dataclass(frozen=True)
class Axis:
    """A horizontal axis from `low` to `high`; `pad` widens a band so that whole categories are covered."""

    low: float
    high: float
    pad: float = 0.0

    def share(self, value: float) -> float:
        """Where a value lies, from 0 (left end) to 1, never outside."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


def ordinal_axis(points: int) -> Axis:
    """Category p of k has the cell from (p − 1) / k to p / k, with p itself in the middle."""
    return Axis(0.5, points + 0.5, pad=0.5)


def numeric_axis(minimum: float | None, maximum: float | None, published: Published, own: float | None = None) -> Axis:
    """The item's own limits; where it has none, a span around what is shown."""
    if minimum is not None and maximum is not None and minimum < maximum:
        return Axis(minimum, maximum)
    shown = [value for value in (published.q1, published.median, published.q3, own) if value is not None] or [0.0]
    low, high = min([*shown, *_given(minimum)]), max([*shown, *_given(maximum)])
    margin = (high - low) * 0.1 or max(abs(high) * 0.1, 1.0)
    return Axis(low if minimum is not None else low - margin, high if maximum is not None else high + margin)


def _given(limit: float | None) -> list[float]:
    return [] if limit is None else [limit]


def tick_values(axis: Axis, format_number: FormatNumber = plain_number) -> list[float]:
    """Round values (steps of 1, 2 or 5 times a power of ten) along the axis, fewer where their texts are long."""
    longest = max(len(format_number(axis.low)), len(format_number(axis.high)))
    step = round_step((axis.high - axis.low) / (5 if longest <= 5 else 3))
    first, last = ceil(axis.low / step - 1e-9), floor(axis.high / step + 1e-9)
    return [round(step * number, 12) for number in range(first, last + 1)]


def round_step(rough: float) -> float:
    """The smallest of 1, 2, 5 or 10 times a power of ten that is not below `rough`."""
    power = 10.0 ** floor(log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))


def anchor(share: float, margin: float) -> str:
    """Texts near an end are tied to that end, so that they stay inside the picture."""
    return "start" if share < margin else "end" if share > 1 - margin else "middle"


def tick_marks(axis: Axis, format_number: FormatNumber) -> tuple[Mark, ...]:
    places = [(value, axis.share(value)) for value in tick_values(axis, format_number)]
    return tuple(Mark(percent(share), format_number(value), anchor(share, 0.04)) for value, share in places)


def median_mark(axis: Axis, median: float, format_number: FormatNumber) -> Mark:
    """The word above the median needs half its length on both sides: on a phone about 1.5 % of the width a letter."""
    text, share = format_number(median), axis.share(median)
    return Mark(percent(share), text, anchor(share, min(0.5, 0.015 * (14 + len(text)))))


def own_mark(axis: Axis, value: float, format_number: FormatNumber = plain_number) -> Mark:
    """Where the own answer stands, also for pages that fill it into a picture drawn before. Its word stands beside it."""
    share = axis.share(value)
    return Mark(percent(share), format_number(value), "end" if share > 0.8 else "start")
