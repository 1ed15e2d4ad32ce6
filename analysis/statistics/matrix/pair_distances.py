"""Intervals of the earth mover's distance of many pairs of groups on one item, by resampling each group's answers."""

from __future__ import annotations

import numpy as np

from analysis.statistics.answers import Array
from analysis.statistics.matrix.absolute_sums import SumErrors, SumLimits, sum_errors, sum_limits
from analysis.statistics.matrix.pair_medians import apart
from analysis.statistics.sampling import DEFAULT_SEED, generator

DRAWS = 999
MOST_STEPS = 40
"""Where more different answers were given, the draws see them brought together into so many equal steps; the distance itself does not."""

_CELLS_AT_ONCE = 40_000


def distance_limits(
    values: Array, histograms: Array, first: Array, second: Array, distances: Array, *, span: float | None = None, level: float = 0.95,
) -> SumLimits:
    """``distances``: the earth mover's distances of the pairs, in the values' unit; NaN where a group has no answer. ``span``: as in ``pair_gaps``.

    The limits of a pair are a function of its two histograms, whatever other groups there are.
    """
    steps, counts = _in_steps(values, histograms)
    n = counts.sum(axis=1)
    work, errors = _work_and_errors(steps, counts)
    moved_on = apart(errors)
    found = SumErrors(*(np.zeros((len(first), DRAWS)) for _ in SumErrors._fields))
    at_once = max(1, _CELLS_AT_ONCE // max(1, work.shape[1] * DRAWS))
    for start in range(0, len(first), at_once):
        block = slice(start, start + at_once)
        one, other = first[block], second[block]
        for whole, part in zip(found, sum_errors(work[one] - work[other], errors[one] - moved_on[other]), strict=True):
            whole[block] = part
    return sum_limits(distances, found, n[first] + n[second] - 2, level, np.inf if span is None else span)


def _in_steps(values: Array, histograms: Array) -> tuple[Array, Array]:
    if values.size <= MOST_STEPS:
        return values, histograms
    steps = np.linspace(values[0], values[-1], MOST_STEPS)
    nearest = np.searchsorted((steps[1:] + steps[:-1]) / 2, values)
    filled, starts = np.unique(nearest, return_index=True)
    counts = np.zeros((len(histograms), MOST_STEPS), dtype=np.int64)
    counts[:, filled] = np.add.reduceat(histograms, starts, axis=1)
    return steps, counts


def _work_and_errors(values: Array, counts: Array) -> tuple[Array, Array]:
    """Per group the cumulative shares times the way to the next value, and by how much each draw of them is off. From a group of n, n - 1 are drawn."""
    widths = np.diff(values)
    drawn = np.stack([_resampled(row) for row in counts])
    shares = np.cumsum(drawn, axis=2)[:, :, :-1] / np.maximum(drawn.sum(axis=2), 1)[..., None]
    given = np.cumsum(counts, axis=1)[:, :-1] / np.maximum(counts.sum(axis=1), 1)[:, None]
    return given * widths, np.ascontiguousarray(np.moveaxis((shares - given[:, None]) * widths, 1, 2))


def _resampled(row: Array) -> Array:
    """Shape (draws, values). The same seed for every group: its draws depend on its answers alone."""
    found = np.zeros((DRAWS, row.size), dtype=np.int64)
    filled, n = np.flatnonzero(row), int(row.sum())
    if n:
        found[:, filled] = generator(DEFAULT_SEED).multinomial(max(n - 1, 1), row[filled] / n, size=DRAWS)
    return found
