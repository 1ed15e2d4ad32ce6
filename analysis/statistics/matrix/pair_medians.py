"""Differences of the medians of many pairs of groups on one item, with the intervals that resampling the answers would give.

Where answers lie on a short lattice (positions, ranks, per cents) the law of each group's resampled median is written down and convolved pair by
pair, as in ``median_gaps``: no random numbers. Other numbers are drawn, from order statistics. Either way the interval of a pair is a function of the
two groups' histograms, whatever other groups there are.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analysis.statistics.answers import DECIMALS_OF_AN_ANSWER, Array
from analysis.statistics.matrix.median_gaps import convolved, limits_of_law, median_laws
from analysis.statistics.matrix.pair_shifts import lattice_of
from analysis.statistics.matrix.resampled import resampled_medians

LONGEST_LATTICE = 201
"""Half per cents from 0 to 100; beyond it the law takes longer to write down than to draw."""


class MedianDifferences(NamedTuple):
    """First minus second; NaN where a group has no answer. ``draws`` is 0 where the law was written down."""

    low: Array
    high: Array
    draws: int


def median_differences(values: Array, histograms: Array, first: Array, second: Array, level: float = 0.95) -> MedianDifferences:
    """``values``: rising; ``histograms``: groups x values; ``first``, ``second``: the groups of each pair."""
    lattice, n = lattice_of(values), histograms.sum(axis=1)
    if lattice is None or lattice.size > LONGEST_LATTICE:
        low, high, draws = _drawn(values, histograms, first, second, level)
    else:
        laid_out = np.zeros((len(histograms), lattice.size), dtype=np.int64)
        laid_out[:, lattice.places] = histograms
        laws = median_laws(laid_out)
        low, high = map(lattice.distance, limits_of_law(convolved(laws[first], laws[second]), level))
        draws = 0
    empty = (n[first] == 0) | (n[second] == 0)
    return MedianDifferences(np.where(empty, np.nan, low), np.where(empty, np.nan, high), draws)


def _drawn(values: Array, histograms: Array, first: Array, second: Array, level: float) -> tuple[Array, Array, int]:
    medians = np.stack([resampled_medians(np.repeat(values, row)) for row in histograms])
    differences = np.sort(np.round(medians[first] - apart(medians[second]), DECIMALS_OF_AN_ANSWER) + 0.0, axis=1)
    draws, tail = medians.shape[1], (1 - level) / 2
    low, high = (differences[:, int(np.ceil(share * draws - 1e-9)) - 1] for share in (tail, 1 - tail))
    return low, high, draws


def apart(draws: Array) -> Array:
    """Draws along the last axis moved on by half their number.

    Every group is drawn with the same seed, so that its draws depend on its answers alone; side by side, the draws of two groups would go the same way.
    Moved against each other they come from different random numbers.
    """
    return np.roll(draws, draws.shape[-1] // 2, axis=-1)
