"""Stability of the group's distribution between rounds, whoever moved within it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import DECIMALS_OF_AN_ANSWER, frequencies, number_in, total_of
from analysis.statistics.result import Result, Status


@dataclass(frozen=True, kw_only=True)
class ScheibeChange(Result):
    """``percent`` of the histogram that moved, 0 to 100; ``stable`` when below the threshold. ``n`` is ``n_after``."""

    percent: float | None = None
    stable: bool | None = None
    n_before: float = 0
    n_after: float = 0


def scheibe_change(histogram_before: Any, histogram_after: Any, threshold: float = 15.0) -> ScheibeChange:
    """Net change of the histogram (Scheibe, Skutsch & Schofer 1975): half the sum of the shares' absolute differences.

    Both histograms over the same full scale; shares are compared, so the rounds may differ in n. Opposite moves cancel:
    the same histogram may hide a complete reshuffling.
    """
    before, after = frequencies(histogram_before, "histogram_before"), frequencies(histogram_after, "histogram_after")
    limit = number_in(threshold, "threshold", low=0)
    if before.size != after.size:
        raise ValueError(f"histogram_after must have the {before.size} categories of histogram_before, not {after.size}")
    sizes = {"n": total_of(after), "n_before": total_of(before), "n_after": total_of(after)}
    if before.sum() == 0 or after.sum() == 0:
        reason = "There is no answer in one of the rounds."
        return ScheibeChange(status=Status.INSUFFICIENT_N, reason=reason, **sizes)
    moved = 50 * float(np.abs(before / before.sum() - after / after.sum()).sum())
    percent = round(moved, DECIMALS_OF_AN_ANSWER)
    return ScheibeChange(percent=percent, stable=percent < limit, **sizes)
