"""Percent agreement: the share of answers in the agreement band, with an interval."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.statistics.answers import level_in, number_in, one_of, total_of
from analysis.statistics.result import Result, Status

Limits = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class PercentAgreement(Result):
    """``share`` runs from 0 to 1, as do the limits of its interval."""

    share: float | None = None
    low: float | None = None
    high: float | None = None


def percent_agreement(agree: float, n: float, level: float = 0.95, method: str = "wilson") -> PercentAgreement:
    """Share of ``agree`` among ``n`` valid answers with a confidence interval.

    ``method``: ``wilson`` (score), ``clopper_pearson`` (exact, wide), ``agresti_coull`` or ``jeffreys`` (Bayesian). Weighted
    counts need not be whole numbers. The limits are clipped to [0, 1].
    """
    size, hits = number_in(n, "n", low=0), number_in(agree, "agree", low=0)
    if hits > size:
        raise ValueError(f"agree must not exceed n: {hits:g} of {size:g}")
    tail = (1 - level_in(level)) / 2
    limits = _METHODS[one_of(method, "method", tuple(_METHODS))]
    if size == 0:
        return PercentAgreement(status=Status.INSUFFICIENT_N, reason="There is no valid answer.")
    low, high = limits(hits, size, tail)
    return PercentAgreement(share=hits / size, low=max(0.0, low), high=min(1.0, high), n=total_of(np.array(size)))


def _wilson(hits: float, n: float, tail: float) -> Limits:
    if hits == n:
        return 1 - _wilson(0.0, n, tail)[1], 1.0
    share, z = hits / n, float(stats.norm.isf(tail))
    centre, width = share + z * z / (2 * n), z * math.sqrt(share * (1 - share) / n + (z / (2 * n)) ** 2)
    low = 0.0 if hits == 0 else (centre - width) / (1 + z * z / n)
    return low, (centre + width) / (1 + z * z / n)


def _clopper_pearson(hits: float, n: float, tail: float) -> Limits:
    low = float(stats.beta.ppf(tail, hits, n - hits + 1)) if hits > 0 else 0.0
    high = float(stats.beta.isf(tail, hits + 1, n - hits)) if hits < n else 1.0
    return low, high


def _agresti_coull(hits: float, n: float, tail: float) -> Limits:
    z = float(stats.norm.isf(tail))
    size = n + z * z
    share = (hits + z * z / 2) / size
    width = z * math.sqrt(share * (1 - share) / size)
    return share - width, share + width


def _jeffreys(hits: float, n: float, tail: float) -> Limits:
    posterior = stats.beta(hits + 0.5, n - hits + 0.5)
    return float(posterior.ppf(tail)), float(posterior.isf(tail))


_METHODS: dict[str, Callable[[float, float, float], Limits]] = {
    "wilson": _wilson,
    "clopper_pearson": _clopper_pearson,
    "agresti_coull": _agresti_coull,
    "jeffreys": _jeffreys,
}
