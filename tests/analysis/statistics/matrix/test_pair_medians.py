"""Intervals of the differences of medians, all pairs at once: the law written down on short lattices, drawn elsewhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import resampled_median, resampled_median_gap
from analysis.statistics.matrix import median_differences
from tests.analysis.statistics.matrix.rounds import same
from tests.analysis.statistics.strategies import few

PAIR = np.array([0]), np.array([1])
histograms = st.lists(st.lists(st.integers(0, 4), min_size=4, max_size=4), min_size=2, max_size=4)


def test_two_answers_each_by_hand():
    # The resampled medians of 1, 3 are 1, 2, 3 with chances 1/4, 1/2, 1/4, those of 4, 4 are 4: the difference runs from -3 to -1
    found = median_differences(np.array([1.0, 3.0, 4.0]), np.array([[1, 1, 0], [0, 0, 2]]), *PAIR)
    assert (found.low[0], found.high[0], found.draws) == (-3, -1, 0)
    narrow = median_differences(np.array([1.0, 3.0, 4.0]), np.array([[1, 1, 0], [0, 0, 2]]), *PAIR, level=0.4)
    assert (narrow.low[0], narrow.high[0]) == (-2, -2)


@few
@given(histograms, st.sampled_from([1.0, 0.5, 25.0]), st.sampled_from([0.5, 0.95]))
def test_every_pair_has_the_exact_interval_in_the_unit_of_the_answers(counts, unit, level):
    table, (first, second) = np.array(counts), np.triu_indices(len(counts), 1)
    found = median_differences(np.arange(4) * unit, table, first, second, level)
    for place, (one, other) in enumerate(zip(first, second, strict=True)):
        expected = resampled_median_gap(table[one], table[other], level)
        for limit, wanted in ((found.low[place], expected.low), (found.high[place], expected.high)):
            assert same(limit, None if wanted is None else wanted * unit)


def test_drawn_limits_lie_where_the_exact_law_reaches_the_tails():
    # 21 different numbers far apart: the median's law over their places is that of a scale of 21 positions
    numbers = np.cumsum(np.arange(1, 22) ** 3 / 7)
    found = median_differences(numbers, np.stack([np.ones(21, dtype=int), np.eye(21, dtype=int)[0] * 5]), *PAIR)
    law = resampled_median(np.ones(21, dtype=int))
    upto = dict(zip(law.values, np.cumsum(law.probabilities), strict=True))
    assert found.draws == 999
    for limit, tail in ((found.low[0], 0.025), (found.high[0], 0.975)):
        place = float(np.searchsorted(numbers, limit + numbers[0] - 1e-6) + 1)
        below = upto.get(place - 1, 0.0)
        assert below - 0.015 <= tail <= upto[place] + 0.015  # three standard errors of a share of 999 draws


def test_a_pair_has_the_same_interval_whatever_other_groups_there_are():
    random = np.random.default_rng(5)
    numbers = np.sort(random.lognormal(3, 2, 40))
    counts = random.integers(0, 3, (3, 40))
    together = median_differences(numbers, counts, np.array([0, 1]), np.array([2, 2]))
    alone = median_differences(numbers, counts[[1, 2]], *PAIR)
    assert (together.low[1], together.high[1]) == (alone.low[0], alone.high[0])


def test_a_group_without_answers_has_no_interval():
    for numbers in (np.array([1.0, 2.0]), np.array([1.0, 2.0**0.5, 9.123456789])):
        counts = np.zeros((2, numbers.size), dtype=int)
        counts[0] = 1
        found = median_differences(numbers, counts, *PAIR)
        assert np.isnan([found.low[0], found.high[0]]).all()


@pytest.mark.parametrize(("first", "second"), [([0, 0, 9, 0], [0, 9, 0, 0])])
def test_groups_of_one_mind_each_have_an_interval_without_width(first, second):
    found = median_differences(np.arange(4.0), np.array([first, second]), *PAIR)
    assert (found.low[0], found.high[0]) == (1, 1)
