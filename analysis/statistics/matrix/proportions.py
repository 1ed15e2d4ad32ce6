"""Shares of many groups at once: their score intervals, and Lawshe's content validity."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy import stats

from analysis.statistics.answers import Array, level_in


class ContentValidities(NamedTuple):
    """As ``content_validity``."""

    cvr: Array
    modified_kappa: Array
    p_value: Array


def wilson_intervals(hits: Any, n: Any, level: float = 0.95) -> tuple[Array, Array]:
    """Limits as ``percent_agreement`` gives them; NaN without answers."""
    agree, size = np.asarray(hits, dtype=float), np.asarray(n, dtype=float)
    if (agree > size).any() or (agree < 0).any():
        raise ValueError("hits must lie between 0 and n")
    z = float(stats.norm.isf((1 - level_in(level)) / 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        share = agree / size
        centre, width = share + z * z / (2 * size), z * np.sqrt(share * (1 - share) / size + (z / (2 * size)) ** 2)
        low, high = (centre - width) / (1 + z * z / size), (centre + width) / (1 + z * z / size)
    return np.where(agree == 0, np.where(size > 0, 0.0, np.nan), low), np.where((agree == size) & (size > 0), 1.0, high)


def content_validities(essential: Any, n: Any) -> ContentValidities:
    """For each group, ``essential`` of ``n`` experts; NaN without experts."""
    count, size = np.asarray(essential, dtype=float), np.asarray(n, dtype=float)
    asked = size > 0
    with np.errstate(invalid="ignore", divide="ignore"):
        share, by_chance = count / size, stats.binom.pmf(count, size, 0.5)
        validity, kappa = 2 * share - 1, (share - by_chance) / (1 - by_chance)
    return ContentValidities(validity, kappa, np.where(asked, stats.binom.sf(count - 1, size, 0.5), np.nan))
