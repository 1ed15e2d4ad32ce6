"""From numbers to places: a straight axis with ticks at numbers that people would choose."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

NICE = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class LinearScale:
    """`low` lies at `start`, `high` at `end`; `start` may be larger than `end`, as on an axis that goes up."""

    low: float
    high: float
    start: float
    end: float

    def place(self, number: float) -> float:
        """Numbers outside the axis lie on its end: an interval may be longer than the axis."""
        share = (number - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)

    def on(self, start: float, end: float) -> "LinearScale":
        return LinearScale(self.low, self.high, start, end)

    def ticks(self, most: int = 6) -> list[float]:
        step = nice_step(self.high - self.low, most)
        steps = (self.high - self.low) / step
        if abs(steps - round(steps)) < 1e-9:  # 1, 3, 5, 7, 9 rather than 2, 4, 6, 8
            return [round(self.low + place * step, 10) for place in range(round(steps) + 1)]
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [round(place * step, 10) for place in range(first, last + 1)]


def nice_step(span: float, most: int) -> float:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten that gives no more than `most` ticks."""
    power = 10.0 ** math.floor(math.log10(span / most))
    return next(step * power for step in (*NICE, 20.0) if span / (step * power) <= most - 1 + 1e-9)


def covering(numbers: Iterable[float | None], *also: float) -> tuple[float, float]:
    """The ends of an axis that shows all of them, at round numbers; a single number gets some room on both sides."""
    known = [number for number in (*numbers, *also) if number is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if low == high:
        low, high = low - 0.5, high + 0.5
    step = nice_step(high - low, 6)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
