"""allocation_summary: how experts divide a fixed total among items."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, allocation_summary
from tests.analysis.statistics.strategies import few

POINTS = [[50, 30, 20], [40, 40, 20], [60, 35, 5], [45, 25, 30]]

panels = st.integers(2, 4).flatmap(
    lambda size: st.lists(st.lists(st.floats(0.05, 1), min_size=size, max_size=size), min_size=2, max_size=7)
)


def closed(rows):
    return [(np.array(row) / np.sum(row)).tolist() for row in rows]


def test_centre_and_total_variance_against_r():
    # R 4.2.2: L <- log(X) - rowMeans(log(X)); sum(diag(var(L))); g <- exp(colMeans(log(X))); g / sum(g), the definitions
    # of Aitchison 1986 (Pawlowsky-Glahn & Egozcue 2001 for the centre)
    result = allocation_summary(POINTS)
    assert result.mean_share == pytest.approx((0.4875, 0.325, 0.1875))
    assert result.compositional_centre == pytest.approx((0.502837255165232, 0.333907621377051, 0.163255123457716))
    assert result.total_variance == pytest.approx(0.58225105463626)
    assert (result.total, result.n, result.zero_share) == (100, 4, None)


def test_shares_and_points_are_the_same():
    shares = np.array(POINTS) / 100
    one, other = allocation_summary(POINTS), allocation_summary(shares)
    assert other.mean_share == pytest.approx(one.mean_share)
    assert other.total_variance == pytest.approx(one.total_variance)


def test_a_zero_gives_way_to_half_a_point():
    # Martin-Fernandez, Barcelo-Vidal & Pawlowsky-Glahn 2003: (0.6, 0.4, 0) becomes (0.597, 0.398, 0.005)
    result = allocation_summary([[60, 40, 0]])
    assert result.compositional_centre == pytest.approx((0.597, 0.398, 0.005))
    assert (result.mean_share, result.zero_share) == ((0.6, 0.4, 0), 0.005)


def test_rows_with_a_hole_are_left_out():
    result = allocation_summary([*POINTS, [50, None, 50]])
    assert (result.n, result.n_missing, result.total) == (4, 1, 100)


@pytest.mark.parametrize("shares", [[], [[None, None]], [[50, None]]])
def test_no_complete_allocation(shares):
    result = allocation_summary(shares)
    assert (result.mean_share, result.compositional_centre, result.total_variance) == (None, None, None)
    assert result.status == Status.INSUFFICIENT_N


def test_one_expert_has_no_variance():
    result = allocation_summary([[70, 30]])
    assert (result.mean_share, result.total_variance, bool(result.reason)) == ((0.7, 0.3), None, True)
    assert result.compositional_centre == pytest.approx((0.7, 0.3))


def test_all_allocations_equal():
    assert allocation_summary([[70, 30]] * 3).total_variance == pytest.approx(0, abs=1e-15)


def test_everything_on_one_item():
    result = allocation_summary([[100]] * 2)
    assert (result.mean_share, result.compositional_centre, result.total_variance) == ((1,), (1,), 0)


def test_too_large_a_replacement_leaves_the_centre_open():
    result = allocation_summary([[100, 0, 0]], zero_share=0.5)
    assert (result.mean_share, result.compositional_centre, bool(result.reason)) == ((1, 0, 0), None, True)


@pytest.mark.parametrize(
    "shares", [[[50, 60], [50, 50]], [[0, 0]], [[-10, 110]], [50, 50], [["half", "half"]]], ids=str
)
def test_malformed_shares_are_named(shares):
    with pytest.raises(ValueError, match="shares"):
        allocation_summary(shares)


@few
@given(panels, st.randoms())
def test_order_of_experts_and_items_carries_over(rows, random):
    rows = closed(rows)
    items, experts = list(range(len(rows[0]))), list(range(len(rows)))
    random.shuffle(items)
    random.shuffle(experts)
    one = allocation_summary(rows)
    other = allocation_summary(np.array(rows)[np.ix_(experts, items)])
    assert other.mean_share == pytest.approx(tuple(one.mean_share[item] for item in items))
    assert other.compositional_centre == pytest.approx(tuple(one.compositional_centre[item] for item in items))
    assert other.total_variance == pytest.approx(one.total_variance, abs=1e-9)


@few
@given(panels)
def test_shares_sum_to_1_and_the_variance_is_that_of_all_log_ratios(rows):
    result = allocation_summary(closed(rows))
    assert sum(result.mean_share) == pytest.approx(1)
    assert sum(result.compositional_centre) == pytest.approx(1)
    logs = np.log(closed(rows))
    ratios = [(logs[:, i] - logs[:, j]).var(ddof=1) for i in range(logs.shape[1]) for j in range(logs.shape[1])]
    assert result.total_variance == pytest.approx(sum(ratios) / (2 * logs.shape[1]), abs=1e-9)
