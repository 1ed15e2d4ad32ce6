"""Polarization: whether the answers form two camps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import Numbers, answered
from analysis.statistics.result import Result, Status

COEFFICIENT_OF_THE_UNIFORM = 5 / 9
SMALLEST_PANEL = 4


@dataclass(frozen=True, kw_only=True)
class Bimodality(Result):
    """``suggested`` when the coefficient exceeds 5/9, that of the uniform distribution; skew alone can do that too."""

    coefficient: float | None = None
    skewness: float | None = None
    excess_kurtosis: float | None = None
    suggested: bool | None = None


def bimodality(x: Any) -> Bimodality:
    """SAS' bimodality coefficient with bias-corrected skewness and kurtosis (Pfister et al. 2013); needs four answers."""
    values, n_missing = answered(x, "x")
    n = values.size
    if n < SMALLEST_PANEL:
        reason = f"The kurtosis needs {SMALLEST_PANEL} answers."
        return Bimodality(n=n, n_missing=n_missing, status=Status.INSUFFICIENT_N, reason=reason)
    if np.ptp(values) == 0:
        reason = "All answers are equal."
        return Bimodality(n=n, n_missing=n_missing, status=Status.NO_VARIATION, reason=reason)
    skewness, kurtosis = _shape(values)
    coefficient = (skewness**2 + 1) / (kurtosis + 3 * (n - 1) ** 2 / ((n - 2) * (n - 3)))
    return Bimodality(
        coefficient=coefficient,
        skewness=skewness,
        excess_kurtosis=kurtosis,
        suggested=coefficient > COEFFICIENT_OF_THE_UNIFORM,
        n=n,
        n_missing=n_missing,
    )


def _shape(values: Numbers) -> tuple[float, float]:
    """Bias-corrected skewness and excess kurtosis; of standardised answers, so that no power can overflow."""
    n, away = values.size, values - values.mean()
    away = away / np.abs(away).max()
    second, third, fourth = (float((away**power).mean()) for power in (2, 3, 4))
    skewness = np.sqrt(n * (n - 1)) / (n - 2) * third / second**1.5
    beyond = (n + 1) * (fourth / second**2 - 3) + 6
    return float(skewness), float((n - 1) / ((n - 2) * (n - 3)) * beyond)
