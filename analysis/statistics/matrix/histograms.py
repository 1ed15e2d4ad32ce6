"""Counting a whole round once: how often each group gave each answer to each item, or changed from one to another.

On a scale of k categories nearly every statistic of a round is a function of these counts, so that after this one
pass over the answers nothing depends on the number of experts any more. Counts of disjoint sets of experts add up.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.statistics.matrix.codes import Array, Codes, GroupedCodes, coded_answers, grouped_codes

_BYTE_BLOCK = 255
"""So many experts at most can be counted in a byte."""

_TABLE_BLOCK = 4_096


def group_histograms(answers: Any, groups: Any, n_categories: int, n_groups: int | None = None) -> Array:
    """Counts of shape groups x items x categories.

    ``answers``: experts x items, 1 to ``n_categories``, missing as ``None``, NaN or, in a matrix of bytes, 0.
    ``groups``: one number per expert, -1 for none, or ``None`` for one group of all.
    """
    return count_codes(grouped_codes(answers, groups, n_categories, n_groups))


def count_codes(grouped: GroupedCodes) -> Array:
    """Blocks of up to 255 experts are counted in bytes, which is where a processor is fastest."""
    counts = np.zeros((grouped.n_groups, grouped.rows.shape[1], grouped.n_categories), dtype=np.int64)
    for group, block in grouped.blocks(_BYTE_BLOCK):
        for category in range(grouped.n_categories):
            counts[group, :, category] += (block == category + 1).view(np.uint8).sum(axis=0, dtype=np.uint8)
    return counts


def difference_histograms(
    before: Any, after: Any, groups: Any, n_categories: int, n_groups: int | None = None
) -> Array:
    """Counts of after - before among the experts who answered twice: groups x items x (2 k - 1), from -(k - 1) up."""
    first, second = _two_rounds(before, after, n_categories)
    if 2 * n_categories - 1 > _BYTE_BLOCK:
        raise ValueError(f"n_categories must not exceed {_BYTE_BLOCK // 2 + 1} for differences, it is {n_categories}")
    moves = second + np.uint8(n_categories) - first
    moves[(first == 0) | (second == 0)] = 0
    return count_codes(grouped_codes(moves, groups, 2 * n_categories - 1, n_groups))


def change_tables(before: Any, after: Any, groups: Any, n_categories: int, n_groups: int | None = None) -> Array:
    """Counts of every move from one category to another: groups x items x before x after, over complete pairs."""
    first, second = _two_rounds(before, after, n_categories)
    one = grouped_codes(first, groups, n_categories, n_groups)
    other = grouped_codes(second, groups, n_categories, n_groups)
    n_items, size = first.shape[1], n_categories**2
    counts = np.zeros((one.n_groups, n_items, size), dtype=np.int64)
    offsets = np.arange(n_items) * (size + 1)
    for (group, earlier), (_, later) in zip(one.blocks(_TABLE_BLOCK), other.blocks(_TABLE_BLOCK), strict=True):
        cells = (earlier.astype(np.int64) - 1) * n_categories + later - 1
        cells[(earlier == 0) | (later == 0)] = size
        table = np.bincount((cells + offsets).ravel(), minlength=n_items * (size + 1))
        counts[group] += table.reshape(n_items, size + 1)[:, :size]
    return counts.reshape(one.n_groups, n_items, n_categories, n_categories)


def _two_rounds(before: Any, after: Any, n_categories: int) -> tuple[Codes, Codes]:
    first, second = coded_answers(before, n_categories), coded_answers(after, n_categories)
    if first.shape != second.shape:
        raise ValueError(f"after must have the experts and items of before: {second.shape} and {first.shape}")
    return first, second
