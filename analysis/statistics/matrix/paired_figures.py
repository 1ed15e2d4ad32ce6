"""Everything that compares two rounds of one ordered component, for all groups at once, from their change tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import Array, Numbers, numbers
from analysis.statistics.convergence import movement_to_median, spread_change
from analysis.statistics.convergence.movement import LEAVE_ONE_OUT, MovementToMedian
from analysis.statistics.convergence.spread_change import SpreadChange
from analysis.statistics.stability.association import RankCorrelation, rank_correlation
from analysis.statistics.stability.change_table import Kappa, kappa
from analysis.statistics.stability.homogeneity import MarginalHomogeneity, marginal_homogeneity
from analysis.statistics.stability.revision import Change, change
from analysis.statistics.stability.signed_rank import WilcoxonSignedRank, wilcoxon_signed_rank


@dataclass(frozen=True)
class PairedFigures:
    """Of one group, each as the function of that name gives it; ``toward_others`` is movement to the median left by the others."""

    change: Change
    signed_rank: WilcoxonSignedRank
    rank_correlation: RankCorrelation
    spread: SpreadChange
    toward_shown: MovementToMedian
    toward_others: MovementToMedian


@dataclass(frozen=True)
class TableFigures(PairedFigures):
    """Also what needs the full scale."""

    kappa: Kappa
    kappa_linear: Kappa
    kappa_quadratic: Kappa
    homogeneity: MarginalHomogeneity


def paired_figures(before: Any, after: Any, shown: Any = None, seed: int | None = None) -> PairedFigures:
    """One entry per expert, missing where an expert gave no answer; ``shown`` as in ``movement_to_median``."""
    first, second = numbers(before, "before"), numbers(after, "after")
    return PairedFigures(**_of_experts(first, second, shown, seed))


def table_figures(
    values: Any, tables: Any, histograms: Any = None, shown: float | None = None, seed: int | None = None
) -> list[TableFigures]:
    """One result per group.

    ``values``: the D answers of the scale, in order. ``tables``: counts, groups x D x D, before in rows, after in columns.
    ``histograms``: all answers of the first round, groups x D, if some of those experts are missing in the second.
    ``shown``: the median that the experts were shown; without it the group's own.
    """
    scale, counts = numbers(values, "values"), np.asarray(tables, dtype=np.int64)
    if counts.ndim != 3 or counts.shape[1:] != (scale.size, scale.size):
        raise ValueError(f"tables must be groups x {scale.size} x {scale.size}, not {counts.shape}")
    left = _left(counts, histograms)
    return [
        TableFigures(
            **_of_experts(*_answers(scale, table, gone), shown, seed),
            kappa=kappa(table),
            kappa_linear=kappa(table, "linear"),
            kappa_quadratic=kappa(table, "quadratic"),
            homogeneity=marginal_homogeneity(table),
        )
        for table, gone in zip(counts, left, strict=True)
    ]


def _left(tables: Array, histograms: Any) -> Array:
    """Per group and answer how many gave it and are missing in the second round."""
    if histograms is None:
        return np.zeros(tables.shape[:2], dtype=np.int64)
    answered, pairs = np.asarray(histograms, dtype=np.int64), tables.sum(axis=2)
    if answered.shape != pairs.shape or (answered < pairs).any():
        raise ValueError("histograms must be groups x values, and hold at least the experts of the tables")
    return answered - pairs


def _answers(scale: Numbers, table: Array, gone: Array) -> tuple[Numbers, Numbers]:
    """The experts again, one entry each, in the order of the table."""
    rows, columns = np.nonzero(table)
    times = table[rows, columns]
    before = np.concatenate((np.repeat(scale[rows], times), np.repeat(scale, gone)))
    after = np.concatenate((np.repeat(scale[columns], times), np.full(int(gone.sum()), np.nan)))
    return before, after


def _of_experts(before: Numbers, after: Numbers, shown: Any, seed: int | None) -> dict[str, Any]:
    return {
        "change": change(before, after),
        "signed_rank": wilcoxon_signed_rank(before, after),
        "rank_correlation": rank_correlation(before, after),
        "spread": spread_change(before, after, seed=seed),
        "toward_shown": movement_to_median(before, after, shown),
        "toward_others": movement_to_median(before, after, LEAVE_ONE_OUT),
    }
