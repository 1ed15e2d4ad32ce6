"""Whether groups choose different options: a table of groups x options."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from analysis.statistics.answers import Array, matrix, total_of
from analysis.statistics.gaps.fisher import fisher_p
from analysis.statistics.result import Result, Status

NOTHING = 1e-12  # a chi-square that is what chance gives, but for rounding


@dataclass(frozen=True, kw_only=True)
class NominalGap(Result):
    """``p_fisher`` is exact when ``permutations`` is 0, else drawn with ``seed``; V runs from 0 to 1."""

    chi2: float | None = None
    df: int | None = None
    p_value: float | None = None
    p_fisher: float | None = None
    cramers_v: float | None = None
    cramers_v_corrected: float | None = None
    permutations: int | None = None
    seed: int | None = None


def nominal_gap(table: Any, seed: int | None = None) -> NominalGap:
    """Pearson's chi-square without continuity correction, Fisher's exact test, and Cramer's V plain and bias-corrected.

    ``table``: counts, one row per group and one column per option. Rows and columns without any count say nothing and
    are left out. Bergsma's (2013) correction takes off what V would be by chance alone.
    """
    counts = _counts(table)
    used = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    n = total_of(counts)
    if used.size == 0:
        return NominalGap(status=Status.INSUFFICIENT_N, reason="The table is empty.")
    if min(used.shape) < 2:
        reason = "All answers are of one group." if used.shape[0] < 2 else "All answers name one option."
        status = Status.INSUFFICIENT_N if used.shape[0] < 2 else Status.NO_VARIATION
        return NominalGap(n=n, status=status, reason=reason)
    return _gap(used, n, seed)


def _gap(counts: Array, n: Any, seed: int | None) -> NominalGap:
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    chi2 = float(((counts - expected) ** 2 / expected).sum())
    df = (counts.shape[0] - 1) * (counts.shape[1] - 1)
    fisher = fisher_p(counts, seed)
    corrected = _corrected_v(chi2 / n, counts.shape, n)
    return NominalGap(
        chi2=chi2,
        df=df,
        p_value=stats.chi2.sf(chi2, df),
        p_fisher=fisher.p_value,
        cramers_v=min(1.0, math.sqrt(chi2 / n / (min(counts.shape) - 1))),
        cramers_v_corrected=corrected,
        permutations=fisher.permutations,
        seed=fisher.seed,
        n=n,
        reason=fisher.reason or ("" if corrected is not None else "Too few answers for the corrected V."),
    )


def _corrected_v(phi2: float, shape: tuple[int, ...], n: float) -> float | None:
    rows, columns = shape
    if n <= 1:
        return None
    excess = phi2 - (rows - 1) * (columns - 1) / (n - 1)
    excess = excess if excess > NOTHING else 0.0
    smaller = min(rows - (rows - 1) ** 2 / (n - 1), columns - (columns - 1) ** 2 / (n - 1)) - 1
    return None if smaller <= 0 else min(1.0, math.sqrt(excess / smaller))


def _counts(table: Any) -> Array:
    counts = matrix(table, "table")
    if np.isnan(counts).any() or (counts < 0).any():
        raise ValueError("table must contain counts: none missing, none negative")
    return counts
