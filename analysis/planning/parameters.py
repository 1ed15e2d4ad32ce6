"""What an organizer assumes and asks. Pure; a page reads it without loading numpy."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

OWN_UNITS, CLIFFS_DELTA = "own_units", "cliffs_delta"
LEVEL = 0.05
LIMITS: Mapping[str, tuple[float, float]] = {
    "gap_points": (0.1, 10), "gap_probability": (1, 90), "gap_delta": (0.05, 0.98), "spread": (0.03, 0.6), "power": (0.5, 0.99),
    "attrition": (0, 0.6), "cannot_judge": (0, 0.6), "in_round": (1, 12), "pairs": (1, 10_000), "runs": (100, 10_000), "seed": (0, 2**31 - 1),
}
EXPERT_LIMITS = (2, 200)
MOST_SIZES = 16


@dataclass(frozen=True)
class PlanParameters:
    """Shares run from 0 to 1.

    experts: invited experts of each ally who answer in round 1, one number for each size that is tried. gap_points: on a rating scale;
    gap_probability: in points of 100; gap_delta: Cliff's delta for all other answers, or for all where `measure` says so. spread: SD of
    the opinions within an ally as a share of the whole scale. attrition: share that leaves before each later round; in_round: the round
    that is judged. pairs: how many pairs of allies are compared. items: their codes; none means all.
    """

    experts: tuple[int, ...] = (4, 6, 8, 10, 12, 14, 17, 20, 25, 30)
    measure: str = OWN_UNITS
    gap_points: float = 1.0
    gap_probability: float = 20.0
    gap_delta: float = 0.474
    spread: float = 0.2
    power: float = 0.8
    attrition: float = 0.1
    in_round: int = 2
    cannot_judge: float = 0.03
    pairs: int = 1
    runs: int = 2000
    seed: int = 1
    items: tuple[str, ...] = ()

    @property
    def staying(self) -> float:
        """Chance that an expert of round 1 answers an item in the round that is judged."""
        return float((1 - self.attrition) ** (self.in_round - 1) * (1 - self.cannot_judge))

    def as_json(self) -> dict[str, Any]:
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "PlanParameters":
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items() if name in known}
        return cls(**values)


def read_sizes(text: str) -> tuple[int, ...]:
    """“6, 10, 14” as whole numbers, sorted, each once. Raises ValueError."""
    sizes = sorted({int(part) for part in text.replace(";", ",").replace("、", ",").replace("，", ",").split(",") if part.strip()})
    if not sizes or len(sizes) > MOST_SIZES or sizes[0] < EXPERT_LIMITS[0] or sizes[-1] > EXPERT_LIMITS[1]:
        raise ValueError("sizes out of range")
    return tuple(sizes)
