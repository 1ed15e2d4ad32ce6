"""Distributions known by a few quantiles: completed to a range, averaged, and inverted again."""

from __future__ import annotations

import numpy as np

from analysis.statistics.answers import Array

_TOLERANCE = 1e-12


def pooled_quantiles(probabilities: Array, quantiles: Array, bounds: tuple[float, float], weights: Array) -> Array:
    """Quantiles of the weighted mean of the experts' cumulative distributions.

    ``quantiles``: experts x probabilities, strictly increasing. Each distribution is linear between its points and
    reaches 0 and 1 at the bounds; where a quantile sits on a bound there is a jump, so limits from both sides are
    carried.
    """
    low, high = bounds
    points = np.unique(np.concatenate((quantiles.ravel(), [low, high])))
    heights = np.concatenate(([0.0], probabilities, [1.0]))
    before, after = np.zeros(points.size), np.zeros(points.size)
    for weight, row in zip(weights / weights.sum(), quantiles, strict=True):
        knots = np.concatenate(([low], row, [high]))
        at_low, at_high = int(row[0] == low), int(row[-1] == high)
        end = knots.size - at_high
        after += weight * np.where(points == high, 1.0, np.interp(points, knots[at_low:end], heights[at_low:end]))
        before += weight * np.where(points == low, 0.0, np.interp(points, knots[at_low:end], heights[at_low:end]))
    return np.array([_inverse(level, points, before, after) for level in probabilities])


def _inverse(level: float, points: Array, before: Array, after: Array) -> float:
    """The first point at which the cumulative share reaches the level."""
    at = int(np.argmax(after >= level - _TOLERANCE))
    if at == 0 or before[at] <= level + _TOLERANCE:
        return float(points[at])
    share = (level - after[at - 1]) / (before[at] - after[at - 1])
    return float(points[at - 1] + share * (points[at] - points[at - 1]))
