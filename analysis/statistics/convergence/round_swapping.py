"""Permutation tests of spread: under the null hypothesis each expert's two answers could have come in either round.

How many of the experts with the same two answers are swapped is all that matters, so that is what is drawn: as many
fair coins as there are of them. Spread is read off the running totals of both rounds' histograms, never off sorted
answers: the time goes by the different pairs of answers, not by the experts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from analysis.statistics.answers import Array, Numbers
from analysis.statistics.convergence.coins import heads, words_needed
from analysis.statistics.sampling import DEFAULT_PERMUTATIONS, generator

LARGEST_ENUMERATION = 14
CELLS_AT_ONCE = 2_000_000
EQUAL_WITHIN = 1e-10
_FEW_VALUES = 32


def swapping_tests(before: Numbers, after: Numbers, permutations: int, seed: int) -> dict[str, Any]:
    """Two-sided p for the log SD ratio, and the differences of IQR and of mean absolute deviation."""
    enumerated = permutations == 0 and before.size <= LARGEST_ENUMERATION
    draws = 2**before.size if enumerated else permutations or DEFAULT_PERMUTATIONS
    shares = _shares_as_extreme(_SwappedAnswers.of(before, after, enumerated), draws, None if enumerated else seed)
    p_values = shares if enumerated else (shares * draws + 1) / (draws + 1)
    names = ("p_log_sd_ratio", "p_iqr", "p_mean_abs_dev")
    return {
        **dict(zip(names, p_values, strict=True)),
        "permutations": draws,
        "enumerated": enumerated,
        "seed": None if enumerated else seed,
    }


def _shares_as_extreme(answers: _SwappedAnswers, draws: int, seed: int | None) -> Numbers:
    """Of the arrangements, how many change a spread as much as the observed one; all do where nobody moved."""
    if answers.sizes.size == 0:
        return np.ones(3)
    observed = np.abs(answers.changes(answers.observed[:, None]))
    as_extreme, done = np.zeros(3), 0
    for rising in _enumerated(answers) if seed is None else _drawn(answers, draws, seed):
        as_extreme += (np.abs(answers.changes(rising)) >= observed - EQUAL_WITHIN).sum(axis=1)
        done += rising.shape[1]
    return as_extreme / done


def _enumerated(answers: _SwappedAnswers) -> Iterator[Array]:
    """Every arrangement of the experts who moved; swapping the others changes nothing."""
    movers = answers.sizes.size
    yield (np.arange(2**movers) >> np.arange(movers)[:, None]) & 1


def _drawn(answers: _SwappedAnswers, draws: int, seed: int) -> Iterator[Array]:
    """Blocks of random arrangements, small enough for memory."""
    random = generator(seed)
    block = max(1, CELLS_AT_ONCE // max(answers.values.size, words_needed(answers.sizes)))
    for start in range(0, draws, block):
        yield heads(answers.sizes, min(block, draws - start), random)


@dataclass(frozen=True)
class _SwappedAnswers:
    """The experts who moved, by their two answers, and what does not depend on which of these came first.

    ``values``: the different answers, centred. Per pair of answers, ``sizes``: its experts, ``observed``: those of them who
    rose. ``steps``: values x pairs, what one more riser adds to the first round's histogram. ``fixed``: that histogram if
    all had fallen, ``total``: both rounds' histograms together; both as running totals.
    """

    n: int
    values: Numbers
    sizes: Array
    observed: Array
    steps: Any
    fixed: Array
    total: Array

    @classmethod
    def of(cls, before: Numbers, after: Numbers, one_by_one: bool) -> _SwappedAnswers:
        """``one_by_one``: every expert a pair of answers apart."""
        values, codes = np.unique(np.concatenate((before, after)), return_inverse=True)
        first, second = np.split(codes.astype(np.int64), 2)
        moved, size = first != second, values.size
        keys = np.minimum(first, second)[moved] * size + np.maximum(first, second)[moved]
        pairs = (keys, np.arange(keys.size)) if one_by_one else np.unique(keys, return_inverse=True)
        sizes = np.bincount(pairs[1], minlength=pairs[0].size)
        observed = np.bincount(pairs[1], weights=first[moved] < second[moved], minlength=pairs[0].size).astype(np.int64)
        low, high, columns = pairs[0] // size, pairs[0] % size, np.arange(pairs[0].size)
        ones = np.ones(columns.size, dtype=np.int32)
        steps = csr_array(
            (np.concatenate((ones, -ones)), (np.concatenate((low, high)), np.tile(columns, 2))), shape=(size, columns.size)
        )
        staying = np.bincount(first[~moved], minlength=size)
        fixed = staying + np.bincount(high, weights=sizes, minlength=size).astype(np.int64)
        total = np.bincount(codes, minlength=size)
        return cls(before.size, values - values.mean(), sizes, observed, steps, np.cumsum(fixed), np.cumsum(total))

    def changes(self, rising: Array) -> Numbers:
        """Three measures of change, one column per arrangement; a spread gone to nothing counts as infinitely smaller."""
        upto = np.cumsum(self.steps @ rising.astype(np.int32), axis=0, dtype=np.int32) + self.fixed[:, None].astype(np.int32)
        first, second = self._spreads(upto), self._spreads(self.total[:, None].astype(np.int32) - upto)
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.log(second[0]) - np.log(first[0])
        return np.stack([np.where(np.isnan(logs), 0.0, logs), *(second[1:] - first[1:])])

    def _spreads(self, upto: Array) -> Numbers:
        """SD, IQR (type 7) and mean absolute deviation from the median, from running totals (values x arrangements).

        An integral of the distribution function gives each sum: between two neighbouring answers as many lie below as
        ``upto`` says, and the nearer side of the median is the smaller one.
        """
        below, largest = upto[:-1], self.values[-1]
        gaps = np.stack([np.diff(self.values), np.diff(self.values**2)])
        sums = self.n * np.array([[largest], [largest**2]]) - gaps @ below
        distance = gaps[0] @ np.minimum(below, self.n - below) / self.n
        variance = np.maximum(sums[1] - sums[0] ** 2 / self.n, 0.0) / (self.n - 1)
        deviation = np.where(distance == 0, 0.0, np.sqrt(variance))
        return np.stack([deviation, self._quantile(upto, 0.75) - self._quantile(upto, 0.25), distance])

    def _quantile(self, upto: Array, probability: float) -> Numbers:
        position = probability * (self.n - 1)
        rank = int(position) + 1
        lower = self.values[_places(upto, rank)]
        if position == int(position):
            return np.asarray(lower)
        return np.asarray(lower + (position - int(position)) * (self.values[_places(upto, rank + 1)] - lower))


def _places(upto: Array, rank: int) -> Array:
    """Row of the answer of that rank in every column: the first whose running total reaches it."""
    if len(upto) <= _FEW_VALUES:
        return np.asarray((upto[:-1] < rank).sum(axis=0))
    columns = np.arange(upto.shape[1])
    low, high = np.zeros_like(columns), np.full_like(columns, len(upto) - 1)
    for _halving in range(len(upto).bit_length()):
        middle = (low + high) // 2
        reached = upto[middle, columns] >= rank
        low, high = np.where(reached, low, np.minimum(middle + 1, high)), np.where(reached, middle, high)
    return high
