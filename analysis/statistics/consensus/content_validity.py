"""Content validity: how many of a panel call an item essential (Lawshe) or relevant (the CVI)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.statistics.answers import whole_number_in
from analysis.statistics.result import Result, Status

SIGNIFICANCE_OF_AYRE_AND_SCALLY = 0.05


@dataclass(frozen=True, kw_only=True)
class ContentValidity(Result):
    """``cvr`` runs from -1 to 1, ``i_cvi`` from 0 to 1; ``critical_count`` is the least count with p up to 0.05."""

    cvr: float | None = None
    i_cvi: float | None = None
    modified_kappa: float | None = None
    p_value: float | None = None
    critical_count: int | None = None


def content_validity(essential: int, n: int) -> ContentValidity:
    """Lawshe's ratio, the item-level index and its kappa, for ``essential`` of ``n`` experts.

    ``p_value`` is one-sided and exact: the chance of so many or more by coin flips (Ayre & Scally 2014).
    """
    size, count = whole_number_in(n, "n"), whole_number_in(essential, "essential")
    if count > size:
        raise ValueError(f"essential must not exceed n: {count} of {size}")
    if size == 0:
        return ContentValidity(status=Status.INSUFFICIENT_N, reason="There is no expert.")
    share, by_chance = count / size, float(stats.binom.pmf(count, size, 0.5))
    return ContentValidity(
        cvr=(count - size / 2) / (size / 2),
        i_cvi=share,
        modified_kappa=(share - by_chance) / (1 - by_chance),
        p_value=stats.binom.sf(count - 1, size, 0.5),
        critical_count=_critical_count(size),
        n=size,
    )


def _critical_count(n: int) -> int | None:
    """Panels of four and fewer cannot beat chance at this level, however unanimous."""
    counts = np.arange(n + 1)
    enough = counts[stats.binom.sf(counts - 1, n, 0.5) <= SIGNIFICANCE_OF_AYRE_AND_SCALLY]
    return int(enough[0]) if enough.size else None
