"""Chaffin & Talley: whether an expert's answer in one round tells the answer in the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from analysis.statistics.answers import Numbers, square_table, total_of
from analysis.statistics.result import Result, Status


@dataclass(frozen=True, kw_only=True)
class IndividualStability(Result):
    """``lambda_symmetric`` is Goodman & Kruskal's share of guessing errors saved; ``percent_unchanged`` from 0 to 100."""

    chi2: float | None = None
    df: int | None = None
    p_value: float | None = None
    lambda_symmetric: float | None = None
    percent_unchanged: float | None = None


def individual_stability(table: Any) -> IndividualStability:
    """Chi-square of independence between rounds and lambda (Chaffin & Talley 1980), from the before x after table.

    Dependence means that individuals hold on to something, not that they stay: the share unchanged tells that. Empty rows
    and columns are left out of the degrees of freedom.
    """
    counts = square_table(table, "table")
    n = float(counts.sum())
    if n == 0:
        reason = "No expert answered in both rounds."
        return IndividualStability(status=Status.INSUFFICIENT_N, reason=reason)
    filled = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    always: dict[str, Any] = {
        "lambda_symmetric": _lambda_symmetric(filled),
        "percent_unchanged": 100 * float(np.trace(counts)) / n,
        "n": total_of(counts),
    }
    df = (filled.shape[0] - 1) * (filled.shape[1] - 1)
    if df == 0:
        reason = "In one of the rounds all answers are in one category."
        return IndividualStability(status=Status.NO_VARIATION, reason=reason, **always)
    expected = np.outer(filled.sum(axis=1), filled.sum(axis=0)) / n
    chi2 = float(((filled - expected) ** 2 / expected).sum())
    return IndividualStability(chi2=chi2, df=df, p_value=stats.chi2.sf(chi2, df), **always)


def _lambda_symmetric(counts: Numbers) -> float | None:
    """Errors saved when guessing each round's category from the other's, over the errors of guessing the mode."""
    known = float(counts.max(axis=0).sum() + counts.max(axis=1).sum())
    unknown = float(counts.sum(axis=0).max() + counts.sum(axis=1).max())
    errors = 2 * float(counts.sum()) - unknown
    return (known - unknown) / errors if errors > 0 else None
