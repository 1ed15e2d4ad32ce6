"""How the role gaps changed since an earlier round, for all cells of a grid at once, from both rounds' published figures alone."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from analysis.rules import NOT_ASSESSED
from analysis.statistics.gaps.disagreements import NARROWS, NO_CLEAR_CHANGE, WIDENS
from analysis.statistics.roles.mean_estimates import MeanEstimates
from analysis.tables.base import Values
from analysis.tables.role_gaps import RoleGaps

TURNED = "turned"
DECIMALS = 9
"""Two gaps that are the same on paper may differ by what binary fractions lose."""


@dataclass(frozen=True)
class RoleChanges:
    """Arrays are targets × functions."""

    now: RoleGaps
    before: RoleGaps

    @cached_property
    def change(self) -> MeanEstimates:
        return self.now.gap.since(self.before.gap)

    @cached_property
    def interval(self) -> tuple[Any, Any]:
        return self.change.interval()

    @cached_property
    def width(self) -> Any:
        """From the change to either end of its interval; 0 where nobody differs from a colleague in either round."""
        return np.where(self.change.squared_error == 0, 0.0, self.interval[1] - self.change.mean)

    @cached_property
    def lost(self) -> Any:
        """By how much the gap's size shrank: negative where it grew."""
        return np.abs(self.before.gap.mean) - np.abs(self.now.gap.mean)

    @cached_property
    def is_large_enough(self) -> Any:
        return self.now.is_large_enough & self.before.is_large_enough & ~np.isnan(self.width)

    def is_comparable(self, cell: tuple[int, int]) -> bool:
        """Are the target's own experts compared with the same panels in both rounds?"""
        return self.now.grid.compared(*cell) == self.before.grid.compared(*cell)

    def of(self, cell: tuple[int, int]) -> Values:
        found: Values = {"previous_gap": self.before.gap.mean[cell], "narrowing": self.narrowing(cell)}
        if self.is_comparable(cell):
            found |= {"gap_change": self.change.mean[cell], "gap_change_low": self.interval[0][cell], "gap_change_high": self.interval[1][cell]}
        return found

    def narrowing(self, cell: tuple[int, int]) -> str:
        """Of the gap's size.

        A size is the smaller one if the change has one sign and the sum of both gaps the other. Both have the same widest error, and the nearer
        of them lies as far from 0 as the sizes from each other. So that distance alone is held against the interval's width.
        """
        if not self.is_comparable(cell) or not self.is_large_enough[cell]:
            return NOT_ASSESSED
        lost, change, width = (round(float(figure[cell]), DECIMALS) for figure in (self.lost, self.change.mean, self.width))
        if abs(lost) > width:
            return NARROWS if lost > 0 else WIDENS
        return TURNED if abs(change) > width else NO_CLEAR_CHANGE
