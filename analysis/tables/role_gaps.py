"""Self minus others, for all cells of a role grid at once."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from analysis.statistics import adjust_p_values
from analysis.statistics.matrix import histogram_mann_whitney_p
from analysis.statistics.roles.mean_estimates import MeanEstimates, equal_weight_estimates, mean_estimates
from analysis.tables.role_grids import SMALLEST_FOR_A_VERDICT, RoleGrid, medians_of

SIGNIFICANT = 0.05
MARGIN_SHARE = 0.1
"""Of the scale's range: a gap below it does not matter."""


@dataclass(frozen=True)
class RoleGaps:
    """Arrays are targets × functions; NaN where hidden or not defined."""

    grid: RoleGrid
    own: MeanEstimates
    others: MeanEstimates
    pooled: MeanEstimates
    gap: MeanEstimates

    @classmethod
    def of(cls, grid: RoleGrid) -> "RoleGaps":
        own, others = mean_estimates(grid.own), equal_weight_estimates(grid.others_by_panel)
        return cls(grid, own, others, mean_estimates(grid.others_together), own.minus(others))

    @cached_property
    def own_n(self) -> Any:
        return self.grid.own.sum(axis=-1)

    @cached_property
    def others_n(self) -> Any:
        """Of the other panels whose row is shown."""
        return np.nansum(self.grid.others_by_panel.sum(axis=-1), axis=0)

    @cached_property
    def pooled_n(self) -> Any:
        return self.grid.others_together.sum(axis=-1)

    @cached_property
    def own_median(self) -> Any:
        return medians_of(self.grid.own)

    @cached_property
    def pooled_median(self) -> Any:
        return medians_of(self.grid.others_together)

    @property
    def margin(self) -> float:
        return MARGIN_SHARE * (self.grid.counts.shape[-1] - 1)

    @cached_property
    def is_large_enough(self) -> Any:
        return (self.own_n >= SMALLEST_FOR_A_VERDICT) & (self.others_n >= SMALLEST_FOR_A_VERDICT)

    @cached_property
    def is_assessed(self) -> Any:
        return self.is_large_enough & ~np.isnan(self.pooled_n)

    @cached_property
    def interval(self) -> tuple[Any, Any]:
        return self.gap.interval()

    @cached_property
    def interval_or_point(self) -> tuple[Any, Any]:
        """Where neither side varies the gap itself is all that there is to judge by."""
        point = self.gap.squared_error == 0
        low, high = self.interval
        return np.where(point, self.gap.mean, low), np.where(point, self.gap.mean, high)

    @cached_property
    def p_equivalence(self) -> Any:
        return np.where(self.is_large_enough, self.gap.equivalence_p_values(self.margin), np.nan)

    @cached_property
    def is_equivalent(self) -> Any:
        is_point_within = (self.gap.squared_error == 0) & (np.abs(self.gap.mean) < self.margin)
        return (self.p_equivalence < SIGNIFICANT) | is_point_within

    @cached_property
    def p_mann_whitney(self) -> Any:
        p = histogram_mann_whitney_p(self.grid.own, self.grid.others_together)
        return np.where(self.is_assessed, p, np.nan)

    @cached_property
    def p_holm(self) -> Any:
        """Over all targets and functions of the item: they are one question."""
        p = self.p_mann_whitney
        return np.array(adjust_p_values(p.ravel(), "holm"), dtype=float).reshape(p.shape)
