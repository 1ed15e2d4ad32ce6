"""Choices: which options experts tick, and how alike their sets of ticks are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import Array, matrix
from analysis.statistics.result import Result, Status

_BLOCK = 1_024


@dataclass(frozen=True, kw_only=True)
class ChoicesSummary(Result):
    """``share`` per option from 0 to 1; the similarities are means over all pairs of experts."""

    share: tuple[float, ...] | None = None
    mean_jaccard: float | None = None
    mean_dice: float | None = None
    mean_ticked: float | None = None


def choices_summary(ticks: Any) -> ChoicesSummary:
    """Shares of the options and mean similarity of two experts' choices.

    ``ticks``: experts x options of 1 and 0; a row with a hole is left out (all 0 is "none of these", an answer).
    Jaccard is shared ticks over ticks of either, Dice twice the shared ones over both counts; two experts who tick
    nothing are alike (1), one who ticks nothing and one who ticks something are not (0).
    """
    table = matrix(ticks, "ticks")
    if not np.isin(table[~np.isnan(table)], (0.0, 1.0)).all():
        raise ValueError("ticks must be 0 or 1")
    complete = ~np.isnan(table).any(axis=1)
    kept = table[complete]
    sizes: dict[str, Any] = {"n": kept.shape[0], "n_missing": int((~complete).sum())}
    if kept.size == 0:
        return ChoicesSummary(status=Status.INSUFFICIENT_N, reason="There is no complete answer.", **sizes)
    jaccard, dice = _mean_similarities(kept)
    return ChoicesSummary(
        share=tuple(kept.mean(axis=0)),
        mean_jaccard=jaccard,
        mean_dice=dice,
        mean_ticked=kept.sum(axis=1).mean(),
        reason="" if len(kept) > 1 else "Similarity needs two experts.",
        **sizes,
    )


def _mean_similarities(ticks: Array) -> tuple[float | None, float | None]:
    """Different answers are compared once and weighted by how many experts gave them."""
    n = ticks.shape[0]
    if n < 2:
        return None, None
    patterns, counts = np.unique(ticks, axis=0, return_counts=True)
    sizes = patterns.sum(axis=1)
    jaccard = dice = 0.0
    for start in range(0, len(patterns), _BLOCK):
        block = slice(start, start + _BLOCK)
        shared = patterns[block] @ patterns.T
        both = sizes[block, None] + sizes[None, :]
        pairs = counts[block, None] * counts[None, :]
        jaccard += float((pairs * _ratio(shared, both - shared)).sum())
        dice += float((pairs * _ratio(2 * shared, both)).sum())
    return (jaccard - n) / (n * (n - 1)), (dice - n) / (n * (n - 1))


def _ratio(shared: Array, either: Array) -> Array:
    return np.divide(shared, either, out=np.ones_like(shared), where=either > 0)
