"""Counting a whole round once: how often each group gave each answer to each item, or changed from one to another.

On a scale of k categories nearly every statistic of a round is a function of these counts, so that after this one pass
over the answers nothing depends on the number of experts any more. Counts of disjoint sets of experts add up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from analysis.statistics.answers import Array
from analysis.statistics.matrix.codes import Codes, coded_answers, group_numbers

_CELLS_AT_ONCE = 400_000
"""A block of experts that stays in the processor's cache."""


def group_histograms(answers: Any, groups: Any, n_categories: int, n_groups: int | None = None) -> Array:
    """Counts of shape groups x items x categories.

    ``answers``: experts x items, 1 to ``n_categories``, missing as ``None``, NaN or, in a matrix of bytes, 0.
    ``groups``: one number per expert, -1 for none, or ``None`` for one group of all.
    """
    codes = coded_answers(answers, n_categories)
    numbers, count = group_numbers(groups, len(codes), n_groups)
    return _counted(lambda block: codes[block], codes.shape[1], numbers, count, n_categories)


def difference_histograms(
    before: Any, after: Any, groups: Any, n_categories: int, n_groups: int | None = None
) -> Array:
    """Counts of after - before among the experts who answered twice: groups x items x (2 k - 1), from -(k - 1) up."""
    first, second = _two_rounds(before, after, n_categories)
    numbers, count = group_numbers(groups, len(first), n_groups)

    def moves(block: slice) -> Array:
        earlier, later = first[block], second[block]
        return np.where((earlier > 0) & (later > 0), later.astype(np.int16) - earlier + n_categories, 0)

    return _counted(moves, first.shape[1], numbers, count, 2 * n_categories - 1)


def change_tables(before: Any, after: Any, groups: Any, n_categories: int, n_groups: int | None = None) -> Array:
    """Counts of every move from one category to another: groups x items x before x after, over complete pairs."""
    first, second = _two_rounds(before, after, n_categories)
    numbers, count = group_numbers(groups, len(first), n_groups)

    def moves(block: slice) -> Array:
        earlier, later = first[block].astype(np.int64), second[block]
        return np.where((earlier > 0) & (later > 0), (earlier - 1) * n_categories + later, 0)

    tables = _counted(moves, first.shape[1], numbers, count, n_categories**2)
    return tables.reshape(*tables.shape[:2], n_categories, n_categories)


def _counted(codes_of: Callable[[slice], Array], n_items: int, numbers: Array, n_groups: int, n_codes: int) -> Array:
    """Counts of the codes 1 to ``n_codes``, block of experts by block; 0 is missing and group -1 a group apart."""
    stride = n_codes + 1
    counts = np.zeros((n_groups + 1) * n_items * stride, dtype=np.int64)
    of_group = np.where(numbers < 0, n_groups, numbers)[:, None] * (n_items * stride)
    of_item = np.arange(n_items) * stride
    size = max(1, _CELLS_AT_ONCE // max(1, n_items))
    for start in range(0, len(numbers), size):
        block = slice(start, start + size)
        cells = codes_of(block) + of_item + of_group[block]
        counts += np.bincount(cells.ravel(), minlength=counts.size)
    return counts.reshape(n_groups + 1, n_items, stride)[:n_groups, :, 1:]


def _two_rounds(before: Any, after: Any, n_categories: int) -> tuple[Codes, Codes]:
    first, second = coded_answers(before, n_categories), coded_answers(after, n_categories)
    if first.shape != second.shape:
        raise ValueError(f"after must have the experts and items of before: {second.shape} and {first.shape}")
    return first, second
