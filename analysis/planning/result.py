"""What a plan found, as it is stored and shown. Pure; a page reads it without loading numpy. Shares run from 0 to 1."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Share:
    """A chance as simulated: `hits` of `runs`, with Wilson's 95 % interval of what infinitely many runs would give."""

    hits: int
    runs: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.hits / self.runs


@dataclass(frozen=True)
class Calls:
    """Of `studies` with one truth: in how many the verdict was right, and in how many consensus was called."""

    studies: int
    right: int
    called: int


@dataclass(frozen=True)
class GapPoint:
    """One size of panel. `shown`: both panels are published; `seen`: with Holm over the study; `seen_alone`: were it the only test."""

    experts: int
    shown: Share
    seen: Share
    seen_alone: Share


@dataclass(frozen=True)
class CallPoint:
    """One size of panel. `found`: consensus is called where there is one; `kept_apart`: it is not called, and the row is shown, where there
    is none; `false_call`: it is called where there is none. None where no opinion that was tried is of that kind."""

    experts: int
    found: Share | None
    kept_apart: Share | None
    false_call: Share | None


@dataclass(frozen=True)
class ShapeResult:
    """The figures of all numbers that are asked alike. `unit` of the gap: points, probability (points of 100) or delta (Cliff's)."""

    level: str
    size: int
    low: float
    high: float
    rule: Mapping[str, Any] | None
    items: tuple[str, ...]
    tests: int
    gap: float = 0.0
    unit: str = ""
    delta: float = 0.0
    gaps: tuple[GapPoint, ...] = ()
    ally: tuple[CallPoint, ...] = ()
    everybody: tuple[CallPoint, ...] = ()


@dataclass(frozen=True)
class PlanResult:
    """needed_to_show: experts of an ally in round 1 of whom on average `minimum` answer in the judged round. family: tests that Holm
    corrects for. false_alarms: for each size the chance that some gap is seen in a study without any."""

    minimum: int
    panels: int
    needed_to_show: int
    family: int
    experts: tuple[int, ...]
    false_alarms: tuple[Share, ...]
    shapes: tuple[ShapeResult, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "PlanResult":
        alarms = tuple(Share(**share) for share in given["false_alarms"])
        shapes = tuple(_shape(shape) for shape in given["shapes"])
        return cls(**{**given, "experts": tuple(given["experts"]), "false_alarms": alarms, "shapes": shapes})


def _shape(given: Mapping[str, Any]) -> ShapeResult:
    points = {"gaps": tuple(_point(GapPoint, point) for point in given["gaps"]),
              **{name: tuple(_point(CallPoint, point) for point in given[name]) for name in ("ally", "everybody")}}
    return ShapeResult(**{**given, "items": tuple(given["items"]), **points})


def _point(kind: Any, given: Mapping[str, Any]) -> Any:
    return kind(**{name: Share(**value) if isinstance(value, Mapping) else value for name, value in given.items()})


def smallest(sizes: Sequence[int], shares: Sequence[Share | None], wanted: float) -> int | None:
    """The fewest experts from which on every size tried reaches the share that is wanted; None where the largest does not."""
    found = None
    for size, share in zip(reversed(sizes), reversed(shares), strict=True):
        if share is None or share.share < wanted:
            break
        found = size
    return found
