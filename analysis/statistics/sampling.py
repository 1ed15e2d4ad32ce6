"""Random numbers for permutation tests and bootstraps: always seeded, so that a report comes out the same twice."""

from __future__ import annotations

from numbers import Integral
from typing import Any

import numpy as np

DEFAULT_SEED = 20_200_101
"""Used where the caller names none; whichever was used stands in the result."""

DEFAULT_PERMUTATIONS = 9_999


def seed_in(seed: Any, name: str = "seed") -> int:
    """The seed to use: the one given, or the library's own for ``None``."""
    if seed is None:
        return DEFAULT_SEED
    if isinstance(seed, bool) or not isinstance(seed, Integral) or seed < 0:
        raise ValueError(f"{name} must be a whole number from 0 on, or None, not {seed!r}")
    return int(seed)


def permutations_in(permutations: Any, name: str = "permutations") -> int:
    """How many permutations to draw; 0 leaves the choice to the statistic."""
    if isinstance(permutations, bool) or not isinstance(permutations, Integral) or permutations < 0:
        raise ValueError(f"{name} must be a whole number from 0 on, not {permutations!r}")
    return int(permutations)


def generator(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)
