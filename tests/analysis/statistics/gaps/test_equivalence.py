"""equivalence: whether two groups agree within a margin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, equivalence
from tests.analysis.statistics.strategies import complete_ratings, few

# Student 1908 (R: sleep): extra hours of sleep under two drugs
DRUG_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
DRUG_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_students_sleep():
    # Python, statsmodels 0.15: ttost_ind(x, y, -3, 3, usevar="unequal"): p 0.05597891453224451, df 17.776473516178495
    result = equivalence(DRUG_1, DRUG_2, 3)
    assert result.p_value == pytest.approx(0.05597891453224451)
    assert result.df == pytest.approx(17.776473516178495)
    assert result.equivalent is False
    # R: t.test(extra ~ group, data = sleep, conf.level = .9)$conf.int
    assert (result.low, result.high) == pytest.approx((-3.0533815, -0.1066185), abs=5e-7)


def test_a_wider_margin_is_met():
    assert equivalence(DRUG_1, DRUG_2, 3.1).equivalent is True


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ([], [], Status.INSUFFICIENT_N),
        ([1], [2, 3], Status.INSUFFICIENT_N),
        ([None, None], [2, 3], Status.INSUFFICIENT_N),
        ([4, 4], [4, 4, 4], Status.NO_VARIATION),
        ([4, 4], [9, 9, 9], Status.NO_VARIATION),
    ],
)
def test_edges(first, second, status):
    result = equivalence(first, second, 1)
    assert (result.equivalent, result.p_value, result.low, result.status) == (None, None, None, status)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([1, 2], [2, 3], 0), "margin"),
        (([1, 2], [2, 3], -1), "margin"),
        (([[1]], [2], 1), "first"),
        (([1], ["a"], 1), "second"),
    ],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        equivalence(*arguments)


@few
@given(complete_ratings, complete_ratings, st.floats(0.1, 8))
def test_equivalent_when_the_90_percent_interval_lies_within_the_margin(first, second, margin):
    result = equivalence(first, second, margin)
    if result.status == Status.OK and abs(result.p_value - 0.05) > 1e-9:
        assert result.equivalent == (-margin < result.low and result.high < margin)


@few
@given(complete_ratings, complete_ratings)
def test_changing_sides_and_missing_experts_change_only_signs(first, second):
    one, other = equivalence(first, second, 2), equivalence([*second, None], first, 2)
    assert other.p_value == pytest.approx(one.p_value)
    assert other.low == (None if one.high is None else pytest.approx(-one.high))
