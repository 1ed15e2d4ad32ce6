"""brier, log_score, pinball, interval_score: scores of forecasts once the outcome is known."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, brier, interval_score, log_score, pinball
from tests.analysis.statistics.strategies import few

chance = st.floats(0.01, 0.99)


def test_brier_is_the_half_form():
    # Brier 1950, Mon. Weather Rev. 78:1 sums over both outcomes and gives twice this; a coin scores .25
    assert brier(0.7, 1).score == pytest.approx(0.09)
    assert brier(0.7, 0).score == pytest.approx(0.49)
    assert brier(0.5, 1).score == 0.25
    many = brier([0.9, 0.2, None], [1, 0, 1])
    assert (many.score, many.n, many.n_missing) == (pytest.approx((0.01 + 0.04) / 2), 2, 1)
    assert many.scores == (pytest.approx(0.01), pytest.approx(0.04), None)


def test_brier_against_briers_own_table():
    # Brier 1950, table 1: ten forecasts of rain, P = 0.19 in the full form
    rain = [0.7, 0.9, 0.8, 0.4, 0.2, 0, 0, 0, 0, 0.1]
    outcome = [0, 1, 1, 1, 0, 0, 0, 0, 0, 0]
    assert 2 * brier(rain, outcome).score == pytest.approx(0.19)


def test_log_score_is_natural():
    # Good 1952, J. R. Stat. Soc. B 14:107
    assert log_score(0.5, 0).score == pytest.approx(math.log(2))
    assert log_score(0.2, 1).score == pytest.approx(math.log(5))
    assert (log_score(1, 1).score, log_score(0, 0).score) == (0, 0)


def test_what_was_called_impossible_has_no_finite_log_score():
    result = log_score([0, 0.5], [1, 1])
    assert (result.score, result.scores, result.status) == (
        None,
        (None, pytest.approx(math.log(2))),
        Status.NOT_APPLICABLE,
    )


def test_pinball_by_hand():
    # Koenker & Bassett 1978. Outcome 4 above quantiles 1, 2, 3: .05 * 3 + .5 * 2 + .95 * 1
    assert pinball([0.05, 0.5, 0.95], [1, 2, 3], 4).score == pytest.approx(2.1)
    # Below: outcome 0: .95 * 1 + .5 * 2 + .05 * 3
    assert pinball([0.05, 0.5, 0.95], [1, 2, 3], 0).score == pytest.approx(2.1)
    assert pinball([0.5], [3], 3).score == 0


def test_interval_score_by_hand():
    # Gneiting & Raftery 2007, J. Am. Stat. Assoc. 102:359, equation 43; alpha = .1, so 20 per unit missed
    assert interval_score(1, 3, 2, 0.9).score == pytest.approx(2)
    assert interval_score(1, 3, 4, 0.9).score == pytest.approx(22)
    assert interval_score(1, 3, 0.5, 0.9).score == pytest.approx(12)
    assert interval_score([1, 1], [3, 3], [2, 4], 0.9).scores == pytest.approx((2, 22))


@pytest.mark.parametrize(
    "result",
    [
        brier([], []),
        brier([None], [1]),
        brier(0.5, None),
        log_score([None], 1),
        pinball([0.5], [None], 1),
        pinball([0.5], [2], None),
        interval_score(None, 2, 1, 0.9),
        interval_score([], [], [], 0.9),
    ],
)
def test_no_forecast_or_no_outcome(result):
    assert (result.score, result.status, result.n) == (None, Status.INSUFFICIENT_N, 0)


@pytest.mark.parametrize(
    ("score", "arguments", "named"),
    [
        (brier, (70, 1), "p must"),
        (brier, (0.7, 2), "outcome"),
        (brier, ([0.7, 0.2, 0.1], [1, 0]), "outcome"),
        (log_score, (-0.1, 1), "p must"),
        (log_score, (0.1, 0.5), "outcome"),
        (pinball, ([0.5, 0.1], [1, 2], 1), "probabilities"),
        (pinball, ([0.1, 0.5], [2, 1], 1), "quantiles"),
        (pinball, ([0.1, 0.5], [1], 1), "quantiles"),
        (pinball, ([0.5], [1], [1, 2]), "outcome"),
        (interval_score, (3, 1, 2, 0.9), "low"),
        (interval_score, (1, 3, 2, 90), "level"),
        (interval_score, ([1, 2], [3, 4, 5], 2, 0.9), "low"),
    ],
)
def test_malformed_arguments_are_named(score, arguments, named):
    with pytest.raises(ValueError, match=named):
        score(*arguments)


@few
@given(chance, st.floats(0.01, 0.99))
def test_brier_and_log_score_are_proper(truth, said):
    def expected(score, forecast):
        return truth * score(forecast, 1).score + (1 - truth) * score(forecast, 0).score

    for score in (brier, log_score):
        assert expected(score, truth) <= expected(score, said) + 1e-12


@few
@given(st.lists(st.integers(0, 20), min_size=1, max_size=9), st.floats(-5, 25))
def test_the_sample_median_minimises_the_pinball_loss_of_one_half(outcomes, other):
    def loss(value):
        return sum(pinball([0.5], [value], outcome).score for outcome in outcomes)

    assert loss(np.median(outcomes)) <= loss(other) + 1e-9


@few
@given(st.floats(-10, 10), st.floats(0, 10), st.floats(-20, 20), st.floats(0.5, 0.99))
def test_the_interval_score_is_the_pinball_loss_of_its_ends(low, width, outcome, level):
    tail = (1 - level) / 2
    ends = pinball([tail, 1 - tail], [low, low + width], outcome).score
    assert interval_score(low, low + width, outcome, level).score == pytest.approx(ends / tail, abs=1e-9)
