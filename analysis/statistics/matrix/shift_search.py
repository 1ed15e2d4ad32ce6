"""Order statistics of all differences between two groups' answers, without the table of all pairs of experts.

The interval that must hold the wanted difference is halved, each time counting the pairs below its middle by a search in one group's
sorted answers, until few enough pairs remain to be sorted themselves.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analysis.statistics.answers import Array

_FEW_PAIRS = 4096


class Answers(NamedTuple):
    """One group's different answers, rising, and how often each was given."""

    values: Array
    counts: Array


def ordered_differences(first: Answers, second: Answers, ranks: Array) -> list[float]:
    """The differences first - second of these ranks, from 1."""
    differences = _Differences(first, second)
    found = {rank: differences.at_rank(rank) for rank in set(ranks.tolist())}
    return [found[rank] for rank in ranks.tolist()]


class _Differences:
    def __init__(self, first: Answers, second: Answers) -> None:
        self.first, self.counts_first = first
        self.second, self.counts_second = second
        self.second_from = np.concatenate((np.cumsum(self.counts_second[::-1])[::-1], [0]))

    def at_rank(self, rank: int) -> float:
        """``outer[i]`` and ``inner[i]`` enclose the second group's values that are still in question for the first's value i."""
        outer, inner = np.zeros(self.first.size, dtype=np.int64), np.full(self.first.size, self.second.size)
        low, high = float(self.first[0] - self.second[-1]), float(self.first[-1] - self.second[0])
        below = 0
        while (inner - outer).sum() > _FEW_PAIRS:
            middle = low + (high - low) / 2
            if not low < middle < high:
                break
            places = np.searchsorted(self.second, self.first - middle)
            upto = int((self.counts_first * self.second_from[places]).sum())
            if upto >= rank:
                high, outer = middle, places
            else:
                low, inner, below = middle, places, upto
        return self._sorted_out(outer, inner, rank - below)

    def _sorted_out(self, outer: Array, inner: Array, rank: int) -> float:
        sizes = inner - outer
        firsts = np.repeat(np.arange(self.first.size), sizes)
        seconds = np.arange(firsts.size) - np.repeat(np.cumsum(sizes) - sizes - outer, sizes)
        differences = self.first[firsts] - self.second[seconds]
        order = np.argsort(differences, kind="stable")
        upto = np.cumsum((self.counts_first[firsts] * self.counts_second[seconds])[order])
        return float(differences[order[np.searchsorted(upto, rank)]])
