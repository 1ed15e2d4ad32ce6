"""Intraclass correlation: how much of the answers' variance lies between the items and not between the experts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import Numbers, matrix
from analysis.statistics.result import Result, Status


@dataclass(frozen=True, kw_only=True)
class IntraclassCorrelation(Result):
    """The six of Shrout & Fleiss (1979): 1 one-way, 2 two-way random, 3 two-way mixed; ``k`` for the panel's mean."""

    icc1: float | None = None
    icc2: float | None = None
    icc3: float | None = None
    icc1k: float | None = None
    icc2k: float | None = None
    icc3k: float | None = None
    n_items: int = 0


def intraclass_correlation(ratings: Any) -> IntraclassCorrelation:
    """Reliability of numeric ratings, experts x items; for a panel ``icc2`` and ``icc2k`` (absolute agreement) fit.

    Experts without any answer are left out, then items with holes. Negative values are legal. Needs two of each.
    """
    answers = matrix(ratings, "ratings")
    answers = answers[~np.isnan(answers).all(axis=1)]
    complete = answers[:, ~np.isnan(answers).any(axis=0)]
    k, n = complete.shape
    sizes: dict[str, Any] = {"n": k, "n_items": n, "n_missing": answers.shape[1] - n}
    if min(k, n) < 2:
        reason = "Two experts and two items that all of them answered are needed."
        return IntraclassCorrelation(status=Status.INSUFFICIENT_N, reason=reason, **sizes)
    if np.ptp(complete) == 0:
        reason = "All answers are equal."
        return IntraclassCorrelation(status=Status.NO_VARIATION, reason=reason, **sizes)
    items, within, experts, rest = _mean_squares(complete)
    shares: dict[str, tuple[float, float]] = {
        "icc1": (items - within, items + (k - 1) * within),
        "icc2": (items - rest, items + (k - 1) * rest + k * (experts - rest) / n),
        "icc3": (items - rest, items + (k - 1) * rest),
        "icc1k": (items - within, items),
        "icc2k": (items - rest, items + (experts - rest) / n),
        "icc3k": (items - rest, items),
    }
    negligible = 1e-12 * (items + within + experts + rest)
    found: dict[str, Any] = {name: _ratio(*share, negligible) for name, share in shares.items()}
    reason = "" if None not in found.values() else "A coefficient is not defined where the variances it divides by cancel."
    return IntraclassCorrelation(**found, **sizes, reason=reason)


def _mean_squares(answers: Numbers) -> tuple[float, float, float, float]:
    """Between items, within items, between experts, and what the two leave; 0 where only rounding is left."""
    k, n = answers.shape
    by_item, by_expert = answers.mean(axis=0), answers.mean(axis=1)
    centre, total = answers.mean(), float(answers.var() * answers.size)
    residual = answers - by_item - by_expert[:, None] + centre
    sums = (
        k * float(((by_item - centre) ** 2).sum()),
        float(((answers - by_item) ** 2).sum()),
        n * float(((by_expert - centre) ** 2).sum()),
        float((residual**2).sum()),
    )
    items, within, experts, rest = (0.0 if part < 1e-14 * total else part for part in sums)
    return items / (n - 1), within / (n * (k - 1)), experts / (k - 1), rest / ((n - 1) * (k - 1))


def _ratio(part: float, whole: float, negligible: float) -> float | None:
    """Not defined where the denominator is nothing but a rounding error."""
    return None if abs(whole) <= negligible else part / whole
