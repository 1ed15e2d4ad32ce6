"""Whether the shares of the categories changed between rounds: tests on the paired before-after table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats
from scipy.sparse.csgraph import connected_components

from analysis.statistics.answers import Numbers, square_table, total_of
from analysis.statistics.result import Result, Status

NO_PAIR = "No expert answered in both rounds."
NOBODY_MOVED = "Nobody changed category."


@dataclass(frozen=True, kw_only=True)
class MarginalHomogeneity(Result):
    """Stuart-Maxwell and Bhapkar compare the shares (same df), Bowker the moves from i to j with those from j to i."""

    stuart_maxwell_chi2: float | None = None
    stuart_maxwell_df: int | None = None
    stuart_maxwell_p: float | None = None
    bhapkar_chi2: float | None = None
    bhapkar_p: float | None = None
    bowker_chi2: float | None = None
    bowker_df: int | None = None
    bowker_p: float | None = None


@dataclass(frozen=True, kw_only=True)
class McNemar(Result):
    """``chi2`` without continuity correction; ``p_exact`` from the binomial law of the experts who moved."""

    chi2: float | None = None
    p_value: float | None = None
    p_exact: float | None = None


def marginal_homogeneity(table: Any) -> MarginalHomogeneity:
    """Paired tests on a square table, before x after, over the full set of categories.

    Categories and pairs that nobody left or entered carry no information: they are skipped, and the degrees of freedom
    count only what is left.
    """
    counts = square_table(table, "table")
    n = float(counts.sum())
    if n == 0:
        return MarginalHomogeneity(status=Status.INSUFFICIENT_N, reason=NO_PAIR)
    moves = counts - np.diag(np.diag(counts))
    if moves.sum() == 0:
        return MarginalHomogeneity(n=total_of(counts), status=Status.NO_VARIATION, reason=NOBODY_MOVED)
    stuart, df = _stuart_maxwell(moves)
    bhapkar = stuart / (1 - stuart / n) if stuart < n * (1 - 1e-12) else None
    bowker, pairs = _bowker(moves)
    return MarginalHomogeneity(
        stuart_maxwell_chi2=stuart,
        stuart_maxwell_df=df,
        stuart_maxwell_p=stats.chi2.sf(stuart, df),
        bhapkar_chi2=bhapkar,
        bhapkar_p=None if bhapkar is None else stats.chi2.sf(bhapkar, df),
        bowker_chi2=bowker,
        bowker_df=pairs,
        bowker_p=stats.chi2.sf(bowker, pairs),
        n=total_of(counts),
        reason="" if bhapkar is not None else "Bhapkar's statistic is infinite: everybody moved one way.",
    )


def mcnemar(table: Any) -> McNemar:
    """Paired test of a yes-or-no item from its 2 x 2 table, before x after."""
    counts = square_table(table, "table")
    if counts.shape != (2, 2):
        raise ValueError(f"table must be 2 x 2, not {counts.shape[0]} x {counts.shape[1]}")
    if counts.sum() == 0:
        return McNemar(status=Status.INSUFFICIENT_N, reason=NO_PAIR)
    there, back = float(counts[0, 1]), float(counts[1, 0])
    if there + back == 0:
        return McNemar(p_exact=1.0, n=total_of(counts), status=Status.NO_VARIATION, reason=NOBODY_MOVED)
    chi2 = (there - back) ** 2 / (there + back)
    exact = _exact_p(there, back)
    return McNemar(
        chi2=chi2,
        p_value=stats.chi2.sf(chi2, 1),
        p_exact=exact,
        n=total_of(counts),
        reason="" if exact is not None else "Weighted counts have no exact law.",
    )


def _stuart_maxwell(moves: Numbers) -> tuple[float, int]:
    """d' S^- d with d the change of each category; the rank of S is what categories can change independently."""
    touched = (moves.sum(axis=0) + moves.sum(axis=1)) > 0
    moves = moves[np.ix_(touched, touched)]
    both_ways = moves + moves.T
    change = moves.sum(axis=1) - moves.sum(axis=0)
    covariance = np.diag(both_ways.sum(axis=1)) - both_ways
    parts, part_of = connected_components(both_ways > 0, directed=False)
    free = np.ones(change.size, dtype=bool)
    free[[int(np.flatnonzero(part_of == part)[0]) for part in range(parts)]] = False
    solved = np.linalg.solve(covariance[np.ix_(free, free)], change[free])
    return max(0.0, float(change[free] @ solved)), int(change.size - parts)


def _bowker(moves: Numbers) -> tuple[float, int]:
    upper = np.triu_indices(moves.shape[0], 1)
    there, back = moves[upper], moves.T[upper]
    used = (there + back) > 0
    return float(((there[used] - back[used]) ** 2 / (there[used] + back[used])).sum()), int(used.sum())


def _exact_p(there: float, back: float) -> float | None:
    if not (there.is_integer() and back.is_integer()):
        return None
    return min(1.0, 2 * float(stats.binom.cdf(min(there, back), there + back, 0.5)))
