"""friedman, skillings_mack and cochran_q: tests over three or more rounds of the same experts."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, cochran_q, friedman, skillings_mack
from tests.analysis.statistics.strategies import few, matrices, rating_or_missing

N = None
TIED = [[5, 6, 7], [4, 4, 5], [3, 5, 5], [6, 6, 6], [2, 4, 3]]


def test_friedman_with_ties_equals_r():
    # R 4.2.2: friedman.test(rbind(c(5,6,7), c(4,4,5), c(3,5,5), c(6,6,6), c(2,4,3)))
    result = friedman([*TIED, [1, N, 2]])
    assert (result.statistic, result.df) == (pytest.approx(5.571428571), 2)
    assert result.p_value == pytest.approx(0.0616850126)
    assert (result.n, result.n_missing) == (5, 1)
    assert result.kendall_w == pytest.approx(5.571428571 / 10)


def test_friedman_takes_two_rounds():
    # By hand: three of four up: W = 1/4, chi2 = 4 * 1 * 1/4
    assert friedman([[1, 2], [1, 3], [2, 4], [5, 4]]).statistic == pytest.approx(1)


def test_the_assembly_times_of_skillings_and_mack():
    # Skillings & Mack 1981, Technometrics 23:171; Hollander & Wolfe 1999, table 7.19: SM = 15.493, df 3; R: p = 0.00144
    times = [
        [3.2, 4.1, 3.8, 4.2],
        [3.1, 3.9, 3.4, 4.0],
        [4.3, 3.5, 4.6, 4.8],
        [3.5, 3.6, 3.9, 4.0],
        [3.6, 4.2, 3.7, 3.9],
        [4.5, 4.7, 3.7, N],
        [N, 4.2, 3.4, N],
        [4.3, 4.6, 4.4, 4.9],
        [3.5, N, 3.7, 3.9],
    ]
    result = skillings_mack(times)
    assert round(result.statistic, 3) == 15.493
    assert (result.df, round(result.p_value, 5)) == (3, 0.00144)
    assert result.statistic_uncorrected == pytest.approx(result.statistic)


def test_balanced_incomplete_rankings_give_durbins_statistic():
    # Conover 1999, section 5.9, seven ice creams, three each by seven people: T = 12, df 6.
    # R 4.2.2: 12*(t-1)/(r*t*(k-1)*(k+1)) * sum((R - r*(k+1)/2)^2) = 12, p = 0.0619688044167
    tastings = [
        [2, 3, N, 1, N, N, N],
        [N, 3, 1, N, 2, N, N],
        [N, N, 2, 1, N, 3, N],
        [N, N, N, 1, 2, N, 3],
        [3, N, N, N, 1, 2, N],
        [N, 3, N, N, N, 1, 2],
        [3, N, 1, N, N, N, 2],
    ]
    result = skillings_mack(tastings)
    assert (result.statistic, result.df) == (pytest.approx(12), 6)
    assert result.p_value == pytest.approx(0.0619688044167)


def test_rounds_that_no_expert_connects_are_compared_within_their_parts():
    # Two experts saw rounds 1 and 2, two others 3 and 4: each part is a sign test of 2 of 2: 2 + 2 on 1 + 1 df
    result = skillings_mack([[1, 2, N, N], [1, 3, N, N], [N, N, 4, 5], [N, N, 1, 2]])
    assert (result.statistic, result.df) == (pytest.approx(4), 2)


def test_cochrans_q_equals_statsmodels():
    # statsmodels 0.15: cochrans_q(x): statistic 5.2, pvalue 0.07427357821433386
    result = cochran_q([[1, 1, 0], [1, 0, 0], [1, 1, 1], [0, 1, 0], [1, 1, 0], [1, 0, 0], [N, 1, 1]])
    assert (result.statistic, result.df) == (pytest.approx(5.2), 2)
    assert result.p_value == pytest.approx(0.07427357821433386)
    assert (result.n, result.n_missing) == (6, 1)


@pytest.mark.parametrize("test", [friedman, skillings_mack, cochran_q])
@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ([], Status.INSUFFICIENT_N),
        ([[1], [0]], Status.INSUFFICIENT_N),
        ([[N, N], [N, N]], Status.INSUFFICIENT_N),
        ([[1, 1, 1], [0, 0, 0]], Status.NO_VARIATION),
    ],
    ids=["empty", "one round", "all missing", "nobody moved"],
)
def test_edges(test, answers, status):
    result = test(answers)
    assert (result.statistic, result.df, result.p_value, result.status) == (None, None, None, status)
    assert result.reason


@pytest.mark.parametrize(("test", "status"), [(friedman, Status.INSUFFICIENT_N), (skillings_mack, Status.INSUFFICIENT_N), (cochran_q, Status.OK)])
def test_one_expert(test, status):
    assert test([[0, 1, 1]]).status == status


@pytest.mark.parametrize("test", [friedman, skillings_mack, cochran_q])
@pytest.mark.parametrize("answers", [[1, 2, 3], [[1, 0], [1]], [["a", 1], [0, 1]]])
def test_malformed_answers_are_refused_by_name(test, answers):
    with pytest.raises(ValueError, match="answers"):
        test(answers)


@pytest.mark.parametrize("value", [2, -1, 0.5])
def test_cochrans_q_is_for_zeros_and_ones(value):
    with pytest.raises(ValueError, match="answers"):
        cochran_q([[1, 0], [value, 1]])


@few
@given(matrices(rows=(2, 6)))
def test_complete_answers_give_friedmans_statistic_ties_and_all(answers):
    complete, holed = friedman(answers), skillings_mack(answers)
    assert (holed.statistic, holed.df) == (pytest.approx(complete.statistic), complete.df)
    assert holed.status == complete.status


@few
@given(matrices(rating_or_missing), st.randoms())
def test_order_and_silent_experts_change_nothing(answers, random):
    result = skillings_mack(answers)
    other = [*answers, [N] * len(answers[0])]
    random.shuffle(other)
    columns = list(zip(*other, strict=True))
    random.shuffle(columns)
    shuffled = skillings_mack([list(row) for row in zip(*columns, strict=True)])
    assert (shuffled.statistic, shuffled.df) == (pytest.approx(result.statistic, abs=1e-7), result.df)


@few
@given(matrices(st.integers(0, 1)))
def test_cochrans_q_is_friedmans_statistic_on_zeros_and_ones(answers):
    assert cochran_q(answers).statistic == pytest.approx(friedman(answers).statistic)


def test_the_covariance_behind_skillings_mack_is_that_of_random_orders():
    """All orders of each expert's own answers, equally likely: the mean of the statistic is then its df."""
    experts = [[1, 2, N], [N, 3, 5], [1, 1, 4]]
    orders = [list(dict.fromkeys(itertools.permutations([a for a in row if a is not None]))) for row in experts]
    weights = [[1] * len(order) for order in orders]
    statistics = [skillings_mack([refill(row, answer) for row, answer in zip(experts, chosen, strict=True)]).statistic for chosen in itertools.product(*orders)]
    assert np.average(statistics, weights=np.prod(list(itertools.product(*weights)), axis=1)) == pytest.approx(2)


def refill(row, answers):
    remaining = iter(answers)
    return [None if answer is None else next(remaining) for answer in row]
