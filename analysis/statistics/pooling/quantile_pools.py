"""Many experts' quantiles of one quantity made into one distribution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import Array, matrix, numbers, weights_for
from analysis.statistics.pooling.cumulative import pooled_quantiles
from analysis.statistics.result import Result, Status


@dataclass(frozen=True, kw_only=True)
class PooledQuantiles(Result):
    """One entry per probability; ``quantile_average`` is narrower than ``linear_pool`` where experts disagree."""

    linear_pool: tuple[float, ...] | None = None
    quantile_average: tuple[float, ...] | None = None
    probabilities: tuple[float, ...] = ()


def pool_quantiles(probabilities: Any, quantiles: Any, bounds: Any, weights: Any = None) -> PooledQuantiles:
    """Average the experts' distributions (linear pool) and, for comparison, their quantiles (Vincent averaging).

    ``quantiles``: experts x probabilities, strictly increasing in every row; an expert with a hole is left out.
    ``bounds``: the smallest and largest possible value, between which all quantiles lie.
    """
    levels, table = levels_in(probabilities), matrix(quantiles, "quantiles")
    low, high = bounds_in(bounds)
    if table.size and table.shape[1] != levels.size:
        raise ValueError(f"quantiles must have one column per probability: {table.shape[1]} and {levels.size}")
    complete = ~np.isnan(table).any(axis=1)
    kept = table[complete]
    check_increasing(kept, "quantiles")
    if kept.size and (kept.min() < low or kept.max() > high):
        raise ValueError("bounds must enclose all quantiles")
    weighing = np.ones(table.shape[0]) if weights is None else weights_for(weights, np.where(complete, 1.0, np.nan))
    sizes: dict[str, Any] = {"n": kept.shape[0], "n_missing": int((~complete).sum()), "probabilities": tuple(levels)}
    if kept.size == 0:
        return PooledQuantiles(status=Status.INSUFFICIENT_N, reason="There is no complete expert.", **sizes)
    if weighing[complete].sum() == 0:
        raise ValueError("weights must not all be 0")
    shares = weighing[complete] / weighing[complete].sum()
    return PooledQuantiles(
        linear_pool=tuple(pooled_quantiles(levels, kept, (low, high), shares)),
        quantile_average=tuple(shares @ kept),
        **sizes,
    )


def levels_in(probabilities: Any) -> Array:
    """The probabilities of the quantiles: strictly increasing, strictly between 0 and 1."""
    levels = numbers(probabilities, "probabilities")
    if levels.size == 0 or np.isnan(levels).any() or levels.min() <= 0 or levels.max() >= 1:
        raise ValueError("probabilities must lie strictly between 0 and 1")
    check_increasing(levels[None, :], "probabilities")
    return levels


def bounds_in(bounds: Any) -> tuple[float, float]:
    limits = numbers(bounds, "bounds")
    if limits.size != 2 or np.isnan(limits).any() or limits[0] >= limits[1]:
        raise ValueError("bounds must be a smaller and a larger number")
    return float(limits[0]), float(limits[1])


def check_increasing(rows: Array, name: str) -> None:
    """Two equal quantiles would leave no width for the probability between them."""
    if rows.size and (np.diff(rows, axis=-1) <= 0).any():
        raise ValueError(f"{name} must be strictly increasing")
