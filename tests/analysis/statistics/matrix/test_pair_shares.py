"""Pairs of groups on options and on yes and no: each as by itself."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import distribution_distance, nominal_gap, proportion_gap
from analysis.statistics.matrix import nominal_pairs, share_pairs
from tests.analysis.statistics.matrix.rounds import same
from tests.analysis.statistics.strategies import few

tables = st.integers(1, 5).flatmap(
    lambda options: st.lists(st.lists(st.integers(0, 6), min_size=options, max_size=options), min_size=2, max_size=4)
)


@few
@given(tables)
def test_every_pair_of_choices_is_as_by_itself(table):
    found = nominal_pairs(table)
    for place, (one, other) in enumerate(combinations(range(len(table)), 2)):
        expected = nominal_gap([table[one], table[other]])
        for name in ("chi2", "df", "p_value", "cramers_v", "cramers_v_corrected"):
            assert same(getattr(found, name)[place], getattr(expected, name)), name
        assert same(found.total_variation[place], distribution_distance(table[one], table[other]).total_variation)


def test_a_table_of_choices_by_hand():
    # 10 of 15 against 5 of 15: expected 7.5 everywhere, chi2 = 4 * 2.5^2 / 7.5 = 3.3333, V = sqrt(3.3333 / 30) = 1/3,
    # corrected: sqrt((1/9 - 1/29) / (2 - 1/29 - 1)) = sqrt(5/63)
    found = nominal_pairs([[10, 5, 0], [5, 10, 0]])
    assert found.chi2[0] == pytest.approx(10 / 3)
    assert found.cramers_v[0] == pytest.approx(1 / 3)
    assert found.cramers_v_corrected[0] == pytest.approx((5 / 63) ** 0.5)
    assert found.total_variation[0] == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("agree", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17:873, table II, method 10
    [((56, 70, 48, 80), 0.0524, 0.3339), ((9, 10, 3, 10), 0.1705, 0.8090), ((5, 56, 0, 29), -0.0381, 0.1926), ((0, 10, 0, 20), -0.1611, 0.2775)],
)
def test_newcombes_published_intervals(agree, low, high):
    found = share_pairs([agree[0], agree[2]], [agree[1], agree[3]])
    assert (found.low[0], found.high[0]) == pytest.approx((low, high), abs=5e-5)


@few
@given(st.lists(st.integers(0, 9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=4))
def test_every_pair_of_shares_is_as_by_itself(groups):
    hits, sizes = zip(*groups, strict=True)
    found = share_pairs(hits, sizes)
    for place, (one, other) in enumerate(combinations(range(len(groups)), 2)):
        expected = proportion_gap(hits[one], sizes[one], hits[other], sizes[other])
        for name in ("difference", "low", "high"):
            assert same(getattr(found, name)[place], getattr(expected, name)), name


def test_more_hits_than_experts_are_refused():
    with pytest.raises(ValueError, match="hits"):
        share_pairs([3], [2])


def test_pairs_may_be_named():
    assert share_pairs([1, 2, 0], [2, 2, 2], [2], [1]).difference.tolist() == [-1]
    assert np.isnan(nominal_pairs([[1, 0], [0, 0], [2, 1]], [1], [2]).chi2[0])
