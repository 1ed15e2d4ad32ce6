"""One question's answers counted by panel and level under every draw of experts, in four stages between two rounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from analysis.statistics.answers import Array
from analysis.statistics.gaps.apportionment import Counts, Scale
from analysis.statistics.gaps.expert_weights import expert_weights


class Stages(NamedTuple):
    """From one round to the next: those who left go, those who stay revise, those who joined come."""

    before: Counts
    stayers_before: Counts
    stayers_after: Counts
    after: Counts


class _Part(NamedTuple):
    """Experts at one stage: which level each of them chose, and who they are."""

    codes: Array
    present: Array


Sums = Callable[[int, Array], Array]
"""A panel's experts x columns summed up, once for every draw."""


class ResampledPanels:
    """Experts in the order of their panels, with their weights in every draw; experts of no panel (-1) are left out."""

    def __init__(self, panels: Array, n_panels: int, draws: int, seed: int) -> None:
        order = np.argsort(panels, kind="stable")
        self.experts = order[np.searchsorted(panels[order], 0) :]
        self.bounds = np.searchsorted(panels[self.experts], np.arange(n_panels + 1))
        self.weights = expert_weights(panels[self.experts], draws, seed)
        self.squares = self.weights**2

    def stages(self, before: Array, after: Array, scale: Scale) -> Stages:
        """Counts of every draw, the given answers first: (draws + 1, panels, levels).

        ``before`` and ``after``: one answer per expert, NaN where missing.
        """
        return self._stages(before, after, scale, self._weighted(self.weights), self._weighted(self.squares))

    def exact_stages(self, before: Array, after: Array, scale: Scale) -> Stages:
        """Counts of the answers as they were given, however many levels: (1, panels, levels)."""
        return self._stages(before, after, scale, _added, _added)

    def _stages(self, before: Array, after: Array, scale: Scale, sums: Sums, square_sums: Sums) -> Stages:
        parts = _parts(scale.codes(before[self.experts]), scale.codes(after[self.experts]))
        rows, panels, size = (1 if sums is _added else len(self.weights)), self.bounds.size - 1, scale.levels.size
        tables, squares = np.zeros((len(parts), rows, panels, size)), np.zeros((len(parts), rows, panels, 1))
        for panel, (start, end) in enumerate(zip(self.bounds[:-1], self.bounds[1:], strict=True)):
            here = [_Part(part.codes[start:end], part.present[start:end]) for part in parts]
            tables[:, :, panel] = sums(panel, _one_column_a_level(here, size))
            squares[:, :, panel] = square_sums(panel, np.stack([part.present for part in here], axis=1)[..., None])
        left, stayers_before, stayers_after, joined = (
            Counts(table, square[..., 0]) for table, square in zip(tables, squares, strict=True)
        )
        return Stages(_both(left, stayers_before), stayers_before, stayers_after, _both(stayers_after, joined))

    def _weighted(self, weights: Array) -> Sums:
        def sums(panel: int, columns: Array) -> Array:
            experts, parts, width = columns.shape
            weighted = weights[:, self.bounds[panel] : self.bounds[panel + 1]] @ columns.reshape(experts, parts * width).astype(float)
            return np.asarray(weighted.reshape(len(weights), parts, width).transpose(1, 0, 2))

        return sums


def _parts(first: Array, second: Array) -> list[_Part]:
    had, has = first >= 0, second >= 0
    return [_Part(first, had & ~has), _Part(first, had & has), _Part(second, had & has), _Part(second, has & ~had)]


def _one_column_a_level(parts: list[_Part], size: int) -> Array:
    """1 where the expert stands at the level. Shape (experts, parts, levels)."""
    columns = np.zeros((parts[0].present.size, len(parts), size), dtype=bool)
    for place, part in enumerate(parts):
        columns[part.present, place, part.codes[part.present]] = True
    return columns


def _added(panel: int, columns: Array) -> Array:
    return np.asarray(columns.sum(axis=0, dtype=float)[:, None])


def _both(one: Counts, other: Counts) -> Counts:
    return Counts(one.table + other.table, one.squares + other.squares)
