"""within_group_agreement: a panel's spread on a scale against that of random answering."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, within_group_agreement
from tests.analysis.statistics.strategies import few

ITEMS = [[4, 4, 5, 3, 2, 5], [4, 3, 5, 4, 3, 4], [2, 4, 5, 4, 4, 5]]


def test_one_item_equals_r():
    # R multilevel 2.7: rwg(x, g, ranvar = 2); awg(x, g, range = c(1, 5)); ad.m(x, g); ad.m(x, g, type = "median")
    result = within_group_agreement(ITEMS[0], 5)
    assert result.rwg == pytest.approx(0.316666666667)
    assert result.awg == pytest.approx(0.310924369748)
    assert result.ad_mean == pytest.approx(0.888888888889)
    assert result.ad_median == pytest.approx(0.833333333333)
    assert result.n == 6


def test_a_battery_equals_r():
    # R multilevel 2.7: rwg.j(m, g, ranvar = 2); awg(m, g, range = c(1, 5)); ad.m(m, g); ad.m(m, g, type = "median")
    result = within_group_agreement([list(expert) for expert in zip(*ITEMS, strict=True)], 5)
    assert result.rwg == pytest.approx(0.732954545455)
    assert result.awg == pytest.approx(0.452847805789)
    assert result.ad_mean == pytest.approx(0.703703703704)
    assert result.ad_median == pytest.approx(0.666666666667)


def test_more_spread_than_random_answers_is_floored_at_0_and_kept_raw():
    # 1 1 5 5: variance 16/3 against 2: raw = 1 - 8/3; largest variance at mean 3: (6*3 - 9 - 5) * 4/3 = 16/3: a = -1
    result = within_group_agreement([1, 1, 5, 5], 5)
    assert (result.rwg, result.rwg_raw, result.awg) == (0, pytest.approx(-5 / 3), pytest.approx(-1))
    assert (result.ad_mean, result.ad_median) == (2, 2)


def test_a_mean_at_the_very_end_allows_no_a_wg():
    assert within_group_agreement([1, 1, 1, 2], 9).awg is None


@pytest.mark.parametrize(
    ("ratings", "rwg", "ad_mean", "status"),
    [
        ([], None, None, Status.INSUFFICIENT_N),
        ([3], None, None, Status.INSUFFICIENT_N),
        ([None, None], None, None, Status.INSUFFICIENT_N),
        ([[None, 1], [2, None]], None, None, Status.INSUFFICIENT_N),
        ([4, 4, 4], 1, 0, Status.OK),
        ([5, 5], 1, 0, Status.OK),
        ([2, 2, None], 1, 0, Status.OK),
    ],
    ids=["empty", "one expert", "all missing", "no item with two", "all equal", "all at the end", "a hole"],
)
def test_edges(ratings, rwg, ad_mean, status):
    result = within_group_agreement(ratings, 5)
    assert (result.rwg, result.ad_mean, result.status) == (rwg, ad_mean, status)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(([0, 3], 5), "ratings"), (([6, 3], 5), "ratings"), (([1, 1], 1), "categories"), (([[[1]]], 5), "ratings")],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        within_group_agreement(*arguments)


@few
@given(st.lists(st.integers(1, 7), min_size=2, max_size=12), st.randoms())
def test_reversing_the_scale_and_the_order_of_experts_change_nothing(ratings, random):
    result = within_group_agreement(ratings, 7)
    other = [8 - answer for answer in ratings]
    random.shuffle(other)
    for field in ("rwg", "rwg_raw", "awg", "ad_mean", "ad_median"):
        assert getattr(within_group_agreement(other, 7), field) == pytest.approx(getattr(result, field))
    assert 0 <= result.rwg <= 1
    assert result.ad_median <= result.ad_mean + 1e-12


def test_a_battery_with_more_spread_than_random_answers_has_0_however_the_formula_turns():
    # Variance 16/3 against 2 on each of three items: agreement -5/3; 3 * -5/3 / (3 * -5/3 + 8/3) = 15/7, beyond 1
    result = within_group_agreement([[1, 1, 1], [1, 1, 1], [5, 5, 5], [5, 5, 5]], 5)
    assert (result.rwg, result.rwg_raw) == (0, pytest.approx(15 / 7))
