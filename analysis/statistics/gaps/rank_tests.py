"""Tests of two groups by ranks: Mann-Whitney, its exact conditional form with ties, and Brunner-Munzel."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy import stats

from analysis.statistics.answers import Array

MOST_ARRANGEMENTS = 20_000_000


class BrunnerMunzel(NamedTuple):
    statistic: float | None = None
    df: float | None = None
    p_value: float | None = None


def mann_whitney_u(first: Array, second: Array) -> float:
    """Number of pairs in which the first group's answer is larger, ties counting one half."""
    ranks = stats.rankdata(np.concatenate((first, second)))
    return float(ranks[: first.size].sum()) - first.size * (first.size + 1) / 2


def mann_whitney_p(first: Array, second: Array) -> float | None:
    """Two-sided asymptotic p, variance corrected for ties, no continuity correction; none if all answers are equal."""
    n_first, n_second = first.size, second.size
    n = n_first + n_second
    counts = np.unique(np.concatenate((first, second)), return_counts=True)[1].astype(float)
    if min(n_first, n_second) == 0 or counts.size < 2:
        return None
    ties = float((counts**3 - counts).sum())
    variance = n_first * n_second / 12 * ((n + 1) - ties / (n * (n - 1)))
    deviation = mann_whitney_u(first, second) - n_first * n_second / 2
    return float(2 * stats.norm.sf(abs(deviation) / math.sqrt(variance)))


def exact_p(first: Array, second: Array) -> float | None:
    """Share of all divisions of these very answers, ties and all, whose U lies at least as far from its mean.

    Counted with whole numbers (doubled mid-ranks), so equal deviations are equal; ``None`` above 20,000,000 divisions.
    """
    smaller, larger = sorted((first, second), key=len)
    if smaller.size == 0 or math.comb(smaller.size + larger.size, smaller.size) > MOST_ARRANGEMENTS:
        return None
    ranks = np.rint(2 * stats.rankdata(np.concatenate((smaller, larger)))).astype(np.int64)
    arrangements = _arrangements_by_rank_sum(ranks, smaller.size)
    doubled_mean = smaller.size * (ranks.size + 1)
    distance = np.abs(np.arange(arrangements.size) - doubled_mean)
    observed = abs(int(ranks[: smaller.size].sum()) - doubled_mean)
    return float(arrangements[distance >= observed].sum() / arrangements.sum())


def _arrangements_by_rank_sum(ranks: Array, size: int) -> Array:
    """How many subsets of this size have each sum of (doubled) ranks, by adding one answer after the other."""
    largest_sum = int(np.sort(ranks)[-size:].sum())
    if size == 1:
        return np.bincount(ranks, minlength=largest_sum + 1)
    ways = np.zeros((size + 1, largest_sum + 1), dtype=np.int64)
    ways[0, 0] = 1
    for rank in ranks:
        ways[1:, rank:] += ways[:-1, : largest_sum + 1 - rank].copy()
    return ways[size]


def brunner_munzel_test(first: Array, second: Array) -> BrunnerMunzel:
    """Statistic (positive when the second group is larger), degrees of freedom and p by Student's t.

    Nothing where the groups do not overlap or a group has one answer: the variance of the placements is then 0.
    """
    n_first, n_second = first.size, second.size
    if min(n_first, n_second) < 2:
        return BrunnerMunzel()
    ranks = stats.rankdata(np.concatenate((first, second)))
    of_first, of_second = ranks[:n_first], ranks[n_first:]
    variance_first = _placement_variance(of_first, first) / n_second**2
    variance_second = _placement_variance(of_second, second) / n_first**2
    spread = variance_first / n_first + variance_second / n_second
    if spread <= 0:
        return BrunnerMunzel()
    effect = (of_second.mean() - of_first.mean()) / (n_first + n_second)
    df = spread**2 / (
        (variance_first / n_first) ** 2 / (n_first - 1) + (variance_second / n_second) ** 2 / (n_second - 1)
    )
    statistic = effect / math.sqrt(spread)
    return BrunnerMunzel(float(statistic), float(df), float(2 * stats.t.sf(abs(statistic), df)))


def _placement_variance(ranks: Array, answers: Array) -> float:
    placements = ranks - stats.rankdata(answers)
    return 0.0 if np.ptp(placements) == 0 else float(placements.var(ddof=1))
