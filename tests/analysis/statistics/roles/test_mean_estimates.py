"""Means of many cells with their errors: the same as Welch's test, and as the one-comparison functions."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics import equivalence, two_group_gap
from analysis.statistics.roles.mean_estimates import MeanEstimates, equal_weight_estimates, mean_estimates

TWO_GROUPS = ([2, 4, 3, 5, 4, 4], [1, 2, 2, 3, 1, 2, 2])
some_answers = st.lists(st.integers(1, 5), min_size=2, max_size=9)


def counted(answers):
    return np.bincount(answers, minlength=6)[1:].astype(float)


def difference(first, second):
    return mean_estimates(counted(first)).minus(mean_estimates(counted(second)))


def test_the_difference_of_two_groups_is_welchs():
    # By hand: means 22/6 and 13/7; variances 16/15 and 10/21; squared errors 8/45 and 10/147, with 5 and 6 degrees of freedom.
    found = difference(*TWO_GROUPS)
    first, second = 8 / 45, 10 / 147
    assert float(found.mean) == pytest.approx(22 / 6 - 13 / 7)
    assert float(found.squared_error) == pytest.approx(first + second)
    assert float(found.df) == pytest.approx((first + second) ** 2 / (first**2 / 5 + second**2 / 6))
    low, high = found.interval()
    expected = stats.ttest_ind(*TWO_GROUPS, equal_var=False)
    interval = expected.confidence_interval(0.95)
    assert (float(low), float(high)) == pytest.approx((interval.low, interval.high))
    assert float(found.p_values()) == pytest.approx(expected.pvalue)


@given(some_answers, some_answers, st.sampled_from([0.4, 0.8, 1.5]))
def test_p_values_are_those_of_the_one_comparison_functions(first, second, margin):
    found = difference(first, second)
    if found.squared_error == 0:
        assert math.isnan(found.p_values()) and math.isnan(found.equivalence_p_values(margin))
        return
    assert float(found.p_values()) == pytest.approx(two_group_gap(first, second).p_welch, abs=1e-12)
    assert float(found.equivalence_p_values(margin)) == pytest.approx(equivalence(first, second, margin).p_value, abs=1e-12)


def test_groups_of_any_size_count_once():
    # By hand: means 2, 4 and 3, their mean 3; squared errors 1/3, 1 and 1/3, together (5/3)/9; 2, 1 and 3 degrees of freedom.
    groups = np.array([counted([1, 2, 3]), counted([3, 5]), counted([2, 4, 2, 4])])
    found = equal_weight_estimates(groups)
    errors, freedom = [1 / 3, 2 / 2, (4 / 3) / 4], [2, 1, 3]
    assert float(found.mean) == pytest.approx(3)
    assert float(found.squared_error) == pytest.approx(sum(errors) / 9)
    assert float(found.df) == pytest.approx(sum(errors) ** 2 / sum(error**2 / df for error, df in zip(errors, freedom, strict=True)))


def test_groups_that_are_hidden_or_did_not_answer_do_not_count():
    told = np.array([counted([1, 2, 3]), counted([2, 4, 2, 4])])
    with_others = np.array([told[0], np.full(5, np.nan), told[1], np.zeros(5)])
    assert numbers(equal_weight_estimates(with_others)) == numbers(equal_weight_estimates(told))


def test_one_answer_borrows_the_standard_deviation_within_the_other_groups():
    # By hand: pooled variance (2 x 1 + 3 x 4/3) / 5 = 6/5 for the single answer; squared errors 1/3, 1/3 and 6/5.
    found = equal_weight_estimates(np.array([counted([1, 2, 3]), counted([2, 4, 2, 4]), counted([5])]))
    assert float(found.mean) == pytest.approx((2 + 3 + 5) / 3)
    assert float(found.squared_error) == pytest.approx((1 / 3 + 1 / 3 + 6 / 5) / 9)


def test_nobody_has_no_estimate():
    assert all(math.isnan(value) for value in numbers(mean_estimates(np.zeros(5))))
    assert math.isnan(equal_weight_estimates(np.zeros((3, 5))).mean)


@given(st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=3, max_size=12))
def test_the_mean_over_functions_is_never_said_to_be_surer_than_it_is(answers):
    """The law behind the bound: a mean of quantities has no larger error than the mean of their errors."""
    table = np.array(answers, dtype=int)
    found = mean_estimates(np.array([counted(column) for column in table.T])).averaged(np.ones(4, dtype=bool))
    of_each_expert = table.mean(axis=1)
    assert float(found.mean) == pytest.approx(of_each_expert.mean())
    assert float(found.squared_error) >= of_each_expert.var(ddof=1) / len(table) - 1e-12


def test_the_mean_over_functions_leaves_out_what_is_not_chosen():
    cells = mean_estimates(np.array([counted([1, 2, 3]), counted([5, 5, 1])]))
    found = cells.averaged(np.array([True, False]))
    assert numbers(found) == pytest.approx((2, 1 / 3, 2))


def test_a_change_adds_the_errors_of_both_rounds():
    # By hand: 1 2 3 and 5 5 1 have means 2 and 11/3, squared errors 1/3 and 16/9; the fewer degrees of freedom are 2 of 2 and 3.
    found = mean_estimates(counted([5, 5, 1])).since(mean_estimates(counted([1, 2, 3])))
    assert numbers(found) == pytest.approx((11 / 3 - 2, (3**-0.5 + 4 / 3) ** 2, 2))
    unanimous = mean_estimates(counted([4, 4])).since(mean_estimates(counted([1, 2, 3])))
    assert numbers(unanimous) == pytest.approx((2, 1 / 3, 1))


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=3, max_size=12))
def test_a_change_is_never_said_to_be_surer_than_it_is(pairs):
    """The law behind the bound: the same people's differences have no larger error than both rounds' errors together."""
    before, after = np.array(pairs).T
    found = mean_estimates(counted(after)).since(mean_estimates(counted(before)))
    differences = after - before
    assert float(found.mean) == pytest.approx(differences.mean())
    assert float(found.squared_error) >= differences.var(ddof=1) / len(pairs) - 1e-12


def test_what_does_not_vary_has_no_interval():
    found = difference([4, 4, 4], [4, 4, 4, 4])
    assert (float(found.mean), float(found.squared_error)) == (0, 0)
    assert all(math.isnan(end) for end in found.interval())


def numbers(estimates: MeanEstimates):
    return float(estimates.mean), float(estimates.squared_error), float(estimates.df)
