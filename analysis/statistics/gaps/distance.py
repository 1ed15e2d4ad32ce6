"""How different two groups' whole distributions are, which a comparison of middles cannot see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import Array, frequencies, total_of
from analysis.statistics.result import Result, Status


@dataclass(frozen=True, kw_only=True)
class DistributionDistance(Result):
    """``emd`` is in categories, ``emd_normalised`` and ``total_variation`` run from 0 to 1."""

    emd: float | None = None
    emd_normalised: float | None = None
    total_variation: float | None = None
    jensen_shannon_bits: float | None = None
    energy: float | None = None
    n_first: float = 0
    n_second: float = 0


def distribution_distance(histogram_first: Any, histogram_second: Any) -> DistributionDistance:
    """Distances between two histograms over the same full scale, zeros included; counts or weights.

    The earth mover's distance is the average number of categories an answer would have to move; the energy distance
    is twice the sum of squared differences of the cumulative shares (not its root), the Jensen-Shannon divergence is
    in bits.
    """
    first = frequencies(histogram_first, "histogram_first")
    second = frequencies(histogram_second, "histogram_second")
    if first.size != second.size:
        raise ValueError(
            f"histogram_second must have as many categories as histogram_first: {second.size} and {first.size}"
        )
    sizes: dict[str, Any] = {
        "n_first": total_of(first),
        "n_second": total_of(second),
        "n": total_of(first + second),
    }
    if first.sum() == 0 or second.sum() == 0:
        return DistributionDistance(status=Status.INSUFFICIENT_N, reason="A histogram is empty.", **sizes)
    return _distance(first / first.sum(), second / second.sum(), sizes)


def _distance(first: Array, second: Array, sizes: dict[str, Any]) -> DistributionDistance:
    cumulative = np.cumsum(first - second)[:-1]
    emd = np.abs(cumulative).sum()
    return DistributionDistance(
        emd=emd,
        emd_normalised=emd / (first.size - 1) if first.size > 1 else None,
        total_variation=np.abs(first - second).sum() / 2,
        jensen_shannon_bits=_jensen_shannon(first, second),
        energy=2 * (cumulative**2).sum(),
        reason="" if first.size > 1 else "A scale of one category has no length to divide by.",
        **sizes,
    )


def _jensen_shannon(first: Array, second: Array) -> float:
    middle = (first + second) / 2
    return max(0.0, (_divergence(first, middle) + _divergence(second, middle)) / 2)


def _divergence(shares: Array, reference: Array) -> float:
    filled = shares > 0
    return float((shares[filled] * np.log2(shares[filled] / reference[filled])).sum())
