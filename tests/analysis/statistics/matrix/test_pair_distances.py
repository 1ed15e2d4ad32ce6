"""Intervals of the earth mover's distance: near 0, far from it, and what they must not depend on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import distribution_distance
from analysis.statistics.matrix import distance_limits, pair_gaps
from tests.analysis.statistics.strategies import few

SCALE = np.arange(1.0, 6.0)
PAIR = np.array([0]), np.array([1])
histogram = st.lists(st.integers(0, 6), min_size=5, max_size=5).filter(any)


def limits_of(counts, values=SCALE, pair=PAIR, **options):
    distances = pair_gaps(values, counts, *pair).distances.emd
    return distances, distance_limits(values, np.asarray(counts), *pair, distances, **options)


def test_yes_and_no_far_apart_by_the_normal_law():
    # Shares 0.9 and 0.1 of 200 each: error sqrt(2 * 0.09 / 199) = 0.030075, Student's t on 398 df 1.965942: 0.8 -+ 0.0591; draws are off by a few %
    distances, found = limits_of([[20, 180], [180, 20]], values=np.array([0.0, 1.0]), span=1)
    assert distances[0] == pytest.approx(0.8)
    assert (found.low[0], found.high[0]) == pytest.approx((0.8 - 0.0591, 0.8 + 0.0591), abs=0.005)


def test_equal_shares_by_the_normal_law():
    # 50 of 100 each: error 0.5 sqrt(2 / 99) = 0.071067, t on 198 df 1.972: neither may be the larger, so 0 to 0.1401
    _distances, found = limits_of([[50, 50], [50, 50]], values=np.array([0.0, 1.0]), span=1)
    assert (found.low[0], found.high[0]) == (0, pytest.approx(0.1401, abs=0.01))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([0.1, 0.2, 0.4, 0.2, 0.1], [0.1, 0.2, 0.4, 0.2, 0.1]),  # alike: a percentile interval of the draws would never hold the true 0
        ([0.1, 0.2, 0.4, 0.2, 0.1], [0.05, 0.15, 0.4, 0.25, 0.15]),
        ([0.5, 0.3, 0.1, 0.05, 0.05], [0.05, 0.05, 0.1, 0.3, 0.5]),
        ([0.4, 0.1, 0.0, 0.1, 0.4], [0.05, 0.25, 0.4, 0.25, 0.05]),  # same middle, other spread
    ],
)
def test_of_two_panels_of_twenty_the_interval_holds_the_true_distance_as_often_as_it_says(first, second):
    pairs, experts = 300, 20
    random = np.random.default_rng(7)
    counts = np.concatenate([random.multinomial(experts, shares, size=pairs) for shares in (first, second)])
    _distances, found = limits_of(counts, pair=(np.arange(pairs), np.arange(pairs, 2 * pairs)), span=4)
    true = distribution_distance(first, second).emd
    held = ((found.low <= true + 1e-12) & (found.high >= true - 1e-12)).mean()
    assert held >= 0.95 - 3 * (0.05 * 0.95 / pairs) ** 0.5  # three standard errors of 300 trials below the nominal level


@few
@given(histogram, histogram)
def test_the_interval_holds_the_estimate_and_stays_on_the_scale(first, second):
    distances, found = limits_of([first, second], span=4)
    assert 0 <= found.low[0] <= distances[0] + 1e-12
    assert distances[0] - 1e-12 <= found.high[0] <= 4


@few
@given(histogram, histogram, st.lists(histogram, max_size=3))
def test_a_pair_has_the_same_interval_whatever_other_groups_there_are(first, second, others):
    _distances, alone = limits_of([first, second])
    groups = [*others, first, second]
    _distances, together = limits_of(groups, pair=(np.array([len(groups) - 2]), np.array([len(groups) - 1])))
    assert (together.low[0], together.high[0]) == (alone.low[0], alone.high[0])


def test_the_unit_of_the_answers_is_that_of_the_interval():
    counts = [[3, 4, 5, 0, 1], [0, 2, 6, 5, 3]]
    _distances, found = limits_of(counts)
    _distances, in_quarters = limits_of(counts, values=SCALE * 0.25)
    assert (found.low[0], found.high[0]) == pytest.approx((4 * in_quarters.low[0], 4 * in_quarters.high[0]))


def test_hundreds_of_different_numbers_are_drawn_in_steps():
    random = np.random.default_rng(3)
    numbers = np.unique(random.normal(50, 10, 400).round(6))
    group = random.integers(0, 2, numbers.size)
    counts = np.stack([group == 0, group == 1]).astype(int)
    distances, found = limits_of(counts, values=numbers)
    # Alike: the standard error of a difference of means is about 1, so 0 is held and 3 is not
    assert found.low[0] == 0
    assert distances[0] < found.high[0] < 3.5


def test_a_group_without_answers_has_no_interval():
    _distances, found = limits_of([[1, 2, 3, 2, 1], [0, 0, 0, 0, 0]])
    assert np.isnan([found.low[0], found.high[0]]).all()
