"""matrix_correlation: two matrices of judgements compared by permuting rows and columns together."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, matrix_correlation
from tests.analysis.statistics.strategies import few

BEFORE = [[None, 1, 2, 3], [2, None, 4, 5], [1, 3, None, 6], [3, 3, 3, None]]
AFTER = [[None, 2, 2, 3], [2, None, 4, 6], [1, 2, None, 6], [3, 1, 3, None]]


@st.composite
def matrix_pairs(draw, sizes=(3, 4)):
    size = draw(st.integers(*sizes))
    square = st.lists(st.lists(st.integers(1, 5), min_size=size, max_size=size), min_size=size, max_size=size)
    return draw(square), draw(square)


def test_four_allies_in_two_rounds():
    # R 4.2.2, sna 2.7-1: gcor(a, b) and mean over all 24 orders p of abs(gcor(a, b[p, p])) >= abs(gcor(a, b))
    result = matrix_correlation(BEFORE, AFTER)
    assert result.r == pytest.approx(0.881067717857223)
    assert result.p_value == pytest.approx(1 / 24)
    assert (result.permutations, result.enumerated, result.seed, result.n) == (24, True, None, 12)


def test_more_than_eight_are_sampled_with_the_seed_in_the_result():
    first = np.arange(100).reshape(10, 10) % 7
    one, again = matrix_correlation(first, first + np.eye(10)), matrix_correlation(first, first + np.eye(10))
    assert one == again
    assert (one.r, one.permutations, one.enumerated) == (pytest.approx(1), 9_999, False)
    assert matrix_correlation(first, first, permutations=99, seed=5).seed == 5
    assert matrix_correlation(first, first, permutations=99).p_value == pytest.approx(1 / 100)


def test_the_diagonal_does_not_count():
    other = np.array(AFTER, dtype=float)
    np.fill_diagonal(other, [100, -50, 3, 9])
    assert matrix_correlation(BEFORE, other) == matrix_correlation(BEFORE, AFTER)


def test_holes_are_left_out():
    holed = [list(row) for row in AFTER]
    holed[0][3] = None
    filled = [(i, j) for i, j in itertools.permutations(range(4), 2) if (i, j) != (0, 3)]
    expected = np.corrcoef([BEFORE[i][j] for i, j in filled], [AFTER[i][j] for i, j in filled])[0, 1]
    result = matrix_correlation(BEFORE, holed)
    assert (result.r, result.n, result.n_missing) == (pytest.approx(expected), 11, 1)


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ([], [], Status.INSUFFICIENT_N),
        ([[1]], [[2]], Status.INSUFFICIENT_N),
        ([[None] * 3] * 3, [[1, 2, 3]] * 3, Status.INSUFFICIENT_N),
        ([[4] * 3] * 3, [[1, 2, 3]] * 3, Status.NO_VARIATION),
    ],
    ids=["empty", "one ally", "all missing", "all equal"],
)
def test_edges(first, second, status):
    result = matrix_correlation(first, second)
    assert (result.r, result.p_value, result.status) == (None, None, status)


def test_two_allies_can_never_be_significant():
    result = matrix_correlation([[0, 1], [2, 0]], [[0, 3], [5, 0]])
    assert (result.r, result.p_value, result.permutations) == (pytest.approx(1), 1, 2)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([[1, 2]], [[1, 2]]), "first"),
        (([[1, 2], [3, 4]], [[1]]), "second"),
        ((BEFORE, AFTER, -3), "permutations"),
        ((BEFORE, AFTER, 9, "x"), "seed"),
    ],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        matrix_correlation(*arguments)


@few
@given(matrix_pairs())
def test_p_is_the_share_of_orders_at_least_as_extreme(pair):
    first, second = map(np.array, pair)
    result = matrix_correlation(first, second)
    if result.status != Status.OK:
        return
    off = ~np.eye(len(first), dtype=bool)
    found = []
    for order in itertools.permutations(range(len(first))):
        moved = second[np.ix_(order, order)]
        found.append(abs(np.corrcoef(first[off], moved[off])[0, 1]) >= abs(result.r) - 1e-9)
    assert result.p_value == pytest.approx(np.mean(found))


@few
@given(matrix_pairs(), st.randoms())
def test_relabelling_the_allies_in_both_changes_nothing(pair, random):
    first, second = map(np.array, pair)
    order = list(range(len(first)))
    random.shuffle(order)
    one = matrix_correlation(first, second)
    other = matrix_correlation(first[np.ix_(order, order)], second[np.ix_(order, order)])
    assert other.r == pytest.approx(one.r)
    assert other.p_value == pytest.approx(one.p_value)
    assert one.r is None or -1 - 1e-12 <= one.r <= 1 + 1e-12
