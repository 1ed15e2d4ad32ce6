"""Quantiles of many histograms at once. NaN where a histogram is empty: inside a matrix it stands for ``None``."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.statistics.answers import Array, probabilities_in
from analysis.statistics.order_statistics import positions, quantile_type_in, without_rounding_noise


def histogram_quantiles(counts: Any, probabilities: Any, quantile_type: int = 7) -> Array:
    """Quantiles of answers 1, 2, … counted along the last axis, by any Hyndman-Fan type; one more axis at the end."""
    table, levels = np.asarray(counts, dtype=np.int64), probabilities_in(probabilities)
    upto = np.cumsum(table, axis=-1)
    n = upto[..., -1:]
    below, share = positions(n, levels, quantile_type_in(quantile_type))
    lower = _category_at(upto, np.clip(below, 1, np.maximum(n, 1)))
    upper = _category_at(upto, np.clip(below + 1, 1, np.maximum(n, 1)))
    return np.where(n > 0, lower + share * (upper - lower), np.nan)


def weighted_histogram_quantiles(weights: Any, effective_sizes: Any, probabilities: Any) -> Array:
    """Type 7 for weighted answers, as ``weighted_quantiles``: weight per category along the last axis.

    ``effective_sizes``: Kish's (sum w)^2 / sum w^2 of the answers behind each histogram. It cannot be read off the
    weights per category: for panels of equal weight it is (panels)^2 / sum of 1/n over the panels.
    """
    table, levels = np.asarray(weights, dtype=float), probabilities_in(probabilities)
    sizes = np.asarray(effective_sizes, dtype=float)[..., None, None]
    total = table.sum(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        upto = np.concatenate((np.zeros_like(total), np.cumsum(table, axis=-1) / total), axis=-1)
        upto[..., -1] = 1.0
        reached = np.clip(upto[..., None, :] * sizes - (levels * (sizes[..., 0] - 1))[..., None], 0.0, 1.0)
        mass = np.diff(reached, axis=-1)
        values = (mass * np.arange(1, table.shape[-1] + 1)).sum(axis=-1) / mass.sum(axis=-1)
    filled = (total > 0) & np.ones_like(values, dtype=bool)
    result = np.full(values.shape, np.nan)
    result[filled] = without_rounding_noise(values[filled])
    return result


def _category_at(upto: Array, ranks: Array) -> Array:
    """The category that holds the answer of each rank."""
    return (upto[..., None, :] < ranks[..., :, None]).sum(axis=-1) + 1.0
