"""wilcoxon_signed_rank: whether the experts moved in one direction."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics import Status, wilcoxon_signed_rank
from analysis.statistics.stability import walsh_averages
from tests.analysis.statistics.strategies import few, paired_ratings

BEFORE = [5, 3, 7, 6, 4, 8, 2, 5, 6, 7, 3, 5]
AFTER = [6, 4, 7, 5, 6, 8, 4, 6, 6, 9, 5, 4]


@pytest.mark.parametrize(
    ("zero_method", "exact", "statistic", "p_value"),
    [
        ("pratt", True, 60, 0.078125),
        ("pratt", False, 60, 0.0540826948986),
        ("wilcox", True, 39, 0.0625),
        ("wilcox", False, 39, 0.044609718),
    ],
)
def test_zeros_and_ties_equal_r(zero_method, exact, statistic, p_value):
    # R 4.2.2, coin: pvalue(wilcoxsign_test(a ~ b, zero.method = "Pratt" or "Wilcoxon", distribution = "exact" or
    # "asymptotic")); wilcox.test(a, b, paired = TRUE, exact = FALSE, correct = FALSE): V = 39, p = 0.044609718
    result = wilcoxon_signed_rank(BEFORE, AFTER, zero_method, exact)
    assert (result.statistic, result.p_value) == (statistic, pytest.approx(p_value))
    assert (result.n_pairs, result.n_nonzero, result.exact) == (12, 9, exact)


def test_the_effect_sizes():
    # Without zeros W+ = 39, W- = 6: (39 - 6)/45. R: d <- a - b; w <- outer(d, d, "+")/2; median(w[upper.tri(w, TRUE)]) = 1
    result = wilcoxon_signed_rank(BEFORE, AFTER)
    assert (result.rank_biserial, result.hodges_lehmann) == (pytest.approx(33 / 45), 1)


def test_darwins_maize_without_ties():
    # Fisher 1935. R 4.2.2: wilcox.test(self, crossed, paired = TRUE, exact = TRUE, correct = FALSE): V = 24, p = 0.04126
    # (15 pairs, |d| 0.75 to 9.375, without ties or zeros)
    crossed = [23.5, 12, 21, 22, 19.125, 21.5, 22.125, 20.375, 18.25, 21.625, 23.25, 21, 22.125, 23, 12]
    selfed = [17.375, 20.375, 20, 20, 18.375, 18.625, 18.625, 15.25, 16.5, 18, 16.25, 18, 12.75, 15.5, 18]
    result = wilcoxon_signed_rank(crossed, selfed)
    assert (result.statistic, result.p_value, result.exact) == (24, pytest.approx(0.041259765625), True)


def test_exactness_ends_at_fifteen_moves_unless_asked():
    before, after = [1] * 16, [2] * 15 + [0]
    assert wilcoxon_signed_rank(before, after).exact is False
    assert wilcoxon_signed_rank(before, after, exact=True).exact is True
    assert wilcoxon_signed_rank(before[:15], after[:15]).exact is True


def test_five_moves_alike_cannot_reach_significance():
    # 2 of the 32 arrangements of signs are as extreme
    assert wilcoxon_signed_rank([1] * 5, [2] * 5).p_value == 0.0625


@pytest.mark.parametrize(
    ("before", "after", "fields", "status"),
    [
        ([], [], (None, None, None, None), Status.INSUFFICIENT_N),
        ([None, 2], [1, None], (None, None, None, None), Status.INSUFFICIENT_N),
        ([4, 4], [4, 4], (0, 1, None, 0), Status.NO_VARIATION),
        ([4], [5], (1, 1, 1, 1), Status.OK),
        ([0, 1, 0, 1], [1, 0, 1, 0], (5, 1, 0, 0), Status.OK),
    ],
    ids=["empty", "no pair", "nobody moved", "one expert", "two categories"],
)
def test_edges(before, after, fields, status):
    result = wilcoxon_signed_rank(before, after)
    assert (result.statistic, result.p_value, result.rank_biserial, result.hodges_lehmann) == fields
    assert result.status == status


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(([1], [1, 2]), "before and after"), (([1], [2], "zsplit"), "zero_method"), (([1], [2], "pratt", "yes"), "exact")],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        wilcoxon_signed_rank(*arguments)


@few
@given(paired_ratings(max_size=8), st.sampled_from(["pratt", "wilcox"]))
def test_the_exact_p_counts_all_assignments_of_signs(answers, zero_method):
    moves = np.subtract(answers[1], answers[0])
    ranked = moves if zero_method == "pratt" else moves[moves != 0]
    ranks = stats.rankdata(np.abs(ranked))[ranked != 0]
    signs = np.sign(ranked[ranked != 0])
    deviations = [abs(np.dot(ranks, arrangement)) for arrangement in itertools.product((-1, 1), repeat=ranks.size)]
    expected = np.mean([deviation >= abs(np.dot(ranks, signs)) - 1e-9 for deviation in deviations])
    assert wilcoxon_signed_rank(*answers, zero_method, exact=True).p_value == pytest.approx(expected)


@few
@given(paired_ratings())
def test_swapping_the_rounds_turns_the_signs_and_keeps_the_p(answers):
    there, back = wilcoxon_signed_rank(*answers), wilcoxon_signed_rank(*reversed(answers))
    assert back.p_value == pytest.approx(there.p_value)
    assert back.hodges_lehmann == pytest.approx(-there.hodges_lehmann)
    if there.rank_biserial is not None:
        assert back.rank_biserial == pytest.approx(-there.rank_biserial)
        assert -1 <= there.rank_biserial <= 1


@few
@given(paired_ratings())
def test_the_hodges_lehmann_shift_is_the_median_of_all_pair_means(answers):
    moves = np.subtract(answers[1], answers[0])
    means = [(a + b) / 2 for a, b in itertools.combinations_with_replacement(moves, 2)]
    assert wilcoxon_signed_rank(*answers).hodges_lehmann == pytest.approx(np.median(means))


def test_many_different_moves_have_the_middle_of_all_their_means():
    # By the definition (Hodges & Lehmann 1963): the median of the means of all pairs, each with itself too, written out
    moves = np.round(np.random.default_rng(6).normal(0.3, 1, 1500), 5)
    first, second = np.triu_indices(moves.size)
    middle = np.median((moves[first] + moves[second]) / 2)
    assert wilcoxon_signed_rank(np.zeros(moves.size), moves).hodges_lehmann == pytest.approx(middle, abs=1e-12)


@few
@given(st.lists(st.one_of(st.integers(-5, 5), st.floats(-1e4, 1e4)), min_size=1, max_size=12), st.data())
def test_counting_the_pairs_finds_what_listing_them_finds(moves, data):
    values, counts = np.unique(np.round(np.array(moves, dtype=float), 6), return_counts=True)
    n = len(moves)
    rank = data.draw(st.integers(1, n * (n + 1) // 2))
    assert walsh_averages._searched(values, counts, (rank, rank)) == walsh_averages._listed(values, counts, (rank, rank))
