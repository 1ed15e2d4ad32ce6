"""Within-group agreement on a scale: the spread of one panel's answers against that of random answering."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import Numbers, check_scale, matrix, numbers, whole_number_in
from analysis.statistics.result import Result, Status


@dataclass(frozen=True, kw_only=True)
class WithinGroupAgreement(Result):
    """``rwg`` is floored at 0, ``rwg_raw`` is not; ``ad_…`` are mean absolute distances from mean and median."""

    rwg: float | None = None
    rwg_raw: float | None = None
    awg: float | None = None
    ad_mean: float | None = None
    ad_median: float | None = None


def within_group_agreement(ratings: Any, categories: int) -> WithinGroupAgreement:
    """r_wg of James, Demaree & Wolf (1984), a_wg of Brown & Hauenstein (2005) and the average deviation index.

    ``ratings`` from 1 to ``categories``: one answer per expert, or experts x items of a battery, which gives r_wg(J) and
    means of the other indices over the items. The null distribution is the uniform one. Items need two answers.
    """
    scale = (1.0, float(whole_number_in(categories, "categories", low=2)))
    answers = _as_battery(ratings, scale)
    columns = [column[~np.isnan(column)] for column in answers.T]
    usable = [column for column in columns if column.size > 1]
    counts: dict[str, Any] = {
        "n": int((~np.isnan(answers)).any(axis=1).sum()),
        "n_missing": int(np.isnan(answers).sum()),
    }
    if not usable:
        reason = "No item has two answers."
        return WithinGroupAgreement(status=Status.INSUFFICIENT_N, reason=reason, **counts)
    agreement = 1 - float(np.mean([column.var(ddof=1) for column in usable])) / ((scale[1] ** 2 - 1) / 12)
    raw, awg = _stepped_up(agreement, len(usable)), _mean([_awg(column, scale) for column in usable])
    return WithinGroupAgreement(
        rwg=0.0 if agreement < 0 else raw,
        rwg_raw=raw,
        awg=awg,
        ad_mean=np.mean([np.abs(column - column.mean()).mean() for column in usable]),
        ad_median=np.mean([np.abs(column - np.median(column)).mean() for column in usable]),
        reason="" if None not in (raw, awg) else "The mean allows too little spread for a_wg, or r_wg(J) has its pole here.",
        **counts,
    )


def _as_battery(ratings: Any, scale: tuple[float, float]) -> Numbers:
    one_item = np.ndim(ratings) < 2 if isinstance(ratings, np.ndarray) else not any(map(_is_row, ratings))
    answers = numbers(ratings, "ratings")[:, None] if one_item else matrix(ratings, "ratings")
    check_scale(answers, "ratings", scale)
    return answers


def _is_row(cell: Any) -> bool:
    return isinstance(cell, (list, tuple, np.ndarray))


def _stepped_up(agreement: float, items: int) -> float | None:
    """Spearman-Brown for a battery; it has a pole, and no meaning, where the spread is beyond that of random answers."""
    denominator = items * agreement + 1 - agreement
    return None if denominator == 0 else items * agreement / denominator


def _awg(column: Numbers, scale: tuple[float, float]) -> float | None:
    """1 - 2 s^2 / (the largest variance possible at this mean); not defined where the mean allows no such spread."""
    low, high = scale
    mean, k = float(column.mean()), column.size
    if not low * (k - 1) + high <= mean * k <= high * (k - 1) + low:
        return 1.0 if np.ptp(column) == 0 else None
    largest = ((high + low) * mean - mean**2 - high * low) * k / (k - 1)
    return 1 - 2 * float(column.var(ddof=1)) / largest


def _mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None
