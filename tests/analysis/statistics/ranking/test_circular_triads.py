"""circular_triads: one expert's contradictions among pairwise preferences."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, circular_triads
from tests.analysis.statistics.strategies import few


@st.composite
def tournaments(draw, sizes=(3, 7)):
    size = draw(st.integers(*sizes))
    table = np.zeros((size, size), dtype=int)
    for i, j in itertools.combinations(range(size), 2):
        table[i, j] = draw(st.integers(0, 1))
        table[j, i] = 1 - table[i, j]
    return table


def circle(size):
    """Everybody beats the next (size - 1) / 2: as circular as an odd number of items can be."""
    return [[int(0 < (j - i) % size <= (size - 1) // 2) for j in range(size)] for i in range(size)]


@pytest.mark.parametrize(("size", "most"), [(3, 1), (5, 5), (7, 14), (9, 30)])
def test_kendalls_largest_numbers(size, most):
    # Kendall & Babington Smith 1940, Biometrika 31:324: at most (n^3 - n)/24 circular triads for odd n
    result = circular_triads(circle(size))
    assert (result.triads, result.zeta, result.n) == (most, 0, size)


def test_six_items_by_hand():
    # Wins 4, 2, 4, 1, 2, 2: d = 6 * 5 * 11/12 - 45/2 = 5 of at most (6^3 - 24)/24 = 8 for even n
    table = [
        [0, 1, 1, 0, 1, 1],
        [0, 0, 0, 1, 1, 0],
        [0, 1, 0, 1, 1, 1],
        [1, 0, 0, 0, 0, 0],
        [0, 0, 0, 1, 0, 1],
        [0, 1, 0, 1, 0, 0],
    ]
    result = circular_triads(table)
    assert (result.triads, result.zeta) == (5, pytest.approx(1 - 5 / 8))


def test_a_consistent_expert():
    result = circular_triads(np.triu(np.ones((6, 6)), 1))
    assert (result.triads, result.zeta) == (0, 1)


@pytest.mark.parametrize(
    ("preferences", "triads", "status"),
    [
        ([], 0, Status.INSUFFICIENT_N),
        ([[0]], 0, Status.INSUFFICIENT_N),
        ([[0, 1], [0, 0]], 0, Status.INSUFFICIENT_N),
        ([[None] * 3] * 3, None, Status.NOT_APPLICABLE),
        ([[0, 1, None], [0, 0, 1], [None, 0, 0]], None, Status.NOT_APPLICABLE),
    ],
)
def test_edges(preferences, triads, status):
    result = circular_triads(preferences)
    assert (result.triads, result.zeta, result.status) == (triads, None, status)


@pytest.mark.parametrize(
    "preferences",
    [[[0, 1], [1, 0]], [[0, 0], [0, 0]], [[0, 2], [0, 0]], [[0, 0.5], [0.5, 0]], [[0, 1, 1], [0, 0, 1]]],
    ids=["both", "neither", "off the scale", "tied", "not square"],
)
def test_malformed_preferences_are_named(preferences):
    with pytest.raises(ValueError, match="preferences"):
        circular_triads(preferences)


@few
@given(tournaments())
def test_triads_are_counted(table):
    counted = sum(
        table[a, b] + table[b, c] + table[c, a] in (0, 3) for a, b, c in itertools.combinations(range(len(table)), 3)
    )
    result = circular_triads(table)
    assert result.triads == counted
    assert 0 <= result.zeta <= 1


@few
@given(tournaments(), st.randoms())
def test_relabelling_and_reversing_change_nothing(table, random):
    order = list(range(len(table)))
    random.shuffle(order)
    assert circular_triads(table[np.ix_(order, order)]).triads == circular_triads(table).triads
    assert circular_triads(table.T).triads == circular_triads(table).triads
