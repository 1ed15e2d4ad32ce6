"""cooke: the classical model, experts weighted by how well they did on seeds."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics import Status, cooke, cooke_robustness
from tests.analysis.statistics.pooling.elicitations import (
    FIRE_SAFETY,
    FIRE_SAFETY_PROBABILITIES,
    FIRE_SAFETY_REALIZATIONS,
    TOBACCO,
    TOBACCO_PROBABILITIES,
    TOBACCO_REALIZATIONS,
)
from tests.analysis.statistics.strategies import few

LEVELS = [0.05, 0.5, 0.95]
rows = st.lists(st.integers(1, 60), min_size=3, max_size=3, unique=True).map(sorted)
elicitations = st.tuples(
    st.lists(st.lists(rows, min_size=4, max_size=4), min_size=1, max_size=4),
    st.lists(st.integers(1, 60), min_size=4, max_size=4),
)


def tobacco(alpha=None, **changes):
    return cooke(TOBACCO_PROBABILITIES, TOBACCO, TOBACCO_REALIZATIONS, ["uni"] * 10, alpha=alpha, **changes)


def fire_safety(alpha=None):
    return cooke(FIRE_SAFETY_PROBABILITIES, FIRE_SAFETY, FIRE_SAFETY_REALIZATIONS, ["uni"] * 8, alpha=alpha)


def scores(maker):
    return round(maker.calibration, 2), round(maker.information_seeds, 2), round(maker.combined, 2)


def test_the_published_scores_of_the_tobacco_elicitation():
    # Colson & Cooke 2017, computed with Excalibur, study "Tobacco": equal weight, optimised global and item weights, best expert
    result = tobacco()
    assert scores(result.decision_makers["equal"]) == (0.20, 0.45, 0.09)
    assert scores(result.decision_makers["global"]) == (0.69, 1.06, 0.73)
    assert scores(result.decision_makers["item"]) == (0.69, 1.06, 0.73)
    best = int(np.argmax(np.multiply(result.calibration, result.information_seeds)))
    assert (round(result.calibration[best], 2), round(result.information_seeds[best], 2)) == (0.69, 1.06)
    assert (result.n, result.n_seeds, result.weights) == (7, 10, (0, 0, 0, 0, 0, 0, 1))


def test_without_a_cut_off_the_tobacco_scores_agree_with_anduryl_to_all_digits():
    # Anduryl 1.0 (Leontaris & Morales-Napoles 2018), item_robustness_tobacco.csv, nothing excluded:
    # calibration 0.663905907814218, information on the realizations 0.5276742544199166; published 0.66, 0.53, 0.35
    maker = tobacco(alpha=0).decision_makers["global"]
    assert maker.calibration == pytest.approx(0.663905907814218, rel=1e-12)
    assert maker.information_seeds == pytest.approx(0.5276742544199166, rel=1e-12)
    assert scores(maker) == (0.66, 0.53, 0.35)


def test_the_published_scores_of_the_fire_safety_elicitation():
    # Colson & Cooke 2017, study "Daniela": equal .53 .17 .09, not optimised .68 .23 .16, optimised .55 .63 .35;
    # an item that is no seed and one that an expert passed are in the data
    optimised, whole = fire_safety(), fire_safety(alpha=0)
    assert scores(optimised.decision_makers["equal"]) == (0.53, 0.17, 0.09)
    assert scores(whole.decision_makers["global"]) == (0.68, 0.23, 0.16)
    assert scores(optimised.decision_makers["global"]) == (0.55, 0.63, 0.35)
    assert (optimised.n_items, optimised.n_seeds, optimised.n_missing) == (8, 7, 1)


def test_leaving_one_tobacco_seed_out():
    # Anduryl, same file: information on the realizations without the first, the second and the last seed
    result = cooke_robustness(TOBACCO_PROBABILITIES, TOBACCO, TOBACCO_REALIZATIONS, ["uni"] * 10, alpha=0)
    found = [result.decision_makers[place].information_seeds for place in (0, 1, 9)]
    assert found == pytest.approx([0.4162802351490187, 0.5900844577734864, 0.5533121129698745])
    assert result.left_out == tuple(range(10))


def test_calibration_and_information_by_hand():
    # Realisations in bins 1, 2, 2, 3 (one sits on the median: the bin below); shares 1/4, 1/2, 1/4, 0
    quantiles = [[10, 20, 30]] * 4
    result = cooke(LEVELS, [quantiles], [5, 15, 20, 25], ["uni"] * 4)
    shares, bins = np.array([0.25, 0.5, 0.25]), np.array([0.05, 0.45, 0.45])
    surprise = (shares * np.log(shares / bins)).sum()
    assert result.calibration == pytest.approx((stats.chi2.sf(2 * 4 * surprise, 3),))
    # First item: range 5 to 30, with 10 % beyond 2.5 to 32.5
    first = math.log(30) + 0.05 * math.log(0.05 / 7.5) + 2 * 0.45 * math.log(0.45 / 10) + 0.05 * math.log(0.05 / 2.5)
    others = math.log(24) + 2 * 0.05 * math.log(0.05 / 2) + 2 * 0.45 * math.log(0.45 / 10)
    assert result.information == pytest.approx(((first + 3 * others) / 4,))


def test_log_items_are_measured_on_the_logarithm():
    plain = np.array([[[1, 2, 4], [2, 3, 5]], [[1, 3, 6], [1, 2, 3]]], dtype=float)
    one = cooke(LEVELS, plain, [2.5, None], ["uni", "uni"])
    logarithmic = cooke(LEVELS, np.exp(plain), [math.exp(2.5), None], ["log", "log"])
    assert logarithmic.information == pytest.approx(one.information)
    assert np.log(logarithmic.equal_weight_quantiles) == pytest.approx(np.array(one.equal_weight_quantiles))


def test_the_smallest_number_of_answered_seeds_scales_all_calibrations():
    quantiles = [[10, 20, 30]] * 4
    alone = cooke(LEVELS, [quantiles], [15, 15, 25, 25], ["uni"] * 4)
    beside = cooke(LEVELS, [quantiles, [*quantiles[:2], None, None]], [15, 15, 25, 25], ["uni"] * 4)
    surprise = math.log(0.5 / 0.45)
    assert alone.calibration == pytest.approx((stats.chi2.sf(8 * surprise, 3),))
    assert beside.calibration[0] == pytest.approx(stats.chi2.sf(4 * surprise, 3))


def test_without_seeds_only_equal_weights_remain():
    result = cooke(LEVELS, [[[1, 2, 3]], [[2, 3, 4]]], [None], ["uni"])
    assert (result.weights, result.performance_weight_quantiles, result.calibration) == (None, None, (None, None))
    assert len(result.equal_weight_quantiles) == 1
    assert (result.status, result.n_seeds) == (Status.NOT_APPLICABLE, 0)


def test_a_cut_off_that_nobody_reaches():
    result = cooke(LEVELS, [[[1, 2, 3]] * 2], [90, 90], ["uni", "uni"], alpha=0.9)
    assert (result.weights, result.performance_weight_quantiles, bool(result.reason)) == (None, None, True)


@pytest.mark.parametrize("assessments", [[], [[None]], [[[None, None, None]]]], ids=["empty", "passed", "all missing"])
def test_no_assessment(assessments):
    result = cooke(LEVELS, assessments, [3], ["uni"])
    assert (result.weights, result.equal_weight_quantiles, result.status) == (None, (), Status.INSUFFICIENT_N)


def test_one_expert_is_the_decision_maker():
    result = cooke(LEVELS, [[[1, 2, 3], [4, 6, 9]]], [2.5, None], ["uni", "uni"])
    assert result.weights == (1,)
    assert np.array(result.performance_weight_quantiles) == pytest.approx(np.array([[1, 2, 3], [4, 6, 9]]))


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([0.5, 0.05], [[[1, 2]]], [1], ["uni"]), "probabilities"),
        ((LEVELS, [[[1, 2]]], [1], ["uni"]), "assessments"),
        ((LEVELS, [[[1, 1, 2]]], [1], ["uni"]), "assessments"),
        ((LEVELS, [[[1, 2, 3]], [[1, 2, 3]] * 2], [1], ["uni"]), "assessments"),
        ((LEVELS, [[[0, 1, 2]]], [1], ["log"]), "assessments"),
        ((LEVELS, [[[1, 2, 3]]], [-1], ["log"]), "realizations"),
        ((LEVELS, [[[1, 2, 3]]], [1, 2], ["uni"]), "realizations"),
        ((LEVELS, [[[1, 2, 3]]], [1], ["uni", "uni"]), "scales"),
        ((LEVELS, [[[1, 2, 3]]], [1], ["linear"]), "scales"),
        ((LEVELS, [[[1, 2, 3]]], [1], ["uni"], 0), "overshoot"),
        ((LEVELS, [[[1, 2, 3]]], [1], ["uni"], 0.1, 2), "alpha"),
    ],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        cooke(*arguments)


def test_robustness_needs_two_seeds():
    result = cooke_robustness(LEVELS, [[[1, 2, 3]]], [2], ["uni"])
    assert (result.decision_makers, result.status) == ((), Status.INSUFFICIENT_N)
    with pytest.raises(ValueError, match="weights"):
        cooke_robustness(LEVELS, [[[1, 2, 3]]], [2], ["uni"], weights="best")


@few
@given(elicitations, st.randoms())
def test_the_order_of_experts_changes_nothing_but_the_order(elicitation, random):
    assessments, realizations = elicitation
    order = list(range(len(assessments)))
    random.shuffle(order)
    one = cooke(LEVELS, assessments, realizations, ["uni"] * 4)
    other = cooke(LEVELS, [assessments[place] for place in order], realizations, ["uni"] * 4)
    assert other.calibration == pytest.approx(tuple(one.calibration[place] for place in order))
    assert np.array(other.equal_weight_quantiles) == pytest.approx(np.array(one.equal_weight_quantiles))
    assert other.decision_makers["global"].combined == pytest.approx(one.decision_makers["global"].combined)


@few
@given(elicitations)
def test_weights_sum_to_1_and_optimised_beats_every_cut_off(elicitation):
    assessments, realizations = elicitation
    best = cooke(LEVELS, assessments, realizations, ["uni"] * 4)
    whole = cooke(LEVELS, assessments, realizations, ["uni"] * 4, alpha=0)
    assert sum(best.weights) == pytest.approx(1)
    assert sum(whole.weights) == pytest.approx(1)
    for kind in ("global", "item"):
        assert best.decision_makers[kind].combined >= whole.decision_makers[kind].combined - 1e-12
    assert all(0 <= value <= 1 for value in best.calibration)
    assert all(value > 0 for value in best.information)


@pytest.mark.parametrize("hits", [(1, 2, 3, 0), (2, 3, 0, 1), (0, 4, 1, 1), (1, 3, 1, 1), (3, 1, 2, 0), (2, 2, 1, 1)])
def test_experts_with_mirrored_hits_weigh_the_same(hits):
    # by symmetry: mirrored bins are equally surprising, so no rounding error may put one of the two below the cut-off
    below = [[1, 2, 3], [-1, 1, 2], [-2, -1, 1], [-3, -2, -1]]
    first = [below[bin_] for bin_, times in enumerate(hits) for _ in range(times)]
    second = [[-value for value in reversed(row)] for row in first]
    for experts in ([first, second], [second, first]):
        result = cooke(LEVELS, experts, [0] * 6, ["uni"] * 6)
        assert result.weights == pytest.approx((0.5, 0.5))


def test_no_expert_and_no_item_is_too_little_and_a_number_is_no_assessment():
    for nobody in ([], [[]], [[], []]):
        assert cooke(LEVELS, nobody, [], []).status == Status.INSUFFICIENT_N
    for malformed in (5, [5], "ab"):
        with pytest.raises(ValueError, match="assessments"):
            cooke(LEVELS, malformed, [2], ["uni"])
