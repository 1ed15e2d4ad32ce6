"""Resampling experts within their panels, the same for all questions and both rounds, and counting what they answered.

From a panel of n, n - 1 experts are drawn with replacement: so a mean varies by its unbiased variance s^2/n, where n
draws would be too alike (Rao & Wu 1988, J. Am. Stat. Assoc. 83:231). Panels are small enough for this to matter.

Experts who answered everything alike are drawn as one *type*, and types come in the order of their answers. So a draw
depends on how often something was answered, never on who did: an interval tells of no expert more than the counts do.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from analysis.statistics.answers import Array
from analysis.statistics.gaps.apportionment import Counts

DRAWS = 999
DRAWS_OF_MANY = 199
MANY_EXPERTS = 20_000


def draws_for(n_experts: int) -> int:
    """How many draws: 999, or 199 above 20,000 experts. It depends on nothing else, so a report says the same twice."""
    return DRAWS if n_experts <= MANY_EXPERTS else DRAWS_OF_MANY


class Stages(NamedTuple):
    """From one round to the next: those who left go, those who stay revise, those who joined come."""

    before: Counts
    stayers_before: Counts
    stayers_after: Counts
    after: Counts


class ResampledPanels:
    """``codes``: experts x columns, the place of each answer on its scale, -1 for none. ``panels``: each expert's number, -1 for none."""

    def __init__(self, codes: Array, panels: Array, n_panels: int, draws: int, seed: int) -> None:
        counted = (panels >= 0) & (codes >= 0).any(axis=1)
        rows, sizes = np.unique(np.column_stack([panels.astype(codes.dtype), codes])[counted], axis=0, return_counts=True)
        self._panels, self._types = rows[:, 0].astype(np.int64), rows[:, 1:]
        self._n_panels = n_panels
        self._times = np.column_stack([sizes.astype(np.int32), self._drawn(sizes, draws, seed)])

    def _drawn(self, sizes: Array, draws: int, seed: int) -> Array:
        """How often each type was drawn. Shape (types, draws). A panel's draws depend on no other panel's answers."""
        found = np.zeros((sizes.size, draws), dtype=np.int32)
        bounds = np.searchsorted(self._panels, np.arange(self._n_panels + 1)).tolist()
        for panel, (start, end) in enumerate(pairwise(bounds)):
            n = int(sizes[start:end].sum())
            if n:
                random = np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, panel])))
                found[start:end] = random.multinomial(number_drawn(n), sizes[start:end] / n, size=draws).T
        return found

    def stages(self, before: int, after: int, size: int) -> Stages:
        """Counts over ``size`` levels of the answers in two columns: as given, then in every draw."""
        first, second = self._types[:, before], self._types[:, after]
        stays = (first >= 0) & (second >= 0)
        left, stayers_before = self._counted(first, stays, size)
        joined, stayers_after = self._counted(second, stays, size)
        tables = (left + stayers_before, stayers_before, stayers_after, stayers_after + joined)
        return Stages(*map(_counts, tables))

    def counts(self, column: int, size: int) -> Counts:
        """Counts over ``size`` levels of the answers in one column: as given, then in every draw."""
        codes = self._types[:, column]
        return _counts(self._counted(codes, np.zeros(codes.size, dtype=bool), size)[0])

    def _counted(self, codes: Array, stays: Array, size: int) -> Array:
        """Of those with an answer the others, then those who stay. Shape (2, panels, levels, 1 + draws).

        Whole numbers added up cell by cell: no machine gets another sum, and none does it on threads that others wait for.
        """
        cells = (stays * self._n_panels + self._panels) * size + codes
        present = np.flatnonzero(codes >= 0)
        order = present[np.argsort(cells[present], kind="stable")]
        filled, starts = np.unique(cells[order], return_index=True)
        draws = self._times.shape[1]
        table = np.zeros((2 * self._n_panels * size, draws))
        for cell, types in zip(filled, np.split(order, starts[1:]), strict=False):
            table[cell] = self._times[types].sum(axis=0)
        return table.reshape(2, self._n_panels, size, draws)


def number_drawn(n: int) -> int:
    return max(n - 1, 2)


def counts_as_given(codes: Array, panels: Array, n_panels: int, size: int) -> Counts:
    """One entry per expert, -1 for no answer or no panel; however many levels there are."""
    present = (panels >= 0) & (codes >= 0)
    table = np.bincount((panels * size + codes)[present], minlength=n_panels * size).reshape(n_panels, size, 1)
    return Counts(table.astype(float), table.sum(axis=(1, 2)), np.full((n_panels, 1), np.inf))


def _counts(table: Array) -> Counts:
    """A draw without two of a panel's answers says nothing of that panel: its answers as given stand in."""
    drawn = table.sum(axis=1)
    n = drawn[:, 0].copy()
    drawn[:, 0] = np.inf
    if (drawn < 2).any():
        table = np.where((drawn < 2)[:, None], table[..., :1], table)
        drawn = np.where(drawn < 2, np.inf, drawn)
    return Counts(table, n, drawn)
