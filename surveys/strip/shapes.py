"""What a strip is made of: the figures that go in, and the places and texts that come out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypedDict

GROUP, PANEL = "group", "panel"
FormatNumber = Callable[[float], str]


def plain_number(number: float) -> str:
    """A number with at most three decimals and no trailing zeros; pages pass a locale's own way instead."""
    text = f"{number:.3f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: float) -> str:
    """A share of the width as an SVG length, always with a point, whatever the page's language."""
    return f"{100 * share:.6g}%"


def em(height: float) -> str:
    return f"{height:.4g}em"


@dataclass(frozen=True)
class Published:
    """What disclosure control let through for one group. `histogram` counts categories, or equal bins of the axis."""

    n: int
    histogram: Sequence[float] | None = None
    median: float | None = None
    q1: float | None = None
    q3: float | None = None
    n_cannot_judge: int = 0


class Look(TypedDict, total=False):
    """How a strip is drawn, apart from what it shows.

    `own` is the reader's answer; `own_lane` keeps room for its marker when that is filled in later; `peak` is the
    largest share of several strips that are drawn to the same height; `compact` is for small multiples.
    """

    role: str
    own: float | None
    own_lane: bool
    compact: bool
    peak: float | None
    format_number: FormatNumber


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
    """Vertical places in em, from the top: the plot's upper edge, the axis, the feet of its numbers, the whole picture."""

    top: float
    axis: float
    numbers: float
    whole: float
    spare: float = 0.35  # above the tallest bar, so that the band is seen behind it

    @property
    def em(self) -> dict[str, str]:
        return {name: em(getattr(self, name)) for name in ("top", "axis", "numbers", "whole")}

    @property
    def plot(self) -> str:
        return em(self.axis - self.top)

    @property
    def tallest(self) -> float:
        return self.axis - self.top - self.spare


WITH_OWN = Heights(top=1.75, axis=6.5, numbers=7.85, whole=9.9)
WITHOUT_OWN = Heights(top=1.75, axis=6.5, numbers=7.85, whole=8.25)
COMPACT = Heights(top=0.25, axis=2.25, numbers=2.25, whole=2.5, spare=0.0)


@dataclass(frozen=True)
class Strip:
    """All that the template needs. `kind` is ordinal, numeric or nominal; places are ready-made SVG lengths.

    `middle`, `low` and `high` are the median and the quartiles in words, the `…_short` ones are their numbers alone.
    """

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
    low_short: str = ""
    high_short: str = ""

    @property
    def is_one_value(self) -> bool:
        """The middle half is a single value: nothing lies "between 5 and 5"."""
        return bool(self.low) and self.low == self.high
