"""Pseudo-convergence: how much of a change of spread is due to experts who left, and how much to revised answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import numbers
from analysis.statistics.moments import standard_deviation
from analysis.statistics.order_statistics import interquartile_range, quantile_type_in
from analysis.statistics.result import Result, Status


@dataclass(frozen=True, kw_only=True)
class AttritionDecomposition(Result):
    """Total = attrition + revision, for the IQR and the SD (``None`` below two answers); ``n`` experts stayed."""

    iqr_change_total: float | None = None
    iqr_change_attrition: float | None = None
    iqr_change_revision: float | None = None
    sd_change_total: float | None = None
    sd_change_attrition: float | None = None
    sd_change_revision: float | None = None
    n_before: int = 0
    n_left: int = 0
    n_joined: int = 0


def attrition_decomposition(before: Any, after: Any, quantile_type: int = 7) -> AttritionDecomposition:
    """Spread of the second round among those who stayed, against the first round of all.

    Missing in ``after``: left; missing in ``before``: joined later, and no part of this comparison. Attrition is the change
    that leaving alone brought, revision the change of those who stayed.
    """
    first, second = numbers(before, "before"), numbers(after, "after")
    chosen = quantile_type_in(quantile_type)
    if first.size != second.size:
        raise ValueError(f"before and after must have one entry per expert: {first.size} and {second.size}")
    was, stayed = ~np.isnan(first), ~np.isnan(first) & ~np.isnan(second)
    counts: dict[str, Any] = {
        "n": int(stayed.sum()),
        "n_missing": int(first.size - stayed.sum()),
        "n_before": int(was.sum()),
        "n_left": int((was & ~stayed).sum()),
        "n_joined": int((~was & ~np.isnan(second)).sum()),
    }
    steps = (first[was], first[stayed], second[stayed])
    if steps[1].size == 0:
        reason = "No expert answered in both rounds."
        return AttritionDecomposition(**counts, status=Status.INSUFFICIENT_N, reason=reason)
    iqr = _changes([interquartile_range(answers, chosen) for answers in steps])
    sd = _changes([standard_deviation(answers) for answers in steps])
    names = ("total", "attrition", "revision")
    parts: dict[str, Any] = {f"iqr_change_{name}": change for name, change in zip(names, iqr, strict=True)}
    parts |= {f"sd_change_{name}": change for name, change in zip(names, sd, strict=True)}
    reason = "" if sd[2] is not None else "The standard deviation needs two experts who stayed."
    return AttritionDecomposition(**counts, **parts, reason=reason)


def _changes(spreads: list[float]) -> tuple[float | None, float | None, float | None]:
    """Total, by attrition, by revision; nothing is defined where the stayers have no spread of their own."""
    everybody, stayers, revised = spreads
    if np.isnan(stayers):
        return None, None, None
    return revised - everybody, stayers - everybody, revised - stayers
