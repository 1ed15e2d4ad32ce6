"""Who stands highest and who lowest, with all that share the place: two with the same figure are both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Named = tuple[str, float]


@dataclass(frozen=True)
class Extremes:
    """Figures as they are shown, and the names behind them in the order in which they were given."""

    low: str
    high: str
    lowest: Sequence[str]
    highest: Sequence[str]

    @property
    def are_alike(self) -> bool:
        return self.low == self.high


def extremes_of(found: Sequence[Named], write: Callable[[float], str]) -> Extremes:
    """By the figures as they are written: who reads the same number twice sees no difference. `found` has one at least."""
    figures = [(name, write(number)) for name, number in found]
    low, high = (write(end(number for _name, number in found)) for end in (min, max))
    lowest, highest = ([name for name, figure in figures if figure == extreme] for extreme in (low, high))
    return Extremes(low, high, lowest, highest)


def in_order(found: Sequence[Named]) -> str:
    """“A, B = C”: the smallest first, with a sign between those that have the same number."""
    places: dict[float, list[str]] = {}
    for name, number in sorted(found, key=lambda each: each[1]):
        places.setdefault(round(number, 9), []).append(name)
    return ", ".join(" = ".join(names) for names in places.values())


def has_ties(found: Sequence[Named]) -> bool:
    return len({round(number, 9) for _name, number in found}) < len(found)
