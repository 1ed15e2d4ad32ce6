"""Kendall's W: how alike several experts rank the same items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analysis.statistics.answers import DECIMALS_OF_AN_ANSWER, Numbers, matrix, one_of
from analysis.statistics.result import Result, Status

Present = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class KendallW(Result):
    """``n`` is ``n_experts``; ``n_missing`` counts the experts (or items) left out; ``mean_ranks`` has one entry per item
    given, ``None`` for items left out."""

    w: float | None = None
    w_uncorrected: float | None = None
    chi2: float | None = None
    df: int | None = None
    p_value: float | None = None
    f: float | None = None
    p_f: float | None = None
    mean_spearman: float | None = None
    mean_ranks: tuple[float | None, ...] = ()
    n_experts: int = 0
    n_items: int = 0


def kendall_w(ratings: Any, missing: str = "drop_experts") -> KendallW:
    """Coefficient of concordance of experts x items, from ranks or from ratings: each row is ranked with mid-ranks.

    Incomplete rankings cannot be compared: ``missing`` says whether experts or items with holes are left out.
    W is corrected for ties, ``w_uncorrected`` is not. Needs two experts and two items.
    """
    answers = matrix(ratings, "ratings")
    one_of(missing, "missing", ("drop_experts", "drop_items"))
    kept_rows, kept_columns = _kept(~np.isnan(answers), missing)
    complete = answers[kept_rows][:, kept_columns]
    counts: dict[str, Any] = {"n": complete.shape[0], "n_experts": complete.shape[0], "n_items": complete.shape[1]}
    counts["n_missing"] = int((~(kept_rows if missing == "drop_experts" else kept_columns)).sum())
    if min(complete.shape) < 2:
        return KendallW(**counts, status=Status.INSUFFICIENT_N, reason="W needs two experts and two items.")
    ranks = stats.rankdata(np.round(complete, DECIMALS_OF_AN_ANSWER), axis=1)
    mean_ranks = np.full(answers.shape[1], np.nan)
    mean_ranks[kept_columns] = ranks.mean(axis=0)
    return _concordance(ranks, mean_ranks, counts)


def _kept(present: Present, missing: str) -> tuple[Present, Present]:
    """Which experts and items stay; experts without any answer and items without any go first, whatever ``missing``."""
    rows, columns = np.asarray(present.any(axis=1)), np.asarray(present.any(axis=0))
    if missing == "drop_experts":
        return np.asarray(rows & present[:, columns].all(axis=1)), columns
    return rows, np.asarray(columns & present[rows].all(axis=0))


def _concordance(ranks: Numbers, mean_ranks: Numbers, counts: dict[str, Any]) -> KendallW:
    m, n = ranks.shape
    squares = float(((ranks.sum(axis=0) - m * (n + 1) / 2) ** 2).sum())
    largest = m * m * (n**3 - n)
    corrected = largest - m * _tie_correction(ranks)
    if corrected == 0:
        reason = "Every expert gives all items the same rank."
        return KendallW(mean_ranks=tuple(mean_ranks), status=Status.NO_VARIATION, reason=reason, **counts)
    w = min(1.0, 12 * squares / corrected)
    chi2, (f, p_f) = m * (n - 1) * w, _f_test(w, m, n)
    return KendallW(
        w=w,
        w_uncorrected=12 * squares / largest,
        chi2=chi2,
        df=n - 1,
        p_value=stats.chi2.sf(chi2, n - 1),
        f=f,
        p_f=p_f,
        mean_spearman=(m * w - 1) / (m - 1),
        mean_ranks=tuple(mean_ranks),
        reason="" if f is not None else "F is infinite at perfect concordance or has no degrees of freedom here.",
        **counts,
    )


def _tie_correction(ranks: Numbers) -> int:
    """Sum over experts and groups of tied items of t^3 - t.

    Mid-ranks lose a twelfth of just that in squares: whole numbers and halves, so the difference is exact for any number of experts.
    """
    m, n = ranks.shape
    return round(m * (n**3 - n) - 12 * float(((ranks - (n + 1) / 2) ** 2).sum()))


def _f_test(w: float, m: int, n: int) -> tuple[float | None, float | None]:
    between = n - 1 - 2 / m
    if w == 1 or between <= 0:
        return None, None
    f = (m - 1) * w / (1 - w)
    return f, float(stats.f.sf(f, between, (m - 1) * between))
