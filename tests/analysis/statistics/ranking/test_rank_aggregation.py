"""rank_aggregation: one order out of many experts' rankings."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, rank_aggregation
from tests.analysis.statistics.strategies import few

# Young 1988, Am. Pol. Sci. Rev. 82:1231, Condorcet's example: 23 voters prefer A > B > C, 17 B > C > A, 2 B > A > C,
# 10 C > A > B, 8 C > B > A
CONDORCET = [[1, 2, 3]] * 23 + [[3, 1, 2]] * 17 + [[2, 1, 3]] * 2 + [[2, 3, 1]] * 10 + [[3, 2, 1]] * 8

rankings = st.integers(2, 5).flatmap(
    lambda size: st.lists(st.permutations(range(1, size + 1)).map(list), min_size=1, max_size=7)
)


def test_condorcets_example():
    # Young: A beats B 33:27, B beats C 42:18, C beats A 35:25; the maximum-likelihood (Kemeny) order is B > C > A,
    # supported by 42 + 35 + 27 = 104 of 180 preferences; Borda's is B 69, A 58, C 53
    result = rank_aggregation(CONDORCET)
    assert result.kemeny == [(1, 2, 0)]
    assert result.kemeny_distance == 180 - 104
    assert result.borda == (58, 69, 53)
    assert result.copeland == (0, 0, 0)
    assert result.mean_ranks == pytest.approx((2 - -2 / 60, 2 - 9 / 60, 2 + 7 / 60))


def test_ties_are_shared():
    result = rank_aggregation([[1.5, 1.5, 3], [1, 2, 3]])
    assert (result.borda, result.copeland) == ((3.5, 2.5, 0), (2, 0, -2))


def test_all_optimal_orders_are_listed():
    assert rank_aggregation([[1, 2], [2, 1]]).kemeny == [(0, 1), (1, 0)]
    assert len(rank_aggregation([[2, 2, 2]]).kemeny) == 6


def test_kemeny_is_left_out_above_eight_items():
    result = rank_aggregation([list(range(1, 10))])
    assert (result.kemeny, result.kemeny_distance, result.borda[0], result.status) == (None, None, 8, Status.OK)
    assert rank_aggregation([list(range(1, 9))]).kemeny == [tuple(range(8))]


def test_an_incomplete_ranking_is_left_out():
    result = rank_aggregation([[1, 2, 3], [3, None, 1]])
    assert (result.n, result.n_missing, result.kemeny) == (1, 1, [(0, 1, 2)])


@pytest.mark.parametrize("ranks", [[], [[]], [[None, None]]])
def test_no_ranking(ranks):
    result = rank_aggregation(ranks)
    assert (result.mean_ranks, result.borda, result.copeland, result.kemeny) == (None, None, None, None)
    assert result.status == Status.INSUFFICIENT_N


def test_one_item():
    assert rank_aggregation([[1], [1]]).kemeny == [(0,)]


@pytest.mark.parametrize("ranks", [[[0, 1]], [[1, 3]], [1, 2], [[1, 2], [1]], [["first", "second"]]])
def test_malformed_ranks_are_named(ranks):
    with pytest.raises(ValueError, match="ranks"):
        rank_aggregation(ranks)


@few
@given(rankings)
def test_kemeny_orders_are_exactly_those_of_least_distance(ranks):
    def distance(order):
        place = {item: rank for rank, item in enumerate(order)}
        pairs = itertools.combinations(range(len(order)), 2)
        return sum((row[a] - row[b]) * (place[a] - place[b]) < 0 for a, b in pairs for row in ranks)

    result = rank_aggregation(ranks)
    distances = {order: distance(order) for order in itertools.permutations(range(len(ranks[0])))}
    best = min(distances.values())
    assert result.kemeny == [order for order, value in distances.items() if value == best]
    assert result.kemeny_distance == best


@few
@given(rankings, st.randoms())
def test_order_of_experts_changes_nothing_and_scores_balance(ranks, random):
    shuffled = [*ranks, [None] * len(ranks[0])]
    random.shuffle(shuffled)
    one, other = rank_aggregation(ranks), rank_aggregation(shuffled)
    assert (other.borda, other.copeland, other.kemeny) == (one.borda, one.copeland, one.kemeny)
    assert sum(one.copeland) == 0
    items = len(ranks[0])
    assert sum(one.borda) == pytest.approx(len(ranks) * items * (items - 1) / 2)
    assert np.argsort(one.borda).tolist() == np.argsort([-rank for rank in one.mean_ranks]).tolist()


@few
@given(st.permutations(range(1, 6)), st.integers(1, 5))
def test_identical_rankings_are_their_own_consensus(ranking, experts):
    result = rank_aggregation([ranking] * experts)
    assert result.kemeny == [tuple(int(item) for item in np.argsort(ranking))]
    assert result.kemeny_distance == 0
