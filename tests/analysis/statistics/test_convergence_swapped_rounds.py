"""Drawing which experts are swapped: the same law as swapping every expert by a coin of their own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics import spread_change
from analysis.statistics.convergence.coins import heads, words_needed
from tests.analysis.statistics.strategies import few

SWAPPED = ("p_log_sd_ratio", "p_iqr", "p_mean_abs_dev")


def spreads(answers):
    middle = np.median(answers, axis=1, keepdims=True)
    quartiles = np.percentile(answers, [25, 75], axis=1)
    return np.log(answers.std(axis=1, ddof=1)), quartiles[1] - quartiles[0], np.abs(answers - middle).mean(axis=1)


def enumerated(before, after):
    """Every way to swap the rounds within experts, written out expert by expert."""
    swaps = (np.arange(2**before.size)[:, None] >> np.arange(before.size)) % 2 == 1
    first, second = (spreads(np.where(swaps, *rounds)) for rounds in ((after, before), (before, after)))
    changes = [np.abs(later - earlier) for earlier, later in zip(first, second, strict=True)]
    return [(change >= change[0] - 1e-10).mean() for change in changes]


@pytest.mark.parametrize("decimals", [0, 3], ids=["a scale of nine", "all answers different"])
def test_draws_estimate_what_enumeration_by_the_definition_gives(decimals):
    random = np.random.default_rng(8)
    before = np.round(random.uniform(1, 9, 17), decimals)
    after = np.round(5 + (before - 5) * random.uniform(0.2, 1.1, 17), decimals)
    result = spread_change(before, after, seed=11)
    assert (result.permutations, result.enumerated) == (9999, False)
    for field, exact in zip(SWAPPED, enumerated(before, after), strict=True):
        assert getattr(result, field) == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / 9999) + 1e-4)


def test_few_experts_among_whom_few_moved_are_enumerated_exactly():
    # By hand: one of four moved, from 1 to 3; swapped or not, the spreads of 1 2 3 1 and of 1 2 3 3 trade places
    result = spread_change([1, 2, 3, 1], [1, 2, 3, 3])
    assert [getattr(result, field) for field in SWAPPED] == [1, 1, 1]
    assert (result.permutations, result.enumerated) == (16, True)


def test_where_nobody_moved_every_arrangement_is_the_same():
    answers = np.arange(1, 21)
    result = spread_change(answers, answers)
    assert [getattr(result, field) for field in SWAPPED] == [1, 1, 1]


@few
@given(st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), min_size=15, max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_the_experts_changes_no_draw(pairs, random):
    shuffled = random.sample(pairs, len(pairs))
    one, other = (spread_change(*zip(*rows, strict=True), permutations=200) for rows in (pairs, shuffled))
    assert [getattr(one, field) for field in SWAPPED] == [getattr(other, field) for field in SWAPPED]


def test_a_thousand_experts_of_a_large_scale_shrink_visibly():
    random = np.random.default_rng(4)
    before = random.integers(0, 10_001, 1000)
    result = spread_change(before, 5000 + (before - 5000) // 2)
    assert [getattr(result, field) for field in SWAPPED] == [1 / 10_000] * 3


@pytest.mark.parametrize("tosses", [1, 3, 8, 9, 30, 64, 65, 200])
def test_heads_follow_the_binomial_law(tosses):
    drawn = heads(np.array([tosses, 2]), 20_000, np.random.default_rng(tosses))[0]
    law = stats.binom(tosses, 0.5)
    edges = np.unique(law.ppf([0.1, 0.3, 0.5, 0.7, 0.9]))
    expected = np.diff(law.cdf(np.concatenate(([-1], edges, [tosses]))))
    observed = np.histogram(drawn, np.concatenate(([-1], edges, [tosses + 1])) + 0.5)[0]
    kept = expected > 0
    assert observed[~kept].sum() == 0
    assert stats.chisquare(observed[kept], expected[kept] * drawn.size).pvalue > 0.001


@few
@given(st.lists(st.integers(1, 150), min_size=1, max_size=8), st.integers(0, 2**32))
def test_heads_lie_between_none_and_all_and_come_again_with_the_seed(tosses, seed):
    sizes = np.array(tosses)
    drawn, again = (heads(sizes, 50, np.random.default_rng(seed)) for _ in range(2))
    assert drawn.shape == (len(tosses), 50)
    assert (drawn >= 0).all() and (drawn <= sizes[:, None]).all()
    assert (drawn == again).all()
    assert words_needed(sizes) >= len(tosses)
