"""Whether several groups of experts differ on one item, and which pairs of them do."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np
from scipy import stats

from analysis.statistics.answers import DECIMALS_OF_AN_ANSWER, Array, answered
from analysis.statistics.gaps.multiplicity import adjust_p_values
from analysis.statistics.result import Result, Status

Pair = tuple[Hashable, Hashable]


@dataclass(frozen=True, kw_only=True)
class PairwiseGap:
    """``difference`` is the first group's mean rank minus the second's; ``p_holm`` is adjusted over all pairs."""

    difference: float | None = None
    p: float | None = None
    p_holm: float | None = None


@dataclass(frozen=True, kw_only=True)
class KGroupGap(Result):
    h: float | None = None
    df: int | None = None
    p_value: float | None = None
    epsilon_squared: float | None = None
    eta_squared_h: float | None = None
    pairwise: dict[Pair, PairwiseGap] = field(default_factory=dict)
    n_by_group: dict[Hashable, int] = field(default_factory=dict)


def k_group_gap(groups: Mapping[Hashable, Any]) -> KGroupGap:
    """Kruskal-Wallis over all groups, its effect sizes, and Dunn's comparison of every pair with Holm's adjustment.

    ``groups`` maps each group's name to its experts' answers. A group without answers keeps its (empty) pairs but
    does not count as a group.
    """
    if not isinstance(groups, Mapping):
        raise ValueError("groups must be a mapping from each group's name to its answers")
    answers = {name: answered(x, f"groups[{name!r}]") for name, x in groups.items()}
    present = {name: np.round(x, DECIMALS_OF_AN_ANSWER) for name, (x, _) in answers.items()}
    counting = {name: x for name, x in present.items() if x.size}
    sizes: dict[str, Any] = {
        "n": sum(x.size for x in present.values()),
        "n_missing": sum(missing for _, missing in answers.values()),
        "n_by_group": {name: x.size for name, x in present.items()},
    }
    pairs = list(combinations(groups, 2))
    if len(counting) < 2:
        empty = {pair: PairwiseGap() for pair in pairs}
        return KGroupGap(
            pairwise=empty, status=Status.INSUFFICIENT_N, reason="Fewer than two groups have answers.", **sizes
        )
    return _gap_between(counting, pairs, sizes)


def _gap_between(groups: dict[Hashable, Array], pairs: list[Pair], sizes: dict[str, Any]) -> KGroupGap:
    ranks = stats.rankdata(np.concatenate(list(groups.values())))
    bounds = np.cumsum([0, *(x.size for x in groups.values())])
    rank_sums = {name: ranks[a:b].sum() for name, a, b in zip(groups, bounds[:-1], bounds[1:], strict=True)}
    mean_ranks = {name: rank_sums[name] / groups[name].size for name in groups}
    variance = _variance_of_a_rank(ranks)
    pairwise = _dunn(pairs, mean_ranks, {name: x.size for name, x in groups.items()}, variance)
    n, k = ranks.size, len(groups)
    if variance == 0:
        reason = "All answers of all groups are equal."
        return KGroupGap(df=k - 1, pairwise=pairwise, status=Status.NO_VARIATION, reason=reason, **sizes)
    between = sum(groups[name].size * (mean_ranks[name] - (n + 1) / 2) ** 2 for name in groups)
    h = between / variance
    return KGroupGap(
        h=h,
        df=k - 1,
        p_value=stats.chi2.sf(h, k - 1),
        epsilon_squared=h / (n - 1),
        eta_squared_h=max(0.0, (h - k + 1) / (n - k)) if n > k else None,
        pairwise=pairwise,
        reason="" if n > k else "Eta squared needs more answers than groups.",
        **sizes,
    )


def _variance_of_a_rank(ranks: Array) -> float:
    """Variance of one rank drawn from the pooled answers, which ties make smaller than n(n + 1)/12."""
    return 0.0 if np.ptp(ranks) == 0 else float(ranks.var(ddof=1))


def _dunn(
    pairs: list[Pair], mean_ranks: dict[Hashable, float], sizes: dict[Hashable, int], variance: float
) -> dict[Pair, PairwiseGap]:
    differences = [mean_ranks[a] - mean_ranks[b] if a in mean_ranks and b in mean_ranks else None for a, b in pairs]
    p_values = [
        None if difference is None or variance == 0 else _dunn_p(difference, variance * (1 / sizes[a] + 1 / sizes[b]))
        for (a, b), difference in zip(pairs, differences, strict=True)
    ]
    adjusted = adjust_p_values(p_values, "holm")
    return {
        pair: PairwiseGap(difference=None if difference is None else float(difference), p=p, p_holm=p_holm)
        for pair, difference, p, p_holm in zip(pairs, differences, p_values, adjusted, strict=True)
    }


def _dunn_p(difference: float, variance: float) -> float:
    return float(2 * stats.norm.sf(abs(difference) / math.sqrt(variance)))
