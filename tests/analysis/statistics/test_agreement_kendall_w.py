"""kendall_w: how alike the experts rank the items."""

import itertools

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics import Status, kendall_w
from tests.analysis.statistics.strategies import few, matrices

# Siegel & Castellan 1988, section 9.6: three officers rank six applicants
APPLICANTS = [[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]]
# The same section's example with ties: ten items, three observers
TIED = [
    [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
    [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
    [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
]


def test_siegels_applicants():
    # W = .16, rank sums 8, 14, 11, 11, 11, 8; by hand S = 25.5, W = 12 * 25.5 / (9 * 210)
    result = kendall_w(APPLICANTS)
    assert round(result.w, 2) == 0.16
    assert result.w == pytest.approx(25.5 / 157.5)
    assert result.mean_ranks == pytest.approx([8 / 3, 14 / 3, 11 / 3, 11 / 3, 11 / 3, 8 / 3])
    assert (result.df, result.n_experts, result.n_items, result.n) == (5, 3, 6, 3)


def test_siegels_ties():
    # W = .828. R 4.2.2: friedman.test(y): chi-squared = 22.348739, df = 9, p-value = 0.007837044; W = chi2/(3 * 9)
    result = kendall_w(TIED)
    assert round(result.w, 3) == 0.828
    assert result.chi2 == pytest.approx(22.348739, abs=5e-7)
    assert result.p_value == pytest.approx(0.007837044, abs=5e-10)
    assert result.w_uncorrected == pytest.approx(591 / 742.5)
    # By hand: F = 2 W / (1 - W) with W = 591/714, df 9 - 2/3 = 8 1/3 and 16 2/3
    assert result.f == pytest.approx(2 * 591 / (714 - 591))
    assert result.p_f == pytest.approx(stats.f.sf(result.f, 25 / 3, 50 / 3))
    assert result.mean_spearman == pytest.approx((3 * 591 / 714 - 1) / 2)


def test_ratings_are_ranked_row_by_row():
    as_ratings = [[100 * rank + expert for rank in row] for expert, row in enumerate(TIED)]
    assert kendall_w(as_ratings).w == pytest.approx(kendall_w(TIED).w)


def test_experts_or_items_with_holes_are_left_out():
    holed = [*APPLICANTS, [1, None, 2, 3, 4, 5]]
    by_expert, by_item = kendall_w(holed), kendall_w(holed, missing="drop_items")
    assert by_expert.w == kendall_w(APPLICANTS).w
    assert (by_expert.n_experts, by_expert.n_missing, by_expert.n_items) == (3, 1, 6)
    complete = [[row[item] for item in (0, 2, 3, 4, 5)] for row in holed]
    assert by_item.w == kendall_w(complete).w
    assert (by_item.n_experts, by_item.n_items, by_item.mean_ranks[1]) == (4, 5, None)


def test_computed_ratings_that_are_equal_in_truth_are_ties():
    assert kendall_w([[0.1 + 0.2, 0.3, 1], [1, 1, 2]]).w == 1


def test_perfect_concordance_has_no_f():
    result = kendall_w([[1, 2, 3], [1, 2, 3], [1, 2, 3]])
    assert (result.w, result.f, result.p_f, result.mean_spearman) == (1, None, None, 1)
    assert result.status == Status.OK


def test_two_items_are_enough():
    # Three of four experts prefer the first: rank sums 5 and 7, S = 2, W = 12 * 2 / (16 * 6) = 1/4
    assert kendall_w([[1, 2], [1, 2], [1, 2], [2, 1]]).w == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("ratings", "status"),
    [
        ([], Status.INSUFFICIENT_N),
        ([[1, 2, 3]], Status.INSUFFICIENT_N),
        ([[1], [1]], Status.INSUFFICIENT_N),
        ([[None, None], [None, None]], Status.INSUFFICIENT_N),
        ([[4, 4, 4], [2, 2, 2]], Status.NO_VARIATION),
    ],
    ids=["empty", "one expert", "one item", "all missing", "all equal"],
)
def test_edges(ratings, status):
    result = kendall_w(ratings)
    assert (result.w, result.p_value, result.mean_spearman, result.status) == (None, None, None, status)
    assert result.reason


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(([1, 2, 3],), "ratings"), (([[1, 2], [1]],), "ratings"), ((APPLICANTS, "impute"), "missing")],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        kendall_w(*arguments)


@few
@given(matrices(), st.randoms())
def test_w_lies_in_0_to_1_whatever_the_order_of_experts_and_items(ratings, random):
    result = kendall_w(ratings)
    shuffled = [list(row) for row in zip(*ratings, strict=True)]
    random.shuffle(shuffled)
    other = kendall_w([list(row) for row in zip(*shuffled, strict=True)][::-1])
    assert other.status == result.status
    assert other.w == pytest.approx(result.w)
    assert result.w is None or 0 <= result.w <= 1


@few
@given(matrices())
def test_an_expert_without_answers_changes_nothing(ratings):
    assert kendall_w([*ratings, [None] * len(ratings[0])]).w == kendall_w(ratings).w


@few
@given(st.permutations(range(5)), st.integers(2, 5))
def test_identical_rankings_give_1(ranking, experts):
    assert kendall_w([ranking] * experts).w == 1


@few
@given(st.lists(st.permutations(range(5)), min_size=2, max_size=5))
def test_without_ties_the_mean_spearman_is_the_mean_over_all_pairs_of_experts(rankings):
    pairwise = [stats.spearmanr(a, b).statistic for a, b in itertools.combinations(rankings, 2)]
    assert kendall_w(rankings).mean_spearman == pytest.approx(np.mean(pairwise), abs=1e-9)


@few
@given(matrices(columns=(3, 6), rows=(3, 6)))
def test_chi2_is_friedmans_statistic(ratings):
    result = kendall_w(ratings)
    assume(result.w is not None)
    friedman = stats.friedmanchisquare(*np.array(ratings).T)
    assert result.chi2 == pytest.approx(friedman.statistic)
    assert result.p_value == pytest.approx(friedman.pvalue)


def test_silent_experts_and_items_that_nobody_ranked_are_left_out_first():
    silent = [[*row, None] for row in [*APPLICANTS, [None] * 6]]
    for missing in ("drop_experts", "drop_items"):
        result = kendall_w(silent, missing)
        assert (result.w, result.n_experts, result.n_items, result.n_missing) == (kendall_w(APPLICANTS).w, 3, 6, 1)
        assert result.mean_ranks[6] is None
