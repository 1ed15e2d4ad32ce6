"""Movement to the median: how far experts went towards the answer of the group that they were shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from analysis.statistics.answers import DECIMALS_OF_AN_ANSWER, Numbers, number_in, numbers
from analysis.statistics.order_statistics import median_of
from analysis.statistics.result import Result, Status

LEAVE_ONE_OUT = "leave_one_out"


@dataclass(frozen=True, kw_only=True)
class MovementToMedian(Result):
    """``slope``: 0 nobody followed, 1 all adopted the median shown. The four counts add up to ``n`` pairs."""

    slope: float | None = None
    intercept: float | None = None
    slope_through_origin: float | None = None
    p_value: float | None = None
    n_toward: int | None = None
    n_away: int | None = None
    n_unmoved: int | None = None
    n_at_median: int | None = None


def movement_to_median(before: Any, after: Any, shown: Any = None) -> MovementToMedian:
    """Regression of each expert's change on the distance to the median shown.

    ``shown``: ``None`` (median of all answers of ``before``), ``"leave_one_out"`` (of all others'), a number, or one number
    per expert. A positive slope also comes from mere regression to the mean: compare it with items without feedback. Experts
    who stood at the median are counted apart, whether they moved or not.
    """
    first, second = numbers(before, "before"), numbers(after, "after")
    if first.size != second.size:
        raise ValueError(f"before and after must have one entry per expert: {first.size} and {second.size}")
    targets = _targets(first, shown)
    complete = ~np.isnan(first + second + targets)
    gaps = np.round((targets - first)[complete], DECIMALS_OF_AN_ANSWER)
    moves = np.round((second - first)[complete], DECIMALS_OF_AN_ANSWER)
    counts: dict[str, Any] = {"n": gaps.size, "n_missing": int((~complete).sum())}
    if gaps.size == 0:
        reason = "No expert answered in both rounds."
        return MovementToMedian(status=Status.INSUFFICIENT_N, reason=reason, **counts)
    counts |= {
        "n_toward": int((gaps * moves > 0).sum()),
        "n_away": int((gaps * moves < 0).sum()),
        "n_unmoved": int(((gaps != 0) & (moves == 0)).sum()),
        "n_at_median": int((gaps == 0).sum()),
    }
    if np.all(gaps == 0):
        reason = "Every expert stood at the median already."
        return MovementToMedian(status=Status.NO_VARIATION, reason=reason, **counts)
    through_origin = float((gaps * moves).sum() / (gaps**2).sum())
    return MovementToMedian(slope_through_origin=through_origin, **_line(gaps, moves), **counts)


def _targets(before: Numbers, shown: Any) -> Numbers:
    if shown is None:
        return np.full(before.size, median_of(before[~np.isnan(before)]))
    if isinstance(shown, str):
        if shown != LEAVE_ONE_OUT:
            raise ValueError(f"shown must be None, {LEAVE_ONE_OUT!r}, a number or one number per expert, not {shown!r}")
        return _medians_of_the_others(before)
    if np.ndim(shown) == 0:
        return np.full(before.size, number_in(shown, "shown"))
    targets = numbers(shown, "shown")
    if targets.size != before.size:
        raise ValueError(f"shown must have one entry per expert: {targets.size} and {before.size}")
    return targets


def _medians_of_the_others(before: Numbers) -> Numbers:
    """For each expert the middle of the sorted answers that remain: those from the own place on move up by one."""
    medians = np.full(before.size, np.nan)
    present = np.flatnonzero(~np.isnan(before))
    others = present.size - 1
    if others < 1:
        return medians
    order = present[np.argsort(before[present], kind="stable")]
    ordered, own = before[order], np.arange(order.size)
    lower, upper = (ordered[place + (place >= own)] for place in ((others - 1) // 2, others // 2))
    medians[order] = lower + 0.5 * (upper - lower)
    return medians


def _line(gaps: Numbers, moves: Numbers) -> dict[str, Any]:
    """Ordinary least squares; the t test needs three experts and a line that does not fit perfectly."""
    centred, n = gaps - gaps.mean(), gaps.size
    squares = float((centred**2).sum())
    if np.ptp(gaps) == 0:
        return {"reason": "All experts stood equally far from the median shown: no line can be drawn."}
    slope = float((centred * moves).sum()) / squares
    intercept = float(moves.mean()) - slope * float(gaps.mean())
    residual = float(((moves - intercept - slope * gaps) ** 2).sum())
    if n < 3 or residual <= 1e-20 * float((moves**2).sum()):
        reason = "The line fits perfectly, or has only two points: there is nothing to test it with."
        return {"slope": slope, "intercept": intercept, "reason": reason}
    t = slope / np.sqrt(residual / (n - 2) / squares)
    return {"slope": slope, "intercept": intercept, "p_value": 2 * stats.t.sf(abs(t), n - 2)}
