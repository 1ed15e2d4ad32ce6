"""pool_quantiles: many experts' quantiles of one quantity made into one distribution."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, pool_quantiles
from tests.analysis.statistics.strategies import few

LEVELS = [0.05, 0.5, 0.95]
rows = st.lists(st.integers(1, 99), min_size=3, max_size=3, unique=True).map(sorted)
panels = st.lists(rows, min_size=1, max_size=6)


def test_linear_pool_by_hand():
    # First expert: 0 at 0, .05 at 1, .5 at 2, .95 at 3, 1 at 10; second: 0 at 0, .05 at 2, .5 at 5, .95 at 8, 1 at 10.
    # Pooled at 2: (.5 + .05)/2 = .275; at 3: (.95 + .2)/2 = .575; so the median is 2 + .225/.3 = 2.75.
    # At 1: (.05 + .025)/2 = .0375; at 2: .275; so 5 % is 1 + .0125/.2375. At 5: (.95 + .05 * 2/7 + .5)/2;
    # at 8: (.95 + .05 * 5/7 + .95)/2; so 95 % lies between.
    result = pool_quantiles(LEVELS, [[1, 2, 3], [2, 5, 8]], (0, 10))
    at_5, at_8 = (1.45 + 0.1 / 7) / 2, (1.9 + 0.25 / 7) / 2
    assert result.linear_pool == pytest.approx((1 + 0.0125 / 0.2375, 2.75, 5 + 3 * (0.95 - at_5) / (at_8 - at_5)))
    assert result.quantile_average == (1.5, 3.5, 5.5)
    assert (result.probabilities, result.n) == (tuple(LEVELS), 2)


def test_averaged_quantiles_are_narrower_where_experts_disagree():
    # Lichtendahl, Grushka-Cockayne & Winkler 2013, Management Science 59:1594: same mean, less spread
    result = pool_quantiles([0.25, 0.5, 0.75], [[2, 3, 4], [6, 7, 8]], (0, 10))
    assert result.quantile_average == (4, 5, 6)
    # Up to 4 the first rises from .25 at 2 by .25 a unit, the second by .25/6 from 0: (.25 (x - 1) + .25 x/6)/2 = .25
    assert result.linear_pool == pytest.approx((3 * 6 / 7, 5, 10 - 3 * 6 / 7))


def test_weights():
    one = pool_quantiles(LEVELS, [[1, 2, 3], [1, 2, 3], [2, 5, 8]], (0, 10))
    assert pool_quantiles(LEVELS, [[1, 2, 3], [2, 5, 8]], (0, 10), [2, 1]).linear_pool == pytest.approx(one.linear_pool)
    assert pool_quantiles(LEVELS, [[1, 2, 3], [2, 5, 8]], (0, 10), [1, 0]).linear_pool == pytest.approx((1, 2, 3))


def test_a_quantile_on_a_bound_is_a_jump():
    # Half of the second expert's mass below 5 sits on 0: the pooled share jumps to .025 there
    result = pool_quantiles(LEVELS, [[0, 5, 10], [0, 5, 10]], (0, 10))
    assert result.linear_pool == pytest.approx((0, 5, 10))
    mixed = pool_quantiles(LEVELS, [[0, 4, 6], [2, 4, 10]], (0, 10))
    # Between 0 and 2 the first rises from .05 by .1125 a unit and the second by .025: (.05 + .1375 x)/2 = .05
    assert mixed.linear_pool[0] == pytest.approx(0.05 / 0.1375)
    assert mixed.linear_pool[1] == pytest.approx(4)


@pytest.mark.parametrize("quantiles", [[], [[None, 1, 2]], [[None] * 3] * 2])
def test_no_complete_expert(quantiles):
    result = pool_quantiles(LEVELS, quantiles, (0, 10))
    assert (result.linear_pool, result.quantile_average, result.status) == (None, None, Status.INSUFFICIENT_N)


def test_an_expert_with_a_hole_is_left_out():
    result = pool_quantiles(LEVELS, [[1, 2, 3], [1, None, 3]], (0, 10), [1, 5])
    assert (result.linear_pool, result.n, result.n_missing) == (pytest.approx((1, 2, 3)), 1, 1)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([0.5, 0.05], [[1, 2]], (0, 10)), "probabilities"),
        (([0, 0.5], [[1, 2]], (0, 10)), "probabilities"),
        (([], [[1, 2]], (0, 10)), "probabilities"),
        ((LEVELS, [[1, 2]], (0, 10)), "quantiles"),
        ((LEVELS, [[1, 3, 2]], (0, 10)), "quantiles"),
        ((LEVELS, [[1, 1, 2]], (0, 10)), "quantiles"),
        ((LEVELS, [[1, 2, 11]], (0, 10)), "bounds"),
        ((LEVELS, [[1, 2, 3]], (10, 0)), "bounds"),
        ((LEVELS, [[1, 2, 3]], (0, 10), [0]), "weights"),
    ],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        pool_quantiles(*arguments)


@few
@given(rows, st.integers(1, 5))
def test_pools_keep_unanimity(row, experts):
    result = pool_quantiles(LEVELS, [row] * experts, (0, 100))
    assert result.linear_pool == pytest.approx(row)
    assert result.quantile_average == pytest.approx(row)


@few
@given(panels, st.randoms())
def test_order_changes_nothing_and_quantiles_increase_inside_the_panel(panel, random):
    shuffled = [*panel, [None] * 3]
    random.shuffle(shuffled)
    result = pool_quantiles(LEVELS, panel, (0, 100))
    assert pool_quantiles(LEVELS, shuffled, (0, 100)).linear_pool == pytest.approx(result.linear_pool)
    for pooled in (result.linear_pool, result.quantile_average):
        assert list(pooled) == sorted(pooled)
        for place, value in enumerate(pooled):
            column = [row[place] for row in panel]
            assert min(column) - 1e-9 <= value <= max(column) + 1e-9


@few
@given(panels)
def test_the_mean_of_the_experts_cumulative_shares_is_the_level(panel):
    knots = np.array([[0, *row, 100] for row in panel])
    for level, value in zip(LEVELS, pool_quantiles(LEVELS, panel, (0, 100)).linear_pool, strict=True):
        shares = [np.interp(value, row, [0, *LEVELS, 1]) for row in knots]
        assert np.mean(shares) == pytest.approx(level)
