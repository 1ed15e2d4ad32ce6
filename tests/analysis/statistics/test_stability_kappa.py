"""kappa: each expert's agreement with themselves between two rounds, beyond chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, kappa
from tests.analysis.statistics.strategies import few, square_tables

TABLE = [[44, 5, 1], [7, 20, 3], [9, 5, 6]]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [(None, 0.491525423729), ("linear", 0.473684210526), ("quadratic", 0.454545454545)],
)
def test_kappa_equals_r(weights, expected):
    # R 4.2.2, package psych: tb <- matrix(c(44,5,1,7,20,3,9,5,6), 3, byrow = TRUE)
    #   cohen.kappa(tb)$kappa; cohen.kappa(tb)$weighted.kappa (quadratic); cohen.kappa(tb, w = 1 - abs(i - j)/2)
    result = kappa(TABLE, weights)
    assert result.kappa == pytest.approx(expected)
    assert (result.percent_unchanged, result.n) == (70, 100)


@pytest.mark.parametrize(
    ("table", "expected", "unchanged", "status"),
    [
        ([], None, None, Status.INSUFFICIENT_N),
        ([[0, 0], [0, 0]], None, None, Status.INSUFFICIENT_N),
        ([[0, 0], [0, 9]], None, 100, Status.NO_VARIATION),
        ([[0, 1], [0, 0]], 0, 0, Status.OK),
        ([[3, 0], [0, 3]], 1, 100, Status.OK),
        ([[0, 3], [3, 0]], -1, 0, Status.OK),
    ],
    ids=["empty", "no pair", "all equal", "one expert who moved", "nobody moved", "everybody moved"],
)
@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
def test_edges(table, expected, unchanged, status, weights):
    result = kappa(table, weights)
    assert (result.kappa, result.percent_unchanged, result.status) == (expected, unchanged, status)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(([[1, 2]],), "table"), (([[1, -2], [0, 1]],), "table"), ((TABLE, "cubic"), "weights")],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        kappa(*arguments)


@few
@given(square_tables(), st.sampled_from([None, "linear", "quadratic"]), st.sampled_from([1 / 3, 2]))
def test_reversed_categories_swapped_rounds_and_weights_of_experts_change_nothing(table, weights, factor):
    result = kappa(table, weights)
    mirrored = [row[::-1] for row in table[::-1]]
    swapped = [list(row) for row in zip(*table, strict=True)]
    scaled = [[factor * count for count in row] for row in table]
    for other in (kappa(mirrored, weights), kappa(swapped, weights), kappa(scaled, weights)):
        assert other.kappa == pytest.approx(result.kappa)
        assert other.status == result.status
    assert result.kappa is None or -1 - 1e-9 <= result.kappa <= 1


@few
@given(square_tables(sizes=(2, 2)))
def test_on_two_categories_all_weights_agree(table):
    assert kappa(table, "linear").kappa == pytest.approx(kappa(table).kappa)
    assert kappa(table, "quadratic").kappa == pytest.approx(kappa(table).kappa)
