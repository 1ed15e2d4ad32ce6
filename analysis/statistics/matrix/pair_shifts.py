"""Hodges-Lehmann shifts of many pairs of groups with their intervals.

Answers that lie on a lattice (positions, per cents, whole numbers, so nearly all that people type) have few different differences: their
histogram is a correlation of the two groups', taken for all pairs at once by Fourier's transform, and its counts are whole numbers.
Other answers are searched pair by pair (``shift_search``); the table of all pairs of experts is never written down.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import fft

from analysis.statistics.answers import DECIMALS_OF_AN_ANSWER, Array
from analysis.statistics.matrix.shift_ranks import shift_ranks
from analysis.statistics.matrix.shift_search import Answers, ordered_differences

LARGEST_LATTICE = 20_000
_CELLS_AT_ONCE = 1_000_000


class Shifts(NamedTuple):
    """First minus second; NaN where a group is empty, limits NaN where no interval reaches the level."""

    hodges_lehmann: Array
    low: Array
    high: Array


class Lattice(NamedTuple):
    """Value i is the lowest plus ``places[i] * unit / 10**decimals``."""

    places: Array
    unit: int
    decimals: int

    @property
    def size(self) -> int:
        return int(self.places[-1]) + 1

    def distance(self, steps: Array) -> Array:
        return np.asarray(steps * self.unit / 10**self.decimals)


def pair_shifts(values: Array, histograms: Array, first: Array, second: Array, level: float) -> Shifts:
    """``values``: rising; ``histograms``: groups x values; ``first``, ``second``: the groups of each pair."""
    n = histograms.sum(axis=1)
    total = n[first] * n[second]
    rank = shift_ranks(n[first], n[second], level)
    ranks = np.stack(((total + 1) // 2, total // 2 + 1, rank, total + 1 - rank), axis=1)
    found = np.full(ranks.shape, np.nan)
    answered = np.flatnonzero(total > 0)
    within = np.clip(ranks, 1, np.maximum(total, 1)[:, None])[answered]
    lattice = lattice_of(values)
    if lattice is None:
        found[answered] = _searched(values, histograms, first[answered], second[answered], within)
    else:
        found[answered] = _on_lattice(lattice, histograms, first[answered], second[answered], within)
    found = np.round(found, DECIMALS_OF_AN_ANSWER) + 0.0
    bounded = rank >= 1
    return Shifts((found[:, 0] + found[:, 1]) / 2, np.where(bounded, found[:, 2], np.nan), np.where(bounded, found[:, 3], np.nan))


def lattice_of(values: Array) -> Lattice | None:
    """The coarsest lattice that holds all values, unless it would have more than 20,000 places."""
    offsets = values - values[0]
    noise = max(2e-11, 4 * np.finfo(float).eps * float(np.abs(values).max()))
    for decimals in range(DECIMALS_OF_AN_ANSWER + 1):
        scaled = offsets * 10**decimals
        if scaled[-1] > 2**53:
            return None
        whole = np.rint(scaled)
        if (np.abs(scaled - whole) <= noise * 10**decimals).all():
            return _with_unit(whole.astype(np.int64), decimals)
    return None


def _with_unit(whole: Array, decimals: int) -> Lattice | None:
    unit = max(1, int(np.gcd.reduce(whole)))
    return Lattice(whole // unit, unit, decimals) if whole[-1] // unit < LARGEST_LATTICE else None


def _on_lattice(lattice: Lattice, histograms: Array, first: Array, second: Array, ranks: Array) -> Array:
    size, length = lattice.size, fft.next_fast_len(2 * lattice.size - 1, real=True)
    laid_out = np.zeros((len(histograms), size))
    laid_out[:, lattice.places] = histograms
    waves, backward = fft.rfft(laid_out, length, axis=1), fft.rfft(laid_out[:, ::-1], length, axis=1)
    found = np.empty(ranks.shape)
    at_once = max(1, _CELLS_AT_ONCE // length)
    for start in range(0, len(first), at_once):
        block = slice(start, start + at_once)
        counts = np.rint(fft.irfft(waves[first[block]] * backward[second[block]], length, axis=1)[:, : 2 * size - 1])
        found[block] = lattice.distance(_places_of_ranks(counts, ranks[block]) - (size - 1))
    return found


def _places_of_ranks(counts: Array, ranks: Array) -> Array:
    """For each row of counts the places that hold its answers of the given ranks: one search over all rows laid end to end."""
    upto = np.cumsum(counts.ravel().astype(np.int64))
    before = np.concatenate(([0], upto[counts.shape[1] - 1 : -1 : counts.shape[1]]))
    places = np.searchsorted(upto, ranks + before[:, None])
    return np.asarray(places - np.arange(len(counts))[:, None] * counts.shape[1])


def _searched(values: Array, histograms: Array, first: Array, second: Array, ranks: Array) -> Array:
    filled = [np.flatnonzero(row) for row in histograms]
    groups = [Answers(values[places], histograms[group, places]) for group, places in enumerate(filled)]
    found = [ordered_differences(groups[one], groups[other], wanted) for one, other, wanted in zip(first, second, ranks, strict=True)]
    return np.array(found).reshape(ranks.shape)
