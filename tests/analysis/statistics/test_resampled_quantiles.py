"""resampled_quantile, resampled_median, resampled_median_gap: bootstrap intervals in closed form."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, resampled_median, resampled_median_gap, resampled_quantile
from tests.analysis.statistics.strategies import few

ODD, EVEN = [1, 0, 3, 2, 5], [2, 2, 1, 3, 0, 2]
small = st.lists(st.integers(0, 3), min_size=2, max_size=5).filter(lambda counts: 1 <= sum(counts) <= 5)
histograms = st.integers(2, 7).flatmap(
    lambda size: st.tuples(*[st.lists(st.integers(0, 9), min_size=size, max_size=size).filter(any)] * 2)
)


def answers(histogram):
    return np.repeat(np.arange(1, len(histogram) + 1), histogram)


def shares(values):
    different, counts = np.unique(np.round(values, 9), return_counts=True)
    return dict(zip(different.tolist(), (counts / counts.sum()).tolist(), strict=True))


def largest_difference(law, expected):
    found = dict(zip(law.values, law.probabilities, strict=True))
    return max(abs(found.get(value, 0) - expected.get(value, 0)) for value in {*found, *expected})


def test_efrons_formula_for_13_different_answers():
    # Efron 1982, The Jackknife, the Bootstrap and Other Resampling Plans, section 10.3: binomial tails.
    # R 4.2.2: pbinom(6, 13, (0:12)/13) - pbinom(6, 13, (1:13)/13)
    law = resampled_median([1] * 13)
    by_r = [
        1.80256714606e-05,
        0.00146097051561,
        0.0142250563703,
        0.054948208339,
        0.124271785495,
        0.193606031841,
        0.222939843536,
    ]
    assert law.probabilities[:7] == pytest.approx(by_r, abs=1e-12)
    assert law.probabilities[6:][::-1] == pytest.approx(law.probabilities[:7])


@pytest.mark.parametrize("histogram", [ODD, EVEN], ids=["odd", "even"])
@pytest.mark.parametrize("probability", [0.25, 0.5, 0.75])
def test_against_100_000_resamples(histogram, probability):
    drawn = np.random.default_rng(1979).choice(answers(histogram), (100_000, sum(histogram)))
    law = resampled_quantile(histogram, probability)
    # Three standard errors of a share of one half are 0.0047
    assert largest_difference(law, shares(np.quantile(drawn, probability, axis=1))) < 0.006


def test_gap_against_100_000_resamples():
    rng = np.random.default_rng(1979)
    medians = [np.median(rng.choice(answers(h), (100_000, sum(h))), axis=1) for h in ([0, *ODD], EVEN)]
    law = resampled_median_gap([0, *ODD], EVEN)
    assert largest_difference(law, shares(medians[0] - medians[1])) < 0.006
    assert law.difference == 5 - 3.5
    assert (law.n_first, law.n_second, law.n) == (11, 10, 21)


def test_interval_by_hand():
    # Two answers, 1 and 3: resamples 11, 13, 31, 33, so 1, 2, 3 with probabilities 1/4, 1/2, 1/4
    law = resampled_median([1, 0, 1], level=0.5)
    assert (law.values, law.probabilities) == ((1, 2, 3), pytest.approx((0.25, 0.5, 0.25)))
    assert (law.estimate, law.low, law.high) == (2, 1, 2)
    assert (resampled_median([1, 0, 1]).low, resampled_median([1, 0, 1]).high) == (1, 3)


def test_a_scale_with_its_own_numbers():
    law = resampled_median([1, 0, 1], scale_values=[0, 10, 40])
    assert (law.values, law.estimate) == ((0, 20, 40), 20)


def test_a_hundred_thousand_answers():
    law = resampled_median([10_001, 20_000, 30_000, 20_000, 19_999])
    assert (law.estimate, law.low, law.high) == (3, 3, 3)
    assert math.fsum(law.probabilities) == pytest.approx(1)
    halves = resampled_median([50_000, 50_000])
    # The median is 1.5 exactly when both middle answers differ: C(n, n/2)/2^n for n = 100,000, by Stirling sqrt(2/(pi n))
    assert halves.probabilities[1] == pytest.approx(math.sqrt(2 / (math.pi * 100_000)), rel=1e-5)
    assert (halves.low, halves.high) == (1, 2)


@pytest.mark.parametrize("histogram", [[], [0], [0, 0, 0]])
def test_no_answer(histogram):
    law = resampled_median(histogram)
    assert (law.estimate, law.low, law.high, law.values, law.status) == (None, None, None, (), Status.INSUFFICIENT_N)


@pytest.mark.parametrize(("first", "second"), [([0, 0], [1, 1]), ([1, 1], [0, 0]), ([0], [0])])
def test_a_gap_with_an_empty_group(first, second):
    law = resampled_median_gap(first, second)
    assert (law.difference, law.low, law.high, law.status) == (None, None, None, Status.INSUFFICIENT_N)


@pytest.mark.parametrize("histogram", [[0, 1, 0], [0, 8, 0]], ids=["one expert", "all equal"])
def test_nothing_to_resample(histogram):
    law = resampled_quantile(histogram, 0.25)
    assert (law.estimate, law.low, law.high, law.probabilities) == (2, 2, 2, (1,))


def test_two_categories():
    law = resampled_median([1, 2])
    # Median 1 needs two or three of three draws from the first: 3 * (1/9)(2/3) + 1/27
    assert law.probabilities == pytest.approx((7 / 27, 20 / 27))


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: resampled_median([1, -1]), "histogram"),
        (lambda: resampled_median([1, 0.5]), "histogram"),
        (lambda: resampled_median([1, None]), "histogram"),
        (lambda: resampled_median([1, 2], level=95), "level"),
        (lambda: resampled_quantile([1, 2], 1.5), "probability"),
        (lambda: resampled_quantile([1, 2], 0.5, scale_values=[2, 1]), "scale_values"),
        (lambda: resampled_median_gap([1, 2], [1, 2, 3]), "histogram_second"),
        (lambda: resampled_median_gap([1.5, 2], [1, 2]), "histogram_first"),
    ],
)
def test_malformed_arguments_are_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()


@few
@given(small, st.sampled_from([0, 0.1, 0.25, 0.3, 0.5, 0.75, 1]))
def test_the_law_is_that_of_all_resamples(histogram, probability):
    every = np.array(list(itertools.product(answers(histogram), repeat=sum(histogram))))
    law = resampled_quantile(histogram, probability)
    assert largest_difference(law, shares(np.quantile(every, probability, axis=1))) < 1e-12
    assert law.estimate == pytest.approx(np.quantile(answers(histogram), probability))


@few
@given(histograms)
def test_reversing_the_scale_mirrors_the_law(pair):
    for histogram in pair:
        law, mirrored = resampled_median(histogram), resampled_median(histogram[::-1])
        assert mirrored.probabilities[::-1] == pytest.approx(law.probabilities, abs=1e-12)
        assert [len(histogram) + 1 - value for value in mirrored.values[::-1]] == list(law.values)


@few
@given(histograms)
def test_the_gap_is_the_difference_of_independent_medians(pair):
    one, other = map(resampled_median, pair)
    law = resampled_median_gap(*pair)
    expected: dict[float, float] = {}
    for (a, p), (b, q) in itertools.product(
        zip(one.values, one.probabilities, strict=True), zip(other.values, other.probabilities, strict=True)
    ):
        expected[a - b] = expected.get(a - b, 0) + p * q
    assert largest_difference(law, expected) < 1e-12
    assert math.fsum(law.probabilities) == pytest.approx(1)
    assert law.low <= law.high
    back = resampled_median_gap(*pair[::-1])
    assert back.difference == -law.difference


@few
@given(histograms)
def test_a_higher_level_is_wider_and_one_run_like_another(pair):
    narrow, wide = resampled_median_gap(*pair, level=0.5), resampled_median_gap(*pair, level=0.99)
    assert wide.low <= narrow.low <= narrow.high <= wide.high
    assert resampled_median_gap(*pair) == resampled_median_gap(*pair)
