"""two_group_gap: how far two independent groups lie apart."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics import Status, two_group_gap
from tests.analysis.statistics.strategies import few, rating

# Brunner & Munzel 2000, Biometrical Journal 42:17: pain scores after surgery, two treatments
PAIN_Y = [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1]
PAIN_N = [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4]
# Hollander & Wolfe 1973, p. 69f: permeability constants of the placental membrane
AT_TERM = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
EARLY = [1.15, 0.88, 0.90, 0.74, 1.21]

group = st.lists(rating, min_size=1, max_size=9)


def test_brunner_and_munzels_published_statistic():
    result = two_group_gap(PAIN_Y, PAIN_N)
    assert round(result.brunner_munzel, 4) == 3.1375
    assert round(result.brunner_munzel_df, 3) == 17.683
    assert result.p_brunner_munzel == pytest.approx(0.005786, abs=5e-7)


def test_pain_scores_against_r():
    result = two_group_gap(PAIN_Y, PAIN_N)
    # R 4.2.2: wilcox.test(x, y, correct = FALSE, exact = FALSE): W = 32.5, p-value = 0.00707198948222
    assert result.u_first == 32.5
    assert result.p_mann_whitney == pytest.approx(0.00707198948222, rel=1e-10)
    # R, coin 1.4.2: pvalue(wilcox_test(v ~ g, distribution = "exact"))
    assert result.p_exact == pytest.approx(0.00669022299995513, rel=1e-9)
    # R: t.test(x, y)
    assert result.welch_t == pytest.approx(-2.948615301573, rel=1e-11)
    assert result.p_welch == pytest.approx(0.00947890168716, rel=1e-10)
    # R: median(outer(x, y, "-"))
    assert result.hodges_lehmann == -2
    assert result.cliffs_delta == pytest.approx(2 * 32.5 / (14 * 11) - 1)


@pytest.mark.parametrize(("level", "interval"), [(0.95, (-0.15, 0.76)), (0.80, (-0.05, 0.70))])
def test_hollander_and_wolfes_shift(level, interval):
    # R: wilcox.test(x, y, conf.int = TRUE, exact = TRUE, conf.level = level): W = 35, p-value = 0.2544
    result = two_group_gap(AT_TERM, EARLY, level)
    assert result.hodges_lehmann == pytest.approx(0.305)
    assert result.hodges_lehmann_interval == pytest.approx(interval)
    assert result.p_exact == pytest.approx(0.254412254412254)
    assert result.p_mann_whitney == pytest.approx(0.220671361919847)


@pytest.mark.parametrize(
    ("n", "estimate", "low", "high"),
    [
        (20, -2.75521064617918, -12.7132747488683, 7.05165409773747),
        (40, 4.31714464067851, -10.5911364571697, 19.9128035011173),
    ],
)
def test_shift_of_larger_groups_against_r(n, estimate, low, high):
    # R: x <- (1:n)^1.3; y <- (1:(n + 7))^1.21 + .037; wilcox.test(x, y, conf.int = TRUE, exact = TRUE)
    x = np.arange(1, n + 1) ** 1.3
    y = np.arange(1, n + 8) ** 1.21 + 0.037
    result = two_group_gap(x, y)
    # R finds its estimate as a root, to four digits or so; the limits are order statistics
    assert result.hodges_lehmann == pytest.approx(estimate, abs=1e-9)
    assert result.hodges_lehmann_interval == pytest.approx((low, high), abs=1e-9)


def test_cliffs_interval():
    # Hogarty & Kromrey 1999, Using SAS to calculate tests of Cliff's delta: delta -.25 (-.7266, .3890);
    # the digits by R: v <- (m^2 * sum((rowMeans(D) - d)^2) + n^2 * sum((colMeans(D) - d)^2) - sum((D - d)^2)) /
    # (n * m * (n - 1) * (m - 1)), then Cliff's asymmetric limits with qt(.975, n + m - 2)
    result = two_group_gap([10, 10, 20, 20, 20, 30, 30, 30, 40, 50], [10, 20, 30, 40, 40, 50])
    assert result.cliffs_delta == pytest.approx(-0.25)
    assert result.cliffs_delta_interval == pytest.approx((-0.726584588889944, 0.389006190198743))


def test_groups_that_do_not_overlap():
    first = [10, 20, 20, 20, 30, 30, 30, 40, 50, 100]
    result = two_group_gap(first, [120, 130, 140, 150, 150, 160])
    assert result.cliffs_delta == -1
    # R, by the same formula with delta drawn in to -59/60 and the outer limit at -1
    assert result.cliffs_delta_interval == pytest.approx((-1, -0.946802881746484))
    assert (result.brunner_munzel, result.brunner_munzel_df, result.p_brunner_munzel) == (None, None, None)
    # Only this division is as far out: at the other end the ties among 30, 30, 30 cost half a rank
    assert (result.status, result.p_exact) == (Status.OK, pytest.approx(1 / math.comb(16, 6)))
    assert "overlap" in result.reason


@pytest.mark.parametrize(
    ("first", "second", "p_exact"),
    [([1, 2, 2, 3, 5, 5, 4, 3], [3, 4, 5, 5, 5, 4], 0.122877122877123), ([1, 2, 2], [3, 3, 4, 5], 0.0285714285714286)],
)
def test_exact_p_with_ties_against_coin(first, second, p_exact):
    # R, coin: pvalue(wilcox_test(v ~ g, distribution = "exact"))
    assert two_group_gap(first, second).p_exact == pytest.approx(p_exact, rel=1e-12)


def test_exact_p_is_left_out_above_20_million_arrangements():
    # C(26, 13) = 10,400,600; C(28, 14) = 40,116,600
    assert two_group_gap(range(13), range(13)).p_exact == 1
    assert two_group_gap(range(14), range(14)).p_exact is None


def test_hedges_g_by_hand():
    # Means 2 and 5, pooled variance 1, J = 1 - 3/(4 * 6 - 9) = 0.8
    assert two_group_gap([1, 2, 3], [4, 5, 6]).hedges_g == pytest.approx(-3 * 0.8)


def test_the_interval_exists_only_where_the_exact_law_allows_it():
    # Smallest tail for 3 and 3 is 1/20: 90 % is just reached, 95 % is not; for 2 and 8 it is 1/45, for 2 and 7 1/36
    assert two_group_gap([1, 2, 3], [5, 7, 9]).hodges_lehmann_interval is None
    assert two_group_gap([1, 2, 3], [5, 7, 9], 0.9).hodges_lehmann_interval == (-8, -2)
    assert two_group_gap([1, 2], list(range(8))).hodges_lehmann_interval == (-6, 2)
    assert two_group_gap([1, 2], list(range(7))).hodges_lehmann_interval is None


def test_computed_answers_that_are_equal_in_truth_are_ties():
    assert two_group_gap([0.1 + 0.2], [0.3]).u_first == 0.5


@pytest.mark.parametrize(("first", "second"), [([], [1, 2]), ([1, 2], []), ([], []), ([None], [3])])
def test_a_group_without_answers(first, second):
    result = two_group_gap(first, second)
    assert (result.hodges_lehmann, result.u_first, result.p_exact, result.status) == (
        None,
        None,
        None,
        Status.INSUFFICIENT_N,
    )


def test_one_expert_in_each_group():
    result = two_group_gap([7], [4])
    assert (result.hodges_lehmann, result.cliffs_delta, result.u_first, result.p_exact) == (3, 1, 1, 1)
    assert (result.hodges_lehmann_interval, result.cliffs_delta_interval) == (None, None)
    assert (result.welch_t, result.hedges_g, result.brunner_munzel) == (None, None, None)
    assert (result.status, bool(result.reason)) == (Status.OK, True)


def test_all_answers_equal():
    result = two_group_gap([4] * 5, [4] * 6)
    assert (result.hodges_lehmann, result.hodges_lehmann_interval, result.cliffs_delta) == (0, (0, 0), 0)
    assert (result.u_first, result.p_mann_whitney, result.p_exact) == (15, None, 1)
    assert (result.cliffs_delta_interval, result.welch_t, result.hedges_g) == (None, None, None)
    assert result.status == Status.NO_VARIATION


def test_two_constant_groups_apart_have_no_spread_to_divide_by():
    result = two_group_gap([2, 2, 2], [5, 5, 5])
    assert (result.hodges_lehmann, result.welch_t, result.p_welch, result.hedges_g) == (-3, None, None, None)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([[1, 2]], [1]), "first"),
        (([1], "abc"), "second"),
        (([1], [float("inf")]), "second"),
        (([1], [2], 95), "level"),
    ],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        two_group_gap(*arguments)


@few
@given(group, group)
def test_changing_sides_changes_signs(first, second):
    one, other = two_group_gap(first, second), two_group_gap(second, first)
    assert one.hodges_lehmann == -other.hodges_lehmann
    assert one.cliffs_delta == pytest.approx(-other.cliffs_delta)
    assert one.p_mann_whitney == pytest.approx(other.p_mann_whitney)
    assert one.p_exact == pytest.approx(other.p_exact)
    if one.brunner_munzel is not None:
        assert one.brunner_munzel == pytest.approx(-other.brunner_munzel, abs=1e-12)


@few
@given(group, group, st.randoms())
def test_order_and_missing_experts_change_nothing_but_the_count(first, second, random):
    shuffled = [*first, None]
    random.shuffle(shuffled)
    one, other = two_group_gap(first, second), two_group_gap(shuffled, [*second, float("nan")])
    assert other.n_missing == 2
    for name in ("hodges_lehmann", "cliffs_delta", "u_first", "p_exact", "p_mann_whitney", "welch_t", "hedges_g"):
        assert getattr(one, name) == pytest.approx(getattr(other, name))


@few
@given(st.lists(rating, min_size=1, max_size=5), st.lists(rating, min_size=1, max_size=5))
def test_exact_p_is_the_share_of_all_divisions(first, second):
    pooled = stats.rankdata([*first, *second])
    centre = len(first) * (len(pooled) + 1) / 2
    sums = [sum(part) for part in itertools.combinations(pooled, len(first))]
    observed = abs(sum(pooled[: len(first)]) - centre)
    expected = np.mean([abs(total - centre) >= observed - 1e-9 for total in sums])
    assert two_group_gap(first, second).p_exact == pytest.approx(expected)


@few
@given(group, group)
def test_delta_counts_pairs_and_its_interval_holds_it(first, second):
    result = two_group_gap(first, second)
    dominance = np.sign(np.subtract.outer(first, second))
    assert result.cliffs_delta == pytest.approx(dominance.mean())
    assert result.hodges_lehmann == np.median(np.subtract.outer(first, second))
    if result.cliffs_delta_interval is not None:
        low, high = result.cliffs_delta_interval
        assert -1 <= low <= result.cliffs_delta <= high <= 1


@few
@given(st.lists(rating, min_size=2, max_size=9), st.lists(rating, min_size=2, max_size=9))
def test_statistic_and_p_agree_with_scipy(first, second):
    result = two_group_gap(first, second)
    if result.brunner_munzel is not None:
        second_opinion = stats.brunnermunzel(first, second)
        assert result.brunner_munzel == pytest.approx(second_opinion.statistic, abs=1e-9)
        assert result.p_brunner_munzel == pytest.approx(second_opinion.pvalue, abs=1e-9)
    if result.p_mann_whitney is not None:
        asymptotic = stats.mannwhitneyu(first, second, use_continuity=False, method="asymptotic")
        assert result.p_mann_whitney == pytest.approx(asymptotic.pvalue)
