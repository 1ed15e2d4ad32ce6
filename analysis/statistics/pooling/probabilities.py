"""Many experts' probabilities of one event made into one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats
from scipy.special import expit, logit

from analysis.statistics.answers import Array, number_in, numbers, weights_for
from analysis.statistics.order_statistics import weighted_quantile_values
from analysis.statistics.result import Result, Status

EPSILON = 0.005
"""Stands in for a probability of 0 (and 1 minus it for 1) where a logarithm or a probit is taken."""

TRIMMED_SHARE = 10
"""One in ten is cut at each end by the trimmed mean."""


@dataclass(frozen=True, kw_only=True)
class PooledProbability(Result):
    """Probabilities from 0 to 1; ``extremized`` is ``None`` unless a factor was given; ``n`` counts experts with
    weight.
    """

    linear: float | None = None
    median: float | None = None
    trimmed: float | None = None
    geometric_mean_of_odds: float | None = None
    logarithmic: float | None = None
    probit: float | None = None
    extremized: float | None = None
    neyman_roughgarden: float | None = None
    epsilon: float = EPSILON
    extremize: float | None = None
    neyman_roughgarden_factor: float | None = None


def pool_probabilities(p: Any, weights: Any = None, extremize: float | None = None) -> PooledProbability:
    """The pools in use, side by side.

    ``p``: one probability from 0 to 1 per expert, ``None`` missing. ``weights``: one per expert, equal if not given.
    ``extremize``: the factor on the pooled log odds (1.2 to 2.5 in Satopaa et al. 2014). For one event the
    logarithmic pool and the geometric mean of odds are the same number. Exact 0 and 1 count as ``epsilon`` and 1 -
    ``epsilon`` in the pools of log odds and probits, and only there. All but the two extremized pools return what all
    experts agree on.
    """
    given = numbers(p, "p", scale=(0.0, 1.0))
    weighing = np.ones(given.size) if weights is None else weights_for(weights, given)
    factor = None if extremize is None else number_in(extremize, "extremize")
    if factor is not None and factor <= 0:
        raise ValueError(f"extremize must be positive, not {factor:g}")
    present = ~np.isnan(given)
    counting = present & (weighing > 0)
    n_missing = int((~present).sum())
    if present.any() and not counting.any():
        raise ValueError("weights must not all be 0")
    if not counting.any():
        return PooledProbability(
            n_missing=n_missing, extremize=factor, status=Status.INSUFFICIENT_N, reason="There is no probability."
        )
    return _pooled(given[counting], weighing[counting] / weighing[counting].sum(), factor, n_missing)


def _pooled(p: Array, weights: Array, factor: float | None, n_missing: int) -> PooledProbability:
    inside = np.where(p == 0, EPSILON, np.where(p == 1, 1 - EPSILON, p))
    log_odds = float(weights @ logit(inside))
    own_factor = neyman_roughgarden_factor(p.size)
    geometric = float(expit(log_odds))
    return PooledProbability(
        linear=min(1.0, float(weights @ p)),
        median=weighted_quantile_values(p, weights, 0.5)[0],
        trimmed=_trimmed(p, weights),
        geometric_mean_of_odds=geometric,
        logarithmic=geometric,
        probit=float(stats.norm.cdf(weights @ stats.norm.ppf(inside))),
        extremized=None if factor is None else expit(factor * log_odds),
        neyman_roughgarden=expit(own_factor * log_odds),
        extremize=factor,
        neyman_roughgarden_factor=own_factor,
        n=p.size,
        n_missing=n_missing,
    )


def neyman_roughgarden_factor(n: int) -> float:
    """How far log odds may be pushed out for n experts with overlapping information: 1 for one, towards the root of
    3.
    """
    return n * (math.sqrt(3 * n * n - 3 * n + 1) - 2) / (n * n - n - 1)


def _trimmed(p: Array, weights: Array) -> float:
    cut = p.size // TRIMMED_SHARE
    kept = np.argsort(p, kind="stable")[cut : p.size - cut]
    return min(1.0, float(weights[kept] @ p[kept] / weights[kept].sum()))
