"""Intervals of mean gaps over items: who leans one way throughout counts as one person, and a true 0 is held."""

import numpy as np
import pytest
from scipy import stats

from analysis.statistics.gaps.gaps_over_items import DELTA, DISTANCE, VARIATION, AskedQuestion, GroupPairs, Places, mean_gap_errors

ONE_PAIR = GroupPairs(np.eye(2, dtype=bool), np.array([0]), np.array([1]))


def yes_or_no(item, answers):
    places = Places(np.asarray(answers), 2)
    return AskedQuestion(item, "binary", None, None, places)


def rating(item, answers, points=5):
    places = Places(np.asarray(answers), points)
    return AskedQuestion(item, "ordinal", places, np.full(points - 1, 1 / (points - 1)), places)


def half_width(questions, figure=VARIATION, mean=0.8, size=100):
    panels = np.repeat([0, 1], size)
    errors = mean_gap_errors(questions, panels, ONE_PAIR, np.ones((len(questions), 1), dtype=bool), draws=1999)
    limits = errors.limits("", figure, np.array([mean]))
    return (limits.high[0] - limits.low[0]) / 2


def test_answers_that_go_together_and_answers_that_do_not_by_hand():
    # Of each hundred ten say what the other panel says. Error of a share's difference: sqrt(2 * 0.09 / 99) = 0.042640; t on 198 df 1.972017: 0.08409
    first = np.concatenate([np.repeat([1, 0], [90, 10]), np.repeat([1, 0], [10, 90])])
    others = np.concatenate([np.repeat([0, 1], [10, 90]), np.repeat([0, 1], [90, 10])])
    alone = half_width([yes_or_no("a", first)])
    assert alone == pytest.approx(0.08409, abs=0.004)
    assert half_width([yes_or_no("a", first), yes_or_no("b", first)]) == pytest.approx(0.08409, abs=0.004)
    # Other people deviate on the second: covariance -0.01 of shares instead of 0.09, so the error is sqrt((1 - 1/9) / 2) = 2/3 of the one alone
    assert half_width([yes_or_no("a", first), yes_or_no("b", others)]) == pytest.approx(0.08409 * 2 / 3, abs=0.004)


def test_every_item_counts_once_however_many_questions_it_has():
    first = np.concatenate([np.repeat([1, 0], [90, 10]), np.repeat([1, 0], [10, 90])])
    everybody_apart = np.repeat([1, 0], 100)  # nothing to be unsure of
    parts = [yes_or_no("parts", everybody_apart)] * 3
    assert half_width([yes_or_no("a", first), *parts]) == pytest.approx(0.08409 / 2, abs=0.002)


def test_of_delta_and_distance_by_their_normal_laws():
    # Panels that answer 1 and 2 (of 5) in shares 0.75, 0.25 and 0.25, 0.75: delta is the difference of shares, the distance a quarter of it
    size = 400
    answers = np.concatenate([np.repeat([0, 1], [300, 100]), np.repeat([0, 1], [100, 300])])
    error = (2 * 0.1875 / (size - 1)) ** 0.5 * stats.t.ppf(0.975, 2 * size - 2)
    assert half_width([rating("a", answers)], DELTA, 0.5, size) == pytest.approx(error, rel=0.06)
    assert half_width([rating("a", answers)], DISTANCE, 0.125, size) == pytest.approx(error / 4, rel=0.06)


@pytest.mark.parametrize("shift", [0.0, 0.8])
def test_the_interval_holds_the_true_mean_as_often_as_it_says(shift):
    """Forty pairs of panels of fifteen, ten items, answers of an expert correlated by 0.4. Where they are alike the estimates are all far above 0."""
    pairs, experts, items = 40, 15, 10
    random = np.random.default_rng(2)
    panels = np.repeat(np.arange(2 * pairs), experts)
    opinions = np.sqrt(0.4) * random.normal(size=(panels.size, 1)) + np.sqrt(0.6) * random.normal(size=(panels.size, items))
    opinions[panels < pairs] += shift
    cuts = np.array([-1.2, -0.4, 0.4, 1.2])
    answers = np.digitize(opinions, cuts)
    one, other = np.arange(pairs), np.arange(pairs) + pairs
    groups = GroupPairs(np.eye(2 * pairs, dtype=bool), one, other)
    errors = mean_gap_errors([rating(str(item), answers[:, item]) for item in range(items)], panels, groups, np.ones((items, pairs), dtype=bool), draws=399)
    upto = np.array([[(answers[panels == panel] <= cut).mean(axis=0) for cut in range(4)] for panel in range(2 * pairs)])
    estimates = np.abs(upto[one] - upto[other]).mean(axis=(1, 2))
    true = np.abs(stats.norm.cdf(cuts - shift) - stats.norm.cdf(cuts)).mean()
    limits = errors.limits("", DISTANCE, estimates)
    held = (limits.low <= true) & (true <= limits.high)
    assert held.mean() >= 0.95 - 3 * (0.05 * 0.95 / pairs) ** 0.5  # three standard errors of forty trials
    assert estimates.min() > 0.05


def test_a_pair_is_about_what_it_is_compared_on_and_each_level_has_its_mean():
    first = np.concatenate([np.repeat([1, 0], [90, 10]), np.repeat([1, 0], [10, 90])])
    questions = [yes_or_no("a", first), rating("b", first * 4)]
    compared = np.array([[True, True], [False, True]])
    pairs = GroupPairs(np.eye(2, dtype=bool), np.array([0, 0]), np.array([1, 1]))
    errors = mean_gap_errors(questions, np.repeat([0, 1], 100), pairs, compared, draws=99)
    assert np.array_equal(errors.errors["", VARIATION].above[0], errors.errors["binary", VARIATION].above[0])
    assert not errors.errors["ordinal", VARIATION].above[0].any()
    both = (errors.errors["binary", VARIATION].above[1] + errors.errors["ordinal", VARIATION].above[1]) / 2
    assert errors.errors["", VARIATION].above[1] == pytest.approx(both)
    assert (errors.fewest["ordinal"][1], errors.fewest[""][0]) == (200, 200)


def test_a_group_of_panels_keeps_their_weights():
    # Three of one panel and one of another, who all agree within: nothing moves, whoever is drawn
    answers = np.array([0, 0, 0, 4, 1, 2])
    pairs = GroupPairs(np.array([[True, True, False], [False, False, True]]), np.array([0]), np.array([1]))
    errors = mean_gap_errors([rating("a", answers[:4].tolist() + [1, 1])], np.array([0, 0, 0, 1, 2, 2]), pairs, np.ones((1, 1), dtype=bool), draws=50)
    assert not errors.errors["", DISTANCE].above.any()
