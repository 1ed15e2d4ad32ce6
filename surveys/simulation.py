"""Simulated experts, for the demonstration and dry runs. Always labelled as simulated; seeded, so the same every time.

The model: each panel has an opinion on each item, each expert one around it. In a later round an expert moves a part of the way
toward the median that was shown, or keeps the answer. A few cannot judge. Nothing here claims to know what real experts think.
"""

import random
from collections.abc import Mapping
from typing import Any

from surveys.items import ItemSpec

CANNOT_JUDGE = 0.03
LEAVES_OUT = 0.02
SPREAD = 0.16  # of an expert's opinion around the panel's, on a range from 0 to 1
PULL = 0.45  # how far toward the shown median an expert who moves goes
MOVES = 0.55


def first_opinion(spec: ItemSpec, panel: str, expert: str, seed: int) -> float:
    """An expert's opinion from 0 to 1, before seeing anybody else's."""
    own = random.Random(f"{seed}|{spec.code}|{panel}")  # noqa: S311
    centre = 0.2 + 0.6 * own.random()
    return min(1.0, max(0.0, random.Random(f"{seed}|{spec.code}|{expert}").gauss(centre, SPREAD)))  # noqa: S311


def simulated_answer(spec: ItemSpec, opinion: float, chance: random.Random) -> str | None:
    """The opinion as a value of a file; None for an answer left out, "cannot judge" for that."""
    if chance.random() < LEAVES_OUT:
        return None
    if spec.cannot_judge and chance.random() < CANNOT_JUDGE:
        return "cannot judge"
    return _WRITERS[spec.kind](spec, opinion, chance)


def later_opinion(opinion: float, shown: float | None, chance: random.Random) -> float:
    """The opinion after seeing the median (0 to 1): kept, or moved a part of the way."""
    if shown is None or chance.random() > MOVES:
        return opinion
    return opinion + PULL * (shown - opinion)


def opinion_of(spec: ItemSpec, median: float | None) -> float | None:
    """A shown median on the range from 0 to 1; None for kinds without one."""
    low, high = _range(spec)
    return None if median is None or high == low else (median - low) / (high - low)


def _range(spec: ItemSpec) -> tuple[float, float]:
    if spec.scale is not None:
        return 1.0, float(spec.scale.points)
    if spec.kind == "probability":
        return 0.0, 100.0
    return float(spec.minimum or 0), float(spec.maximum if spec.maximum is not None else 100)


def _rating(spec: ItemSpec, opinion: float, chance: random.Random) -> str:
    low, high = _range(spec)
    return str(round(low + opinion * (high - low)))


def _probability(spec: ItemSpec, opinion: float, chance: random.Random) -> str:
    return str(5 * round(opinion * 20))


def _number(spec: ItemSpec, opinion: float, chance: random.Random) -> str:
    low, high = _range(spec)
    return str(round(low + opinion**3 * (high - low)))


def _choice(spec: ItemSpec, opinion: float, chance: random.Random) -> str:
    place = min(len(spec.options) - 1, int(opinion * len(spec.options)))
    return spec.options[place].code


def _text(spec: ItemSpec, opinion: float, chance: random.Random) -> str | None:
    return None


_WRITERS: Mapping[str, Any] = {"rating": _rating, "probability": _probability, "number": _number, "choice": _choice, "text": _text}
