"""How far apart all pairs of groups lie on one item, at once: ``two_group_gap``, ``distribution_distance`` and ``equivalence``."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy.spatial.distance import cdist

from analysis.statistics.answers import Array, level_in
from analysis.statistics.matrix.pair_dominance import Dominance, pair_dominance
from analysis.statistics.matrix.pair_means import Equivalences, GroupMeans, MeanDifferences, equivalences, group_means, mean_differences
from analysis.statistics.matrix.pair_shifts import Shifts, pair_shifts
from analysis.statistics.matrix.pairs import counts_in, pairs_in, values_in


class Distances(NamedTuple):
    """``emd`` in the unit of the values, ``emd_normalised`` and ``total_variation`` from 0 to 1."""

    emd: Array
    emd_normalised: Array
    total_variation: Array


class PairGaps(NamedTuple):
    """One entry per pair, all differences first minus second; NaN stands for ``None``. ``medians`` and ``means`` are per group."""

    first: Array
    second: Array
    medians: Array
    means: GroupMeans
    difference_of_medians: Array
    shifts: Shifts
    dominance: Dominance
    mean_differences: MeanDifferences
    distances: Distances
    equivalences: Equivalences | None


def pair_gaps(
    values: Any, histograms: Any, first: Any = None, second: Any = None, *,
    span: float | None = None, margin: float | None = None, level: float = 0.95,
) -> PairGaps:
    """Compare the groups ``first`` and ``second`` pair by pair, or all pairs when none are named.

    ``values``: the D different answers (positions of a scale, or numbers), rising. ``histograms``: groups x D counts.
    ``span``: length of the whole scale, by which the earth mover's distance is normalised (none: NaN). ``margin``: the difference of
    means within which two groups count as the same (none: no test of it).
    """
    axis, level = values_in(values), level_in(level)
    table = counts_in(histograms, axis.size)
    one, other = pairs_in(len(table), first, second)
    if axis.size == 0:
        axis, table = np.zeros(1), np.zeros((len(table), 1), dtype=np.int64)
    medians, means = _medians(axis, table), group_means(axis, table)
    return PairGaps(
        first=one,
        second=other,
        medians=medians,
        means=means,
        difference_of_medians=medians[one] - medians[other],
        shifts=pair_shifts(axis, table, one, other, level),
        dominance=pair_dominance(table, one, other, level),
        mean_differences=mean_differences(means, one, other, level),
        distances=_distances(axis, table, one, other, span),
        equivalences=None if margin is None else equivalences(means, one, other, margin),
    )


def _medians(values: Array, table: Array) -> Array:
    """Middle answer, or the mean of the two middle ones (type 7)."""
    n, upto = table.sum(axis=1), np.cumsum(table, axis=1)
    middle = [(upto < rank[:, None]).sum(axis=1).clip(max=values.size - 1) for rank in ((n + 1) // 2, n // 2 + 1)]
    return np.where(n > 0, (values[middle[0]] + values[middle[1]]) / 2, np.nan)


def _distances(values: Array, table: Array, first: Array, second: Array, span: float | None) -> Distances:
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = table / table.sum(axis=1, keepdims=True)
    work = np.cumsum(shares, axis=1)[:, :-1] * np.diff(values)
    emd = cdist(work, work, "cityblock")[first, second] if values.size > 1 else (shares[first, 0] - shares[second, 0])
    variation = cdist(shares, shares, "cityblock")[first, second] / 2
    return Distances(emd, emd / span if span else np.full(emd.shape, np.nan), variation)
