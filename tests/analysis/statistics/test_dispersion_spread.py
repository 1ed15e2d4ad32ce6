"""spread and weighted_spread: where the answers lie and how far apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, spread, weighted_spread
from tests.analysis.statistics.strategies import complete_ratings, few, ratings

ANSWERS = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]


def test_every_figure_equals_r():
    # R 4.2.2: v <- c(3,1,4,1,5,9,2,6,5,3,5); quantile(v, c(.25,.5,.75)); mean(v); sd(v); sd(v)/mean(v);
    #          mean(abs(v - median(v))); mad(v, constant = 1); mean(dist(v))
    result = spread(ANSWERS)
    assert (result.q1, result.median, result.q3, result.iqr) == (2.5, 4, 5, 2.5)
    assert (result.mean, result.median_abs_dev) == (4, 1)
    assert result.sd == pytest.approx(2.36643191324)
    assert result.cv == pytest.approx(0.59160797831)
    assert result.mean_abs_dev_median == pytest.approx(1.81818181818)
    assert result.gini_mean_difference == pytest.approx(2.72727272727)
    assert (result.n, result.n_missing, result.status) == (11, 0, Status.OK)


def test_the_quantile_type_governs_the_quartiles():
    # R 4.2.2: quantile(v, c(.25, .75), type = 6)
    result = spread(ANSWERS, quantile_type=6)
    assert (result.q1, result.q3, result.iqr, result.median) == (2, 5, 3, 4)


def test_one_expert_has_a_median_but_no_standard_deviation():
    result = spread([4])
    assert (result.median, result.q1, result.q3, result.iqr, result.mean) == (4, 4, 4, 0, 4)
    assert (result.sd, result.cv, result.gini_mean_difference) == (None, None, None)
    assert result.status == Status.OK
    assert "two answers" in result.reason


def test_the_coefficient_of_variation_is_not_defined_at_mean_0_and_divides_by_the_absolute_mean():
    assert spread([-2, 0, 2]).cv is None
    assert spread([-1, -3]).cv == pytest.approx(2**0.5 / 2)


@pytest.mark.parametrize(
    ("x", "median", "sd", "n", "n_missing", "status"),
    [
        ([], None, None, 0, 0, Status.INSUFFICIENT_N),
        ([None, float("nan")], None, None, 0, 2, Status.INSUFFICIENT_N),
        ([0.1, 0.1, 0.1], 0.1, 0, 3, 0, Status.OK),
        ([1, 1, 9, 9], 5, (64 / 3) ** 0.5, 4, 0, Status.OK),
    ],
    ids=["empty", "all missing", "all equal", "two categories"],
)
def test_edges(x, median, sd, n, n_missing, status):
    result = spread(x)
    assert (result.median, result.n, result.n_missing, result.status) == (median, n, n_missing, status)
    assert result.sd == pytest.approx(sd)


@pytest.mark.parametrize(("arguments", "named"), [(([1, "a"],), "x"), (([1, 2], 0), "quantile_type")])
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        spread(*arguments)


@few
@given(ratings, st.randoms())
def test_missing_experts_and_the_order_of_experts_change_nothing(x, random):
    longer = [*x, None]
    random.shuffle(longer)
    result, other = spread(x), spread(longer)
    assert other.n_missing == result.n_missing + 1
    for field in ("median", "q1", "q3", "iqr", "mean", "sd", "mean_abs_dev_median", "gini_mean_difference"):
        assert getattr(other, field) == pytest.approx(getattr(result, field))


@few
@given(complete_ratings, st.integers(-20, 20))
def test_a_shift_moves_the_location_and_leaves_the_dispersion(x, shift):
    result, shifted = spread(x), spread([answer + shift for answer in x])
    assert shifted.median == pytest.approx(result.median + shift)
    for field in ("iqr", "sd", "mean_abs_dev_median", "median_abs_dev", "gini_mean_difference"):
        assert getattr(shifted, field) == pytest.approx(getattr(result, field), abs=1e-9)


def test_the_weighted_mean_and_standard_deviation_equal_r():
    # R 4.2.2: w <- c(1,2,1,1,.5); z <- c(2,4,4,5,9); cov.wt(cbind(z), wt = w/sum(w))  # divisor 1 - sum(w^2)
    result = weighted_spread([2, 4, 4, 5, 9], [1, 2, 1, 1, 0.5])
    assert result.mean == pytest.approx(4.27272727273)
    assert result.sd == pytest.approx(2.02162225001)


@pytest.mark.parametrize(
    ("x", "weights", "median", "status"),
    [
        ([], [], None, Status.INSUFFICIENT_N),
        ([None], [1], None, Status.INSUFFICIENT_N),
        ([5, 6], [0, 0], None, Status.INSUFFICIENT_N),
        ([5], [2], 5, Status.OK),
        ([5, 5], [1, 3], 5, Status.OK),
    ],
    ids=["empty", "all missing", "no weight", "one expert", "all equal"],
)
def test_weighted_edges(x, weights, median, status):
    result = weighted_spread(x, weights)
    assert (result.median, result.mean, result.status) == (median, median, status)
    assert result.sd == (0 if len(x) == 2 and status == Status.OK else None)


def test_weights_must_fit_the_answers():
    with pytest.raises(ValueError, match="weights"):
        weighted_spread([1, 2, 3], [1, 1])


@few
@given(complete_ratings)
def test_equal_weights_change_nothing(x):
    weighted, plain = weighted_spread(x, [1 / len(x)] * len(x)), spread(x)
    for field in ("mean", "sd", "median", "q1", "q3", "iqr"):
        assert getattr(weighted, field) == pytest.approx(getattr(plain, field), abs=1e-9)
    assert weighted.n_effective == pytest.approx(len(x))
