"""Intervals stacked on one axis: a line from the lowest number to the highest, a mark on each number between them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from surveys.strip.axis import Axis, numeric_axis
from surveys.strip.shapes import Published, percent

SPARE = 0.35  # of what is shown, at both ends of an axis without limits: many an own answer lies outside the middle half


@dataclass(frozen=True)
class Interval:
    """`start` and `end` are the line's ends, `places` those of all numbers in order; a number that is not shown has none.

    `is_cut_left` and `is_cut_right`: the interval goes on beyond the picture.
    """

    start: str
    end: str
    places: tuple[str, ...]
    is_cut_left: bool = False
    is_cut_right: bool = False

    @property
    def has_both_ends(self) -> bool:
        """A line from one number to the next would look like an interval that ends where the protected number is not."""
        return bool(self.places[0] and self.places[-1])


def interval_axis(minimum: float | None, maximum: float | None, shown: Sequence[float]) -> Axis:
    """The item's own limits; on a side without one, some room beside the numbers that are shown."""
    spread = Published(0, q1=min(shown), q3=max(shown)) if shown else Published(0)
    axis = numeric_axis(minimum, maximum, spread)
    if minimum is not None and maximum is not None:
        return axis
    room = SPARE * (axis.high - axis.low)
    return replace(axis, low=axis.low if minimum is not None else axis.low - room, high=axis.high if maximum is not None else axis.high + room)


def interval_on(axis: Axis, numbers: Sequence[float | None]) -> Interval | None:
    """None where there is no number at all; one number alone is a point."""
    known = [number for number in numbers if number is not None]
    if not known:
        return None
    return Interval(
        percent(axis.share(known[0])), percent(axis.share(known[-1])),
        tuple("" if number is None else percent(axis.share(number)) for number in numbers),
        known[0] < axis.low, known[-1] > axis.high,
    )
