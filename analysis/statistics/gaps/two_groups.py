"""How far two groups of experts, say two allies, lie apart on one item."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from analysis.statistics.answers import DECIMALS_OF_AN_ANSWER, Array, answered, level_in
from analysis.statistics.gaps.dominance import cliffs_delta_interval_of, cliffs_delta_of
from analysis.statistics.gaps.rank_tests import brunner_munzel_test, exact_p, mann_whitney_p, mann_whitney_u
from analysis.statistics.gaps.shift import hodges_lehmann_shift
from analysis.statistics.moments import quotient, welch_degrees_of_freedom
from analysis.statistics.result import Result, Status


@dataclass(frozen=True, kw_only=True)
class TwoGroupGap(Result):
    """All differences are first minus second; ``brunner_munzel`` alone is positive when the second group is larger."""

    hodges_lehmann: float | None = None
    hodges_lehmann_interval: tuple[float, float] | None = None
    cliffs_delta: float | None = None
    cliffs_delta_interval: tuple[float, float] | None = None
    u_first: float | None = None
    p_mann_whitney: float | None = None
    p_exact: float | None = None
    brunner_munzel: float | None = None
    brunner_munzel_df: float | None = None
    p_brunner_munzel: float | None = None
    welch_t: float | None = None
    p_welch: float | None = None
    hedges_g: float | None = None
    n_first: int = 0
    n_second: int = 0
    level: float = 0.95


def two_group_gap(first: Any, second: Any, level: float = 0.95) -> TwoGroupGap:
    """Shift, dominance, rank tests and mean difference between two independent groups.

    ``first``, ``second``: one answer per expert, ``None``/NaN missing. For the *same* experts in two rounds use the
    paired statistics of ``stability``. Answers are rounded to 10 decimals, so that 0.1 + 0.2 ties with 0.3.
    """
    answers_first, missing_first = answered(first, "first")
    answers_second, missing_second = answered(second, "second")
    level = level_in(level)
    sizes: dict[str, Any] = {
        "n": answers_first.size + answers_second.size,
        "n_missing": missing_first + missing_second,
        "n_first": answers_first.size,
        "n_second": answers_second.size,
        "level": level,
    }
    if min(answers_first.size, answers_second.size) == 0:
        return TwoGroupGap(status=Status.INSUFFICIENT_N, reason="A group has no answer.", **sizes)
    return _gap(np.round(answers_first, DECIMALS_OF_AN_ANSWER), np.round(answers_second, DECIMALS_OF_AN_ANSWER), sizes)


def _gap(first: Array, second: Array, sizes: dict[str, Any]) -> TwoGroupGap:
    shift, shift_interval = hodges_lehmann_shift(first, second, sizes["level"])
    brunner_munzel = brunner_munzel_test(first, second)
    welch_t, p_welch = _welch(first, second)
    return TwoGroupGap(
        hodges_lehmann=shift,
        hodges_lehmann_interval=shift_interval,
        cliffs_delta=cliffs_delta_of(first, second),
        cliffs_delta_interval=cliffs_delta_interval_of(first, second, sizes["level"]),
        u_first=mann_whitney_u(first, second),
        p_mann_whitney=mann_whitney_p(first, second),
        p_exact=exact_p(first, second),
        brunner_munzel=brunner_munzel.statistic,
        brunner_munzel_df=brunner_munzel.df,
        p_brunner_munzel=brunner_munzel.p_value,
        welch_t=welch_t,
        p_welch=p_welch,
        hedges_g=_hedges_g(first, second),
        **_standing(first, second, brunner_munzel.statistic, shift_interval is not None),
        **sizes,
    )


def _standing(first: Array, second: Array, brunner_munzel: float | None, bounded: bool) -> dict[str, Any]:
    if np.ptp(np.concatenate((first, second))) == 0:
        return {"status": Status.NO_VARIATION, "reason": "All answers of both groups are equal."}
    if min(first.size, second.size) < 2:
        return {"reason": "A group of one answer has no spread: intervals and tests that need it are left out."}
    if brunner_munzel is None:
        return {"reason": "The groups do not overlap: the Brunner-Munzel statistic is infinite."}
    return {} if bounded else {"reason": "The groups are too small for an interval of the shift at this level."}


def _welch(first: Array, second: Array) -> tuple[float | None, float | None]:
    if min(first.size, second.size) < 2 or (np.ptp(first) == 0 and np.ptp(second) == 0):
        return None, None
    of_first, of_second = _squared_error(first), _squared_error(second)
    df = welch_degrees_of_freedom(of_first, of_second, first.size, second.size)
    statistic = quotient(first.mean() - second.mean(), math.sqrt(of_first + of_second))
    return statistic, float(2 * stats.t.sf(abs(statistic), df))


def _squared_error(answers: Array) -> float:
    return 0.0 if np.ptp(answers) == 0 else float(answers.var(ddof=1)) / answers.size


def _hedges_g(first: Array, second: Array) -> float | None:
    """Mean difference over the pooled SD, times 1 - 3/(4N - 9) against its upward bias in small groups."""
    n = first.size + second.size
    if n < 3 or (np.ptp(first) == 0 and np.ptp(second) == 0):
        return None
    squares = float(((first - first.mean()) ** 2).sum() + ((second - second.mean()) ** 2).sum())
    correction = 1 - 3 / (4 * n - 9)
    return correction * quotient(first.mean() - second.mean(), math.sqrt(squares / (n - 2)))
