"""Cliff's delta: how often an answer of one group exceeds one of the other, less how often it falls short of it."""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from analysis.statistics.answers import Array


def cliffs_delta_of(first: Array, second: Array) -> float:
    """P(first > second) - P(first < second) over all pairs."""
    return float(_dominance_of_each(first, second).mean())


def cliffs_delta_interval_of(first: Array, second: Array, level: float) -> tuple[float, float] | None:
    """Cliff's asymmetric interval from the unbiased variance and Student's t (Cliff 1996; Feng & Cliff 2004).

    Where the groups do not overlap at all the variance is 0, so delta is drawn in by one pair's worth and the outer
    limit set to plus or minus 1. The unbiased variance can fall to 0 or below; Cliff's smallest admissible one then
    steps in.
    """
    n_first, n_second = first.size, second.size
    n_pairs = n_first * n_second
    if min(n_first, n_second) < 2 or np.ptp(np.concatenate((first, second))) == 0:
        return None
    delta = cliffs_delta_of(first, second)
    shrunk = delta * (n_pairs - 1) / n_pairs if abs(delta) == 1 else delta
    variance = _unbiased_variance(first, second, shrunk)
    if variance <= 0:
        variance = (1 - shrunk**2) / (n_pairs - 1)
    t = float(stats.t.ppf((1 + level) / 2, n_first + n_second - 2))
    low, high = _asymmetric_limits(shrunk, t * math.sqrt(variance))
    return (-1.0 if delta == -1 else max(low, -1.0)), (1.0 if delta == 1 else min(high, 1.0))


def _asymmetric_limits(delta: float, margin: float) -> tuple[float, float]:
    centre = delta - delta**3
    width = margin * math.sqrt((1 - delta**2) ** 2 + margin**2)
    scale = 1 - delta**2 + margin**2
    return (centre - width) / scale, (centre + width) / scale


def _unbiased_variance(first: Array, second: Array, delta: float) -> float:
    n_first, n_second = first.size, second.size
    of_first = _dominance_of_each(first, second)
    of_second = -_dominance_of_each(second, first)
    squares = (
        n_second**2 * float(((of_first - delta) ** 2).sum())
        + n_first**2 * float(((of_second - delta) ** 2).sum())
        - _squares_over_pairs(first, second, delta)
    )
    return squares / (n_first * n_second * (n_first - 1) * (n_second - 1))


def _dominance_of_each(answers: Array, others: Array) -> Array:
    """For each answer: share of the others below it minus share above it. Sorting avoids the table of all pairs."""
    ordered = np.sort(others)
    below = np.searchsorted(ordered, answers, side="left")
    above = others.size - np.searchsorted(ordered, answers, side="right")
    return (below - above) / others.size


def _squares_over_pairs(first: Array, second: Array, delta: float) -> float:
    ordered = np.sort(second)
    won = int(np.searchsorted(ordered, first, side="left").sum())
    lost = int((second.size - np.searchsorted(ordered, first, side="right")).sum())
    tied = first.size * second.size - won - lost
    return won * (1 - delta) ** 2 + lost * (1 + delta) ** 2 + tied * delta**2
