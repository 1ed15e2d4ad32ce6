"""Allocation: how experts divide a fixed total among items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import Array, matrix, number_in
from analysis.statistics.result import Result, Status

ZERO_SHARE = 0.005
"""What stands in for a share of 0 before logarithms: half a point of a hundred."""


@dataclass(frozen=True, kw_only=True)
class AllocationSummary(Result):
    """Shares run from 0 to 1 and sum to 1; ``total_variance`` is the sum of the variances of the centred log-ratios."""

    mean_share: tuple[float, ...] | None = None
    compositional_centre: tuple[float, ...] | None = None
    total_variance: float | None = None
    total: float | None = None
    zero_share: float | None = None


def allocation_summary(shares: Any, zero_share: float = ZERO_SHARE) -> AllocationSummary:
    """Mean share, centre and total variance of experts' divisions of the same total.

    ``shares``: experts x items, points or shares; every complete row must reach the same total (1, 100, …): an
    unbalanced one is refused, not rescaled. A row with a hole is left out. The centre is the geometric mean, closed
    to 1; for it zeros become ``zero_share`` and the row's other shares give way in proportion (Martin-Fernandez et
    al. 2003).
    """
    table = matrix(shares, "shares")
    zero = number_in(zero_share, "zero_share", 0.0, 1.0)
    if (table < 0).any():
        raise ValueError("shares must not be negative")
    complete = ~np.isnan(table).any(axis=1)
    kept = table[complete]
    sizes: dict[str, Any] = {"n": kept.shape[0], "n_missing": int((~complete).sum())}
    if kept.size == 0:
        return AllocationSummary(status=Status.INSUFFICIENT_N, reason="There is no complete allocation.", **sizes)
    return _summary(kept, _common_total(kept), zero, sizes)


def _common_total(rows: Array) -> float:
    totals = rows.sum(axis=1)
    total = float(np.median(totals))
    if total <= 0 or (np.abs(totals - total) > 1e-9 * total).any():
        raise ValueError("shares must add up to the same positive total for every expert")
    return total


def _summary(rows: Array, total: float, zero: float, sizes: dict[str, Any]) -> AllocationSummary:
    shares = rows / total
    has_zeros = bool((shares == 0).any())
    logs = _logs_without_zeros(shares, zero)
    common: dict[str, Any] = {
        "mean_share": tuple(shares.mean(axis=0)),
        "total": total,
        "zero_share": zero if has_zeros else None,
        **sizes,
    }
    if logs is None:
        reason = "The replacement for zeros leaves nothing of the other shares, or is itself 0."
        return AllocationSummary(reason=reason, **common)
    centre = np.exp(logs.mean(axis=0) - logs.mean(axis=0).max())
    ratios = logs - logs.mean(axis=1, keepdims=True)
    variance = float(ratios.var(axis=0, ddof=1).sum()) if len(rows) > 1 else None
    return AllocationSummary(
        compositional_centre=tuple(centre / centre.sum()),
        total_variance=variance,
        reason="" if variance is not None else "A variance needs two allocations.",
        **common,
    )


def _logs_without_zeros(shares: Array, zero: float) -> Array | None:
    missing = shares == 0
    taken = zero * missing.sum(axis=1, keepdims=True)
    if missing.any() and (zero == 0 or (taken >= 1).any()):
        return None
    return np.log(np.where(missing, zero, shares * (1 - taken)))
