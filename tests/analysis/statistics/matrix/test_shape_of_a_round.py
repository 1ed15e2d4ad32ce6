"""Distances, shape, shares and their intervals: the whole-matrix forms give what the one-item functions give."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import (
    bimodality,
    content_validity,
    median_interval,
    nominal_agreement,
    ordinal_agreement,
    percent_agreement,
    rand_appropriateness,
    resampled_median,
    spread,
    within_group_agreement,
)
from analysis.statistics.matrix import (
    content_validities,
    group_histograms,
    histogram_deviations,
    histogram_gini_simpson,
    histogram_leik_d,
    histogram_median_intervals,
    histogram_rand,
    histogram_shape,
    mean_distance,
    resampled_median_intervals,
    resampled_spread,
    resampled_van_der_eijk,
    wilson_intervals,
)
from tests.analysis.statistics.matrix.rounds import cells, rounds, same
from tests.analysis.statistics.strategies import few


@few
@given(rounds())
def test_distances_and_shape(one_round):
    answers, groups, categories = one_round
    counts = group_histograms(answers, groups, categories, n_groups=3)
    away, shape = histogram_deviations(counts), histogram_shape(counts)
    for place, given_answers in cells(answers, groups=groups):
        expected = spread(given_answers)
        for name in ("mean_abs_dev_median", "median_abs_dev", "gini_mean_difference"):
            assert same(getattr(away, name)[place], getattr(expected, name)), name
        expected_shape = bimodality(given_answers)
        for name in ("skewness", "excess_kurtosis", "coefficient"):
            assert same(getattr(shape, name)[place], getattr(expected_shape, name)), name
        if np.isfinite(given_answers).sum() > 1:
            assert same(away.mean_abs_dev_mean[place], within_group_agreement(given_answers, categories).ad_mean)


@few
@given(rounds())
def test_intervals_of_the_median(one_round):
    answers, groups, categories = one_round
    counts = group_histograms(answers, groups, categories, n_groups=3)
    found, (low, high) = histogram_median_intervals(counts), resampled_median_intervals(counts)
    for place, given_answers in cells(answers, groups=groups):
        expected, resampled = median_interval(given_answers), resampled_median(counts[place])
        for name in ("low", "high", "coverage"):
            assert same(getattr(found, name)[place], getattr(expected, name)), name
        assert same(low[place], resampled.low) and same(high[place], resampled.high)


@few
@given(rounds(scale=(2, 6)))
def test_concentration_and_shares(one_round):
    answers, groups, categories = one_round
    counts = group_histograms(answers, groups, categories, n_groups=3)
    n = counts.sum(axis=-1)
    leik, diversity, (low, high) = histogram_leik_d(counts), histogram_gini_simpson(counts), wilson_intervals(counts[..., 0], n)
    validity = content_validities(counts[..., 0], n)
    for place in np.ndindex(n.shape):
        assert same(leik[place], ordinal_agreement(counts[place]).leik_d)
        assert same(diversity[place], nominal_agreement(counts[place]).gini_simpson)
        share = percent_agreement(counts[place][0], n[place])
        assert same(low[place], share.low) and same(high[place], share.high)
        expected = content_validity(int(counts[place][0]), int(n[place]))
        for name in ("cvr", "modified_kappa", "p_value"):
            assert same(getattr(validity, name)[place], getattr(expected, name)), name


@few
@given(rounds(scale=(9, 9), rows=(1, 40)), st.sampled_from([2, 6, 7]))
def test_appropriateness(one_round, quantile_type):
    answers, groups, categories = one_round
    found = histogram_rand(group_histograms(answers, groups, categories, n_groups=3), quantile_type)
    for place, given_answers in cells(answers, groups=groups):
        expected = rand_appropriateness(given_answers, quantile_type)
        for name in ("ipr", "ipras", "disagreement_index"):
            assert same(getattr(found, name)[place], getattr(expected, name)), name
        assert (found.classification[place] or None) == expected.classification
        assert found.classic_disagreement[place] == expected.classic_disagreement
        assert found.classic_agreement[place] == expected.classic_agreement


def test_appropriateness_needs_nine_points():
    with pytest.raises(ValueError, match="counts"):
        histogram_rand([1, 2, 3])


def test_weights_count_in_the_mean_distance():
    # By hand: weights 1, 0.5 and 0.5 on 1, 2 and 4 around 2: (1 + 0 + 1) / 2.
    assert mean_distance([1, 0.5, 0, 0.5], 2.0) == pytest.approx(1.0)


def test_the_resampled_median_of_numbers_is_that_of_the_exact_law():
    # The draws' interval has sampling error of its own: 999 of them place a limit within a category of the exact one.
    counts = np.array([3, 9, 14, 22, 30, 17, 5])
    exact = resampled_median(counts)
    drawn = resampled_spread(np.repeat(np.arange(1.0, 8.0), counts)).median
    assert drawn == pytest.approx((exact.low, exact.high), abs=1)


def test_the_resampled_range_is_that_of_resamples_drawn_one_by_one():
    answers = np.random.default_rng(3).gamma(2.0, 10.0, 60)
    draws = np.random.default_rng(4).choice(answers, (20_000, 60))
    ranges = np.subtract(*np.quantile(draws, [0.75, 0.25], axis=1))
    low, high = resampled_spread(answers).iqr
    assert np.mean(ranges < low) == pytest.approx(0.025, abs=0.015)
    assert np.mean(ranges > high) == pytest.approx(0.025, abs=0.015)


def test_resampled_agreement_holds_the_agreement_and_collapses_where_all_are_equal():
    low, high = resampled_van_der_eijk([[2, 3, 10, 20, 5], [0, 0, 7, 0, 0], [0, 0, 0, 0, 0]])
    assert low[0] < ordinal_agreement([2, 3, 10, 20, 5]).van_der_eijk_a < high[0]
    assert (low[1], high[1]) == (1.0, 1.0)
    assert np.isnan(low[2]) and np.isnan(high[2])


def test_a_group_is_resampled_the_same_whoever_stands_beside_it():
    alone, beside = resampled_van_der_eijk([[2, 3, 10, 20, 5]]), resampled_van_der_eijk([[9, 9, 9, 9, 9], [2, 3, 10, 20, 5]])
    assert (alone[0][0], alone[1][0]) == (beside[0][1], beside[1][1])


def test_more_hits_than_answers_are_refused():
    with pytest.raises(ValueError, match="hits"):
        wilson_intervals([3], [2])
