"""standardise_intervals: IDEA intervals brought to a common confidence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, standardise_intervals
from tests.analysis.statistics.strategies import few

answers = st.tuples(*[st.floats(0, 100)] * 3, st.floats(50, 100)).map(lambda row: (*sorted(row[:3]), row[3]))


def test_hemmings_formula():
    # Hemming et al. 2018, Methods Ecol. Evol. 9:169: B - (B - L) * (S/C); arms 20 and 30 at 60 % become 26.67 and 40
    result = standardise_intervals([30], [50], [80], [60])
    assert (result.lower, result.upper) == (pytest.approx((50 - 80 / 3,)), pytest.approx((90,)))
    assert (result.target, result.n) == (80, 1)


def test_one_expert_as_numbers():
    result = standardise_intervals(30, 50, 80, 100)
    assert (result.lower, result.upper) == (pytest.approx(34), pytest.approx(74))
    assert standardise_intervals(30, 50, 80, 80, target=80).lower == 30


def test_one_confidence_for_all():
    assert standardise_intervals([0, 10], [10, 20], [20, 40], 50, target=100).upper == (30, 60)


def test_a_missing_part_leaves_that_expert_out():
    result = standardise_intervals([10, 10], [20, None], [30, 30], [80, 80])
    assert (result.lower, result.upper, result.n, result.n_missing) == ((10, None), (30, None), 1, 1)


@pytest.mark.parametrize("column", [[], [None, None]])
def test_no_interval(column):
    result = standardise_intervals(column, column, column, column)
    assert (result.lower, result.status) == (tuple(column), Status.INSUFFICIENT_N)


def test_no_width_stays_no_width():
    assert standardise_intervals([5], [5], [5], [50]).upper == (5,)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([3], [2], [4], [80]), "best"),
        (([1], [5], [4], [80]), "best"),
        (([1], [2], [3], [0]), "confidence"),
        (([1], [2], [3], [101]), "confidence"),
        (([1], [2], [3], [80], 0), "target"),
        (([1, 2, 3], [2, 3], [3, 4, 5], [80, 80, 80]), "best"),
        (([[1]], [2], [3], [80]), "lower"),
    ],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        standardise_intervals(*arguments)


@few
@given(answers, st.floats(50, 100))
def test_going_to_another_target_and_back_returns_the_interval(answer, target):
    lower, best, upper, confidence = answer
    there = standardise_intervals(lower, best, upper, confidence, target)
    back = standardise_intervals(there.lower, best, there.upper, target, confidence)
    assert (back.lower, back.upper) == pytest.approx((lower, upper), abs=1e-9)
