"""What comparisons of many pairs of groups take in: the values answered, how often each group gave each, and which pairs."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from analysis.statistics.answers import DECIMALS_OF_AN_ANSWER, Array, numbers


class ValueHistograms(NamedTuple):
    """``values``: the different answers, rising; ``counts``: groups x values."""

    values: Array
    counts: Array


def value_histograms(answers: Any, groups: Any, n_groups: int) -> ValueHistograms:
    """One answer per expert (``None``/NaN missing) and the number of each expert's group, -1 for none."""
    vector, numbered = numbers(answers, "answers"), np.asarray(groups, dtype=np.int64)
    if numbered.shape != vector.shape:
        raise ValueError(f"groups must have one entry per answer: {numbered.size} and {vector.size}")
    counted = ~np.isnan(vector) & (numbered >= 0)
    values, places = np.unique(np.round(vector[counted], DECIMALS_OF_AN_ANSWER) + 0.0, return_inverse=True)
    cells = numbered[counted] * max(1, values.size) + places
    counts = np.bincount(cells, minlength=n_groups * values.size)
    return ValueHistograms(values, counts.reshape(n_groups, values.size))


def pairs_in(n_groups: int, first: Any, second: Any) -> tuple[Array, Array]:
    """The pairs named, or all pairs of two different groups: (0, 1), (0, 2), …, (1, 2), …"""
    if first is None and second is None:
        one, other = np.triu_indices(n_groups, 1)
        return one, other
    one, other = np.asarray(first, dtype=np.int64), np.asarray(second, dtype=np.int64)
    if one.shape != other.shape or one.ndim != 1:
        raise ValueError(f"second must name as many groups as first: {other.size} and {one.size}")
    if one.size and (min(one.min(), other.min()) < 0 or max(one.max(), other.max()) >= n_groups):
        raise ValueError(f"first and second must lie between 0 and {n_groups - 1}")
    return one, other


def counts_in(histograms: Any, n_values: int | None = None) -> Array:
    """Groups x values as whole numbers."""
    table = np.asarray(histograms)
    if table.ndim != 2 or (n_values is not None and table.shape[1] != n_values):
        raise ValueError(f"histograms must be groups x values{'' if n_values is None else f' ({n_values})'}, not {table.shape}")
    if (table < 0).any() or (table != np.rint(table)).any():
        raise ValueError("histograms must hold whole counts, none negative")
    return table.astype(np.int64)


def values_in(values: Any) -> Array:
    """The distinct answers, rising by more than rounding noise."""
    vector = np.round(numbers(values, "values"), DECIMALS_OF_AN_ANSWER) + 0.0
    if np.isnan(vector).any() or (np.diff(vector) <= 0).any():
        raise ValueError("values must rise, none missing, none twice")
    return vector
