"""One order out of many experts' rankings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import Any

import numpy as np

from analysis.statistics.answers import Array, matrix
from analysis.statistics.result import Result, Status

MOST_ITEMS_FOR_KEMENY = 8


@dataclass(frozen=True, kw_only=True)
class RankAggregation(Result):
    """``kemeny`` lists every optimal order, item indices from 0, best first; ``None`` above 8 items."""

    mean_ranks: tuple[float, ...] | None = None
    borda: tuple[float, ...] | None = None
    copeland: tuple[float, ...] | None = None
    kemeny: list[tuple[int, ...]] | None = None
    kemeny_distance: float | None = None


def rank_aggregation(ranks: Any) -> RankAggregation:
    """Mean rank, Borda, Copeland and Kemeny.

    ``ranks``: experts x items, 1 = first, ties as mid-ranks; an expert with a hole is left out. Borda = sum of (items -
    rank); Copeland = majorities won minus lost; Kemeny = the orders that contradict the fewest pairwise preferences, a
    pair that an expert ties contradicting every order alike by nothing.
    """
    table = matrix(ranks, "ranks")
    n_items = table.shape[1]
    if ((table < 1) | (table > n_items)).any():
        raise ValueError(f"ranks must lie between 1 and the number of items, {n_items}")
    complete = ~np.isnan(table).any(axis=1)
    kept = table[complete]
    sizes: dict[str, Any] = {"n": kept.shape[0], "n_missing": int((~complete).sum())}
    if kept.size == 0:
        return RankAggregation(status=Status.INSUFFICIENT_N, reason="There is no complete ranking.", **sizes)
    preferring = (kept[:, :, None] < kept[:, None, :]).sum(axis=0)
    orders, distance = _kemeny(preferring)
    return RankAggregation(
        mean_ranks=tuple(kept.mean(axis=0)),
        borda=tuple((n_items - kept).sum(axis=0)),
        copeland=tuple(np.sign(preferring - preferring.T).sum(axis=1).astype(float)),
        kemeny=orders,
        kemeny_distance=distance,
        reason="" if orders is not None else f"Kemeny's order is searched up to {MOST_ITEMS_FOR_KEMENY} items.",
        **sizes,
    )


def _kemeny(preferring: Array) -> tuple[list[tuple[int, ...]] | None, float | None]:
    """All orders tried: for each, how many expert preferences it turns round."""
    n_items = preferring.shape[0]
    if n_items > MOST_ITEMS_FOR_KEMENY:
        return None, None
    orders = _all_orders(n_items)
    earlier, later = np.triu_indices(n_items, 1)
    contradicted = preferring[orders[:, later], orders[:, earlier]].sum(axis=1)
    best = contradicted.min()
    return [tuple(map(int, order)) for order in orders[contradicted == best]], float(best)


@lru_cache(maxsize=MOST_ITEMS_FOR_KEMENY)
def _all_orders(n_items: int) -> Array:
    return np.array(list(permutations(range(n_items))), dtype=np.int64)
