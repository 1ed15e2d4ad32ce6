"""Fisher's exact test of a table of any size, by enumeration where feasible and else by seeded sampling."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from scipy import stats
from scipy.special import gammaln

from analysis.statistics.answers import Numbers
from analysis.statistics.sampling import generator, seed_in

PERMUTATIONS = 99_999
MOST_STEPS = 500_000
_SAME = 1e-7
"""Sampled tables whose probabilities differ by less than this share count as equally probable, as in R."""

Margin = tuple[int, ...]
Paths = dict[int, int]


class FisherTest(NamedTuple):
    p_value: float | None
    permutations: int | None
    seed: int | None
    reason: str = ""


def fisher_p(counts: Numbers, seed: int | None = None) -> FisherTest:
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


def _enumerated_p(table: Numbers) -> float | None:
    """All tables with these margins, column by column; ``None`` where that takes too many steps.

    A state is what is left of the row totals; it holds the weights so far and in how many ways each came about. Rows
    with equal rests are interchangeable and equal weights are merged, so the states stay few. A table's weight is the
    product of its columns' multinomial coefficients: whole numbers, so that equally probable tables are exactly so.
    """
    columns = sorted(table.T.tolist(), key=sum, reverse=True)
    states: dict[Margin, Paths] = {tuple(sorted(table.sum(axis=1).tolist())): {1: 1}}
    steps_left = MOST_STEPS
    for total in map(sum, columns):
        following: dict[Margin, Paths] = {}
        for rest, paths in states.items():
            for cells in _fillings(rest, total):
                steps_left -= len(paths)
                if steps_left < 0:
                    return None
                _extend(following, rest, paths, cells)
        states = following
    paths = next(iter(states.values()))
    observed = math.prod(_multinomial(cells) for cells in columns)
    mass = sum(weight * ways for weight, ways in paths.items())
    return sum(weight * ways for weight, ways in paths.items() if weight <= observed) / mass


def _extend(following: dict[Margin, Paths], rest: Margin, paths: Paths, cells: Margin) -> None:
    left = tuple(sorted(have - cell for have, cell in zip(rest, cells, strict=True)))
    factor = _multinomial(cells)
    target = following.setdefault(left, {})
    for weight, ways in paths.items():
        target[weight * factor] = target.get(weight * factor, 0) + ways


def _multinomial(cells: Sequence[int]) -> int:
    return math.prod(math.comb(upto, cell) for upto, cell in zip(accumulate(cells), cells, strict=True))


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


def _sampled_p(table: Numbers, seed: int) -> float:
    law = stats.random_table(table.sum(axis=1), table.sum(axis=0))
    weights = -gammaln(law.rvs(PERMUTATIONS, random_state=generator(seed)) + 1).sum(axis=(1, 2))
    observed = -float(gammaln(table + 1).sum())
    return (1 + int((weights <= observed + _SAME).sum())) / (1 + PERMUTATIONS)
