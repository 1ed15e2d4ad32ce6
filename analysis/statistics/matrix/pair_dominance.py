"""Cliff's delta, Mann-Whitney and Brunner-Munzel of many pairs of groups, from how often one group's answers exceed the other's.

All of it follows from whole numbers of pairs of experts. They are products of two matrices (groups x values), so no pair of groups is
visited by itself, and up to 2^53 they are exact: what is 0 in truth is 0 here.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, stdtr, stdtrit

from analysis.statistics.answers import Array

_HARDLY_ANYTHING = 1e-12


class Dominance(NamedTuple):
    """As ``two_group_gap``; one entry per pair, NaN for ``None``."""

    cliffs_delta: Array
    delta_low: Array
    delta_high: Array
    p_mann_whitney: Array
    p_brunner_munzel: Array


class _Counts(NamedTuple):
    """Per pair: sizes, experts' net wins in all, sums of their squares, tied pairs, and whether either side has any spread."""

    n_first: Array
    n_second: Array
    net: Array
    squares_first: Array
    squares_second: Array
    tied: Array
    ties: Array
    one_value: Array
    placed_alike: Array

    @property
    def pairs(self) -> Array:
        return self.n_first * self.n_second


def pair_dominance(histograms: Array, first: Array, second: Array, level: float) -> Dominance:
    """``histograms``: groups x values in rising order; ``first``, ``second``: the groups of each pair."""
    counts = _counted(histograms.astype(float), first, second)
    with np.errstate(invalid="ignore", divide="ignore"):
        delta = counts.net / counts.pairs
        low, high = _limits(counts, delta, level)
        return Dominance(delta, low, high, _mann_whitney_p(counts), _brunner_munzel_p(counts, delta))


def _counted(table: Array, first: Array, second: Array) -> _Counts:
    n, upto = table.sum(axis=1), np.cumsum(table, axis=1)
    net = 2 * upto - table - n[:, None]  # answers of a group below each value, less those above it
    squares, tied, cubes = table @ (net**2).T, table @ table.T, table**2 @ table.T
    lowest, highest = _filled_ends(table)
    alike = net[:, lowest] == net[:, highest]  # [b, a]: a group's answers all stand alike among b's
    ties = (table**3).sum(axis=1)
    return _Counts(
        n_first=n[first],
        n_second=n[second],
        net=(table @ net.T)[first, second],
        squares_first=squares[first, second],
        squares_second=squares[second, first],
        tied=tied[first, second],
        ties=ties[first] + ties[second] + 3 * (cubes[first, second] + cubes[second, first]) - n[first] - n[second],
        one_value=(np.minimum(lowest[first], lowest[second]) >= np.maximum(highest[first], highest[second])),
        placed_alike=alike[second, first] & alike[first, second],
    )


def _filled_ends(table: Array) -> tuple[Array, Array]:
    filled = table > 0
    return filled.argmax(axis=1), table.shape[1] - 1 - filled[:, ::-1].argmax(axis=1)


def _limits(counts: _Counts, delta: Array, level: float) -> tuple[Array, Array]:
    """Cliff's asymmetric interval, with the conventions of ``gaps.dominance`` for groups apart and for no variance."""
    apart = np.abs(counts.net) == counts.pairs
    shrunk = np.where(apart, delta * (counts.pairs - 1) / counts.pairs, delta)
    variance = _unbiased_variance(counts, apart)
    variance = np.where(variance <= 0, (1 - shrunk**2) / (counts.pairs - 1), variance)
    squared_margin = stdtrit(counts.n_first + counts.n_second - 2, (1 + level) / 2) ** 2 * variance
    scale = 1 - shrunk**2 + squared_margin
    centre = (shrunk - shrunk**3) / scale
    width = np.sqrt(squared_margin * ((1 - shrunk**2) ** 2 + squared_margin)) / scale
    low = np.where(delta == -1, -1.0, np.maximum(centre - width, -1.0))
    high = np.where(delta == 1, 1.0, np.minimum(centre + width, 1.0))
    undefined = (np.minimum(counts.n_first, counts.n_second) < 2) | counts.one_value
    return np.where(undefined, np.nan, low), np.where(undefined, np.nan, high)


def _unbiased_variance(counts: _Counts, apart: Array) -> Array:
    """Of delta; multiplied out, so that the differences are taken between whole numbers."""
    wins = counts.squares_first + counts.squares_second
    others = counts.n_first + counts.n_second - 1
    squares = counts.pairs * (wins - (counts.pairs - counts.tied)) - counts.net**2 * others
    squares = np.where(np.abs(squares) <= _HARDLY_ANYTHING * counts.pairs * wins, 0.0, squares)
    squares = np.where(apart, others, squares)
    return np.asarray(squares / (counts.pairs**2 * (counts.n_first - 1) * (counts.n_second - 1)))


def _mann_whitney_p(counts: _Counts) -> Array:
    n = counts.n_first + counts.n_second
    variance = counts.pairs / 12 * (n + 1 - counts.ties / (n * (n - 1)))
    undefined = (counts.pairs == 0) | counts.one_value
    return np.where(undefined, np.nan, 2 * ndtr(-np.abs(counts.net / 2) / np.sqrt(variance)))


def _brunner_munzel_p(counts: _Counts, delta: Array) -> Array:
    """The variance of the placements is that of each expert's net wins; none where all are placed alike, as in groups apart."""
    n_first, n_second = counts.n_first, counts.n_second
    of_first = _squared_error(counts.squares_first, counts.net, n_first) / n_second**2
    of_second = _squared_error(counts.squares_second, counts.net, n_second) / n_first**2
    spread = of_first + of_second
    df = spread**2 / (of_first**2 / (n_first - 1) + of_second**2 / (n_second - 1))
    p = 2 * stdtr(df, -np.abs(delta) / np.sqrt(spread))
    return np.where((np.minimum(n_first, n_second) < 2) | counts.placed_alike, np.nan, p)


def _squared_error(squares: Array, total: Array, n: Array) -> Array:
    return np.maximum(n * squares - total**2, 0.0) / (n**2 * (n - 1))
