"""partial_pooling: small groups' estimates drawn towards the common mean."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, partial_pooling
from tests.analysis.statistics.strategies import few

# Colditz et al. 1994, JAMA 271:698: log risk ratios of 13 trials of the BCG vaccine
# (R, metafor: escalc(measure = "RR", ...) of dat.bcg, rounded to six decimals)
BCG = [-0.889311, -1.585389, -1.348073, -1.441551, -0.217547, -0.786116, -1.620898]
BCG += [0.011952, -0.469418, -1.371345, -0.339359, 0.445913, -0.017314]
BCG_VARIANCES = [0.325585, 0.194581, 0.415368, 0.02001, 0.05121, 0.006906, 0.223017]
BCG_VARIANCES += [0.003962, 0.056434, 0.073025, 0.012412, 0.532506, 0.071405]
# Rubin 1981, J. Educ. Stat. 6:377: coaching effects in eight schools
SCHOOLS, SCHOOL_ERRORS = [28, 8, -3, 7, -1, 1, 18, 12], np.array([15, 10, 16, 11, 9, 11, 10, 18])

groups = st.lists(st.tuples(st.floats(-5, 5), st.floats(0.05, 4)), min_size=2, max_size=8)


@pytest.mark.parametrize(
    ("method", "tau2", "mu", "se_mu", "i2", "tolerance"),
    [
        # R 4.2.2, metafor 3.8-1: rma(y, v, method = m, control = list(threshold = 1e-14, maxiter = 1000))
        ("reml", 0.313243047521278, -0.714532523698103, 0.179781484793964, 92.2211240033359, 1e-7),
        ("dl", 0.308757525267202, -0.714117167689858, 0.178741470080179, 92.1170236484608, 1e-12),
        # PM and EB solve the same equation; metafor steps towards its root and for PM stops at 0.318094, short of it
        ("pm", 0.318093533390304, -0.714970589074192, 0.180897960360818, 92.3306439229109, 1e-4),
        ("eb", 0.318068269443869, -0.714968336558156, 0.180892166788531, 92.330081474147, 1e-9),
    ],
)
def test_the_bcg_trials_against_metafor(method, tau2, mu, se_mu, i2, tolerance):
    result = partial_pooling(BCG, BCG_VARIANCES, method)
    assert result.tau2 == pytest.approx(tau2, rel=tolerance)
    assert result.mu == pytest.approx(mu, rel=tolerance)
    assert result.se_mu == pytest.approx(se_mu, rel=tolerance)
    assert result.i2 == pytest.approx(i2, rel=tolerance)
    assert result.q == pytest.approx(152.226766450427)


def test_shrunken_trials_against_metafor():
    # R: blup(rma(y, v, method = "DL")), pred and se of the first, second and eighth trial
    result = partial_pooling(BCG, BCG_VARIANCES, "dl")
    assert [result.shrunken[place] for place in (0, 1, 7)] == pytest.approx(
        [-0.79939036308752, -1.24857205495741, 0.00275306673886368]
    )
    assert [result.shrunken_se[place] for place in (0, 1, 7)] == pytest.approx(
        [0.408522384567608, 0.352326923593324, 0.0625853952303964]
    )


@pytest.mark.parametrize("method", ["reml", "dl", "pm", "eb"])
def test_eight_schools_are_one(method):
    # R: rma(y, s^2): tau2 0, mu 7.68561672495604, se 4.0719191584023, QE 4.70707886440016
    result = partial_pooling(SCHOOLS, SCHOOL_ERRORS**2, method)
    assert (result.tau2, result.i2) == (0, 0)
    assert (result.mu, result.se_mu, result.q) == pytest.approx((7.68561672495604, 4.0719191584023, 4.70707886440016))
    assert result.shrunken == pytest.approx([result.mu] * 8)
    assert result.shrunken_se == pytest.approx([result.se_mu] * 8)


def test_a_group_without_estimate_keeps_its_place():
    result = partial_pooling([1, None, 3], [0.1, 0.2, 0.1])
    assert (result.shrunken[1], result.shrunken_se[1], result.n, result.n_missing) == (None, None, 2, 1)


@pytest.mark.parametrize(
    ("estimates", "variances", "status"),
    [
        ([], [], Status.INSUFFICIENT_N),
        ([2], [1], Status.INSUFFICIENT_N),
        ([None, None], [1, 1], Status.INSUFFICIENT_N),
        ([1, 2], [None, 1], Status.INSUFFICIENT_N),
        ([1, 2], [0, 1], Status.NOT_APPLICABLE),
    ],
)
def test_edges(estimates, variances, status):
    result = partial_pooling(estimates, variances)
    assert (result.mu, result.tau2, result.q, result.status) == (None, None, None, status)
    assert result.shrunken == (None,) * len(estimates)


def test_all_estimates_equal():
    result = partial_pooling([2, 2, 2], [1, 0.5, 2])
    assert (result.tau2, result.q, result.mu) == (0, 0, pytest.approx(2))


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([1, 2], [1]), "variances"),
        (([1, 2], [1, -1]), "variances"),
        (([1, 2], [1, 1], "ml"), "method"),
        (([[1], [2]], [1, 1]), "estimates"),
    ],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        partial_pooling(*arguments)


@few
@given(groups, st.sampled_from(["reml", "dl", "pm", "eb"]))
def test_shrunken_lies_between_the_estimate_and_the_mean(pairs, method):
    estimates, variances = zip(*pairs, strict=True)
    result = partial_pooling(estimates, variances, method)
    assert result.tau2 >= 0
    assert 0 <= result.i2 <= 100
    for own, drawn in zip(estimates, result.shrunken, strict=True):
        low, high = sorted((own, result.mu))
        assert low - 1e-9 <= drawn <= high + 1e-9


@few
@given(groups, st.floats(-3, 3), st.sampled_from([0.5, 2.0]))
def test_shifting_and_scaling_carry_over(pairs, shift, factor):
    estimates, variances = map(np.array, zip(*pairs, strict=True))
    one = partial_pooling(estimates, variances, "dl")
    other = partial_pooling(factor * estimates + shift, factor**2 * variances, "dl")
    assert other.mu == pytest.approx(factor * one.mu + shift, abs=1e-9)
    assert other.tau2 == pytest.approx(factor**2 * one.tau2, abs=1e-9)


@few
@given(groups)
def test_paule_mandel_makes_the_weighted_squares_equal_their_degrees_of_freedom(pairs):
    estimates, variances = map(np.array, zip(*pairs, strict=True))
    result = partial_pooling(estimates, variances, "pm")
    weights = 1 / (variances + result.tau2)
    squares = (weights * (estimates - result.mu) ** 2).sum()
    assert squares == pytest.approx(len(pairs) - 1) if result.tau2 > 0 else squares <= len(pairs) - 1 + 1e-9


@few
@given(groups)
def test_reml_is_the_highest_point_of_the_restricted_likelihood(pairs):
    estimates, variances = map(np.array, zip(*pairs, strict=True))

    def likelihood(tau2):
        weights = 1 / (variances + tau2)
        mean = (weights * estimates).sum() / weights.sum()
        return (np.log(weights).sum() - np.log(weights.sum()) - (weights * (estimates - mean) ** 2).sum()) / 2

    best = likelihood(partial_pooling(estimates, variances, "reml").tau2)
    assert all(likelihood(tau2) <= best + 1e-9 for tau2 in np.linspace(0, 30, 200))
