"""Kendall's W of every group over all items, from whole numbers throughout."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy import stats

from analysis.statistics.answers import Array
from analysis.statistics.matrix.codes import Codes, GroupedCodes, grouped_codes

_BLOCK = 1_024


class Concordance(NamedTuple):
    """One entry per group, as ``kendall_w`` with ``missing="drop_experts"``; ``mean_ranks`` is groups x items."""

    w: Array
    w_uncorrected: Array
    chi2: Array
    df: Array
    p_value: Array
    mean_spearman: Array
    n_experts: Array
    n_items: Array
    mean_ranks: Array


def kendall_w_by_group(answers: Any, groups: Any, n_categories: int, n_groups: int | None = None) -> Concordance:
    """Arguments as ``group_histograms``. Only experts who answered every item (of those anybody answered) can count."""
    grouped = grouped_codes(answers, groups, n_categories, n_groups)
    n_items = grouped.rows.shape[1]
    rank_sums = np.zeros((grouped.n_groups, n_items), dtype=np.int64)
    ties, experts = np.zeros(grouped.n_groups, dtype=np.int64), np.zeros(grouped.n_groups, dtype=np.int64)
    asked = np.zeros((grouped.n_groups, n_items), dtype=bool)
    for group in range(grouped.n_groups):
        asked[group] = grouped.of_group(group).any(axis=0)
    for group, block in _complete_blocks(grouped, asked):
        sums, tied = _doubled_rank_sums(block, grouped.n_categories)
        rank_sums[group, asked[group]] += sums
        ties[group] += tied
        experts[group] += len(block)
    return _concordance(rank_sums, ties, experts, asked)


def _complete_blocks(grouped: GroupedCodes, asked: Array) -> Any:
    for group, block in grouped.blocks(_BLOCK):
        answered = block[:, asked[group]] if not asked[group].all() else block
        complete = answered[answered.all(axis=1)]
        if complete.size:
            yield group, complete


def _doubled_rank_sums(block: Codes, n_categories: int) -> tuple[Array, int]:
    """Twice the sum of mid-ranks of each item, and the sum of t^3 - t over the rows' ties.

    A row's mid-ranks depend on its own histogram only: twice as many items as lie below, plus those in the category,
    plus 1.
    """
    rows = len(block)
    offsets = np.arange(rows)[:, None] * n_categories - 1
    cells = block + offsets
    sizes = np.bincount(cells.ravel(), minlength=rows * n_categories).reshape(rows, n_categories)
    doubled = 2 * (np.cumsum(sizes, axis=1) - sizes) + sizes + 1
    return doubled.ravel()[cells].sum(axis=0), int((sizes**3 - sizes).sum())


def _concordance(rank_sums: Array, ties: Array, experts: Array, asked: Array) -> Concordance:
    m, n = experts.astype(float), asked.sum(axis=1).astype(float)
    expected = (m * (n + 1))[:, None]
    squares = np.where(asked, (rank_sums - expected) ** 2, 0.0).sum(axis=1) / 4
    largest = m * m * (n**3 - n)
    corrected = largest - m * ties
    defined = (m >= 2) & (n >= 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        w = np.where(defined & (corrected > 0), np.minimum(1.0, 12 * squares / corrected), np.nan)
        chi2 = m * (n - 1) * w
        return Concordance(
            w=w,
            w_uncorrected=np.where(np.isnan(w), np.nan, 12 * squares / largest),
            chi2=chi2,
            df=np.where(np.isnan(w), np.nan, n - 1),
            p_value=stats.chi2.sf(chi2, np.maximum(n - 1, 1)),
            mean_spearman=(m * w - 1) / (m - 1),
            n_experts=experts,
            n_items=asked.sum(axis=1),
            mean_ranks=np.where(asked & (m > 0)[:, None], rank_sums / (2 * m[:, None]), np.nan),
        )
