"""The middle of the means of all pairs of moves (Walsh averages), which is Hodges and Lehmann's estimate of a shift."""

from __future__ import annotations

import numpy as np

from analysis.statistics.answers import Array, Numbers

LARGEST_LIST = 1_000
"""Up to so many different moves the means are written down; above, half a million would be, and they are counted."""

_HALVINGS = 80


def middle_of_pairs(moves: Numbers) -> float:
    """Each move is paired with itself too; equal moves are counted and not listed."""
    values, counts = np.unique(moves, return_counts=True)
    n = int(counts.sum())
    total = n * (n + 1) // 2
    ranks = ((total + 1) // 2, total // 2 + 1)
    sums = _listed(values, counts, ranks) if values.size <= LARGEST_LIST else _searched(values, counts, ranks)
    return float(np.mean([each / 2 for each in sums]))


def _listed(values: Numbers, counts: Array, ranks: tuple[int, int]) -> list[float]:
    first, second = np.triu_indices(values.size)
    sums = values[first] + values[second]
    times = np.where(first == second, counts[first] * (counts[first] + 1) // 2, counts[first] * counts[second])
    order = np.argsort(sums, kind="stable")
    reached = np.cumsum(times[order])
    return [float(sums[order][np.searchsorted(reached, rank)]) for rank in ranks]


def _searched(values: Numbers, counts: Array, ranks: tuple[int, int]) -> list[float]:
    return [_sum_of_rank(values, counts, rank) for rank in ranks]


def _sum_of_rank(values: Numbers, counts: Array, rank: int) -> float:
    """Halve the range of the sums until it holds one: the largest that is not above its upper end."""
    low, high = float(2 * values[0]) - 1.0, float(2 * values[-1])
    upto = np.concatenate(([0], np.cumsum(counts)))
    for _halving in range(_HALVINGS):
        middle = low + (high - low) / 2
        if middle in (low, high):
            break
        if _pairs_upto(values, counts, upto, middle) >= rank:
            high = middle
        else:
            low = middle
    partners = _partners_upto(values, high)
    return float((values + values[partners - 1])[partners > 0].max())


def _pairs_upto(values: Numbers, counts: Array, upto: Array, limit: float) -> int:
    """Pairs with a sum up to ``limit``: half of all ordered ones, and of the pairs with oneself the other half."""
    ordered = int((counts * upto[_partners_upto(values, limit)]).sum())
    return (ordered + int(counts[2 * values <= limit].sum())) // 2


def _partners_upto(values: Numbers, limit: float) -> Array:
    """For each move how many moves give a sum up to ``limit``; rounding may make the search miss by one."""
    places = np.searchsorted(values, limit - values, side="right")
    padded = np.concatenate((values, [np.inf]))
    while (more := values + padded[places] <= limit).any():
        places = places + more
    while (fewer := (places > 0) & (values + padded[places - 1] > limit)).any():
        places = places - fewer
    return places
