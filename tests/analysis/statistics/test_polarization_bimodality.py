"""bimodality: whether the answers look like two camps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, bimodality
from tests.analysis.statistics.strategies import complete_ratings, few

# Pfister et al. 2013, Frontiers in Psychology 4:700, figure 1: two distributions over eleven values
UNIMODAL = np.repeat(range(1, 12), [3, 5, 5, 10, 17, 20, 17, 10, 5, 5, 3])
BIMODAL = np.repeat(range(1, 12), [2, 26, 14, 6, 2, 0, 2, 6, 14, 26, 2])


@pytest.mark.parametrize(("x", "coefficient", "suggested"), [(UNIMODAL, 0.34, False), (BIMODAL, 0.79, True)])
def test_the_distributions_of_pfister(x, coefficient, suggested):
    result = bimodality(x)
    assert round(result.coefficient, 2) == coefficient
    assert (result.suggested, result.skewness) == (suggested, pytest.approx(0, abs=1e-12))


def test_the_corrected_moments_equal_r():
    # R 4.2.2, v <- c(1,2,2,3,9,9,10,4): G1 = g1 sqrt(n(n-1))/(n-2), G2 = ((n+1) g2 + 6)(n-1)/((n-2)(n-3)) as in SAS
    result = bimodality([1, 2, 2, 3, 9, 9, 10, 4])
    assert result.skewness == pytest.approx(0.472554009259)
    assert result.excess_kurtosis == pytest.approx(-2.034375)
    assert result.coefficient == pytest.approx(0.426890221738)


@pytest.mark.parametrize(
    ("x", "status"),
    [
        ([], Status.INSUFFICIENT_N),
        ([5], Status.INSUFFICIENT_N),
        ([1, 5, 9], Status.INSUFFICIENT_N),
        ([None] * 5, Status.INSUFFICIENT_N),
        ([0.1] * 6, Status.NO_VARIATION),
    ],
    ids=["empty", "one expert", "three experts", "all missing", "all equal"],
)
def test_edges(x, status):
    result = bimodality(x)
    assert (result.coefficient, result.skewness, result.excess_kurtosis, result.suggested) == (None,) * 4
    assert result.status == status


def test_two_categories_half_and_half_are_only_suggested_in_larger_panels():
    # By hand, n = 6: g2 = -2, G2 = (7 * -2 + 6) * 5 / 12 = -10/3; 1 / (-10/3 + 3 * 25 / 12) = 12/35: the correction dominates
    small = bimodality([1, 1, 1, 9, 9, 9, None])
    assert (small.coefficient, small.suggested, small.n_missing) == (pytest.approx(12 / 35), False, 1)
    assert bimodality([1] * 20 + [9] * 20).suggested is True


@pytest.mark.parametrize("x", [[[1]], ["a"], [float("inf")]])
def test_malformed_answers_are_refused_by_name(x):
    with pytest.raises(ValueError, match="x must"):
        bimodality(x)


@few
@given(complete_ratings, st.randoms())
def test_order_unit_and_direction_change_nothing(x, random):
    result = bimodality(x)
    other = [100 - 3 * answer for answer in x]
    random.shuffle(other)
    assert bimodality(other).coefficient == pytest.approx(result.coefficient, abs=1e-9)
