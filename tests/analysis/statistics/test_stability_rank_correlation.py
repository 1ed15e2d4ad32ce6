"""rank_correlation and concordance: how closely the second round follows the first."""

import pytest
from hypothesis import given

from analysis.statistics import Status, concordance, rank_correlation
from tests.analysis.statistics.strategies import few, paired_ratings

BEFORE = [5, 3, 7, 6, 4, 8, 2, 5, 6, 7, 3, 5]
AFTER = [6, 4, 7, 5, 6, 8, 4, 6, 6, 9, 5, 4]


def test_rank_correlations_equal_r():
    # R 4.2.2: cor(a, b, method = "spearman"); cor(a, b, method = "kendall")
    result = rank_correlation([*BEFORE, None], [*AFTER, 3])
    assert (result.spearman, result.kendall_tau_b) == (pytest.approx(0.787356022233), pytest.approx(0.672813920359))
    assert (result.n, result.n_missing) == (12, 1)


def test_concordance_equals_r():
    # R 4.2.2, epiR 2.0.57: epi.ccc(b, a, ci = "z-transform", conf.level = .95)$rho.c
    result = concordance(BEFORE, AFTER)
    assert result.ccc == pytest.approx(0.705607476636)
    assert (result.low, result.high) == (pytest.approx(0.315604370095), pytest.approx(0.891667621128))


def test_a_shift_lowers_concordance_but_no_correlation():
    # By hand: variances 2/3, covariance 2/3, shift 1: 2 * 2/3 / (4/3 + 1)
    assert concordance([1, 2, 3], [2, 3, 4]).ccc == pytest.approx(4 / 7)
    assert rank_correlation([1, 2, 3], [2, 3, 4]).spearman == pytest.approx(1)


EDGES = [
    ([], [], Status.INSUFFICIENT_N),
    ([None, 2], [1, None], Status.INSUFFICIENT_N),
    ([4], [5], Status.INSUFFICIENT_N),
    ([4, 4, 4], [4, 4, 4], Status.NO_VARIATION),
]
NAMES = ["empty", "no pair", "one expert", "all equal"]


@pytest.mark.parametrize(("before", "after", "status"), [*EDGES, ([4, 4], [1, 2], Status.NO_VARIATION)], ids=[*NAMES, "one round equal"])
def test_edges_of_rank_correlation(before, after, status):
    result = rank_correlation(before, after)
    assert (result.spearman, result.kendall_tau_b, result.status) == (None, None, status)
    assert result.reason


@pytest.mark.parametrize(("before", "after", "status"), EDGES, ids=NAMES)
def test_edges_of_concordance(before, after, status):
    result = concordance(before, after)
    assert (result.ccc, result.low, result.high, result.status) == (None, None, None, status)
    assert result.reason


def test_one_round_without_variation_has_concordance_0():
    result = concordance([4, 4, 4], [3, 4, 5])
    assert (result.ccc, result.low, result.high, result.status) == (0, None, None, Status.OK)


def test_two_categories_that_swap():
    assert concordance([0, 1, 0, 1], [1, 0, 1, 0]).ccc == pytest.approx(-1)
    assert rank_correlation([0, 1, 0, 1], [1, 0, 1, 0]).kendall_tau_b == pytest.approx(-1)


@pytest.mark.parametrize("statistic", [rank_correlation, concordance])
@pytest.mark.parametrize(("before", "after", "named"), [([1], [1, 2], "before and after"), ([1, "a"], [1, 2], "before")])
def test_malformed_arguments_are_named(statistic, before, after, named):
    with pytest.raises(ValueError, match=named):
        statistic(before, after)


@few
@given(paired_ratings())
def test_both_are_symmetric_in_the_rounds_and_stay_in_range(answers):
    before, after = answers
    for statistic, fields in ((rank_correlation, ("spearman", "kendall_tau_b")), (concordance, ("ccc",))):
        there, back = statistic(before, after), statistic(after, before)
        for field in fields:
            assert getattr(back, field) == pytest.approx(getattr(there, field))
            assert getattr(there, field) is None or -1 - 1e-9 <= getattr(there, field) <= 1 + 1e-9


@few
@given(paired_ratings())
def test_concordance_never_exceeds_the_correlation_and_lies_in_its_interval(answers):
    result = concordance(*answers)
    if result.low is not None:
        assert result.low <= result.ccc + 1e-12 and result.ccc <= result.high + 1e-12
    if len(set(answers[0])) > 1:
        assert concordance(answers[0], answers[0]).ccc == pytest.approx(1)
