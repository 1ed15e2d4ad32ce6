"""Scores of forecasts once the outcome is known; for all of them less is better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import Array, level_in, numbers
from analysis.statistics.pooling.quantile_pools import levels_in
from analysis.statistics.result import Result, Status


@dataclass(frozen=True, kw_only=True)
class Score(Result):
    """``score`` is the mean over the forecasts, ``scores`` has one entry per forecast."""

    score: float | None = None
    scores: tuple[float | None, ...] = ()


def brier(p: Any, outcome: Any) -> Score:
    """(p - outcome)^2, the half form: from 0 to 1, and 0.25 for a forecast of one half.

    ``p``: probability from 0 to 1, one or many; ``outcome``: 1 happened, 0 did not, one for all or one per forecast.
    """
    chance, happened = _forecasts(p, outcome)
    return _mean_score((chance - happened) ** 2)


def log_score(p: Any, outcome: Any) -> Score:
    """-ln of the probability given to what happened; not defined where that probability was 0."""
    chance, happened = _forecasts(p, outcome)
    given = np.where(happened == 1, chance, 1 - chance)
    with np.errstate(divide="ignore"):
        scores = np.abs(np.log(given))
    if np.isinf(scores).any():
        reason = "What happened had been given probability 0: the score is infinite."
        present = int((~np.isnan(scores)).sum())
        return Score(
            scores=tuple(scores),
            n=present,
            n_missing=scores.size - present,
            status=Status.NOT_APPLICABLE,
            reason=reason,
        )
    return _mean_score(scores)


def pinball(probabilities: Any, quantiles: Any, outcome: Any) -> Score:
    """Sum of the quantile losses of one forecast: p per unit that the outcome lies above, 1 - p per unit below.

    ``quantiles``: one per probability, not decreasing.
    """
    levels, values = levels_in(probabilities), numbers(quantiles, "quantiles")
    happened = _one(outcome, "outcome")
    if values.size != levels.size:
        raise ValueError(f"quantiles must have one entry per probability: {values.size} and {levels.size}")
    if (np.diff(values) < 0).any():
        raise ValueError("quantiles must not decrease")
    above = happened - values
    return _mean_score(np.array([np.maximum(levels * above, (levels - 1) * above).sum()]))


def interval_score(low: Any, high: Any, outcome: Any, level: float) -> Score:
    """Width, plus 2/(1 - level) times the distance by which the outcome misses the interval (Gneiting & Raftery
    2007).
    """
    names = ("low", "high", "outcome")
    columns = [_vector(x, name) for x, name in zip((low, high, outcome), names, strict=True)]
    lows, highs, happened = _aligned(*columns, names=names)
    penalty = 2 / (1 - level_in(level))
    if (lows > highs).any():
        raise ValueError("low must not exceed high")
    missed = np.maximum(lows - happened, 0) + np.maximum(happened - highs, 0)
    return _mean_score(highs - lows + penalty * missed)


def _forecasts(p: Any, outcome: Any) -> tuple[Array, Array]:
    chance, happened = _vector(p, "p"), _vector(outcome, "outcome")
    if ((chance < 0) | (chance > 1)).any():
        raise ValueError("p must lie on the scale from 0 to 1")
    if not np.isin(happened[~np.isnan(happened)], (0.0, 1.0)).all():
        raise ValueError("outcome must be 0 or 1")
    aligned = _aligned(chance, happened, names=("p", "outcome"))
    return aligned[0], aligned[1]


def _vector(x: Any, name: str) -> Array:
    return numbers([x] if np.ndim(x) == 0 else x, name)


def _one(x: Any, name: str) -> float:
    vector = _vector(x, name)
    if vector.size != 1:
        raise ValueError(f"{name} must be one number")
    return float(vector[0])


def _aligned(*columns: Array, names: tuple[str, ...]) -> list[Array]:
    size = max((column.size for column in columns if column.size != 1), default=1)
    for column, name in zip(columns, names, strict=True):
        if column.size not in (1, size):
            raise ValueError(f"{name} must have one entry per forecast: {column.size} and {size}")
    return [np.broadcast_to(column, size) for column in columns]


def _mean_score(scores: Array) -> Score:
    present = ~np.isnan(scores)
    n = int(present.sum())
    missing: dict[str, Any] = (
        {} if n else {"status": Status.INSUFFICIENT_N, "reason": "There is no forecast with an outcome."}
    )
    return Score(
        score=scores[present].mean() if n else None,
        scores=tuple(scores),
        n=n,
        n_missing=scores.size - n,
        **missing,
    )
