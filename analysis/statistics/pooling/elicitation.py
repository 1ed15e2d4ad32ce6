"""Reading a structured elicitation: checks, axes and intrinsic ranges."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from analysis.statistics.answers import Array, matrix, numbers, one_of
from analysis.statistics.labels import labels
from analysis.statistics.pooling.performance import Elicitation
from analysis.statistics.pooling.quantile_pools import check_increasing, levels_in

SCALES = ("uni", "log")


def elicitation_in(
    probabilities: Any, assessments: Any, realizations: Any, scales: Any, overshoot: float
) -> tuple[Elicitation, list[str]]:
    """The elicitation on its items' axes, and the axes' names."""
    levels = levels_in(probabilities)
    quantiles = _assessments(assessments, levels.size)
    known = numbers(realizations, "realizations")
    axes = [one_of(scale, "scales", SCALES) for scale in labels(scales, "scales")]
    for name, size in (("realizations", known.size), ("scales", len(axes))):
        if quantiles.shape[0] and size != quantiles.shape[1]:
            raise ValueError(f"{name} must have one entry per item: {size} and {quantiles.shape[1]}")
    if overshoot <= 0:
        raise ValueError(f"overshoot must be positive, not {overshoot:g}")
    quantiles = quantiles.reshape(quantiles.shape[0], known.size, levels.size)
    quantiles, known = _on_axes(quantiles, known, axes)
    low, high = _ranges(quantiles, known, overshoot)
    return Elicitation(probabilities=levels, quantiles=quantiles, realizations=known, low=low, high=high), axes


def in_units(rows: Array, axes: list[str]) -> tuple[tuple[float, ...], ...]:
    """Items x probabilities back from logarithms where the item has them."""
    return tuple(tuple(np.exp(row) if axis == "log" else row) for row, axis in zip(rows, axes, strict=True))


def _assessments(assessments: Any, n_quantiles: int) -> Array:
    """Experts x items x quantiles; an assessment that is ``None``, or that lacks a quantile, is missing as a whole."""
    experts = [_rows_of(expert, n_quantiles) for expert in _listed(assessments)]
    if len({rows.shape[0] for rows in experts}) > 1:
        raise ValueError("assessments must have the same items for every expert")
    quantiles = np.array(experts) if experts else np.empty((0, 0, n_quantiles))
    quantiles[np.isnan(quantiles).any(axis=2)] = np.nan
    check_increasing(quantiles[~np.isnan(quantiles[:, :, 0])], "assessments")
    return quantiles


def _listed(entries: Any) -> Any:
    if isinstance(entries, (str, bytes)) or not isinstance(entries, Iterable):
        raise ValueError("assessments must be experts x items x quantiles")
    return entries


def _rows_of(expert: Any, n_quantiles: int) -> Array:
    rows = [[None] * n_quantiles if row is None or np.ndim(row) == 0 else list(row) for row in _listed(expert)]
    table = matrix(rows, "assessments")
    if rows and table.shape[1] != n_quantiles:
        raise ValueError(f"assessments must have one entry per probability: {table.shape[1]} and {n_quantiles}")
    return table.reshape(len(rows), n_quantiles)


def _on_axes(quantiles: Array, realizations: Array, axes: list[str]) -> tuple[Array, Array]:
    logarithmic = np.array([axis == "log" for axis in axes], dtype=bool)
    for name, values in (("assessments", quantiles[:, logarithmic]), ("realizations", realizations[logarithmic])):
        if (values <= 0).any():
            raise ValueError(f"{name} must be positive on a log scale")
    quantiles, realizations = quantiles.copy(), realizations.copy()
    quantiles[:, logarithmic] = np.log(quantiles[:, logarithmic])
    realizations[logarithmic] = np.log(realizations[logarithmic])
    return quantiles, realizations


def _ranges(quantiles: Array, realizations: Array, overshoot: float) -> tuple[Array, Array]:
    """From the smallest to the largest quantile or realisation of each item, longer by the overshoot at each end."""
    values = np.concatenate(
        (quantiles.transpose(1, 0, 2).reshape(realizations.size, len(quantiles) * quantiles.shape[2]), realizations[:, None]),
        axis=1,
    )
    present = ~np.isnan(values)
    low = np.where(present, values, np.inf).min(axis=1)
    high = np.where(present, values, -np.inf).max(axis=1)
    anything = present.any(axis=1)
    low, high = np.where(anything, low, np.nan), np.where(anything, high, np.nan)
    return low - overshoot * (high - low), high + overshoot * (high - low)
