"""Whether the spread of the same experts' answers shrank between two rounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from analysis.statistics.answers import Numbers, pairs
from analysis.statistics.convergence.round_swapping import swapping_tests
from analysis.statistics.moments import quotient, standard_deviation
from analysis.statistics.order_statistics import interquartile_range, median_of
from analysis.statistics.result import Result, Status
from analysis.statistics.sampling import permutations_in, seed_in


@dataclass(frozen=True, kw_only=True)
class SpreadChange(Result):
    """Ratios are after / before; the two test statistics are positive when the spread shrank; all p are two-sided.

    ``permutations`` is the number of arrangements behind the last three p, ``enumerated`` whether these were all of them.
    """

    sd_ratio: float | None = None
    iqr_ratio: float | None = None
    mean_abs_dev_ratio: float | None = None
    pitman_morgan_t: float | None = None
    pitman_morgan_df: int | None = None
    pitman_morgan_p: float | None = None
    bonett_seier_statistic: float | None = None
    bonett_seier_p: float | None = None
    p_log_sd_ratio: float | None = None
    p_iqr: float | None = None
    p_mean_abs_dev: float | None = None
    permutations: int = 0
    enumerated: bool | None = None
    seed: int | None = None


def spread_change(before: Any, after: Any, permutations: int = 0, seed: int | None = None) -> SpreadChange:
    """Paired comparison of SD, IQR and mean absolute deviation from the median between two rounds.

    Pitman-Morgan assumes normal answers; Bonett & Seier (2003) is robust; the permutation tests swap the two raw answers
    within experts: all 2^n arrangements up to 14 pairs when ``permutations`` is 0, else that many (9,999) seeded draws.
    """
    first, second, n_missing = pairs(before, after)
    draws, used_seed = permutations_in(permutations), seed_in(seed)
    counts: dict[str, Any] = {"n": first.size, "n_missing": n_missing}
    if first.size < 2:
        reason = "Two experts with answers in both rounds are needed."
        return SpreadChange(status=Status.INSUFFICIENT_N, reason=reason, **counts)
    if np.ptp(first) == 0 and np.ptp(second) == 0:
        reason = "Neither round has any spread."
        return SpreadChange(status=Status.NO_VARIATION, reason=reason, **counts)
    normal, robust = _pitman_morgan(first, second), _bonett_seier(first, second)
    return SpreadChange(
        sd_ratio=_ratio(standard_deviation(second), standard_deviation(first)),
        iqr_ratio=_ratio(interquartile_range(second), interquartile_range(first)),
        mean_abs_dev_ratio=_ratio(_mean_abs_dev(second), _mean_abs_dev(first)),
        reason=_why_incomplete(first, second, bool(normal), bool(robust)),
        **normal,
        **robust,
        **swapping_tests(first, second, draws, used_seed),
        **counts,
    )


def _why_incomplete(before: Numbers, after: Numbers, normal: bool, robust: bool) -> str:
    if np.ptp(before) == 0:
        return "The first round has no spread to compare with."
    if np.ptp(after) == 0:
        return "The second round has no spread: only the permutation tests are defined."
    if before.size < 3:
        return "The Pitman-Morgan test needs three experts."
    lacking = [name for name, there in (("Pitman-Morgan", normal), ("Bonett-Seier", robust)) if not there]
    return f"The rounds leave nothing to test with: {' and '.join(lacking)}." if lacking else ""


def _pitman_morgan(before: Numbers, after: Numbers) -> dict[str, Any]:
    """Sum and difference are uncorrelated exactly if the variances are equal."""
    total, difference, df = before + after, before - after, before.size - 2
    if df < 1 or np.ptp(total) == 0 or np.ptp(difference) == 0:
        return {}
    r = float(np.corrcoef(total, difference)[0, 1])
    if not abs(r) <= 1 - 1e-14:
        return {}
    t = r * np.sqrt(df / (1 - r**2))
    return {"pitman_morgan_t": t, "pitman_morgan_df": df, "pitman_morgan_p": 2 * stats.t.sf(abs(t), df)}


def _bonett_seier(before: Numbers, after: Numbers) -> dict[str, Any]:
    """Log ratio of the mean absolute deviations over its standard error, which knows that the experts are the same."""
    distances = [np.abs(answers - median_of(answers)) for answers in (before, after)]
    if min(np.ptp(distance) for distance in distances) == 0:
        return {}
    first, second = (_log_variance(answers) for answers in (before, after))
    correlation = float(np.corrcoef(distances[0], distances[1])[0, 1])
    variance = first + second - 2 * correlation * np.sqrt(first * second)
    if not variance > 1e-14 * (first + second):
        return {}
    z = quotient(np.log(distances[0].mean()) - np.log(distances[1].mean()), np.sqrt(variance))
    return {"bonett_seier_statistic": z, "bonett_seier_p": 2 * stats.norm.sf(abs(z))}


def _log_variance(answers: Numbers) -> float:
    """Asymptotic variance of the log of the mean absolute deviation from the median."""
    scale = _mean_abs_dev(answers)
    skew = quotient(answers.mean() - median_of(answers), scale)
    return (quotient(standard_deviation(answers), scale) ** 2 + skew**2 - 1) / answers.size


def _mean_abs_dev(answers: Numbers) -> float:
    return float(np.abs(answers - median_of(answers)).mean())


def _ratio(after: float, before: float) -> float | None:
    return None if before == 0 else quotient(after, before)
