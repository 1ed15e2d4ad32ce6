"""Fisher's exact test of a table of any size, by enumeration where feasible and else by seeded sampling."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy import stats
from scipy.special import gammaln

from analysis.statistics.answers import Array
from analysis.statistics.sampling import generator, seed_in

PERMUTATIONS = 99_999
MOST_STEPS = 200_000
MOST_ENDINGS = 20_000_000
_SAME = 1e-7
"""Tables whose probabilities differ by less than this share count as equally probable, as in R."""

Margin = tuple[int, ...]
Paths = dict[float, int]


class FisherTest(NamedTuple):
    p_value: float | None
    permutations: int | None
    seed: int | None
    reason: str = ""


def fisher_p(counts: Array, seed: int | None = None) -> FisherTest:
    """Probability of a table with these margins that is at most as probable as the one observed."""
    used_seed = seed_in(seed)
    if (counts != np.rint(counts)).any():
        return FisherTest(None, None, None, "Fisher's test needs whole counts, not weights.")
    table = np.rint(counts).astype(np.int64)
    if table.shape[0] > table.shape[1]:
        table = table.T
    enumerated = _enumerated_p(table)
    if enumerated is not None:
        return FisherTest(enumerated, 0, None)
    return FisherTest(_sampled_p(table, used_seed), PERMUTATIONS, used_seed)


def _enumerated_p(table: Array) -> float | None:
    """All tables with these margins; ``None`` where there are too many of them.

    Column by column, smallest first: a state is what is left of the row totals and holds the log weights of the
    columns so far, with how many ways each came about. Rows with equal rests are interchangeable and equal weights
    are merged. The last two columns are done at once for every state. A table's weight is the product of 1/x! over
    its cells.
    """
    columns = sorted(int(total) for total in table.sum(axis=0))
    states: dict[Margin, Paths] = {tuple(sorted(table.sum(axis=1).tolist())): {0.0: 1}}
    steps_left = MOST_STEPS
    for total in columns[:-2]:
        following: dict[Margin, Paths] = {}
        for rest, paths in states.items():
            for cells in _fillings(rest, total):
                steps_left -= len(paths)
                if steps_left < 0:
                    return None
                _extend(following, rest, paths, cells)
        states = following
    observed = -float(gammaln(table + 1).sum())
    margins = gammaln(table.sum(axis=0) + 1).sum() + gammaln(table.sum(axis=1) + 1).sum()
    return _share_at_most_as_probable(states, columns[-2], observed, float(gammaln(table.sum() + 1) - margins))


def _extend(following: dict[Margin, Paths], rest: Margin, paths: Paths, cells: Margin) -> None:
    left = tuple(sorted(have - cell for have, cell in zip(rest, cells, strict=True)))
    step = sum(map(_log_factorial, cells))
    target = following.setdefault(left, {})
    for weight, ways in paths.items():
        merged = round(weight - step, 11)
        target[merged] = target.get(merged, 0) + ways


@lru_cache(maxsize=4096)
def _log_factorial(cell: int) -> float:
    return math.lgamma(cell + 1)


def _fillings(rest: Margin, total: int) -> Iterator[Margin]:
    """Every way to fill one column with this total from what is left of the rows."""
    if len(rest) == 1:
        if total <= rest[0]:
            yield (total,)
        return
    others = sum(rest[1:])
    for cell in range(max(0, total - others), min(rest[0], total) + 1):
        for cells in _fillings(rest[1:], total - cell):
            yield (cell, *cells)


def _share_at_most_as_probable(states: dict[Margin, Paths], total: int, observed: float, mass: float) -> float | None:
    """Over all states: every beginning with every ending. ``mass``: log of the weights of all tables together."""
    share = 0.0
    cells_left = MOST_ENDINGS
    for rest, paths in states.items():
        endings = _weights_of_two_columns(rest, total, cells_left)
        if endings is None:
            return None
        cells_left -= endings.size
        endings = np.sort(endings)
        upto = np.concatenate(([0.0], np.cumsum(np.exp(endings - endings[-1]))))
        weights, ways = np.array(list(paths)), np.array(list(paths.values()), dtype=float)
        counted = upto[np.searchsorted(endings, observed + _SAME - weights, side="right")]
        share += float((ways * np.exp(weights + endings[-1] - mass) * counted).sum())
    return min(1.0, share)


def _weights_of_two_columns(rest: Margin, total: int, most: int) -> Array | None:
    """Log weights of all ways to fill the last two columns, the first of them with this total; row by row."""
    used, weights = np.zeros(1, dtype=np.int64), np.zeros(1)
    still_to_come = sum(rest)
    for have in rest[:-1]:
        still_to_come -= have
        cells = np.arange(have + 1)
        if used.size * cells.size > most:
            return None
        used = np.add.outer(used, cells).ravel()
        weights = np.add.outer(weights, _log_weights_of_row(cells, have)).ravel()
        possible = (used <= total) & (used + still_to_come >= total)
        used, weights = used[possible], weights[possible]
    return weights + _log_weights_of_row(total - used, rest[-1])


def _log_weights_of_row(cells: Array, have: int) -> Array:
    return -gammaln(cells + 1) - gammaln(have - cells + 1)


def _sampled_p(table: Array, seed: int) -> float:
    law = stats.random_table(table.sum(axis=1), table.sum(axis=0))
    weights = -gammaln(law.rvs(PERMUTATIONS, random_state=generator(seed)) + 1).sum(axis=(1, 2))
    observed = -float(gammaln(table + 1).sum())
    return (1 + int((weights <= observed + _SAME).sum())) / (1 + PERMUTATIONS)
