"""Many Mann-Whitney tests from histograms are the tests of the answers themselves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import two_group_gap
from analysis.statistics.matrix import histogram_mann_whitney_p

COUNTS = st.lists(st.integers(0, 6), min_size=5, max_size=5)


def answers(counts: list[int]) -> np.ndarray:
    return np.repeat(np.arange(1, len(counts) + 1), counts)


@given(COUNTS, COUNTS)
def test_p_is_that_of_the_answers(first: list[int], second: list[int]) -> None:
    expected = two_group_gap(answers(first), answers(second)).p_mann_whitney
    assert float(histogram_mann_whitney_p(first, second)) == pytest.approx(np.nan if expected is None else expected, nan_ok=True)


def test_many_pairs_are_tested_at_once() -> None:
    # By hand: U = 0 + 0 + 0.5 + 2 = 2.5, mean 10, variance 20/12 (10 - (6 + 6 + 24 + 6)/72) = 15.694, z = -1.8932, p = 0.0583
    found = histogram_mann_whitney_p([[2, 1, 1, 0], [3, 0, 0, 0]], [[0, 1, 2, 2], [4, 0, 0, 0]])
    assert found.shape == (2,)
    assert found[0] == pytest.approx(0.058336, abs=1e-6)
    assert np.isnan(found[1])


def test_histograms_of_different_scales_are_refused() -> None:
    with pytest.raises(ValueError, match="second must have the shape of first"):
        histogram_mann_whitney_p([1, 2], [1, 2, 3])
