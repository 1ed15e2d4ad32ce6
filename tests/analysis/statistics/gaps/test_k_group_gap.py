"""k_group_gap: whether several groups differ, and which pairs do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics import Status, k_group_gap
from tests.analysis.statistics.strategies import few, rating

# Hollander & Wolfe 1973, p. 116: mucociliary efficiency from the rate of removal of dust
NORMAL = [2.9, 3.0, 2.5, 2.6, 3.2]
OBSTRUCTED = [3.8, 2.7, 4.0, 2.4]
ASBESTOSIS = [2.8, 3.4, 3.7, 2.2, 2.0]
# R's data set airquality, ozone by month (Chambers et al. 1983)
OZONE = {
    5: [41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37],
    6: [29, 71, 39, 23, 21, 37, 20, 12, 13],
    7: [135, 49, 32, 64, 40, 77, 97, 97, 85, 10, 27, 7, 48, 35, 61, 79, 63, 16, 80, 108, 20, 52, 82, 50, 64, 59],
    8: [39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85],
    9: [
        96,
        78,
        73,
        91,
        47,
        32,
        20,
        23,
        21,
        24,
        44,
        21,
        28,
        9,
        13,
        46,
        18,
        13,
        24,
        16,
        13,
        23,
        36,
        7,
        14,
        30,
        14,
        18,
        20,
    ],
}

groups_of_ratings = st.lists(st.lists(rating, min_size=1, max_size=6), min_size=2, max_size=4)


def named(lists):
    return {f"group {place}": answers for place, answers in enumerate(lists)}


def test_hollander_and_wolfes_example():
    # R 4.2.2: kruskal.test(list(x, y, z)): chi-squared = 0.7714285714286, df = 2, p-value = 0.679964773579
    result = k_group_gap({"normal": NORMAL, "obstructed": OBSTRUCTED, "asbestosis": ASBESTOSIS})
    assert result.h == pytest.approx(0.7714285714286)
    assert (result.df, result.n) == (2, 14)
    assert result.p_value == pytest.approx(0.679964773579)
    assert result.epsilon_squared == pytest.approx(0.7714285714286 / 13)
    assert result.eta_squared_h == 0


def test_ozone_with_ties_and_dunns_pairs():
    # R: kruskal.test(Ozone ~ Month, data = airquality): 29.26657630612, df = 4, p-value = 6.90071411855e-06
    result = k_group_gap(OZONE)
    assert result.h == pytest.approx(29.26657630612)
    assert result.p_value == pytest.approx(6.90071411855e-06)
    assert result.eta_squared_h == pytest.approx((29.26657630612 - 4) / 111)
    # R: r <- rank(Ozone); z <- (mr[i] - mr[j]) / sqrt(var(r) * (1/n[i] + 1/n[j])); 2 * pnorm(-abs(z))
    dunn = {
        (5, 6): (-12.0299145299145, 0.354883406425791),
        (5, 7): (-41.2115384615385, 9.89429615000047e-06),
        (5, 8): (-38.5384615384615, 3.58349614331419e-05),
        (5, 9): (-11.9973474801061, 0.186433925462795),
        (6, 7): (-29.1816239316239, 0.0248190194704221),
        (6, 8): (-26.508547008547, 0.0414864207250498),
        (6, 9): (0.0325670498084278, 0.997974528119149),
        (7, 8): (2.67307692307693, 0.77437479811302),
        (7, 9): (29.2141909814324, 0.00129448721645086),
        (8, 9): (26.5411140583554, 0.00346868316114938),
    }
    assert set(result.pairwise) == set(dunn)
    for pair, (difference, p) in dunn.items():
        assert result.pairwise[pair].difference == pytest.approx(difference)
        assert result.pairwise[pair].p == pytest.approx(p)
    assert result.pairwise[(5, 7)].p_holm == pytest.approx(10 * 9.89429615000047e-06)
    assert result.pairwise[(7, 9)].p_holm == pytest.approx(8 * 0.00129448721645086)


@pytest.mark.parametrize("groups", [{}, {"a": [1, 2]}, {"a": [1, 2], "b": []}, {"a": [None], "b": [None]}])
def test_fewer_than_two_groups_with_answers(groups):
    result = k_group_gap(groups)
    assert (result.h, result.p_value, result.status) == (None, None, Status.INSUFFICIENT_N)
    assert all(gap.p is None and gap.difference is None for gap in result.pairwise.values())


def test_a_group_without_answers_keeps_its_empty_pairs():
    result = k_group_gap({"a": [1, 2, 3], "b": [], "c": [4, 5, 6]})
    assert result.df == 1
    assert result.pairwise[("a", "b")].p is None
    assert result.pairwise[("a", "c")].p_holm == result.pairwise[("a", "c")].p
    assert result.n_by_group == {"a": 3, "b": 0, "c": 3}


def test_all_answers_equal():
    result = k_group_gap({"a": [3, 3], "b": [3], "c": [3, 3, 3]})
    assert (result.h, result.p_value, result.epsilon_squared, result.status) == (None, None, None, Status.NO_VARIATION)
    assert (result.pairwise[("a", "b")].difference, result.pairwise[("a", "b")].p) == (0, None)


def test_one_expert_a_group_has_no_eta_squared():
    result = k_group_gap({"a": [1], "b": [2], "c": [3]})
    assert (result.h, result.eta_squared_h) == (pytest.approx(2), None)


@pytest.mark.parametrize(("groups", "named"), [([[1], [2]], "groups"), ({"a": [1], "b": ["x"]}, r"groups\['b'\]")])
def test_malformed_arguments_are_named(groups, named):
    with pytest.raises(ValueError, match=named):
        k_group_gap(groups)


@few
@given(groups_of_ratings)
def test_h_agrees_with_scipy(lists):
    result = k_group_gap(named(lists))
    if result.status == Status.OK:
        second_opinion = stats.kruskal(*lists)
        assert result.h == pytest.approx(second_opinion.statistic, abs=1e-9)
        assert result.p_value == pytest.approx(second_opinion.pvalue)
        assert 0 <= result.epsilon_squared <= 1 + 1e-12


@few
@given(groups_of_ratings, st.randoms())
def test_order_of_groups_and_experts_changes_nothing(lists, random):
    shuffled = [[*answers, None] for answers in lists]
    for answers in shuffled:
        random.shuffle(answers)
    one, other = k_group_gap(named(lists)), k_group_gap(dict(reversed(named(shuffled).items())))
    assert other.h == pytest.approx(one.h)
    for (a, b), gap in one.pairwise.items():
        assert other.pairwise[(b, a)].difference == pytest.approx(-gap.difference)
        assert other.pairwise[(b, a)].p_holm == pytest.approx(gap.p_holm)


@few
@given(groups_of_ratings)
def test_adjusted_p_is_never_smaller(lists):
    for gap in k_group_gap(named(lists)).pairwise.values():
        assert gap.p is None or gap.p <= gap.p_holm <= 1
