"""proportion_gap: the difference of two shares with Newcombe's interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, proportion_gap
from tests.analysis.statistics.strategies import few

counts = st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("hits", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17:873, table II, method 10, cases (a), (b), (e) and (h)
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((10, 10, 0, 20), 0.6791, 1.0000),
    ],
)
def test_newcombes_table(hits, low, high):
    result = proportion_gap(*hits)
    assert round(result.low, 4) == low
    assert round(result.high, 4) == high
    assert result.difference == pytest.approx(hits[0] / hits[1] - hits[2] / hits[3])


def test_all_digits_against_statsmodels():
    # Python, statsmodels 0.15: confint_proportions_2indep(56, 70, 48, 80, method="newcomb", compare="diff")
    result = proportion_gap(56, 70, 48, 80)
    assert (result.low, result.high) == pytest.approx((0.05243147240236498, 0.33387265403690614))


def test_no_agreement_at_all_still_has_a_width():
    # statsmodels, as above, 0 of 10 and 0 of 10
    result = proportion_gap(0, 10, 0, 10)
    assert (result.difference, result.low, result.high) == pytest.approx((0, -0.27753279986288926, 0.27753279986288926))


@pytest.mark.parametrize("hits", [(0, 0, 1, 2), (1, 2, 0, 0), (0, 0, 0, 0)])
def test_an_empty_group(hits):
    result = proportion_gap(*hits)
    assert (result.difference, result.low, result.high, result.status) == (None, None, None, Status.INSUFFICIENT_N)


def test_one_expert_each():
    result = proportion_gap(1, 1, 0, 1)
    assert (result.difference, result.high, result.n) == (1, 1, 2)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((3, 2, 1, 2), "agree_first"),
        ((1, 2, 3, 2), "agree_second"),
        ((-1, 2, 1, 2), "agree_first"),
        ((1, None, 1, 2), "n_first"),
        ((1, 2, 1, 2, 0), "level"),
    ],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        proportion_gap(*arguments)


@few
@given(counts, counts)
def test_the_interval_holds_the_difference_and_changes_sign_with_the_sides(first, second):
    one, other = proportion_gap(*first, *second), proportion_gap(*second, *first)
    assert -1 - 1e-12 <= one.low <= one.difference + 1e-12
    assert one.difference - 1e-12 <= one.high <= 1 + 1e-12
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))


@few
@given(counts, counts)
def test_a_higher_level_is_wider(first, second):
    narrow, wide = proportion_gap(*first, *second, level=0.8), proportion_gap(*first, *second, level=0.99)
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high
