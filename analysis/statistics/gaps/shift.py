"""The Hodges-Lehmann shift between two groups, and its interval from the exact law of the Mann-Whitney statistic."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy import stats

from analysis.statistics.answers import DECIMALS_OF_AN_ANSWER, Array

LARGEST_EXACT_PRODUCT = 250_000
"""Up to this many pairs the law of U is exact; above it the rank is the normal law's, less than one in a thousand off."""


def hodges_lehmann_shift(first: Array, second: Array, level: float) -> tuple[float, tuple[float, float] | None]:
    """Median of all differences first - second, and the interval; no interval where none reaches the level."""
    differences, counts = _pairwise_differences(first, second)
    upto = np.cumsum(counts)
    total = int(upto[-1])
    middle = (_at_rank(differences, upto, (total + 1) // 2) + _at_rank(differences, upto, total // 2 + 1)) / 2
    rank = interval_rank(*sorted((first.size, second.size)), level)
    if rank < 1:
        return middle, None
    return middle, (_at_rank(differences, upto, rank), _at_rank(differences, upto, total + 1 - rank))


@lru_cache(maxsize=1024)
def interval_rank(smaller: int, larger: int, level: float) -> int:
    """The largest k with P(U <= k - 1) <= (1 - level)/2: the k-th difference from either end bounds the shift."""
    tail = (1 - level) / 2 * (1 + 1e-12)
    if smaller * larger > LARGEST_EXACT_PRODUCT:
        return _approximate_rank(smaller, larger, tail)
    return int(np.searchsorted(np.cumsum(_lower_half_of_u(smaller, larger)), tail, side="right"))


def _approximate_rank(smaller: int, larger: int, tail: float) -> int:
    deviation = np.sqrt(smaller * larger * (smaller + larger + 1) / 12)
    return int(np.floor(smaller * larger / 2 + stats.norm.ppf(tail) * deviation + 0.5))


def _lower_half_of_u(smaller: int, larger: int) -> Array:
    """P(U = 0), P(U = 1), … up to the middle, without ties.

    The number of arrangements with U = u is the coefficient of q^u in the Gaussian binomial, built factor by factor
    from (1 - q^(larger + i)) / (1 - q^i). Each is scaled to a probability on the way, so that nothing overflows; in
    the lower half the coefficients only grow, which keeps the subtraction harmless.
    """
    law = np.zeros(smaller * larger // 2 + 1)
    law[0] = 1.0
    for i in range(1, smaller + 1):
        shift = larger + i
        law[shift:] -= law[:-shift].copy()
        law = _divided_by_one_minus_power(law, i) * (i / shift)
    return np.maximum(law, 0.0)


def _divided_by_one_minus_power(series: Array, power: int) -> Array:
    padded = np.zeros(-(-series.size // power) * power)
    padded[: series.size] = series
    return np.cumsum(padded.reshape(-1, power), axis=0).ravel()[: series.size]


def _pairwise_differences(first: Array, second: Array) -> tuple[Array, Array]:
    """The distinct differences in order, and how often each occurs: few on a rating scale, however many experts."""
    values_first, counts_first = np.unique(first, return_counts=True)
    values_second, counts_second = np.unique(second, return_counts=True)
    raw = np.round(np.subtract.outer(values_first, values_second), DECIMALS_OF_AN_ANSWER).ravel() + 0.0
    order = np.argsort(raw, kind="stable")
    return raw[order], np.multiply.outer(counts_first, counts_second).ravel()[order]


def _at_rank(ordered: Array, counts_upto: Array, rank: int) -> float:
    return float(ordered[np.searchsorted(counts_upto, rank)])
