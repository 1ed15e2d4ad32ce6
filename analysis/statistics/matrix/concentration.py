"""Statistics of many histograms at once: moments, shares, van der Eijk's A, Cns, entropy, net change.

All take counts (or weights) with the categories along the last axis and drop that axis. NaN stands for ``None``."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from analysis.statistics.answers import Array
from analysis.statistics.consensus.distribution import nearness_to_mean, van_der_eijk

_LARGEST_TABLE = 14
"""Up to so many categories the agreement of every pattern of filled ones is looked up."""


class Moments(NamedTuple):
    n: Array
    mean: Array
    sd: Array


def histogram_moments(counts: Any) -> Moments:
    """Number of answers, mean and SD (n - 1) of answers 1, 2, …"""
    table = np.asarray(counts)
    values = np.arange(1, table.shape[-1] + 1)
    n = table.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (table * values).sum(axis=-1) / n
        squares = (table * (values - mean[..., None]) ** 2).sum(axis=-1)
        return Moments(n, mean, np.sqrt(np.where(n > 1, squares, np.nan) / (n - 1)))


def band_shares(counts: Any, low: int, high: int) -> Array:
    """Share of the answers from ``low`` to ``high``, both included."""
    table = np.asarray(counts)
    if not 1 <= low <= high <= table.shape[-1]:
        raise ValueError(f"low and high must lie on the scale from 1 to {table.shape[-1]}, not {low} and {high}")
    return _shares(table)[..., low - 1 : high].sum(axis=-1)


def histogram_van_der_eijk(counts: Any) -> Array:
    """Van der Eijk's A; needs three categories.

    Layer by layer from the lowest filled category up: each layer is a pattern of filled categories, and what a
    pattern is worth is looked up.
    """
    table = np.asarray(counts, dtype=float)
    n_categories = table.shape[-1]
    if n_categories < 3:
        return np.full(table.shape[:-1], np.nan)
    if n_categories > _LARGEST_TABLE:
        return np.apply_along_axis(lambda row: van_der_eijk(row) if row.any() else np.nan, -1, table)
    worth, bits = _pattern_agreements(n_categories), 1 << np.arange(n_categories)
    heights = np.sort(table, axis=-1)
    agreement = np.zeros(table.shape[:-1])
    below = np.zeros(table.shape[:-1])
    for layer in range(n_categories):
        filled = table >= np.maximum(heights[..., layer : layer + 1], np.finfo(float).tiny)
        held = (heights[..., layer] - below) * filled.sum(axis=-1)
        agreement += held * worth[filled @ bits]
        below = heights[..., layer]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.clip(agreement / table.sum(axis=-1), -1.0, 1.0)


@lru_cache(maxsize=_LARGEST_TABLE)
def _pattern_agreements(n_categories: int) -> Array:
    patterns = (np.arange(1, 1 << n_categories)[:, None] >> np.arange(n_categories)) & 1
    return np.array([0.0, *(van_der_eijk(pattern.astype(float)) for pattern in patterns)])


def histogram_cns(counts: Any) -> Array:
    """Tastle & Wierman's consensus; needs two categories."""
    shares = _shares(counts)
    if shares.shape[-1] < 2:
        return np.full(shares.shape[:-1], np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(shares > 0, shares * np.log2(nearness_to_mean(shares)), 0.0)
    whole = np.where((shares > 0).sum(axis=-1) == 1, 1.0, np.clip(1 + terms.sum(axis=-1), 0.0, 1.0))
    return np.where(np.isnan(shares[..., 0]), np.nan, whole)


def histogram_entropy_bits(counts: Any) -> Array:
    """Shannon's entropy in bits; divide by log2 of the number of categories to norm it."""
    shares = _shares(counts)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(shares > 0, shares * np.log2(shares), 0.0)
    return np.where(np.isnan(shares[..., 0]), np.nan, np.abs(terms.sum(axis=-1)))


def histogram_leik_d(counts: Any) -> Array:
    """Leik's D; needs two categories."""
    shares = _shares(counts)
    if shares.shape[-1] < 2:
        return np.full(shares.shape[:-1], np.nan)
    upto = np.cumsum(shares, axis=-1)[..., :-1]
    return np.asarray(np.clip(2 * np.minimum(upto, 1 - upto).sum(axis=-1) / (shares.shape[-1] - 1), 0.0, 1.0))


def histogram_gini_simpson(counts: Any) -> Array:
    """Chance that two answers drawn with replacement differ; times k / (k - 1) it is the IQV."""
    return np.asarray(np.maximum(0.0, 1 - (_shares(counts) ** 2).sum(axis=-1)))


def histogram_modal_share(counts: Any) -> Array:
    """Share of the commonest answer."""
    return _shares(counts).max(axis=-1)


def histogram_scheibe_percent(before: Any, after: Any) -> Array:
    """Net change of the distribution in per cent: half the sum of absolute differences of the shares."""
    first, second = np.asarray(before), np.asarray(after)
    if first.shape != second.shape:
        raise ValueError(f"after must have the shape of before: {second.shape} and {first.shape}")
    return 50 * np.abs(_shares(first) - _shares(second)).sum(axis=-1)


def _shares(counts: Any) -> Array:
    table = np.asarray(counts, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        return table / table.sum(axis=-1, keepdims=True)
