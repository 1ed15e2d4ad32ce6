"""Mann-Whitney tests of many pairs of groups at once, from their histograms."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import ndtr

from analysis.statistics.answers import Array


def histogram_mann_whitney_p(first: Any, second: Any) -> Array:
    """Two-sided asymptotic p, variance corrected for ties, no continuity correction: ``p_mann_whitney`` of ``two_group_gap``.

    ``first``, ``second``: counts of the same ordered categories along the last axis, which is dropped. NaN where a group is empty
    or all answers are equal.
    """
    one, other = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    if one.shape != other.shape:
        raise ValueError(f"second must have the shape of first: {other.shape} and {one.shape}")
    n_one, n_other, tied = one.sum(axis=-1), other.sum(axis=-1), one + other
    n = n_one + n_other
    u = (one * (np.cumsum(other, axis=-1) - other / 2)).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        ties = (tied**3 - tied).sum(axis=-1) / (n * (n - 1))
        variance = n_one * n_other / 12 * (n + 1 - ties)
        p = 2 * ndtr(-np.abs(u - n_one * n_other / 2) / np.sqrt(variance))
    undefined = (np.minimum(n_one, n_other) == 0) | (tied.max(axis=-1) == n)
    return np.where(undefined, np.nan, p)
