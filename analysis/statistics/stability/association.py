"""How closely the second round's answers follow the first's: in order, or in value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from analysis.statistics.answers import DECIMALS_OF_AN_ANSWER, Numbers, pairs
from analysis.statistics.moments import quotient
from analysis.statistics.result import Result, Status

TOO_FEW = "Two experts with answers in both rounds are needed."
NO_VARIATION = "In one of the rounds all answers are equal."


@dataclass(frozen=True, kw_only=True)
class RankCorrelation(Result):
    """Both from -1 to 1, corrected for ties; ``n`` pairs."""

    spearman: float | None = None
    kendall_tau_b: float | None = None


@dataclass(frozen=True, kw_only=True)
class Concordance(Result):
    """Lin's coefficient, -1 to 1, with its 95 % interval by Fisher's z (three pairs at least, short of perfection)."""

    ccc: float | None = None
    low: float | None = None
    high: float | None = None


def rank_correlation(before: Any, after: Any) -> RankCorrelation:
    """Spearman's rho and Kendall's tau-b between rounds: whether the experts kept their order, wherever they moved."""
    first, second, n_missing = pairs(before, after)
    first, second = (np.round(answers, DECIMALS_OF_AN_ANSWER) for answers in (first, second))
    refusal = _refusal(first.size < 2, min(np.ptp(first), np.ptp(second)) == 0 if first.size else True)
    if refusal:
        return RankCorrelation(n=first.size, n_missing=n_missing, **refusal)
    return RankCorrelation(
        spearman=np.clip(np.corrcoef(stats.rankdata(first), stats.rankdata(second))[0, 1], -1, 1),
        kendall_tau_b=stats.kendalltau(first, second).statistic,
        n=first.size,
        n_missing=n_missing,
    )


def concordance(before: Any, after: Any) -> Concordance:
    """Lin's concordance of numeric answers (1989): correlation, and penalised for any shift or change of scale."""
    first, second, n_missing = pairs(before, after)
    constant = first.size > 0 and np.ptp(np.concatenate((first, second))) == 0
    refusal = _refusal(first.size < 2, constant)
    if refusal:
        reason = "All answers of both rounds are equal." if constant else TOO_FEW
        return Concordance(n=first.size, n_missing=n_missing, status=refusal["status"], reason=reason)
    covariance = float(((first - first.mean()) * (second - second.mean())).mean())
    ccc = quotient(2 * covariance, first.var() + second.var() + (first.mean() - second.mean()) ** 2)
    low, high = _fisher_interval(first, second, ccc)
    reason = "" if low is not None else "An interval needs three pairs, variation in both rounds and less than perfection."
    return Concordance(ccc=ccc, low=low, high=high, n=first.size, n_missing=n_missing, reason=reason)


def _refusal(too_few: bool, constant: bool) -> dict[str, Any]:
    if too_few:
        return {"status": Status.INSUFFICIENT_N, "reason": TOO_FEW}
    return {"status": Status.NO_VARIATION, "reason": NO_VARIATION} if constant else {}


def _fisher_interval(first: Numbers, second: Numbers, ccc: float) -> tuple[float | None, float | None]:
    """Lin's asymptotic variance of the z-transform (as corrected in 2000)."""
    n, scale = first.size, float(first.std() * second.std())
    if n < 3 or scale == 0 or not abs(ccc) <= 1 - 1e-12 or ccc == 0:
        return None, None
    r = float(((first - first.mean()) * (second - second.mean())).mean()) / scale
    shift = float((first.mean() - second.mean()) ** 2) / scale
    inner = (1 - r**2) * ccc**2 / ((1 - ccc**2) * r**2)
    inner += 2 * ccc**3 * (1 - ccc) * shift / (r * (1 - ccc**2) ** 2)
    weighted = ccc**2 * shift  # squared as a product: a power that is too large would raise
    inner -= weighted * weighted / (2 * r**2 * (1 - ccc**2) ** 2)
    width = float(stats.norm.isf(0.025)) * np.sqrt(max(0.0, inner) / (n - 2))
    return float(np.tanh(np.arctanh(ccc) - width)), float(np.tanh(np.arctanh(ccc) + width))
