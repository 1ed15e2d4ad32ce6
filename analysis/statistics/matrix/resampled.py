"""What resampling the answers does to medians, interquartile ranges and agreement: intervals of many groups of a round.

Each group is resampled on its own and with the same seed, so that its interval does not depend on which others are looked
at. Quantiles of a resample need no resample: its order statistics are answers at the places of uniform order statistics.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from scipy import stats

from analysis.statistics.answers import Array, level_in
from analysis.statistics.matrix.concentration import histogram_van_der_eijk
from analysis.statistics.matrix.median_gaps import median_laws
from analysis.statistics.order_statistics import positions
from analysis.statistics.sampling import DEFAULT_SEED, generator

DRAWS = 999
DRAWS_OF_HISTOGRAMS = 399
"""Whole histograms take longer to draw than a few order statistics, and A longer to work out than a difference."""

_TOLERANCE = 1e-12
_QUARTILES = np.array([0.25, 0.5, 0.75])


class MedianIntervals(NamedTuple):
    """As ``median_interval``; NaN where no order statistics reach the level."""

    low: Array
    high: Array
    coverage: Array


class ResampledSpread(NamedTuple):
    """Percentile intervals of the median and of the interquartile range."""

    median: tuple[float, float]
    iqr: tuple[float, float]


def histogram_median_intervals(counts: Any, level: float = 0.95) -> MedianIntervals:
    """The k-th smallest and the k-th largest of the answers 1, 2, … counted along the last axis."""
    table = np.asarray(counts, dtype=np.int64)
    upto = np.cumsum(table, axis=-1)
    n = upto[..., -1]
    found = [_rank_and_coverage(int(size), level) for size in n.ravel()]
    rank = np.array([entry[0] for entry in found], dtype=np.int64).reshape(n.shape)
    coverage = np.array([entry[1] for entry in found]).reshape(n.shape)
    low, high = ((upto < place[..., None]).sum(axis=-1) + 1.0 for place in (rank, n - rank + 1))
    return MedianIntervals(np.where(rank > 0, low, np.nan), np.where(rank > 0, high, np.nan), coverage)


@lru_cache(maxsize=4096)
def _rank_and_coverage(n: int, level: float) -> tuple[int, float]:
    tails = stats.binom.cdf(np.arange(n // 2), n, 0.5)
    rank = int(np.sum(tails <= (1 - level_in(level)) / 2 * (1 + 1e-12)))
    return rank, float(1 - 2 * tails[rank - 1]) if rank else float("nan")


def resampled_median_intervals(counts: Any, level: float = 0.95) -> tuple[Array, Array]:
    """Limits of ``resampled_median``, exact; NaN for an empty histogram."""
    laws = median_laws(counts)
    upto, tail, last = np.cumsum(laws, axis=-1), (1 - level_in(level)) / 2, laws.shape[-1] - 1
    empty = np.asarray(counts).sum(axis=-1) == 0
    low, high = (np.minimum((upto < share - _TOLERANCE).sum(axis=-1), last) / 2 + 1 for share in (tail, 1 - tail))
    return np.where(empty, np.nan, low), np.where(empty, np.nan, high)


def resampled_spread(answers: Any, quantile_type: int = 7) -> ResampledSpread:
    """95 % percentile intervals of one group's median and IQR from 999 seeded resamples; ``answers`` without holes, at least one."""
    ordered = np.sort(np.asarray(answers, dtype=float))
    places, shares = _order_statistics(ordered.size, quantile_type)
    below, above = ordered[places[:, :3]], ordered[places[:, 3:]]
    quartiles = below + shares * (above - below)
    return ResampledSpread(_percentiles(quartiles[:, 1]), _percentiles(quartiles[:, 2] - quartiles[:, 0]))


def resampled_medians(answers: Any) -> Array:
    """The medians of the same 999 resamples; NaN without an answer."""
    ordered = np.sort(np.asarray(answers, dtype=float))
    if not ordered.size:
        return np.full(DRAWS, np.nan)
    places, shares = _order_statistics(ordered.size, 7)
    below, above = ordered[places[:, 1]], ordered[places[:, 4]]
    return np.asarray(below + shares[1] * (above - below))


@lru_cache(maxsize=512)
def _order_statistics(n: int, quantile_type: int) -> tuple[Array, Array]:
    """For each draw the places, among the sorted answers, of the resample's order statistics below and above each quartile.

    Uniform order statistics are sums of gamma-distributed spacings; the one of rank r falls on the answer at place n u.
    """
    middle, halves = positions(n, _QUARTILES, 7), positions(n, _QUARTILES, quantile_type)
    ranks = np.where(_QUARTILES == 0.5, middle[0], halves[0])
    shares = np.where(_QUARTILES == 0.5, middle[1], halves[1])
    wanted = np.clip(np.concatenate((ranks, ranks + 1)), 1, n)
    different = np.unique(wanted)
    spacings = generator(DEFAULT_SEED).standard_gamma(np.diff([0, *different, n + 1]), size=(DRAWS, different.size + 1))
    uniform = np.cumsum(spacings, axis=1) / spacings.sum(axis=1, keepdims=True)
    places = np.minimum((uniform[:, :-1] * n).astype(np.int64), n - 1)
    return places[:, np.searchsorted(different, wanted)], shares


def resampled_van_der_eijk(counts: Any) -> tuple[Array, Array]:
    """95 % percentile limits of A from 399 seeded resamples of each histogram; NaN for an empty one."""
    table = np.asarray(counts, dtype=np.int64)
    flat = table.reshape(-1, table.shape[-1])
    filled = flat.sum(axis=1) > 0
    limits = np.full((len(flat), 2), np.nan)
    if filled.any() and table.shape[-1] > 2:
        drawn = np.stack([generator(DEFAULT_SEED).multinomial(row.sum(), row / row.sum(), size=DRAWS_OF_HISTOGRAMS) for row in flat[filled]])
        limits[filled] = [_percentiles(row) for row in histogram_van_der_eijk(drawn)]
    return limits[:, 0].reshape(table.shape[:-1]), limits[:, 1].reshape(table.shape[:-1])


def _percentiles(drawn: Array) -> tuple[float, float]:
    """The smallest values at which the draws reach 2.5 and 97.5 per cent."""
    ordered = np.sort(drawn)
    low, high = (int(np.ceil(share * drawn.size - 1e-9)) - 1 for share in (0.025, 0.975))
    return float(ordered[low]), float(ordered[high])
