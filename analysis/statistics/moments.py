"""The standard deviation, once: it divides by n - 1 everywhere in this library."""

from __future__ import annotations

import numpy as np

from analysis.statistics.answers import Numbers


def standard_deviation(values: Numbers) -> float:
    """NaN below two values, and exactly 0 for equal ones, which the usual formula misses by a rounding error."""
    if values.size < 2:
        return float("nan")
    return 0.0 if np.ptp(values) == 0 else float(values.std(ddof=1))
