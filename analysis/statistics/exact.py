"""Intervals of medians and quartiles without random numbers: the law of a resampled quantile, in closed form.

A bootstrap draws n answers with replacement and takes their median, again and again. On a scale of k categories the
distribution of that median follows from binomial tails (docs/statistics/exact.md has the derivation), so nothing need
be drawn: the same bytes come out on every run, and there is no sampling error.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats
from scipy.special import gammaln

from analysis.statistics.answers import DECIMALS_OF_AN_ANSWER, Array, frequencies, level_in, number_in, numbers
from analysis.statistics.result import Result, Status

NO_ANSWER = "There is no answer."
_TOLERANCE = 1e-12


@dataclass(frozen=True, kw_only=True)
class ResampledQuantile(Result):
    """``values`` and ``probabilities``: the whole distribution of the quantile under resampling; low, high its
    interval.
    """

    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    values: tuple[float, ...] = ()
    probabilities: tuple[float, ...] = ()
    level: float = 0.95


@dataclass(frozen=True, kw_only=True)
class ResampledGap(Result):
    """``difference`` is the first group's median minus the second's; both groups are resampled on their own."""

    difference: float | None = None
    low: float | None = None
    high: float | None = None
    values: tuple[float, ...] = ()
    probabilities: tuple[float, ...] = ()
    n_first: int = 0
    n_second: int = 0
    level: float = 0.95


def resampled_quantile(
    histogram: Any, probability: float = 0.5, level: float = 0.95, scale_values: Any = None
) -> ResampledQuantile:
    """A quantile (type 7) of ordinal answers with its exact bootstrap interval.

    ``histogram``: counts over the full scale, whole numbers. ``scale_values``: the number of each category, 1, 2, …
    if not given. The limits are the smallest values at which the distribution reaches (1 - level)/2 and (1 +
    level)/2. With one answer, or all answers equal, resampling cannot move and the interval has no width: that is no
    evidence of precision.
    """
    counts = _counts(histogram, "histogram")
    scale = _scale(scale_values, counts.size)
    share, level = number_in(probability, "probability", 0.0, 1.0), level_in(level)
    n = int(counts.sum())
    if n == 0:
        return ResampledQuantile(level=level, status=Status.INSUFFICIENT_N, reason=NO_ANSWER)
    values, chances = _law(counts, scale, share)
    low, high = _interval(values, chances, level)
    return ResampledQuantile(
        estimate=_estimate(counts, scale, share),
        low=low,
        high=high,
        values=tuple(values),
        probabilities=tuple(chances),
        n=n,
        level=level,
    )


def resampled_median(histogram: Any, level: float = 0.95, scale_values: Any = None) -> ResampledQuantile:
    """The median of ordinal answers with its exact bootstrap interval; see ``resampled_quantile``."""
    return resampled_quantile(histogram, 0.5, level, scale_values)


def resampled_median_gap(
    histogram_first: Any, histogram_second: Any, level: float = 0.95, scale_values: Any = None
) -> ResampledGap:
    """Difference of two groups' medians with its exact bootstrap interval: the two laws convolved.

    Both histograms run over the same full scale; arguments otherwise as in ``resampled_quantile``.
    """
    first, second = _counts(histogram_first, "histogram_first"), _counts(histogram_second, "histogram_second")
    if first.size != second.size:
        raise ValueError(
            f"histogram_second must have as many categories as histogram_first: {second.size} and {first.size}"
        )
    scale, level = _scale(scale_values, first.size), level_in(level)
    sizes: dict[str, Any] = {"n_first": int(first.sum()), "n_second": int(second.sum()), "level": level}
    n = sizes["n_first"] + sizes["n_second"]
    if min(sizes["n_first"], sizes["n_second"]) == 0:
        return ResampledGap(n=n, status=Status.INSUFFICIENT_N, reason="A group has no answer.", **sizes)
    values, chances = _convolved(_law(first, scale, 0.5), _law(second, scale, 0.5))
    low, high = _interval(values, chances, level)
    return ResampledGap(
        difference=_estimate(first, scale, 0.5) - _estimate(second, scale, 0.5),
        low=low,
        high=high,
        values=tuple(values),
        probabilities=tuple(chances),
        n=n,
        **sizes,
    )


def _counts(histogram: Any, name: str) -> Array:
    counts = frequencies(histogram, name)
    if (counts != np.rint(counts)).any():
        raise ValueError(f"{name} must contain whole counts: resampling draws answers, not weights")
    return counts


def _scale(values: Any, size: int) -> Array:
    if values is None:
        return np.arange(1.0, size + 1)
    scale = numbers(values, "scale_values")
    if scale.size != size or np.isnan(scale).any() or (np.diff(scale) <= 0).any():
        raise ValueError("scale_values must be one number per category, strictly increasing")
    return scale


def _position(n: int, share: float) -> tuple[int, float]:
    """Rank of the answer below the type 7 quantile (from 1) and the share of the next one that is mixed in."""
    position = (n - 1) * share + 1
    below = min(math.floor(position + 4 * np.finfo(float).eps * n), n)
    mixed = position - below
    return (below, 0.0) if mixed <= 4 * np.finfo(float).eps * n else (below, mixed)


def _estimate(counts: Array, scale: Array, share: float) -> float:
    upto = np.cumsum(counts)
    rank, mixed = _position(int(upto[-1]), share)
    below = scale[np.searchsorted(upto, rank)]
    above = scale[np.searchsorted(upto, min(rank + 1, upto[-1]))]
    return float(below + mixed * (above - below))


def _law(counts: Array, scale: Array, share: float) -> tuple[Array, Array]:
    """Values that the resampled quantile can take, in order, and their probabilities."""
    n = int(counts.sum())
    rank, mixed = _position(n, share)
    used = np.flatnonzero(counts)
    cumulative = np.cumsum(counts[used]) / n
    if mixed == 0:
        return scale[used], np.diff(_at_most(cumulative, n, rank), prepend=0.0)
    joint = _two_order_statistics(cumulative, n, rank)
    below, above = np.meshgrid(scale[used], scale[used], indexing="ij")
    upper = np.triu_indices(used.size)
    return _merged((below + mixed * (above - below))[upper], joint[upper])


def _at_most(cumulative: Array, n: int, rank: int) -> Array:
    """P(the rank-th smallest of n resampled answers lies in this category or below) = a binomial tail."""
    return np.asarray(stats.binom.sf(rank - 1, n, np.minimum(cumulative, 1.0)))


def _two_order_statistics(cumulative: Array, n: int, rank: int) -> Array:
    """P(rank-th in category i and the next in category j), i <= j, for categories that all hold answers.

    For i < j exactly ``rank`` answers lie in or below i, the largest of them in i, and the others in or above j: the
    number of ways times a difference of powers on either side, in logarithms because either alone would overflow. The
    diagonal is what remains of P(rank-th in i).
    """
    before, upto = np.concatenate(([0.0], cumulative[:-1])), np.minimum(cumulative, 1.0)
    log_ways = gammaln(n + 1) - gammaln(rank + 1) - gammaln(n - rank + 1)
    below = _log_difference_of_powers(upto, before, rank)
    above = _log_difference_of_powers(1 - before, 1 - upto, n - rank)
    apart = np.triu(np.ones((below.size, below.size), dtype=bool), 1)
    joint = np.exp(np.where(apart, log_ways + np.add.outer(below, above), -np.inf))
    marginal = np.diff(_at_most(cumulative, n, rank), prepend=0.0)
    return joint + np.diag(np.maximum(marginal - joint.sum(axis=1), 0.0))


def _log_difference_of_powers(larger: Array, smaller: Array, power: int) -> Array:
    """ln(larger^power - smaller^power)."""
    return power * np.log(larger) + np.log1p(-((smaller / larger) ** power))


def _convolved(first: tuple[Array, Array], second: tuple[Array, Array]) -> tuple[Array, Array]:
    return _merged(np.subtract.outer(first[0], second[0]).ravel(), np.multiply.outer(first[1], second[1]).ravel())


def _merged(values: Array, chances: Array) -> tuple[Array, Array]:
    """Equal values together: the middle of 1 and 3 is the category 2."""
    different, place = np.unique(np.round(values, DECIMALS_OF_AN_ANSWER) + 0.0, return_inverse=True)
    return different, np.bincount(place, weights=chances)


def _interval(values: Array, chances: Array, level: float) -> tuple[float, float]:
    upto = np.cumsum(chances)
    tail = (1 - level) / 2
    last = values.size - 1
    low = min(int(np.searchsorted(upto, tail - _TOLERANCE)), last)
    high = min(int(np.searchsorted(upto, 1 - tail - _TOLERANCE)), last)
    return float(values[low]), float(values[high])
