"""The standard deviation, once: it divides by n - 1 everywhere in this library; and other means."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy.special import stdtrit

from analysis.statistics.answers import Numbers


def quotient(part: Any, whole: Any) -> float:
    """NaN where a division by 0 or an overflow would otherwise raise or give a false 0: results then say ``None``."""
    if whole == 0 or not (math.isfinite(part) and math.isfinite(whole)):
        return math.nan
    with np.errstate(all="ignore"):
        return float(np.divide(np.float64(part), np.float64(whole)))


def welch_degrees_of_freedom(first: float, second: float, n_first: int, n_second: int) -> float:
    """Satterthwaite's, from the two squared standard errors; their ratio alone counts, so none can overflow."""
    share = first / (first + second) if first + second > 0 else math.nan
    return quotient(1, share**2 / (n_first - 1) + (1 - share) ** 2 / (n_second - 1))


def standard_deviation(values: Numbers) -> float:
    """NaN below two values, and exactly 0 for equal ones, which the usual formula misses by a rounding error."""
    if values.size < 2:
        return float("nan")
    return 0.0 if np.ptp(values) == 0 else float(values.std(ddof=1))


def mean_interval(mean: float, deviation: float, n: int, level: float = 0.95) -> tuple[float, float] | None:
    """Student's interval of a mean (1908). None without variation: an interval of no width would promise what few equal answers cannot."""
    if n < 2 or not deviation > 0:
        return None
    width = float(stdtrit(n - 1, (1 + level) / 2)) * deviation / math.sqrt(n)
    return mean - width, mean + width


def trimmed_mean(values: Numbers, at_each_end: float = 0.1) -> float:
    """Mean without the lowest and the highest tenth, their numbers rounded down; NaN for an empty sample."""
    cut = math.floor(values.size * at_each_end + 1e-9)
    kept = np.sort(values)[cut : values.size - cut]
    return float(kept.mean()) if kept.size else math.nan
