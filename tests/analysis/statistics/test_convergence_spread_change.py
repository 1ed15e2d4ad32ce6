"""spread_change: whether the same experts' answers drew together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics import Status, spread_change
from tests.analysis.statistics.strategies import few, paired_ratings

BEFORE = [5, 3, 7, 6, 4, 8, 2, 5, 6, 7, 3, 5]
AFTER = [6, 4, 7, 5, 6, 8, 4, 6, 6, 9, 5, 4]
# Darwin's maize (Fisher 1935): heights of crossed and self-fertilised plants of the same pots
CROSSED = [23.5, 12, 21, 22, 19.125, 21.5, 22.125, 20.375, 18.25, 21.625, 23.25, 21, 22.125, 23, 12]
SELFED = [17.375, 20.375, 20, 20, 18.375, 18.625, 18.625, 15.25, 16.5, 18, 16.25, 18, 12.75, 15.5, 18]
SWAPPED = ("p_log_sd_ratio", "p_iqr", "p_mean_abs_dev")


def test_darwins_maize_equals_r():
    # R 4.2.2: cor.test(cr + se, cr - se); sd(se)/sd(cr); IQR(se)/IQR(cr); Bonett & Seier 2003 by its formula:
    #   v <- function(x) (var(x)/t(x)^2 + ((mean(x) - median(x))/t(x))^2 - 1)/15, t(x) = mean(abs(x - median(x)));
    #   log(t(cr)/t(se)) / sqrt(v(cr) + v(se) - 2 * cor(|cr - median|, |se - median|) * sqrt(v(cr) * v(se)))
    result = spread_change(CROSSED, SELFED, permutations=99)
    assert result.pitman_morgan_t == pytest.approx(2.2875248211486)
    assert (result.pitman_morgan_df, result.pitman_morgan_p) == (13, pytest.approx(0.0395635797874))
    assert result.bonett_seier_statistic == pytest.approx(0.910425251649)
    assert result.bonett_seier_p == pytest.approx(0.362598285628)
    assert result.sd_ratio == pytest.approx(0.567240060932)
    assert result.iqr_ratio == pytest.approx(0.947368421053)
    assert result.mean_abs_dev_ratio == pytest.approx(0.660516605166)


def test_a_second_panel_equals_r():
    result = spread_change(BEFORE, AFTER)
    assert (result.pitman_morgan_t, result.pitman_morgan_p) == (pytest.approx(0.742499002), pytest.approx(0.474864826))
    assert result.bonett_seier_statistic == pytest.approx(0.834467977024)
    assert (result.sd_ratio, result.iqr_ratio) == (pytest.approx(0.865699524034), pytest.approx(0.6))


def test_the_permutation_p_equal_scipys_full_enumeration():
    def log_sd_ratio(x, y, axis):
        return np.log(np.std(y, axis=axis, ddof=1) / np.std(x, axis=axis, ddof=1))

    def iqr_difference(x, y, axis):
        return stats.iqr(y, axis=axis) - stats.iqr(x, axis=axis)

    def mean_abs_dev_difference(x, y, axis):
        return mean_abs_dev(y, axis) - mean_abs_dev(x, axis)

    result = spread_change(BEFORE, AFTER)
    for statistic, field in zip((log_sd_ratio, iqr_difference, mean_abs_dev_difference), SWAPPED, strict=True):
        reference = stats.permutation_test(
            (np.array(BEFORE, dtype=float), np.array(AFTER, dtype=float)), statistic, permutation_type="samples", n_resamples=np.inf
        )
        assert getattr(result, field) == pytest.approx(reference.pvalue)
    assert (result.permutations, result.enumerated, result.seed) == (4096, True, None)


def mean_abs_dev(x, axis):
    return np.mean(np.abs(x - np.median(x, axis=axis, keepdims=True)), axis=axis)


def test_larger_panels_are_sampled_with_a_seed_that_is_told():
    result = spread_change(CROSSED, SELFED, seed=3)
    assert (result.permutations, result.enumerated, result.seed) == (9999, False, 3)
    assert result == spread_change(CROSSED, SELFED, seed=3)
    fewer = spread_change(BEFORE, AFTER, permutations=500)
    assert (fewer.permutations, fewer.enumerated) == (500, False)
    # 500 draws estimate 0.617 with a standard error of 0.022
    assert fewer.p_log_sd_ratio == pytest.approx(0.6171875, abs=0.1)


def test_a_panel_that_met_in_one_point_has_permutation_tests_only():
    # Of the 16 arrangements 4 leave one round without spread: the experts at 1, 9 and 4 swap together or not at all
    result = spread_change([1, 9, 5, 4], [5, 5, 5, 5])
    assert (result.sd_ratio, result.iqr_ratio, result.p_log_sd_ratio) == (0, 0, 0.25)
    assert (result.pitman_morgan_t, result.bonett_seier_statistic) == (None, None)
    assert result.reason


@pytest.mark.parametrize(
    ("before", "after", "ratio", "status"),
    [
        ([], [], None, Status.INSUFFICIENT_N),
        ([None, 2], [1, None], None, Status.INSUFFICIENT_N),
        ([4], [5], None, Status.INSUFFICIENT_N),
        ([4, 4, 4], [5, 5, 5], None, Status.NO_VARIATION),
        ([4, 4, 4], [3, 4, 5], None, Status.OK),
        ([1, 2], [1, 3], 2, Status.OK),
        ([0, 1, 0, 1], [1, 0, 1, 0], 1, Status.OK),
    ],
    ids=["empty", "no pair", "one expert", "all equal", "no spread before", "two experts", "two categories"],
)
def test_edges(before, after, ratio, status):
    result = spread_change(before, after)
    assert (result.sd_ratio, result.status) == (ratio, status)
    assert status == Status.OK or [getattr(result, field) for field in SWAPPED] == [None] * 3


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(([1], [1, 2]), "before and after"), (([1, 2], [1, 2], -1), "permutations"), (([1, 2], [1, 2], 5, 1.5), "seed")],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        spread_change(*arguments)


@few
@given(paired_ratings(min_size=3, max_size=7), st.randoms())
def test_swapping_the_rounds_turns_the_statistics_and_keeps_every_p(answers, random):
    there = spread_change(*answers)
    pairs = list(zip(*answers, strict=True))
    random.shuffle(pairs)
    back = spread_change([after for _, after in pairs], [before for before, _ in pairs])
    for field in (*SWAPPED, "pitman_morgan_p", "bonett_seier_p"):
        assert getattr(back, field) == pytest.approx(getattr(there, field))
    for field in ("pitman_morgan_t", "bonett_seier_statistic"):
        if getattr(there, field) is not None:
            assert getattr(back, field) == pytest.approx(-getattr(there, field), abs=1e-7)
    if there.sd_ratio and back.sd_ratio:
        assert back.sd_ratio == pytest.approx(1 / there.sd_ratio)


@few
@given(paired_ratings(min_size=3, max_size=7), st.sampled_from([2, 10]), st.integers(-5, 5))
def test_unit_and_origin_change_nothing(answers, unit, origin):
    result = spread_change(*answers)
    other = spread_change(*([unit * answer + origin for answer in answers_of_round] for answers_of_round in answers))
    for field in ("sd_ratio", "mean_abs_dev_ratio", "pitman_morgan_p", "bonett_seier_p", *SWAPPED):
        assert getattr(other, field) == pytest.approx(getattr(result, field), abs=1e-7)
