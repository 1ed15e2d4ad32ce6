"""Gaps between the medians of all pairs of groups, for all items at once, with exact bootstrap intervals.

The law of each group's resampled median is written down once (``exact``, docs/statistics/exact.md) and convolved for
each pair: the cost depends on items, pairs and categories, not on the number of experts.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from scipy.special import betainc, gammaln

from analysis.statistics.answers import Array, level_in
from analysis.statistics.matrix.order import histogram_quantiles

_TOLERANCE = 1e-12


class MedianGaps(NamedTuple):
    """``pairs`` of group numbers; the other fields are pairs x items, NaN where one of the two groups has no answer."""

    pairs: list[tuple[int, int]]
    difference: Array
    low: Array
    high: Array


def median_gap_intervals(counts: Any, level: float = 0.95) -> MedianGaps:
    """First median minus second with its interval, from counts of shape groups x items x categories."""
    table, level = np.asarray(counts, dtype=np.int64), level_in(level)
    if table.ndim != 3:
        raise ValueError(f"counts must be groups x items x categories, not {table.ndim}-dimensional")
    pairs = list(combinations(range(table.shape[0]), 2))
    first, second = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    medians, laws = histogram_quantiles(table, 0.5)[..., 0], median_laws(table)
    difference = medians[first] - medians[second]
    low, high = limits_of_law(convolved(laws[first], laws[second]), level)
    empty = np.isnan(difference)
    return MedianGaps(pairs, difference, np.where(empty, np.nan, low), np.where(empty, np.nan, high))


def median_laws(counts: Any) -> Array:
    """P(resampled median = 1, 1.5, 2, …, k) along the last axis; zeros for an empty histogram."""
    table = np.asarray(counts, dtype=np.int64)
    n_categories = table.shape[-1]
    flat = table.reshape(-1, n_categories)
    n = flat.sum(axis=1)
    laws = np.zeros((len(flat), 2 * n_categories - 1))
    odd, even = n % 2 == 1, (n % 2 == 0) & (n > 0)
    laws[odd, ::2] = _law_of_rank(flat[odd], n[odd], (n[odd] + 1) // 2)
    laws[even] = _law_of_two_ranks(flat[even], n[even])
    return laws.reshape(*table.shape[:-1], 2 * n_categories - 1)


def _law_of_rank(table: Array, n: Array, rank: Array) -> Array:
    """P(the rank-th smallest of n resampled answers = 1, 2, …): differences of binomial tails."""
    shares = np.cumsum(table, axis=1) / n[:, None]
    return np.diff(betainc(rank[:, None], (n - rank + 1)[:, None], shares), axis=1, prepend=0.0)


def _law_of_two_ranks(table: Array, n: Array) -> Array:
    """The middle of the two middle answers, by where each of them lies."""
    n_categories, rank = table.shape[1], n // 2
    upto = np.cumsum(table, axis=1) / n[:, None]
    before = np.concatenate((np.zeros((len(table), 1)), upto[:, :-1]), axis=1)
    log_ways = (gammaln(n + 1) - gammaln(rank + 1) - gammaln(n - rank + 1))[:, None]
    below = log_ways + _log_difference_of_powers(upto, before, rank[:, None])
    above = _log_difference_of_powers(1 - before, 1 - upto, (n - rank)[:, None])
    law = np.zeros((len(table), 2 * n_categories - 1))
    together = _law_of_rank(table, n, rank)
    for i in range(n_categories - 1):
        apart = np.exp(below[:, i : i + 1] + above[:, i + 1 :])
        law[:, 2 * i + 1 : i + n_categories] += apart
        together[:, i] -= apart.sum(axis=1)
    law[:, ::2] += np.maximum(together, 0.0)
    return law


def _log_difference_of_powers(larger: Array, smaller: Array, power: Array) -> Array:
    """ln(larger^power - smaller^power), minus infinity where they are equal."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(larger > 0, smaller / larger, 1.0)
        return np.where(larger > 0, power * np.log(larger), -np.inf) + np.log1p(-(ratio**power))


def convolved(first: Array, second: Array) -> Array:
    """Law of the difference of two independent medians, in steps of one half from -(k - 1) to k - 1."""
    size = first.shape[-1]
    reversed_second = second[..., ::-1]
    law = np.zeros((*first.shape[:-1], 2 * size - 1))
    for place in range(size):
        law[..., place : place + size] += first[..., place : place + 1] * reversed_second
    return law


def limits_of_law(law: Array, level: float) -> tuple[Array, Array]:
    """In steps of the scale, from a law in halves of a step about 0."""
    upto = np.cumsum(law, axis=-1)
    tail, last = (1 - level) / 2, law.shape[-1] - 1
    middle = law.shape[-1] // 2
    low = np.minimum((upto < tail - _TOLERANCE).sum(axis=-1), last)
    high = np.minimum((upto < 1 - tail - _TOLERANCE).sum(axis=-1), last)
    return (low - middle) / 2, (high - middle) / 2
