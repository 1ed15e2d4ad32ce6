"""distribution_distance: how different two groups' whole distributions are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import energy_distance, wasserstein_distance

from analysis.statistics import Status, distribution_distance
from tests.analysis.statistics.strategies import few

histograms = st.integers(2, 7).flatmap(
    lambda size: st.tuples(*[st.lists(st.integers(0, 9), min_size=size, max_size=size).filter(any)] * 3)
)


def test_by_hand():
    # Shares 1/6 2/6 3/6 and 3/6 2/6 1/6; cumulative differences -1/3, -1/3, 0
    result = distribution_distance([1, 2, 3], [3, 2, 1])
    assert result.emd == pytest.approx(2 / 3)
    assert result.emd_normalised == pytest.approx(1 / 3)
    assert result.total_variation == pytest.approx(1 / 3)
    # Python, dcor 0.7: energy_distance of the two samples = 0.444...; 2 * (1/9 + 1/9)
    assert result.energy == pytest.approx(4 / 9)
    assert (result.n_first, result.n_second, result.n) == (6, 6, 12)


def test_jensen_shannon_of_distributions_without_overlap_is_one_bit():
    # Lin 1991, IEEE Trans. Inf. Theory 37:145: bounded by 1 bit, reached without overlap
    assert distribution_distance([5, 0, 0], [0, 0, 9]).jensen_shannon_bits == pytest.approx(1)
    # By hand: (1/2, 1/2) and (1, 0): H(3/4, 1/4) - H(1/2, 1/2)/2 = 0.8112781244591328 - 0.5
    assert distribution_distance([1, 1], [4, 0]).jensen_shannon_bits == pytest.approx(0.3112781244591328)


def test_same_middle_and_opposite_spread_are_told_apart():
    result = distribution_distance([0, 0, 10, 0, 0], [5, 0, 0, 0, 5])
    assert (result.emd, result.emd_normalised, result.total_variation) == (2, 0.5, 1)


def test_opposite_ends_are_as_far_as_can_be():
    result = distribution_distance([3, 0, 0, 0], [0, 0, 0, 8])
    assert (result.emd, result.emd_normalised, result.total_variation, result.energy) == (3, 1, 1, 6)


@pytest.mark.parametrize(("first", "second"), [([], []), ([0, 0], [1, 2]), ([1, 2], [0, 0])])
def test_an_empty_histogram(first, second):
    result = distribution_distance(first, second)
    assert (result.emd, result.total_variation, result.energy, result.status) == (
        None,
        None,
        None,
        Status.INSUFFICIENT_N,
    )


def test_a_scale_of_one_category_has_no_normalised_distance():
    result = distribution_distance([4], [2])
    assert (result.emd, result.emd_normalised, result.total_variation) == (0, None, 0)


def test_weights_need_not_be_whole():
    assert distribution_distance([0.5, 1.5], [1, 3]).emd == pytest.approx(0)


@pytest.mark.parametrize(
    ("first", "second", "named"),
    [
        ([1, 2], [1, 2, 3], "histogram_second"),
        ([1, -1], [1, 1], "histogram_first"),
        ([1, 2], [1, None], "histogram_second"),
    ],
)
def test_malformed_arguments_are_named(first, second, named):
    with pytest.raises(ValueError, match=named):
        distribution_distance(first, second)


@few
@given(histograms)
def test_emd_is_a_metric(three):
    a, b, c = three
    assert distribution_distance(a, a).emd == 0
    assert distribution_distance(a, b).emd == pytest.approx(distribution_distance(b, a).emd)
    apart = distribution_distance(a, b).emd + distribution_distance(b, c).emd
    assert distribution_distance(a, c).emd <= apart + 1e-12


@few
@given(histograms)
def test_distances_agree_with_scipy_and_stay_in_range(three):
    a, b, _ = three
    result, scale = distribution_distance(a, b), range(len(a))
    assert result.emd == pytest.approx(wasserstein_distance(scale, scale, a, b), abs=1e-12)
    # scipy returns the root of half of it: sqrt(2 * sum of squares) squared is this
    assert result.energy == pytest.approx(energy_distance(scale, scale, a, b) ** 2, abs=1e-12)
    for value in (result.emd_normalised, result.total_variation, result.jensen_shannon_bits):
        assert 0 <= value <= 1 + 1e-12


@few
@given(histograms)
def test_reversing_the_scale_changes_nothing(three):
    a, b, _ = three
    one, other = distribution_distance(a, b), distribution_distance(a[::-1], b[::-1])
    assert other.emd == pytest.approx(one.emd)
    assert other.energy == pytest.approx(one.energy)
