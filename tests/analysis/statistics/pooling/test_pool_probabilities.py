"""pool_probabilities: many experts' probabilities of one event made into one."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, pool_probabilities
from tests.analysis.statistics.strategies import few

POOLS = ("linear", "median", "trimmed", "geometric_mean_of_odds", "logarithmic", "probit", "neyman_roughgarden")
inner = st.floats(0.001, 0.999)
panel = st.lists(inner, min_size=1, max_size=12)


def test_all_pools_by_hand():
    # Odds 1/4, 1 and 4: their geometric mean is 1. Three experts: d = 3 * (sqrt(19) - 2)/5
    result = pool_probabilities([0.2, 0.5, 0.8], extremize=2)
    assert [getattr(result, name) for name in POOLS] == pytest.approx([0.5] * 7)
    assert result.extremized == pytest.approx(0.5)
    assert result.neyman_roughgarden_factor == pytest.approx(3 * (math.sqrt(19) - 2) / 5)


def test_odds_are_averaged_geometrically_and_pushed_out():
    # Odds 1/9 and 1: geometric mean 1/3, so 1/4; squared 1/9, so 1/10; two experts: d = 2 * (sqrt(7) - 2)
    result = pool_probabilities([0.1, 0.5], extremize=2)
    assert (result.linear, result.median) == pytest.approx((0.3, 0.3))
    assert (result.geometric_mean_of_odds, result.logarithmic) == pytest.approx((0.25, 0.25))
    assert result.extremized == pytest.approx(0.1)
    odds = 3 ** -(2 * (math.sqrt(7) - 2))
    assert result.neyman_roughgarden == pytest.approx(odds / (1 + odds))
    # R 4.2.2: pnorm(mean(qnorm(c(.1, .5)))): 0.260834184606624
    assert result.probit == pytest.approx(0.260834184606624)


def test_neyman_and_roughgardens_factor_runs_from_1_to_the_root_of_3():
    # Neyman & Roughgarden 2021, Are you smarter than a random expert?, theorem 4.1
    assert pool_probabilities([0.3]).neyman_roughgarden_factor == pytest.approx(1)
    assert pool_probabilities([0.3] * 100_000).neyman_roughgarden_factor == pytest.approx(math.sqrt(3), abs=1e-4)


def test_trimmed_cuts_a_tenth_at_each_end():
    p = [0.01, *[0.4] * 8, 0.99]
    assert pool_probabilities(p).trimmed == pytest.approx(0.4)
    assert pool_probabilities(p[:-1]).trimmed == pytest.approx(sum(p[:-1]) / 9)


def test_weights():
    # Weights 3 and 1: 0.75 * 0.2 + 0.25 * 0.6; odds (1/4)^(3/4) * (3/2)^(1/4)
    result = pool_probabilities([0.2, 0.6], weights=[3, 1])
    odds = 0.25**0.75 * 1.5**0.25
    assert (result.linear, result.logarithmic) == pytest.approx((0.3, odds / (1 + odds)))
    assert pool_probabilities([0.2, 0.6, 0.9], weights=[1, 1, 0]) == pool_probabilities([0.2, 0.6])


def test_0_and_1_are_clipped_in_the_pools_of_logarithms_only():
    # ln(0.005/0.995) / 2
    result = pool_probabilities([0, 0.5])
    odds = math.sqrt(0.005 / 0.995)
    assert (result.linear, result.median) == (0.25, 0.25)
    assert result.geometric_mean_of_odds == pytest.approx(odds / (1 + odds))
    assert result.epsilon == 0.005
    assert pool_probabilities([0, 1]).geometric_mean_of_odds == pytest.approx(0.5)
    assert pool_probabilities([0.001, 0.001]).geometric_mean_of_odds == pytest.approx(0.001)


def test_without_a_factor_nothing_is_extremized():
    assert pool_probabilities([0.2, 0.4]).extremized is None


@pytest.mark.parametrize("p", [[], [None], [float("nan"), None]])
def test_no_probability(p):
    result = pool_probabilities(p)
    assert [getattr(result, name) for name in POOLS] == [None] * 7
    assert result.status == Status.INSUFFICIENT_N


@pytest.mark.parametrize("p", [0.3, 0.001, 0.9])
def test_one_expert_is_the_pool(p):
    result = pool_probabilities([p])
    assert [getattr(result, name) for name in POOLS] == pytest.approx([p] * 7)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([0.2, 1.2],), "p must"),
        (([20, 40],), "p must"),
        (([0.2], [1, 2]), "weights"),
        (([0.2, 0.3], [0, 0]), "weights"),
        (([0.2, 0.3], [1, -1]), "weights"),
        (([0.2], None, 0), "extremize"),
    ],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        pool_probabilities(*arguments)


@few
@given(inner, st.integers(1, 12), st.lists(st.floats(0.1, 5), min_size=12, max_size=12))
def test_pools_keep_unanimity(p, experts, weights):
    result = pool_probabilities([p] * experts, weights[:experts])
    for name in POOLS[:-1]:
        assert getattr(result, name) == pytest.approx(p)


@few
@given(panel, st.randoms())
def test_order_and_missing_experts_change_nothing_and_pools_stay_inside(p, random):
    shuffled = [*p, None]
    random.shuffle(shuffled)
    one, other = pool_probabilities(p), pool_probabilities(shuffled)
    assert (other.n, other.n_missing) == (len(p), 1)
    for name in POOLS:
        assert getattr(other, name) == pytest.approx(getattr(one, name))
    for name in POOLS[:-1]:
        assert min(p) - 1e-12 <= getattr(one, name) <= max(p) + 1e-12


@few
@given(panel)
def test_the_complement_has_the_complementary_pool(p):
    one, other = pool_probabilities(p, extremize=1.5), pool_probabilities([1 - value for value in p], extremize=1.5)
    for name in (*POOLS, "extremized"):
        assert getattr(other, name) == pytest.approx(1 - getattr(one, name), abs=1e-9)
