"""Shares of experts who said yes: a bar for each option, where several may be ticked and the shares add up to nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveys.strip.shapes import percent


@dataclass(frozen=True)
class Share:
    """How many ticked an option. `width` is an SVG length; `count` is "" where answers were weighted."""

    n: int
    count: str
    percent: str
    width: str


def yes_share(histogram: Sequence[float] | None) -> Share | None:
    """The share of the second of two counts (no, yes). None where nobody answered."""
    no, yes = histogram or (0.0, 0.0)
    total = no + yes
    if not total:
        return None
    whole = abs(yes - round(yes)) < 1e-9
    return Share(round(total), str(round(yes)) if whole else "", str(round(100 * yes / total)), percent(yes / total))
