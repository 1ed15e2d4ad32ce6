"""Intervals of the IDEA protocol, each given with the expert's own confidence, brought to a common one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import Array, number_in, numbers
from analysis.statistics.result import Result, Status

Limits = float | tuple[float | None, ...] | None


@dataclass(frozen=True, kw_only=True)
class StandardisedIntervals(Result):
    """One number each for one expert's interval, else a tuple over the experts."""

    lower: Limits = None
    upper: Limits = None
    target: float = 80.0


def standardise_intervals(
    lower: Any, best: Any, upper: Any, confidence: Any, target: float = 80
) -> StandardisedIntervals:
    """Stretch or shrink both arms of best -lower / +upper by ``target`` over the stated confidence (Hemming et al.
    2018).

    ``confidence`` and ``target`` in per cent; one entry per expert, or single numbers. A missing entry leaves that
    expert's limits ``None``. The limits may leave the item's range; cutting them there is the caller's decision.
    """
    goal = number_in(target, "target")
    given = {"lower": lower, "best": best, "upper": upper, "confidence": confidence}
    alone = all(np.ndim(value) == 0 for value in given.values())
    low, middle, high, sure = _columns(given)
    if not 0 < goal <= 100:
        raise ValueError(f"target must lie above 0 and up to 100 per cent, not {goal:g}")
    if ((sure <= 0) | (sure > 100)).any():
        raise ValueError("confidence must lie above 0 and up to 100 per cent")
    if (low > middle).any() or (middle > high).any():
        raise ValueError("best must lie between lower and upper")
    stretch = goal / sure
    lows, highs = middle - (middle - low) * stretch, middle + (high - middle) * stretch
    complete = ~(np.isnan(lows) | np.isnan(highs))
    lows, highs = np.where(complete, lows, np.nan), np.where(complete, highs, np.nan)
    missing: dict[str, Any] = {"status": Status.INSUFFICIENT_N, "reason": "There is no complete interval."}
    return StandardisedIntervals(
        lower=float(lows[0]) if alone else tuple(lows),
        upper=float(highs[0]) if alone else tuple(highs),
        target=goal,
        n=int(complete.sum()),
        n_missing=int((~complete).sum()),
        **({} if complete.any() else missing),
    )


def _columns(given: dict[str, Any]) -> list[Array]:
    columns = {name: numbers([x] if np.ndim(x) == 0 else x, name) for name, x in given.items()}
    size = max(column.size for column in columns.values())
    for name, column in columns.items():
        if column.size not in (1, size):
            raise ValueError(f"{name} must have one entry per expert: {column.size} and {size}")
    return [np.broadcast_to(column, size) for column in columns.values()]
