"""disagreement: how much of the experts' disagreement lies within the panels, and how much between them."""

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, disagreement
from analysis.statistics.gaps.resampled_panels import draws_for, number_drawn
from tests.analysis.statistics.strategies import few, rating

panels_of_ratings = st.lists(st.lists(rating, min_size=2, max_size=6), min_size=2, max_size=4)


def named(lists):
    return {f"panel {place}": answers for place, answers in enumerate(lists)}


def by_pairs(lists, distance, weights=None):
    """Within, across and total straight from their definitions: one pair of experts after the other."""
    weights = weights or [[1] * len(answers) for answers in lists]
    within = [
        sum(w[i] * w[j] * distance(x[i], x[j]) for i, j in permutations(range(len(x)), 2))
        / sum(w[i] * w[j] for i, j in permutations(range(len(x)), 2))
        for x, w in zip(lists, weights, strict=True)
    ]
    across = [
        sum(u * v * distance(a, b) for a, u in zip(x, p, strict=True) for b, v in zip(y, q, strict=True)) / (sum(p) * sum(q))
        for (x, p), (y, q) in permutations(list(zip(lists, weights, strict=True)), 2)
    ]
    inner, outer, size = sum(within) / len(within), sum(across) / len(across), len(lists)
    return inner, inner / size + (1 - 1 / size) * outer


def test_two_panels_by_hand():
    # By hand, Rao 1982, Theor. Popul. Biol. 21:24. |x - y|/4: among 1, 2, 2 the distances are 1, 1, 0, so W = 2/12 = 1/6; the
    # same among 4, 5, 5. Across: 3, 4, 4, 2, 3, 3, 2, 3, 3, mean 3, so C = 3/4. Total = (1/6 + 3/4)/2 = 11/24.
    result = disagreement({"KOR": [1, 2, 2], "POL": [4, 5, 5]}, scale=(1, 5))
    assert (result.within, result.total) == (pytest.approx(1 / 6), pytest.approx(11 / 24))
    assert (result.between, result.between_share) == (pytest.approx(7 / 24), pytest.approx(7 / 11))
    assert result.within_by_panel == {"KOR": pytest.approx(1 / 6), "POL": pytest.approx(1 / 6)}
    assert result.pairwise == {("KOR", "POL"): pytest.approx(3 / 4 - 1 / 6)}
    assert (result.n, result.draws) == (6, 999)


def test_options_without_order_are_equal_or_not():
    # By hand: of 3 pairs in JPN 2 differ, of 1 pair in DEU none; across 6 pairs 4 differ. Within = 1/3; total = (1/3 + 2/3)/2.
    result = disagreement({"JPN": ["deny", "deny", "punish"], "DEU": ["punish", "punish"]})
    assert (result.within, result.total, result.between) == (pytest.approx(1 / 3), pytest.approx(1 / 2), pytest.approx(1 / 6))


def test_panels_weigh_equally_whatever_their_size():
    # By hand: W = 0 and 0, C = 1/2 of the scale: total = 1/4, though nine of ten experts agree
    result = disagreement({"USA": [1] * 18, "NZL": [3] * 2}, scale=(1, 5))
    assert (result.within, result.between, result.between_share) == (0, pytest.approx(1 / 4), 1)


def test_panels_less_apart_than_chance_have_a_negative_between():
    # By hand: W = 1 and 1, C = 1/2: total = 3/4, between = -1/4
    result = disagreement({"GBR": [0, 1], "FRA": [0, 1]}, scale=(0, 1))
    assert (result.total, result.between) == (pytest.approx(3 / 4), pytest.approx(-1 / 4))


def test_a_panel_without_two_answers_is_left_out_and_named():
    result = disagreement({"ITA": [1, 2], "NOR": [4, None], "TUR": [4, 5], "CAN": []}, scale=(1, 5))
    assert result.left_out == ("NOR", "CAN")
    assert result.between == pytest.approx(disagreement({"ITA": [1, 2], "TUR": [4, 5]}, scale=(1, 5)).between)
    assert result.pairwise[("ITA", "NOR")] is None
    assert result.n_missing == 1


@pytest.mark.parametrize("groups", [{}, {"a": [1, 2]}, {"a": [1, 2], "b": [3]}, {"a": [None, None], "b": []}])
def test_fewer_than_two_panels(groups):
    result = disagreement(groups, scale=(1, 5))
    assert (result.between, result.total, result.between_interval, result.status) == (None, None, (None, None), Status.INSUFFICIENT_N)
    assert result.reason


def test_all_answers_equal():
    result = disagreement({"a": [3, 3], "b": [3, 3, 3]}, scale=(1, 5))
    assert (result.total, result.between, result.between_share, result.status) == (0, 0, None, Status.NO_VARIATION)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([[1], [2]],), "groups"),
        (({"a": [1, 9]}, (1, 5)), r"groups\['a'\]"),
        (({"a": [1, 1]}, (1, 1)), "scale"),
        (({"a": [1, 2]}, (1, 5), -1), "draws"),
        (({"a": [1, 2]}, (1, 5), 9, -4), "seed"),
    ],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        disagreement(*arguments)


def test_the_same_seed_gives_the_same_interval():
    groups = named([[1, 2, 4, 5, 3], [3, 4, 5, 5, 5]])
    assert disagreement(groups, (1, 5), seed=4) == disagreement(groups, (1, 5), seed=4)
    assert disagreement(groups, (1, 5), seed=4).between_interval != disagreement(groups, (1, 5), seed=5).between_interval


def test_the_interval_is_that_of_pair_by_pair_draws():
    # By hand: n - 1 of n experts are drawn with replacement. Two places of a draw hold different experts so often as to leave
    # (1 - 1/n)(1 - 1/(n - 1)) = (n - 2)/n of W in the plain average over all pairs of places, a place with itself included.
    lists = [[1, 2, 3, 4, 5], [2, 3, 4, 5]]
    streams = [np.random.Generator(np.random.Philox(np.random.SeedSequence([8, panel]))) for panel in (0, 1)]
    drawn = [random.multinomial(n - 1, [1 / n] * n, size=60) for random, n in zip(streams, (5, 4), strict=True)]
    figures = []
    for rows in zip(*drawn, strict=True):
        first, second = (np.repeat(answers, row) for answers, row in zip(lists, rows, strict=True))
        own = [np.abs(np.subtract.outer(x, x)).mean() / 4 * n / (n - 2) for x, n in ((first, 5), (second, 4))]
        figures.append((sum(own) / 2, sum(own) / 4 + np.abs(np.subtract.outer(first, second)).mean() / 8))
    result = disagreement(named(lists), (1, 5), draws=60, seed=8)
    assert result.within_interval == pytest.approx(tuple(np.quantile([within for within, _ in figures], [0.025, 0.975])))
    assert result.between_interval == pytest.approx(tuple(np.quantile([total - within for within, total in figures], [0.025, 0.975])))


def test_a_mean_varies_over_the_draws_as_its_unbiased_variance_says():
    # By hand: the mean of 1, 2, 3, 4, 5, 9 has variance s^2/n = 8/6 (Rao & Wu 1988)
    answers, draws = np.array([1.0, 2, 3, 4, 5, 9]), np.random.default_rng(1).multinomial(number_drawn(6), [1 / 6] * 6, size=20_000)
    assert (draws @ answers / draws.sum(axis=1)).var() == pytest.approx(8 / 6, rel=0.05)


def test_how_many_draws_depends_on_the_number_of_experts_only():
    assert [draws_for(n) for n in (0, 20_000, 20_001)] == [999, 999, 199]


def test_many_different_numbers_are_split_exactly_and_resampled_coarsely():
    random = np.random.default_rng(3)
    lists = [list(random.uniform(0, 60, 200)), list(random.uniform(20, 100, 150))]
    result = disagreement(named(lists), (0, 100), seed=2)
    within, total = by_pairs(lists, lambda x, y: abs(x - y) / 100)
    assert (result.within, result.total) == (pytest.approx(within), pytest.approx(total))
    rounded = disagreement(named([np.round(answers) for answers in lists]), (0, 100), seed=2)
    assert result.between_interval == pytest.approx(rounded.between_interval, abs=0.002)


@few
@given(panels_of_ratings)
def test_figures_are_those_of_all_pairs_of_experts(lists):
    result = disagreement(named(lists), (1, 9), draws=0)
    within, total = by_pairs(lists, lambda x, y: abs(x - y) / 8)
    assert (result.within, result.total) == (pytest.approx(within, abs=1e-11), pytest.approx(total, abs=1e-11))
    nominal = disagreement(named(lists), draws=0)
    within, total = by_pairs(lists, lambda x, y: float(x != y))
    assert (nominal.within, nominal.total) == (pytest.approx(within, abs=1e-11), pytest.approx(total, abs=1e-11))


@few
@given(panels_of_ratings)
def test_between_is_made_of_the_pairs_of_panels(lists):
    result = disagreement(named(lists), (1, 9), draws=0)
    size = len(lists)
    assert result.between == pytest.approx((1 - 1 / size) * np.mean(list(result.pairwise.values())), abs=1e-11)


@few
@given(panels_of_ratings, st.randoms())
def test_who_gave_the_answers_and_who_gave_none_changes_nothing_not_even_the_interval(lists, random):
    shuffled = [[*answers, None] for answers in lists]
    for answers in shuffled:
        random.shuffle(answers)
    one, other = disagreement(named(lists), (1, 9), draws=30), disagreement(named(shuffled), (1, 9), draws=30)
    assert (other.between, other.between_interval, other.total_interval) == (one.between, one.between_interval, one.total_interval)


@few
@given(panels_of_ratings, st.randoms())
def test_names_and_order_of_panels_change_nothing(lists, random):
    one = disagreement(named(lists), (1, 9), draws=0)
    shuffled = random.sample(lists, len(lists))
    other = disagreement(named(shuffled), (1, 9), draws=0)
    assert (other.within, other.between) == (pytest.approx(one.within, abs=1e-11), pytest.approx(one.between, abs=1e-11))


def test_a_panels_draws_depend_on_no_other_panel():
    # "b" is left out with one answer as it is with none
    one, other = (disagreement({"a": [1, 2, 2, 5], "b": answers, "c": [2, 3, 5]}, (1, 5)) for answers in ([], [3]))
    assert (one.left_out, one.between_interval) == (("b",), other.between_interval)


@few
@given(panels_of_ratings)
def test_turning_moving_and_stretching_the_scale_change_nothing(lists):
    one = disagreement(named(lists), (1, 9), draws=30)
    turned = disagreement(named([[10 - 3 * x for x in answers] for answers in lists]), (-17, 7), draws=0)
    assert (turned.within, turned.between) == (pytest.approx(one.within, abs=1e-11), pytest.approx(one.between, abs=1e-11))
    stretched = disagreement(named([[10 + 3 * x for x in answers] for answers in lists]), (13, 37), draws=30)
    assert stretched.between_interval == pytest.approx(one.between_interval, abs=1e-11)


@few
@given(st.lists(rating, min_size=5, max_size=7))
def test_over_all_divisions_of_the_same_answers_between_is_nought_on_average(answers):
    between = []
    for first in combinations(range(len(answers)), 2):
        lists = [[answers[i] for i in first], [x for i, x in enumerate(answers) if i not in first]]
        between.append(disagreement(named(lists), (1, 9), draws=0).between)
    assert np.mean(between) == pytest.approx(0, abs=1e-11)


@few
@given(panels_of_ratings)
def test_yes_and_no_are_an_ordered_scale_and_two_options_alike(lists):
    binary = named([[int(x > 4) for x in answers] for answers in lists])
    ordered, nominal = disagreement(binary, (0, 1), draws=40), disagreement(binary, draws=40)
    assert (nominal.total, nominal.between) == (pytest.approx(ordered.total, abs=1e-11), pytest.approx(ordered.between, abs=1e-11))
    assert nominal.between_interval == pytest.approx(ordered.between_interval, abs=1e-11)
