"""The answers of a round as a matrix of small whole numbers, and its experts sorted by group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.statistics.answers import Array, check_scale, matrix

Codes = NDArray[np.uint8]

LARGEST_SCALE = 255
MISSING = 0


@dataclass(frozen=True)
class GroupedCodes:
    """Rows of the matrix brought together by group; experts of no group are not among them."""

    rows: Codes
    bounds: Array
    n_categories: int

    @property
    def n_groups(self) -> int:
        return self.bounds.size - 1

    def of_group(self, group: int) -> Codes:
        return self.rows[self.bounds[group] : self.bounds[group + 1]]

    def blocks(self, size: int) -> Iterator[tuple[int, Codes]]:
        """Pieces of at most ``size`` experts, each of one group, with the group's number."""
        for group in range(self.n_groups):
            members = self.of_group(group)
            for start in range(0, len(members), size):
                yield group, members[start : start + size]


def coded_answers(answers: Any, n_categories: int) -> Codes:
    """Experts x items on the scale 1 to ``n_categories`` as bytes, 0 for a missing answer.

    Bytes are taken as coded already (and checked); anything else may hold ``None`` or NaN.
    """
    if not 1 <= n_categories <= LARGEST_SCALE:
        raise ValueError(f"n_categories must lie between 1 and {LARGEST_SCALE}, not {n_categories}")
    if isinstance(answers, np.ndarray) and answers.dtype == np.uint8:
        if answers.ndim != 2 or (answers.size and answers.max() > n_categories):
            raise ValueError(f"answers must be experts x items with codes from 0 to {n_categories}")
        return answers
    values = matrix(answers, "answers")
    check_scale(values, "answers", (1, n_categories))
    present = ~np.isnan(values)
    if (values[present] != np.rint(values[present])).any():
        raise ValueError("answers must be whole positions on the scale")
    return np.where(present, np.nan_to_num(values), MISSING).astype(np.uint8)


def grouped_codes(answers: Any, groups: Any, n_categories: int, n_groups: int | None = None) -> GroupedCodes:
    """``groups``: one whole number from 0 on per expert, -1 for none; ``None`` puts all experts into group 0."""
    codes = coded_answers(answers, n_categories)
    numbers, count = group_numbers(groups, len(codes), n_groups)
    order = np.argsort(numbers, kind="stable")
    bounds = np.searchsorted(numbers[order], np.arange(count + 1))
    return GroupedCodes(rows=codes[order[bounds[0] :]], bounds=bounds - bounds[0], n_categories=n_categories)


def group_numbers(groups: Any, n_experts: int, n_groups: int | None = None) -> tuple[Array, int]:
    """The experts' group numbers, checked, and how many groups there are."""
    if groups is None:
        return np.zeros(n_experts, dtype=np.int64), n_groups or 1
    numbers = np.asarray(groups)
    if numbers.shape != (n_experts,) or (numbers.size and numbers.dtype.kind not in "iu"):
        raise ValueError(f"groups must be one whole number per expert: {numbers.shape} for {n_experts}")
    numbers = numbers.astype(np.int64)
    if (numbers < -1).any():
        raise ValueError("groups must be numbers from 0 on, or -1 for no group")
    count = int(numbers.max(initial=-1)) + 1 if n_groups is None else n_groups
    if (numbers >= count).any():
        raise ValueError(f"groups must lie below n_groups, {count}")
    return numbers, count
