"""Tests over three or more rounds of the same experts: experts are rows, rounds are columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats
from scipy.sparse.csgraph import connected_components

from analysis.statistics.agreement.kendall import kendall_w
from analysis.statistics.answers import DECIMALS_OF_AN_ANSWER, Numbers, matrix
from analysis.statistics.result import Result, Status


@dataclass(frozen=True, kw_only=True)
class RoundsTest(Result):
    """``n`` experts entered the test; the statistic follows chi-square with ``df`` if the rounds do not differ."""

    statistic: float | None = None
    df: int | None = None
    p_value: float | None = None


@dataclass(frozen=True, kw_only=True)
class Friedman(RoundsTest):
    """``kendall_w``: how alike the experts order the rounds, 0 to 1."""

    kendall_w: float | None = None


@dataclass(frozen=True, kw_only=True)
class SkillingsMack(RoundsTest):
    """``statistic`` is corrected for ties within experts, as Friedman's is; ``statistic_uncorrected`` as published."""

    statistic_uncorrected: float | None = None


def friedman(answers: Any) -> Friedman:
    """Whether the experts' answers shift over the rounds, from ranks within each expert, corrected for ties.

    Experts who missed a round are left out (``skillings_mack`` keeps them). Two rounds are enough, as are two experts.
    """
    w = kendall_w(matrix(answers, "answers"))
    reason = {
        Status.INSUFFICIENT_N: "Two experts with answers in two rounds are needed.",
        Status.NO_VARIATION: "Every expert gave the same answer in all rounds.",
    }.get(w.status, "")
    return Friedman(
        statistic=w.chi2,
        df=w.df,
        p_value=w.p_value,
        kendall_w=w.w,
        n=w.n_experts,
        n_missing=w.n_missing,
        status=w.status,
        reason=reason,
    )


def skillings_mack(answers: Any) -> SkillingsMack:
    """Friedman's test for arbitrary holes (Skillings & Mack 1981); balanced incomplete rankings give Durbin's statistic.

    Experts with fewer than two answers are left out. Rounds that no chain of experts connects are compared within their
    parts only, which the degrees of freedom show.
    """
    rows = np.round(matrix(answers, "answers"), DECIMALS_OF_AN_ANSWER)
    kept = rows[(~np.isnan(rows)).sum(axis=1) > 1]
    counts: dict[str, Any] = {"n": kept.shape[0], "n_missing": rows.shape[0] - kept.shape[0]}
    if kept.shape[0] < 2:
        reason = "Two experts with answers in two rounds are needed."
        return SkillingsMack(status=Status.INSUFFICIENT_N, reason=reason, **counts)
    present = ~np.isnan(kept)
    scores = _scores(kept)
    statistic, df = _quadratic_form(scores, present, (scores**2).sum(axis=1) / (present.sum(axis=1) - 1))
    if df == 0:
        reason = "Every expert gave the same answer in all rounds."
        return SkillingsMack(status=Status.NO_VARIATION, reason=reason, **counts)
    uncorrected, _ = _quadratic_form(scores, present, present.sum(axis=1).astype(float))
    return SkillingsMack(
        statistic=statistic,
        df=df,
        p_value=stats.chi2.sf(statistic, df),
        statistic_uncorrected=uncorrected,
        **counts,
    )


def cochran_q(answers: Any) -> RoundsTest:
    """Whether the share of ones differs between rounds, for a yes-or-no item coded 0 and 1; incomplete experts drop out."""
    rows = matrix(answers, "answers", scale=(0, 1))
    if np.isin(rows[~np.isnan(rows)], (0, 1), invert=True).any():
        raise ValueError("answers must be 0 or 1")
    asked = rows[:, ~np.isnan(rows).all(axis=0)]
    complete = asked[~np.isnan(asked).any(axis=1)]
    n, k = complete.shape
    counts: dict[str, Any] = {"n": n, "n_missing": rows.shape[0] - n}
    if n == 0 or k < 2:
        reason = "An expert with answers in two rounds is needed."
        return RoundsTest(status=Status.INSUFFICIENT_N, reason=reason, **counts)
    by_round, by_expert, total = complete.sum(axis=0), complete.sum(axis=1), float(complete.sum())
    scale = k * total - float((by_expert**2).sum())
    if scale == 0:
        reason = "Nobody changed their answer."
        return RoundsTest(status=Status.NO_VARIATION, reason=reason, **counts)
    statistic = (k - 1) * (k * float((by_round**2).sum()) - total**2) / scale
    return RoundsTest(statistic=statistic, df=k - 1, p_value=stats.chi2.sf(statistic, k - 1), **counts)


def _scores(rows: Numbers) -> Numbers:
    """Centred ranks within each expert, scaled so that experts with more answers count for more; 0 where missing."""
    ranks = stats.rankdata(rows, axis=1, nan_policy="omit")
    sizes = (~np.isnan(rows)).sum(axis=1, keepdims=True)
    centred = (ranks - (sizes + 1) / 2) * np.sqrt(12 / (sizes + 1))
    return np.where(np.isnan(rows), 0.0, centred)


def _quadratic_form(scores: Numbers, present: Any, variances: Numbers) -> tuple[float, int]:
    """Sum of scores by round in the metric of their covariance under chance; the df are its rank.

    ``variances``: of each expert's scores times the factor n/(n-1) that drawing without replacement brings: between two
    rounds that the expert answered the covariance is minus this over the number of answers.
    """
    sizes = present.sum(axis=1)
    together = present.T.astype(float) @ (present * (variances / sizes)[:, None])
    np.fill_diagonal(together, 0.0)
    covariance = np.diag(together.sum(axis=1)) - together
    parts, part_of = connected_components(together > 0, directed=False)
    free = np.ones(part_of.size, dtype=bool)
    free[[int(np.flatnonzero(part_of == part)[0]) for part in range(parts)]] = False
    if not free.any():
        return 0.0, 0
    totals = scores.sum(axis=0)[free]
    return max(0.0, float(totals @ np.linalg.solve(covariance[np.ix_(free, free)], totals))), int(free.sum())
