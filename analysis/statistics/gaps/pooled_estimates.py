"""Partial pooling: small groups' estimates drawn towards the common mean as far as their noise warrants."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from analysis.statistics.answers import Array, numbers, one_of
from analysis.statistics.result import Result, Status

_MOST_STEPS = 5_000
"""Halving an interval from 1 down to the smallest float takes a thousand steps: more than brentq allows by itself."""


@dataclass(frozen=True, kw_only=True)
class PartialPooling(Result):
    """``shrunken`` keeps the order of the groups; ``i2`` runs from 0 to 100 and is based on ``tau2``."""

    mu: float | None = None
    se_mu: float | None = None
    tau2: float | None = None
    i2: float | None = None
    q: float | None = None
    shrunken: tuple[float | None, ...] = ()
    shrunken_se: tuple[float | None, ...] = ()
    method: str = "reml"


def partial_pooling(estimates: Any, variances: Any, method: str = "reml") -> PartialPooling:
    """Random-effects mean of the groups' estimates and each group's estimate shrunken towards it.

    ``variances`` are the squared standard errors of the estimates (not the variances of the answers). ``method`` for
    the variance between groups: ``reml``, ``dl`` (DerSimonian-Laird), ``pm`` (Paule-Mandel) or ``eb`` (empirical
    Bayes, which solves the same equation as ``pm``); it is cut off at 0, where all groups shrink to the mean.
    """
    values, noise = numbers(estimates, "estimates"), numbers(variances, "variances")
    between = _METHODS[one_of(method, "method", tuple(_METHODS))]
    if values.size != noise.size:
        raise ValueError(f"variances must have one entry per estimate: {noise.size} and {values.size}")
    if (noise < 0).any():
        raise ValueError("variances must not be negative")
    present = ~np.isnan(values) & ~np.isnan(noise)
    nothing = (None,) * values.size
    sizes: dict[str, Any] = {"n": int(present.sum()), "n_missing": int((~present).sum()), "method": method}
    if sizes["n"] < 2:
        reason = "Pooling needs two groups with an estimate and its variance."
        return PartialPooling(
            shrunken=nothing, shrunken_se=nothing, status=Status.INSUFFICIENT_N, reason=reason, **sizes
        )
    if (noise[present] == 0).any():
        reason = "An estimate with variance 0 would outweigh all others; give it a pooled variance."
        return PartialPooling(
            shrunken=nothing, shrunken_se=nothing, status=Status.NOT_APPLICABLE, reason=reason, **sizes
        )
    return _pooled(values, noise, present, between(values[present], noise[present]), sizes)


def _pooled(values: Array, noise: Array, present: Array, tau2: float, sizes: dict[str, Any]) -> PartialPooling:
    weights = 1 / (noise[present] + tau2)
    mu, error = _mean(values[present], weights), math.sqrt(1 / weights.sum())
    kept = tau2 / (tau2 + noise)
    typical = _typical_variance(noise[present])
    return PartialPooling(
        mu=mu,
        se_mu=error,
        tau2=tau2,
        i2=100 * tau2 / (tau2 + typical),
        q=_cochran_q(values[present], noise[present], 0.0),
        shrunken=tuple(np.where(present, mu + kept * (values - mu), np.nan)),
        shrunken_se=tuple(np.where(present, np.sqrt(kept * noise + (1 - kept) ** 2 * error**2), np.nan)),
        **sizes,
    )


def _mean(values: Array, weights: Array) -> float:
    return float((weights * values).sum() / weights.sum())


def _cochran_q(values: Array, noise: Array, tau2: float) -> float:
    weights = 1 / (noise + tau2)
    return float((weights * (values - _mean(values, weights)) ** 2).sum())


def _typical_variance(noise: Array) -> float:
    """Higgins & Thompson's (2002) within-group variance, the yardstick of I squared."""
    weights = 1 / noise
    return float((noise.size - 1) * weights.sum() / (weights.sum() ** 2 - (weights**2).sum()))


def _dersimonian_laird(values: Array, noise: Array) -> float:
    weights = 1 / noise
    scale = weights.sum() - (weights**2).sum() / weights.sum()
    return max(0.0, float((_cochran_q(values, noise, 0.0) - (values.size - 1)) / scale))


def _paule_mandel(values: Array, noise: Array) -> float:
    """The tau2 at which the weighted squares equal their degrees of freedom; they fall as tau2 grows."""
    expected = values.size - 1
    if _cochran_q(values, noise, 0.0) <= expected:
        return 0.0
    high = float(((values - values.mean()) ** 2).sum())
    return _root(lambda tau2: _cochran_q(values, noise, tau2) - expected, high)


def _reml(values: Array, noise: Array) -> float:
    """The maximum of the restricted likelihood over all tau2 from 0: a grid first, since it may have two peaks."""
    spread = float(values.var(ddof=1) + noise.max())
    grid = np.concatenate(([0.0], spread * np.logspace(-6, 1, 141)))
    heights = np.array([_restricted_likelihood(values, noise, tau2) for tau2 in grid])
    peak = int(heights.argmax())
    if peak == 0:
        return 0.0 if _score(values, noise, 0.0) <= 0 else _climb(values, noise, 0.0, grid[1])
    return _climb(values, noise, grid[peak - 1], grid[min(peak + 1, grid.size - 1)])


def _climb(values: Array, noise: Array, low: float, high: float) -> float:
    if _score(values, noise, low) > 0 > _score(values, noise, high):
        return float(brentq(lambda tau2: _score(values, noise, tau2), low, high, xtol=1e-300, rtol=1e-14, maxiter=_MOST_STEPS))
    best = minimize_scalar(
        lambda tau2: -_restricted_likelihood(values, noise, tau2), bounds=(low, high), method="bounded"
    )
    return float(best.x)


def _restricted_likelihood(values: Array, noise: Array, tau2: float) -> float:
    weights = 1 / (noise + tau2)
    return float((np.log(weights).sum() - np.log(weights.sum()) - _cochran_q(values, noise, tau2)) / 2)


def _score(values: Array, noise: Array, tau2: float) -> float:
    """Slope of the restricted likelihood."""
    weights = 1 / (noise + tau2)
    squares = (weights**2 * (values - _mean(values, weights)) ** 2).sum()
    return float(squares - weights.sum() + (weights**2).sum() / weights.sum()) / 2


def _root(function: Callable[[float], float], high: float) -> float:
    return float(brentq(function, 0.0, high, xtol=1e-300, rtol=1e-14, maxiter=_MOST_STEPS))


_METHODS: dict[str, Callable[[Array, Array], float]] = {
    "reml": _reml,
    "dl": _dersimonian_laird,
    "pm": _paule_mandel,
    "eb": _paule_mandel,
}
