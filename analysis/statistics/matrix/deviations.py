"""Distances and shape of many histograms at once: mean and median deviations, Gini's mean difference, skewness, kurtosis."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from analysis.statistics.answers import Array
from analysis.statistics.matrix.concentration import histogram_moments
from analysis.statistics.matrix.order import histogram_quantiles

SMALLEST_PANEL_WITH_A_SHAPE = 4


class Deviations(NamedTuple):
    """As ``spread`` and, for ``mean_abs_dev_mean``, the ``ad_mean`` of ``within_group_agreement``."""

    mean_abs_dev_median: Array
    mean_abs_dev_mean: Array
    median_abs_dev: Array
    gini_mean_difference: Array


class Shape(NamedTuple):
    """As ``bimodality``; NaN below four answers and where all are equal."""

    skewness: Array
    excess_kurtosis: Array
    coefficient: Array


def histogram_deviations(counts: Any) -> Deviations:
    """How far the answers 1, 2, … lie from their middle and from each other; counts along the last axis."""
    table = np.asarray(counts, dtype=np.int64)
    n, mean, _sd = histogram_moments(table)
    medians = histogram_quantiles(table, 0.5)[..., 0]
    upto = np.cumsum(table, axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        pairs = 2 * (upto * (n[..., None] - upto)).sum(axis=-1) / np.where(n > 1, n * (n - 1.0), np.nan)
    return Deviations(mean_distance(table, medians), mean_distance(table, mean), _median_distance(table, medians), pairs)


def mean_distance(counts: Any, centres: Any) -> Array:
    """Mean absolute distance of the answers 1, 2, … from a centre for each histogram, which may hold weights."""
    table, middle = np.asarray(counts, dtype=float), np.asarray(centres, dtype=float)
    values = np.arange(1, table.shape[-1] + 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((table * np.abs(values - middle[..., None])).sum(axis=-1) / table.sum(axis=-1))


def _median_distance(table: Array, medians: Array) -> Array:
    """A median lies on a category or half-way between two, so distances are whole numbers of halves and can be counted."""
    size = table.shape[-1]
    twice = np.nan_to_num(2 * medians, nan=2.0).astype(np.int64)
    distances = np.zeros((*table.shape[:-1], 2 * size - 1), dtype=np.int64)
    for category in range(size):
        place = np.abs(2 * (category + 1) - twice)[..., None]
        held = np.take_along_axis(distances, place, axis=-1) + table[..., category : category + 1]
        np.put_along_axis(distances, place, held, axis=-1)
    return (histogram_quantiles(distances, 0.5)[..., 0] - 1) / 2


def histogram_shape(counts: Any) -> Shape:
    """Bias-corrected skewness and excess kurtosis, and the bimodality coefficient made of them."""
    table = np.asarray(counts, dtype=float)
    n, mean, _sd = histogram_moments(table)
    away = np.arange(1, table.shape[-1] + 1) - mean[..., None]
    varied = (n >= SMALLEST_PANEL_WITH_A_SHAPE) & ((table > 0).sum(axis=-1) > 1)
    size = np.where(varied, n, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        second, third, fourth = ((table * away**power).sum(axis=-1) / size for power in (2, 3, 4))
        skewness = np.sqrt(size * (size - 1)) / (size - 2) * third / second**1.5
        beyond = (size + 1) * (fourth / second**2 - 3) + 6
        kurtosis = (size - 1) / ((size - 2) * (size - 3)) * beyond
        coefficient = (skewness**2 + 1) / (kurtosis + 3 * (size - 1) ** 2 / ((size - 2) * (size - 3)))
    return Shape(skewness, kurtosis, coefficient)
