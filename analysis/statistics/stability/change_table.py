"""Stability read off the table of each expert's category before (rows) and after (columns)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import Numbers, one_of, square_table, total_of
from analysis.statistics.result import Result, Status

NO_PAIR = "No expert answered in both rounds."


@dataclass(frozen=True, kw_only=True)
class Kappa(Result):
    """``percent_unchanged`` runs from 0 to 100 and is the plain share on the diagonal, whatever the weights."""

    kappa: float | None = None
    percent_unchanged: float | None = None


def kappa(table: Any, weights: str | None = None) -> Kappa:
    """Cohen's kappa between rounds: agreement of each expert with themselves beyond chance.

    ``table``: square, over the FULL set of categories, counts or weights. ``weights``: ``None`` (any move counts the same),
    ``linear`` or ``quadratic`` (a move counts by its distance). All answers in one category: 0/0, hence ``None``.
    """
    counts = square_table(table, "table")
    one_of(weights, "weights", (None, "linear", "quadratic"))
    n = float(counts.sum())
    if n == 0:
        return Kappa(status=Status.INSUFFICIENT_N, reason=NO_PAIR)
    distances = _distances(counts.shape[0], weights)
    observed = float((distances * counts).sum()) / n
    expected = float((distances * np.outer(counts.sum(axis=1), counts.sum(axis=0))).sum()) / n**2
    unchanged = 100 * float(np.trace(counts)) / n
    if expected == 0:
        reason = "All answers of both rounds are in one category."
        return Kappa(percent_unchanged=unchanged, n=total_of(counts), status=Status.NO_VARIATION, reason=reason)
    return Kappa(kappa=1 - observed / expected, percent_unchanged=unchanged, n=total_of(counts))


def _distances(categories: int, weights: str | None) -> Numbers:
    apart = np.abs(np.subtract.outer(np.arange(categories), np.arange(categories))).astype(float)
    if weights is None:
        return (apart > 0).astype(float)
    return apart if weights == "linear" else apart**2
