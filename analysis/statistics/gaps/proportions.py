"""The difference between two groups' shares, such as the percentages in agreement of two allies."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from analysis.statistics.answers import level_in, number_in, total_of
from analysis.statistics.consensus.proportion import percent_agreement
from analysis.statistics.result import Result, Status


@dataclass(frozen=True, kw_only=True)
class ProportionGap(Result):
    """``difference`` is the first share minus the second, from -1 to 1."""

    difference: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = 0.95


def proportion_gap(
    agree_first: float, n_first: float, agree_second: float, n_second: float, level: float = 0.95
) -> ProportionGap:
    """Difference of two independent shares with Newcombe's interval (1998, method 10, no continuity correction).

    The limits combine each share's own Wilson limits, so they stay within -1 to 1 and do not collapse at 0 or 100 %.
    """
    level = level_in(level)
    size_first, size_second = number_in(n_first, "n_first", low=0), number_in(n_second, "n_second", low=0)
    hits_first = number_in(agree_first, "agree_first", low=0)
    hits_second = number_in(agree_second, "agree_second", low=0)
    if hits_first > size_first:
        raise ValueError(f"agree_first must not exceed n_first: {hits_first:g} of {size_first:g}")
    if hits_second > size_second:
        raise ValueError(f"agree_second must not exceed n_second: {hits_second:g} of {size_second:g}")
    n = total_of(np.array([size_first, size_second]))
    one, other = _share(hits_first, size_first, level), _share(hits_second, size_second, level)
    if one is None or other is None:
        return ProportionGap(n=n, level=level, status=Status.INSUFFICIENT_N, reason="A group has no valid answer.")
    difference = one.share - other.share
    return ProportionGap(
        difference=difference,
        low=difference - math.hypot(one.share - one.low, other.high - other.share),
        high=difference + math.hypot(one.high - one.share, other.share - other.low),
        n=n,
        level=level,
    )


class _Share(NamedTuple):
    share: float
    low: float
    high: float


def _share(hits: float, n: float, level: float) -> _Share | None:
    found = percent_agreement(hits, n, level)
    if found.share is None or found.low is None or found.high is None:
        return None
    return _Share(found.share, found.low, found.high)
