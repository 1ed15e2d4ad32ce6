"""Distributions known by a few quantiles: completed to a range, averaged, and inverted again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.statistics.answers import Array

_TOLERANCE = 1e-12


@dataclass(frozen=True)
class _Pool:
    """Experts x probabilities, strictly increasing. Each distribution is linear between its points and reaches 0 and 1 at the
    bounds; where a quantile sits on a bound there is a jump, so limits from both sides are carried.
    """

    probabilities: Array
    quantiles: Array
    low: float
    high: float
    shares: Array

    def before_and_after(self, points: Array) -> tuple[Array, Array]:
        """The pooled cumulative share just below each point, and at it."""
        passed = (self.quantiles[None, :, :] <= points[:, None, None]).sum(axis=2)
        experts = np.arange(len(self.quantiles))[:, None]
        knots = np.column_stack([np.full(len(experts), self.low), self.quantiles, np.full(len(experts), self.high)])
        heights = np.concatenate(([0.0], self.probabilities, [1.0]))
        left, right = knots[experts, passed.T].T, knots[experts, passed.T + 1].T
        width = right - left
        along = np.divide(points[:, None] - left, width, out=np.zeros_like(width), where=width > 0)
        pooled = (heights[passed] + along * (heights[passed + 1] - heights[passed])) @ self.shares
        return np.where(points == self.low, 0.0, pooled), np.where(points == self.high, 1.0, pooled)


def pooled_quantiles(probabilities: Array, quantiles: Array, bounds: tuple[float, float], weights: Array) -> Array:
    """Quantiles of the weighted mean of the experts' cumulative distributions.

    Each is found by halving the range of points, since the cumulative share never falls: with thousands of experts there are
    too many points to look at all of them.
    """
    pool = _Pool(probabilities, quantiles, bounds[0], bounds[1], weights / weights.sum())
    points = np.unique(np.concatenate((quantiles.ravel(), bounds)))
    first, last = np.zeros(probabilities.size, dtype=np.int64), np.full(probabilities.size, points.size - 1)
    while (first < last).any():
        middle = (first + last) // 2
        reached = pool.before_and_after(points[middle])[1] >= probabilities - _TOLERANCE
        first, last = np.where(reached | (first >= last), first, middle + 1), np.where(reached, middle, last)
    return _between(pool, points, first)


def _between(pool: _Pool, points: Array, first: Array) -> Array:
    """The levels lie at the first points that reach them, or on the way there from the points before."""
    earlier, levels = np.maximum(first - 1, 0), pool.probabilities
    before, after = pool.before_and_after(points[first])[0], pool.before_and_after(points[earlier])[1]
    at_point = (first == 0) | (before <= levels + _TOLERANCE)
    share = np.divide(levels - after, before - after, out=np.ones_like(levels), where=~at_point)
    return np.asarray(np.where(at_point, points[first], points[earlier] + share * (points[first] - points[earlier])))
