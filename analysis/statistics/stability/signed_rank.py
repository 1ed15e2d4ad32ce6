"""Wilcoxon's signed-rank test: whether the experts' answers moved in one direction between two rounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from analysis.statistics.answers import DECIMALS_OF_AN_ANSWER, Numbers, one_of, pairs
from analysis.statistics.result import Result, Status
from analysis.statistics.stability.walsh_averages import middle_of_pairs

LARGEST_EXACT_BY_DEFAULT = 15


@dataclass(frozen=True, kw_only=True)
class WilcoxonSignedRank(Result):
    """Differences are after - before; ``statistic`` is W+, ``exact`` tells how ``p_value`` was found."""

    n_pairs: int = 0
    n_nonzero: int = 0
    statistic: float | None = None
    p_value: float | None = None
    rank_biserial: float | None = None
    hodges_lehmann: float | None = None
    exact: bool | None = None


def wilcoxon_signed_rank(before: Any, after: Any, zero_method: str = "pratt", exact: bool | None = None) -> WilcoxonSignedRank:
    """Paired test of a shift between rounds, two-sided, with its effect sizes.

    ``zero_method``: ``pratt`` ranks the experts who did not move and then drops them, ``wilcox`` drops them first.
    ``exact``: the conditional distribution given the ties (``None``: up to 15 experts who moved), else the normal
    approximation without continuity correction. A large p among few experts is no evidence of stability.
    """
    one_of(zero_method, "zero_method", ("pratt", "wilcox"))
    one_of(exact, "exact", (None, True, False))
    first, second, n_missing = pairs(before, after)
    moves = np.round(second - first, DECIMALS_OF_AN_ANSWER)
    moved = moves[moves != 0]
    counts: dict[str, Any] = {"n": moves.size, "n_pairs": moves.size, "n_nonzero": moved.size, "n_missing": n_missing}
    if moves.size == 0:
        reason = "No expert answered in both rounds."
        return WilcoxonSignedRank(status=Status.INSUFFICIENT_N, reason=reason, **counts)
    if moved.size == 0:
        standstill: dict[str, Any] = {"statistic": 0.0, "p_value": 1.0, "hodges_lehmann": 0.0, "exact": True}
        reason = "Nobody changed their answer."
        return WilcoxonSignedRank(status=Status.NO_VARIATION, reason=reason, **standstill, **counts)
    ranks = _ranks_of_moves(moves if zero_method == "pratt" else moved)
    by_enumeration = exact if exact is not None else moved.size <= LARGEST_EXACT_BY_DEFAULT
    upward = float(ranks[moved > 0].sum())
    return WilcoxonSignedRank(
        statistic=upward,
        p_value=_exact_p(ranks, upward) if by_enumeration else _normal_p(ranks, upward),
        rank_biserial=_rank_biserial(moved),
        hodges_lehmann=middle_of_pairs(moves),
        exact=by_enumeration,
        **counts,
    )


def _ranks_of_moves(moves: Numbers) -> Numbers:
    """Mid-ranks of the absolute moves, those of experts who did not move left out."""
    return np.asarray(stats.rankdata(np.abs(moves))[moves != 0])


def _rank_biserial(moved: Numbers) -> float:
    ranks = _ranks_of_moves(moved)
    return float((ranks * np.sign(moved)).sum() / ranks.sum())


def _normal_p(ranks: Numbers, upward: float) -> float:
    deviation = upward - ranks.sum() / 2
    return float(2 * stats.norm.sf(abs(deviation) / np.sqrt((ranks**2).sum() / 4)))


def _exact_p(ranks: Numbers, upward: float) -> float:
    """Over all assignments of signs to these very ranks; doubled, mid-ranks are whole numbers and can be counted."""
    doubled = np.round(2 * ranks).astype(int)
    law = np.zeros(doubled.sum() + 1)
    law[0] = 1.0
    for rank in doubled:
        law[rank:] = (law[rank:] + law[:-rank]) / 2
        law[:rank] /= 2
    deviations = np.abs(2 * np.arange(law.size) - doubled.sum())
    return min(1.0, float(law[deviations >= abs(2 * round(2 * upward) - doubled.sum())].sum()))
