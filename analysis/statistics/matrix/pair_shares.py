"""Pairs of groups on answers without an order: which options they choose, or what share of them says yes."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy.special import chdtrc, ndtri

from analysis.statistics.answers import Array, level_in
from analysis.statistics.gaps.nominal import NOTHING
from analysis.statistics.matrix.pairs import counts_in, pairs_in


class NominalPairs(NamedTuple):
    """As ``nominal_gap`` of the two groups' rows and ``distribution_distance``; NaN for ``None``."""

    first: Array
    second: Array
    n_first: Array
    n_second: Array
    total_variation: Array
    chi2: Array
    df: Array
    p_value: Array
    cramers_v: Array
    cramers_v_corrected: Array


class SharePairs(NamedTuple):
    """As ``proportion_gap``: first share minus second with Newcombe's interval; NaN for ``None``."""

    first: Array
    second: Array
    difference: Array
    low: Array
    high: Array


def nominal_pairs(histograms: Any, first: Any = None, second: Any = None) -> NominalPairs:
    """``histograms``: groups x options; all pairs of groups unless ``first`` and ``second`` name them."""
    table = counts_in(histograms)
    one, other = pairs_in(len(table), first, second)
    n = table.sum(axis=1)
    n_first, n_second = n[one], n[other]
    together = table[one] + table[other]
    with np.errstate(invalid="ignore", divide="ignore"):
        surplus = table[one] * n_second[:, None] - table[other] * n_first[:, None]
        parts = np.where(together > 0, surplus**2 / (together * (n_first * n_second)[:, None].astype(float)), 0.0)
        chi2 = np.where(n_first * n_second > 0, parts.sum(axis=1), np.nan)
        variation = np.abs(surplus).sum(axis=1) / (2.0 * n_first * n_second)
    options = (together > 0).sum(axis=1)
    chi2 = np.where(options > 1, chi2, np.nan)
    df = np.where(np.isnan(chi2), np.nan, options - 1.0)
    size = n_first + n_second
    with np.errstate(invalid="ignore", divide="ignore"):
        plain = np.minimum(1.0, np.sqrt(chi2 / size))
    corrected = _corrected_v(chi2, size, options)
    return NominalPairs(one, other, n_first, n_second, variation, chi2, df, chdtrc(df, chi2), plain, corrected)


def _corrected_v(chi2: Array, n: Array, options: Array) -> Array:
    """Bergsma's (2013) for two rows."""
    with np.errstate(invalid="ignore", divide="ignore"):
        excess = chi2 / n - (options - 1) / (n - 1)
        excess = np.where(excess <= NOTHING, 0.0, excess)
        smaller = np.minimum(2 - 1 / (n - 1), options - (options - 1) ** 2 / (n - 1)) - 1
        return np.where(smaller > 0, np.minimum(1.0, np.sqrt(excess / smaller)), np.nan)


def share_pairs(hits: Any, sizes: Any, first: Any = None, second: Any = None, level: float = 0.95) -> SharePairs:
    """``hits`` of ``sizes`` experts said yes in each group."""
    agreeing, n = np.asarray(hits, dtype=float), np.asarray(sizes, dtype=float)
    if agreeing.shape != n.shape or (agreeing > n).any():
        raise ValueError("hits must have the shape of sizes and must not exceed them")
    one, other = pairs_in(n.size, first, second)
    share, low, high = _wilson(agreeing, n, level_in(level))
    difference = share[one] - share[other]
    below = np.hypot(share[one] - low[one], high[other] - share[other])
    above = np.hypot(high[one] - share[one], share[other] - low[other])
    return SharePairs(one, other, difference, difference - below, difference + above)


def _wilson(hits: Array, n: Array, level: float) -> tuple[Array, Array, Array]:
    z = float(ndtri((1 + level) / 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        share = hits / n
        centre = share + z * z / (2 * n)
        width = z * np.sqrt(share * (1 - share) / n + (z / (2 * n)) ** 2)
        low, high = (centre - width) / (1 + z * z / n), (centre + width) / (1 + z * z / n)
    return share, np.where(hits == 0, share, low), np.where(hits == n, share, high)
