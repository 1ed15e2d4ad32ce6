"""choices_summary: which options experts tick, and how alike their ticks are."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, choices_summary
from tests.analysis.statistics.strategies import few, matrices

TICKS = [[1, 0, 1, 0], [1, 1, 1, 0], [0, 0, 1, 1], [0, 1, 0, 1], [0, 0, 0, 1], [1, 0, 1, 1]]


def test_similarities_against_r():
    # R 4.2.2: 1 - mean(dist(T, "binary")): 0.35; vegan: 1 - mean(vegdist(T, "bray")): 0.473333333333333
    result = choices_summary(TICKS)
    assert result.mean_jaccard == pytest.approx(0.35)
    assert result.mean_dice == pytest.approx(0.473333333333333)
    assert result.share == pytest.approx((3 / 6, 2 / 6, 4 / 6, 4 / 6))
    assert (result.mean_ticked, result.n) == (pytest.approx(13 / 6), 6)


def test_nothing_ticked_is_like_nothing_and_unlike_something():
    assert choices_summary([[0, 0], [0, 0]]).mean_jaccard == 1
    assert choices_summary([[0, 0], [1, 0]]).mean_dice == 0


def test_a_row_with_a_hole_is_left_out():
    result = choices_summary([*TICKS, [1, None, 0, 0], [None] * 4])
    assert (result.n, result.n_missing, result.mean_jaccard) == (6, 2, pytest.approx(0.35))


@pytest.mark.parametrize("ticks", [[], [[None, None]], [[1, None]]])
def test_no_answer(ticks):
    result = choices_summary(ticks)
    assert (result.share, result.mean_jaccard, result.mean_dice, result.status) == (
        None,
        None,
        None,
        Status.INSUFFICIENT_N,
    )


def test_one_expert_has_no_pair():
    result = choices_summary([[1, 0]])
    assert (result.share, result.mean_jaccard, result.mean_dice, result.status) == ((1, 0), None, None, Status.OK)


def test_all_alike():
    result = choices_summary([[1, 0, 1]] * 4)
    assert (result.mean_jaccard, result.mean_dice) == (1, 1)


@pytest.mark.parametrize("ticks", [[[2, 0]], [[0.5, 1]], [1, 0], [[1, 0], [1]], [["yes", "no"]]], ids=str)
def test_malformed_ticks_are_named(ticks):
    with pytest.raises(ValueError, match="ticks"):
        choices_summary(ticks)


@few
@given(matrices(values=st.integers(0, 1)))
def test_similarities_are_the_mean_over_all_pairs(ticks):
    jaccard, dice = [], []
    for one, other in itertools.combinations(np.array(ticks), 2):
        shared, either = (one & other).sum(), (one | other).sum()
        jaccard.append(shared / either if either else 1)
        dice.append(2 * shared / (one.sum() + other.sum()) if either else 1)
    result = choices_summary(ticks)
    assert result.mean_jaccard == pytest.approx(np.mean(jaccard))
    assert result.mean_dice == pytest.approx(np.mean(dice))
    assert 0 <= result.mean_jaccard <= result.mean_dice + 1e-12 <= 1 + 1e-9


@few
@given(matrices(values=st.integers(0, 1)), st.randoms())
def test_order_of_experts_and_options_changes_nothing(ticks, random):
    columns = [list(column) for column in zip(*ticks, strict=True)]
    random.shuffle(columns)
    moved = [list(row) for row in zip(*columns, strict=True)][::-1]
    assert choices_summary(moved).mean_jaccard == pytest.approx(choices_summary(ticks).mean_jaccard)
