"""Dispersion: where the answers of one round lie, and how far apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from analysis.statistics.answers import Numbers, answered, level_in, numbers, probabilities_in, weights_for
from analysis.statistics.moments import standard_deviation
from analysis.statistics.order_statistics import (
    kish_effective_size,
    median_of,
    quantile_type_in,
    quantile_values,
    weighted_quantile_values,
    without_rounding_noise,
)
from analysis.statistics.result import Result, Status

NO_ANSWER = "There is no answer."


@dataclass(frozen=True, kw_only=True)
class Quantiles(Result):
    """``values`` has one entry per probability asked for."""

    values: tuple[float | None, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Spread(Result):
    """``sd`` divides by n - 1; the two deviations from the median are a mean and a median of absolute distances."""

    median: float | None = None
    q1: float | None = None
    q3: float | None = None
    iqr: float | None = None
    mean: float | None = None
    sd: float | None = None
    cv: float | None = None
    mean_abs_dev_median: float | None = None
    median_abs_dev: float | None = None
    gini_mean_difference: float | None = None


@dataclass(frozen=True, kw_only=True)
class MedianInterval(Result):
    """``coverage`` is the probability with which such an interval holds the median; at least the level asked for."""

    median: float | None = None
    low: float | None = None
    high: float | None = None
    coverage: float | None = None


@dataclass(frozen=True, kw_only=True)
class WeightedSpread(Result):
    """``n`` counts answers; ``n_effective`` is Kish's number of equally weighted answers they are worth."""

    mean: float | None = None
    sd: float | None = None
    median: float | None = None
    q1: float | None = None
    q3: float | None = None
    iqr: float | None = None
    n_effective: float | None = None


def quantiles(x: Any, probabilities: Any, quantile_type: int = 7) -> Quantiles:
    """Quantiles by any of the nine definitions of Hyndman & Fan (1996).

    ``x``: one answer per expert, ``None``/NaN missing. ``probabilities``: numbers from 0 to 1.
    """
    values, n_missing = answered(x, "x")
    levels, chosen = probabilities_in(probabilities), quantile_type_in(quantile_type)
    found = quantile_values(values, levels, chosen)
    return Quantiles(values=tuple(found), n=values.size, n_missing=n_missing, **_emptiness(values.size))


def weighted_quantiles(x: Any, weights: Any, probabilities: Any) -> Quantiles:
    """Quantiles of answers with unequal weights, a generalisation of type 7 by Kish's effective number of answers."""
    values, weighing, n_missing = _weighted(x, weights)
    found = weighted_quantile_values(values, weighing, probabilities_in(probabilities))
    return Quantiles(values=tuple(found), n=values.size, n_missing=n_missing, **_emptiness(weighing.sum()))


def spread(x: Any, quantile_type: int = 7) -> Spread:
    """Location and dispersion of one round's answers to one item.

    The coefficient of variation divides by the absolute mean and is ``None`` at mean 0; SD, CV and Gini's mean difference
    need two answers. The median is the ordinary one whatever the quantile type, which governs the quartiles.
    """
    values, n_missing = answered(x, "x")
    first, third = quantile_values(values, [0.25, 0.75], quantile_type_in(quantile_type))
    if values.size == 0:
        return Spread(n_missing=n_missing, status=Status.INSUFFICIENT_N, reason=NO_ANSWER)
    middle, mean, deviation = median_of(values), float(values.mean()), standard_deviation(values)
    return Spread(
        median=middle,
        q1=first,
        q3=third,
        iqr=third - first,
        mean=mean,
        sd=deviation,
        cv=None if mean == 0 else deviation / abs(mean),
        mean_abs_dev_median=np.abs(values - middle).mean(),
        median_abs_dev=median_of(np.abs(values - middle)),
        gini_mean_difference=_gini_mean_difference(values),
        n=values.size,
        n_missing=n_missing,
        reason=_why_spread_is_incomplete(values.size, mean),
    )


def median_interval(x: Any, level: float = 0.95) -> MedianInterval:
    """Confidence interval of the median from order statistics, which needs no assumption about the distribution.

    The k-th smallest and k-th largest answer, k as large as the binomial law allows at this level.
    """
    values, n_missing = answered(x, "x")
    tail = (1 - level_in(level)) / 2
    ordered, middle, n = np.sort(values), median_of(values), values.size
    rank = int(np.sum(stats.binom.cdf(np.arange(n // 2), n, 0.5) <= tail * (1 + 1e-12)))
    if rank < 1:
        reason = f"{n} answers cannot give an interval of {100 * level:g} %." if n else NO_ANSWER
        return MedianInterval(median=middle, n=n, n_missing=n_missing, status=Status.INSUFFICIENT_N, reason=reason)
    coverage = 1 - 2 * stats.binom.cdf(rank - 1, n, 0.5)
    return MedianInterval(median=middle, low=ordered[rank - 1], high=ordered[n - rank], coverage=coverage, n=n, n_missing=n_missing)


def weighted_spread(x: Any, weights: Any) -> WeightedSpread:
    """Location and dispersion of answers with unequal weights, such as one over the panel's size.

    The SD treats the weights as reliabilities (divisor V1 - V2/V1); with equal weights everything equals ``spread``.
    """
    values, weighing, n_missing = _weighted(x, weights)
    total = float(weighing.sum())
    if total == 0:
        reason = NO_ANSWER if values.size == 0 else "No answer has weight."
        return WeightedSpread(n=values.size, n_missing=n_missing, status=Status.INSUFFICIENT_N, reason=reason)
    first, middle, third = weighted_quantile_values(values, weighing, [0.25, 0.5, 0.75])
    deviation = _weighted_standard_deviation(values, weighing)
    return WeightedSpread(
        mean=_weighted_mean(values, weighing),
        sd=deviation,
        median=middle,
        q1=first,
        q3=third,
        iqr=float(without_rounding_noise(third - first)),
        n_effective=kish_effective_size(weighing),
        n=values.size,
        n_missing=n_missing,
        reason="" if deviation is not None else "The standard deviation needs two answers with weight.",
    )


def _gini_mean_difference(values: Numbers) -> float | None:
    """Mean absolute difference over all pairs of different experts, from the sorted answers in one pass."""
    n = values.size
    if n < 2:
        return None
    ranks = np.arange(1, n + 1)
    return abs(2 * float(np.sum((2 * ranks - n - 1) * np.sort(values))) / (n * (n - 1)))


def _why_spread_is_incomplete(n: int, mean: float) -> str:
    if n < 2:
        return "The standard deviation, its coefficient and Gini's mean difference need two answers."
    return "The coefficient of variation is not defined at mean 0." if mean == 0 else ""


def _weighted(x: Any, weights: Any) -> tuple[Numbers, Numbers, int]:
    values = numbers(x, "x")
    weighing = weights_for(weights, values)
    present = ~np.isnan(values)
    return values[present], weighing[present], int((~present).sum())


def _weighted_mean(values: Numbers, weights: Numbers) -> float:
    return float(without_rounding_noise(np.asarray(np.average(values, weights=weights))))


def _weighted_standard_deviation(values: Numbers, weights: Numbers) -> float | None:
    counting = weights > 0
    values, weights = values[counting], weights[counting] / weights.max()
    if values.size < 2:
        return None
    divisor = weights.sum() - (weights**2).sum() / weights.sum()
    squares = (weights * (values - np.average(values, weights=weights)) ** 2).sum()
    return 0.0 if np.ptp(values) == 0 else float(np.sqrt(squares / divisor))


def _emptiness(amount: float) -> dict[str, Any]:
    return {} if amount else {"status": Status.INSUFFICIENT_N, "reason": NO_ANSWER}


__all__ = [
    "MedianInterval",
    "Quantiles",
    "Spread",
    "WeightedSpread",
    "median_interval",
    "quantiles",
    "spread",
    "weighted_quantiles",
    "weighted_spread",
]
