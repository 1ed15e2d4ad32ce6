"""Scales of so many levels that thousands of draws are not counted on each: the draws see fewer, the figures all of them."""

from __future__ import annotations

import numpy as np

from analysis.statistics.answers import Array
from analysis.statistics.gaps.apportionment import Scale

MOST_LEVELS = 128


def scale_of_draws(scale: Scale) -> Scale:
    """The same scale, or so many equal steps of it where it has more levels."""
    if scale.length is None or scale.levels.size <= MOST_LEVELS:
        return scale
    return Scale(np.linspace(scale.levels[0], scale.levels[-1], MOST_LEVELS).round(10), scale.length)


def nearest(answers: Array, scale: Scale) -> Array:
    """Each answer at the nearest of the levels; NaN stays."""
    middles = (scale.levels[1:] + scale.levels[:-1]) / 2
    return np.where(np.isnan(answers), np.nan, scale.levels[np.searchsorted(middles, np.nan_to_num(answers))])
