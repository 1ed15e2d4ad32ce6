"""Random rounds: experts x items with holes, and the groups of the experts."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st


@st.composite
def rounds(draw, rows=(1, 14), columns=(1, 4), scale=(2, 6), groups=3, number=1, holes=True):
    """``number`` rounds of the same panel as matrices of bytes (0 missing), its groups (-1: none), and the scale."""
    experts, items, categories = draw(st.integers(*rows)), draw(st.integers(*columns)), draw(st.integers(*scale))
    answer = st.integers(0 if holes else 1, categories)
    matrix = st.lists(st.lists(answer, min_size=items, max_size=items), min_size=experts, max_size=experts)
    members = draw(st.lists(st.integers(-1, groups - 1), min_size=experts, max_size=experts))
    answers = [np.array(draw(matrix), dtype=np.uint8).reshape(experts, items) for _ in range(number)]
    return (*answers, np.array(members, dtype=np.int64), categories)


def cells(*answers, groups, n_groups=3):
    """Every group and item with that group's answers to it, missing ones as NaN."""
    for group in range(n_groups):
        for item in range(answers[0].shape[1]):
            columns = [
                np.where(part[groups == group, item] > 0, part[groups == group, item].astype(float), np.nan)
                for part in answers
            ]
            yield (group, item), *columns


def same(found, expected):
    """NaN in an array stands for ``None`` in a result."""
    if expected is None:
        return bool(np.isnan(found))
    return bool(np.isclose(found, expected, rtol=1e-9, atol=1e-9))
