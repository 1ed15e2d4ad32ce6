"""Between two rounds, for every item and group at once: how many moved, how far, and Wilcoxon's test of it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy import stats

from analysis.statistics.answers import Array, one_of
from analysis.statistics.matrix.order import histogram_quantiles
from analysis.statistics.stability.signed_rank import LARGEST_EXACT_BY_DEFAULT, wilcoxon_signed_rank


class MoveFigures(NamedTuple):
    """As ``change``."""

    n_pairs: Array
    percent_changed: Array
    mean_change: Array
    mean_absolute_change: Array
    percent_within_one: Array


class SignedRanks(NamedTuple):
    """As ``wilcoxon_signed_rank``; ``statistic`` is W+."""

    n_pairs: Array
    n_nonzero: Array
    statistic: Array
    p_value: Array
    rank_biserial: Array
    hodges_lehmann: Array


def move_figures(differences: Any) -> MoveFigures:
    """From difference histograms (the last axis from -(k - 1) to k - 1)."""
    table = np.asarray(differences)
    moves = _moves(table)
    n = table.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return MoveFigures(
            n_pairs=n,
            percent_changed=100 * table[..., moves != 0].sum(axis=-1) / n,
            mean_change=(table * moves).sum(axis=-1) / n,
            mean_absolute_change=(table * np.abs(moves)).sum(axis=-1) / n,
            percent_within_one=100 * table[..., np.abs(moves) <= 1].sum(axis=-1) / n,
        )


def signed_ranks(differences: Any, zero_method: str = "pratt") -> SignedRanks:
    """Wilcoxon's test from difference histograms; exact p up to 15 experts who moved, as the one-item function."""
    one_of(zero_method, "zero_method", ("pratt", "wilcox"))
    table = np.asarray(differences)
    moves = _moves(table)
    upward, downward = table[..., moves > 0], table[..., moves < 0][..., ::-1]
    still, moved = table[..., moves == 0], upward + downward
    n, n_nonzero = table.sum(axis=-1), moved.sum(axis=-1)
    dropped_first = _mid_ranks(moved, np.zeros_like(still))
    ranks = _mid_ranks(moved, still) if zero_method == "pratt" else dropped_first
    statistic = (upward * ranks).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        deviation = statistic - (moved * ranks).sum(axis=-1) / 2
        p_value = 2 * stats.norm.sf(np.abs(deviation) / np.sqrt((moved * ranks**2).sum(axis=-1) / 4))
        balance = ((upward - downward) * dropped_first).sum(axis=-1) / (moved * dropped_first).sum(axis=-1)
    _put_exact_p(p_value, table, moves, n_nonzero, zero_method)
    return SignedRanks(
        n_pairs=n,
        n_nonzero=n_nonzero,
        statistic=np.where(n > 0, statistic, np.nan),
        p_value=np.where(n > 0, np.where(n_nonzero > 0, p_value, 1.0), np.nan),
        rank_biserial=balance,
        hodges_lehmann=_hodges_lehmann(table, moves),
    )


def _moves(table: Array) -> Array:
    if table.shape[-1] % 2 == 0:
        raise ValueError(f"differences must run from -(k - 1) to k - 1: an odd number of counts, not {table.shape[-1]}")
    return np.arange(table.shape[-1]) - table.shape[-1] // 2


def _mid_ranks(counts: Array, before: Array) -> Array:
    """Mid-rank of each size of move, smallest first, above ``before`` experts who rank below all."""
    return np.cumsum(counts, axis=-1) - counts + before + (counts + 1) / 2


def _put_exact_p(p_value: Array, table: Array, moves: Array, n_nonzero: Array, zero_method: str) -> None:
    """Small panels repeat each other's histograms: each different one is enumerated once."""
    found: dict[tuple[int, ...], float] = {}
    for place in zip(*np.nonzero((n_nonzero > 0) & (n_nonzero <= LARGEST_EXACT_BY_DEFAULT)), strict=True):
        key = tuple(table[place].tolist())
        if key not in found:
            changes = np.repeat(moves, table[place]).astype(float)
            found[key] = wilcoxon_signed_rank(np.zeros(changes.size), changes, zero_method).p_value or 0.0
        p_value[place] = found[key]


def _hodges_lehmann(table: Array, moves: Array) -> Array:
    """Median of the means of all pairs of moves, from the histogram of their sums."""
    size = moves.size
    sums = np.zeros((*table.shape[:-1], 2 * size - 1), dtype=np.int64)
    for place in range(size):
        sums[..., place : place + size] += table[..., place : place + 1] * table
    sums[..., ::2] += table
    return (histogram_quantiles(sums // 2, 0.5)[..., 0] - size) / 2
