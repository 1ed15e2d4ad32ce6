"""How many experts revised their answers between two rounds, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import DECIMALS_OF_AN_ANSWER, numbers, pairs, weights_for
from analysis.statistics.result import Result, Status

NO_PAIR = "No expert answered in both rounds."


@dataclass(frozen=True, kw_only=True)
class Change(Result):
    """Over complete pairs; ``percent_…`` run from 0 to 100, changes are after minus before in the answer's unit."""

    n_pairs: int = 0
    percent_changed: float | None = None
    mean_change: float | None = None
    mean_absolute_change: float | None = None
    percent_within_one: float | None = None


def change(before: Any, after: Any, weights: Any = None) -> Change:
    """Revision of individual answers; ``before`` and ``after`` have one entry per expert, in the same order.

    ``weights`` (one per expert) makes shares and means weighted ones.
    """
    first, second, n_missing = pairs(before, after)
    weighing = _weights_of_pairs(before, after, weights, first.size)
    if weighing.sum() == 0:
        return Change(n=first.size, n_pairs=first.size, n_missing=n_missing, status=Status.INSUFFICIENT_N, reason=NO_PAIR)
    moves = np.round(second - first, DECIMALS_OF_AN_ANSWER)
    return Change(
        n=first.size,
        n_pairs=first.size,
        n_missing=n_missing,
        percent_changed=_percent(moves != 0, weighing),
        mean_change=_mean(moves, weighing),
        mean_absolute_change=_mean(np.abs(moves), weighing),
        percent_within_one=_percent(np.abs(moves) <= 1, weighing),
    )


def _weights_of_pairs(before: Any, after: Any, weights: Any, n_pairs: int) -> Any:
    if weights is None:
        return np.ones(n_pairs)
    both = numbers(before, "before") + numbers(after, "after")
    return weights_for(weights, both)[~np.isnan(both)]


def _mean(values: Any, weights: Any) -> float:
    return float((values * weights).sum() / weights.sum())


def _percent(holding: Any, weights: Any) -> float:
    """Free of the rounding errors of weights like 1/3, since thresholds are compared with it."""
    return round(100 * _mean(holding, weights), DECIMALS_OF_AN_ANSWER)
