"""The answers of two rounds side by side, and what may be told of those who gave both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from analysis.disclosure import Crossing, Group, ToldOfPairs, Verdict, shown_groups, tables_alone, told_of_pairs
from analysis.round_data import RoundData

Rows = Mapping[int, Sequence[Group]]
MOST_CATEGORIES = 20  # with more different values the figures are not looked at in whole numbers


@dataclass(frozen=True)
class Pairs:
    """Of one component: `after` and `before`, both answers of this round's experts; `earlier`, the answers of the earlier round's; NaN for none.
    `left`: which of those gave none in this round."""

    data: RoundData
    after: Any
    before: Any
    there: RoundData
    earlier: Any
    left: Any

    @cached_property
    def stayed(self) -> Any:
        return ~np.isnan(self.after) & ~np.isnan(self.before)

    @cached_property
    def joined(self) -> Any:
        return ~np.isnan(self.after) & np.isnan(self.before)

    def told(self, rows: Rows, rough: Sequence[Group], tables: Sequence[Group], *, has_categories: bool, is_stable: Verdict = None) -> ToldOfPairs:
        """rows: the published groups of the earlier round (1) and of this one (2). rough: groups whose percentage of those who changed is asked
        for, roughly at least, with what `is_stable` says of it; tables: those of them of which everything is.

        Stayers, leavers and joiners are groups too, and so are the stayers by both their answers. (ADR 16)
        """
        tables = self._steps_shown(tables, has_categories)
        if len(self._values) <= MOST_CATEGORIES:
            return told_of_pairs(rows, rough, tables, self.crossing, self.data.meta["minimum"], is_stable)
        tables = tables_alone(rows, tables, self.crossing, self.data.meta["minimum"])
        return ToldOfPairs(frozenset((group.kind, group.code) for group in rough), frozenset((group.kind, group.code) for group in tables))

    def _steps_shown(self, tables: Sequence[Group], has_categories: bool) -> list[Group]:
        """Disclosure control over the stayers by both their answers."""
        if not tables:
            return []
        steps = self._by_panel(self.crossing.stayed.reshape(len(self.data.meta["panels"]), -1))
        counts = {panel: sum(histogram) for panel, histogram in steps.items()}
        single = {panel: histogram.index(counts[panel]) for panel, histogram in steps.items() if counts[panel] and max(histogram) == counts[panel]}
        shown = shown_groups(tables, counts, single, self.data.meta["minimum"], steps if has_categories else None)
        return [group for group in tables if (group.kind, group.code) in shown]

    def _by_panel(self, counts: Any) -> dict[str, list[int]]:
        return dict(zip(self.data.meta["panels"], counts.tolist(), strict=True))

    @cached_property
    def _values(self) -> Any:
        """The different answers of both rounds."""
        return np.unique(np.concatenate([self.after[~np.isnan(self.after)], self.earlier[~np.isnan(self.earlier)]]))

    @cached_property
    def crossing(self) -> Crossing:
        panels = list(self.data.meta["panels"])
        size, points = len(panels), len(self._values)
        there = np.array([panels.index(code) if code in panels else -1 for code in self.there.meta["panels"]], dtype=np.int64)[self.there.panel]
        left, stayed, joined = self.left & (there >= 0), self.stayed, self.joined
        here = self.data.panel.astype(np.int64)
        steps = (here[stayed] * points + self._places(self.before[stayed])) * points + self._places(self.after[stayed])
        return Crossing(
            tuple(panels), np.bincount(steps, minlength=size * points**2).reshape(size, points, points),
            np.bincount(there[left] * points + self._places(self.earlier[left]), minlength=size * points).reshape(size, points),
            np.bincount(here[joined] * points + self._places(self.after[joined]), minlength=size * points).reshape(size, points),
        )

    def _places(self, answers: Any) -> Any:
        return np.searchsorted(self._values, answers)
