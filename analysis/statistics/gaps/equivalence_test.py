"""Whether two groups agree within a margin: absence of a significant difference is not evidence of agreement."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from analysis.statistics.answers import Array, answered, number_in
from analysis.statistics.moments import quotient, welch_degrees_of_freedom
from analysis.statistics.result import Result, Status

SIGNIFICANCE = 0.05


@dataclass(frozen=True, kw_only=True)
class Equivalence(Result):
    """``low`` and ``high`` bound the mean difference (first - second) at 90 %, the interval that belongs to 5 % TOST."""

    equivalent: bool | None = None
    p_value: float | None = None
    low: float | None = None
    high: float | None = None
    difference: float | None = None
    df: float | None = None
    margin: float | None = None


def equivalence(first: Any, second: Any, margin: float) -> Equivalence:
    """Two one-sided Welch tests: do the means differ by less than ``margin`` (in the answers' unit)?

    ``equivalent`` when both one-sided p values are below 5 %, that is when the 90 % interval lies within the margin;
    the ``p_value`` is the larger of the two.
    """
    answers_first, missing_first = answered(first, "first")
    answers_second, missing_second = answered(second, "second")
    bound = number_in(margin, "margin")
    if bound <= 0:
        raise ValueError(f"margin must be positive, not {bound:g}")
    sizes: dict[str, Any] = {
        "n": answers_first.size + answers_second.size,
        "n_missing": missing_first + missing_second,
        "margin": bound,
    }
    if min(answers_first.size, answers_second.size) < 2:
        reason = "Each group needs two answers for its standard deviation."
        return Equivalence(status=Status.INSUFFICIENT_N, reason=reason, **sizes)
    difference = float(answers_first.mean() - answers_second.mean())
    if np.ptp(answers_first) == 0 and np.ptp(answers_second) == 0:
        reason = "Neither group varies: there is no standard error to test against."
        return Equivalence(difference=difference, status=Status.NO_VARIATION, reason=reason, **sizes)
    return _tested(answers_first, answers_second, difference, sizes)


def _tested(first: Array, second: Array, difference: float, sizes: dict[str, Any]) -> Equivalence:
    of_first, of_second = float(first.var(ddof=1)) / first.size, float(second.var(ddof=1)) / second.size
    error = math.sqrt(of_first + of_second)
    df = welch_degrees_of_freedom(of_first, of_second, first.size, second.size)
    margin = sizes["margin"]
    below, above = quotient(difference + margin, error), quotient(difference - margin, error)
    p_value = max(stats.t.sf(below, df), stats.t.cdf(above, df))
    width = stats.t.ppf(1 - SIGNIFICANCE, df) * error
    return Equivalence(
        equivalent=None if math.isnan(p_value) else bool(p_value < SIGNIFICANCE),
        p_value=p_value,
        low=difference - width,
        high=difference + width,
        difference=difference,
        df=df,
        **sizes,
    )
