"""Which of the ordered differences bound a Hodges-Lehmann shift, for many sizes of groups: as ``gaps.shift.interval_rank``, sooner.

Writing the whole law of U down takes time in the cube of the groups' size, and every item with its own missing answers has its
own sizes. For groups of some size the law is read only where the rank must lie, by inverting its characteristic function
(Gil-Pelaez 1951, for whole numbers). Its error is far below the distance of two ranks.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from scipy.special import ndtri

from analysis.statistics.answers import Array
from analysis.statistics.gaps.shift import LARGEST_EXACT_PRODUCT, interval_rank

_SMALLEST_GROUP = 22
"""From here on the characteristic function is as good as 0 before a factor of it has a pole; smaller groups' laws are short anyway."""
_SMALLEST_TAIL = 1e-8
"""Below this the inversion's own rounding would count."""
_REACH = 14.0
_FINENESS = 30.0


def shift_ranks(n_first: Any, n_second: Any, level: float) -> Array:
    """The rank of the lower limit among the ordered differences, per pair of sizes; 0 where no interval reaches the level."""
    smaller, larger = np.minimum(n_first, n_second), np.maximum(n_first, n_second)
    sizes = zip(smaller.tolist(), larger.tolist(), strict=True)
    return np.array([shift_rank(int(few), int(many), level) if few else 0 for few, many in sizes], dtype=np.int64)


@lru_cache(maxsize=100_000)
def shift_rank(smaller: int, larger: int, level: float) -> int:
    """The largest k with P(U <= k - 1) <= (1 - level)/2."""
    tail = (1 - level) / 2 * (1 + 1e-12)
    if smaller < _SMALLEST_GROUP or smaller * larger > LARGEST_EXACT_PRODUCT or tail < _SMALLEST_TAIL:
        return interval_rank(smaller, larger, level)
    deviation = np.sqrt(smaller * larger * (smaller + larger + 1) / 12)
    guess = round(smaller * larger / 2 + float(ndtri(tail)) * deviation)
    margin = 8
    while True:
        values = np.arange(guess - margin, guess + margin + 1)
        upto = _law_upto(values, smaller, larger, deviation)
        if upto[0] <= tail < upto[-1]:
            return int(values[0] + np.searchsorted(upto, tail, side="right"))
        margin *= 4


def _law_upto(values: Array, smaller: int, larger: int, deviation: float) -> Array:
    """P(U <= value) for whole values."""
    step = 2 * np.pi / (_FINENESS * deviation)
    t = np.arange(step / 2, min(_REACH / deviation, np.pi), step)
    distance = values - smaller * larger / 2 + 0.5
    waves = np.sin(np.multiply.outer(distance, t)) / np.sin(t / 2)
    return 0.5 + step / (2 * np.pi) * (waves @ _characteristic_function(t, smaller, larger))


def _characteristic_function(t: Array, smaller: int, larger: int) -> Array:
    """Of U less its mean, which is real: the Gaussian binomial coefficient on the unit circle, over its value at 1."""
    i = np.arange(1, smaller + 1)[:, None]
    factors = np.sin((larger + i) * t / 2) * i / (np.sin(i * t / 2) * (larger + i))
    return np.asarray(factors.prod(axis=0))
