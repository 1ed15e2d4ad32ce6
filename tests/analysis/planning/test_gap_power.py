"""How often a gap is seen: against Noether's formula, by hand, and as a law."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.planning.gap_power import false_alarms, gap_counts, holm_rejects, null_p_values
from analysis.planning.opinions import planned_gap
from analysis.planning.parameters import PlanParameters
from analysis.planning.study_shapes import AnswerShape
from analysis.statistics import adjust_p_values
from tests.analysis.planning.shapes import a_fine_number, a_planned, a_rating


def everybody_answers(**changes: object) -> PlanParameters:
    return PlanParameters(**{"attrition": 0.0, "cannot_judge": 0.0, "runs": 2000, **changes})  # type: ignore[arg-type]


def seen(shape: AnswerShape, experts: int, parameters: PlanParameters, shift: float | None = None, minimum: int = 1) -> float:
    """The share of studies in which the gap is seen, were it the only test."""
    distance = planned_gap(shape, parameters).shift if shift is None else shift
    found = gap_counts(shape, distance, null_p_values(a_planned(shape), experts, parameters), experts, parameters, minimum)
    return found.seen_alone / parameters.runs


def noether(experts: int, delta: float, level: float = 0.05) -> float:
    """Power of the two-sided Wilcoxon-Mann-Whitney test of two equal groups (Noether 1987), p = P(X > Y) = (1 + delta) / 2.

    With N = 2 n and equal groups: sqrt(12 N / 4) |p - 1/2| - z.
    """
    return float(stats.norm.cdf(np.sqrt(3 * 2 * experts) * delta / 2 - stats.norm.isf(level / 2)))


@pytest.mark.parametrize(("experts", "deviations"), [(64, 0.5), (25, 0.8), (40, 0.6)])
def test_power_on_fine_answers_is_noethers(experts: int, deviations: float) -> None:
    parameters = everybody_answers(spread=0.1, runs=8000)
    delta = 2 * stats.norm.cdf(deviations / np.sqrt(2)) - 1
    # Monte Carlo error: 4 x sqrt(0.25 / 8000) = 0.022; the formula itself takes the variance without a gap.
    assert seen(a_fine_number(), experts, parameters, deviations * 0.1) == pytest.approx(noether(experts, delta), abs=0.03)


def test_noethers_formula_by_hand() -> None:
    # Noether (1987), his formula by hand: 80 % at the one-sided 5 % level for p = 0.7 takes N = (1.645 + 0.842)^2 / (3 x 0.2^2) = 51.5, about 26 in each group
    assert noether(26, 0.4, level=0.10) == pytest.approx(0.80, abs=0.01)


def test_without_a_gap_one_test_of_twenty_sees_one() -> None:
    parameters = everybody_answers(spread=0.1, runs=8000)
    assert seen(a_fine_number(), 30, parameters, 0.0) == pytest.approx(0.05, abs=0.01)


@settings(max_examples=15, deadline=None)
@given(points=st.sampled_from([3, 5, 9]), spread=st.floats(0.1, 0.4), experts=st.integers(4, 25), gap=st.floats(0.3, 1.5), seed=st.integers(0, 99))
def test_power_grows_with_the_gap_and_with_the_experts(points: int, spread: float, experts: int, gap: float, seed: int) -> None:
    parameters = everybody_answers(gap_points=gap, spread=spread, runs=1000, seed=seed)
    wider = everybody_answers(gap_points=1.3 * gap, spread=spread, runs=1000, seed=seed)
    noise = 4.5 * np.sqrt(2 * 0.25 / 1000)
    least = seen(a_rating(points), experts, parameters)
    # Of some small sizes the discrete test has a smaller level than of one below: a few more experts always outweigh that.
    assert seen(a_rating(points), experts + 5, parameters) >= least - noise
    assert seen(a_rating(points), experts, wider) >= least - noise


@given(st.lists(st.lists(st.one_of(st.floats(1e-6, 1), st.just(float("nan"))), min_size=5, max_size=5), min_size=1, max_size=6), st.integers(0, 9))
def test_holm_is_the_librarys(rows: list[list[float]], extra: int) -> None:
    p = np.array(rows)
    found = holm_rejects(p[:, 0], p[:, 1:], extra)
    for row, rejected in zip(rows, found, strict=True):
        adjusted = adjust_p_values([*row, *[1.0] * extra], "holm")[0]
        assert rejected == (adjusted is not None and adjusted <= 0.05)


def test_holm_by_hand() -> None:
    # Holm (1979), three tests, limits 0.05/3, 0.05/2, 0.05: 0.01 falls, then 0.02 falls, then 0.04 falls.
    assert holm_rejects(np.array([0.04]), np.array([[0.01, 0.02]])).tolist() == [True]
    assert holm_rejects(np.array([0.04]), np.array([[0.01, 0.03]])).tolist() == [False]


def test_other_items_make_a_gap_harder_to_see() -> None:
    parameters = everybody_answers(runs=1000)
    alone, among = a_rating(), a_rating(tests=40)
    shift = planned_gap(alone, parameters).shift
    few = gap_counts(alone, shift, null_p_values(a_planned(alone), 20, parameters), 20, parameters, 1)
    many = gap_counts(among, shift, null_p_values(a_planned(among), 20, parameters), 20, parameters, 1)
    assert few.seen == few.seen_alone == many.seen_alone
    assert many.seen < 0.7 * few.seen


def test_holm_keeps_false_alarms_under_one_study_in_twenty() -> None:
    parameters = everybody_answers(runs=4000)
    null = null_p_values(a_planned(a_rating(tests=10), a_fine_number()), 25, parameters)
    assert false_alarms(null, 1) / 4000 <= 0.05 + 4 * np.sqrt(0.05 * 0.95 / 4000)
    assert false_alarms(null, 6) < false_alarms(null, 1)


def test_panels_under_the_minimum_see_nothing() -> None:
    parameters = everybody_answers(runs=200)
    found = gap_counts(a_rating(), 0.5, null_p_values(a_planned(a_rating(), minimum=5), 4, parameters), 4, parameters, 5)
    assert (found.shown, found.seen) == (0, 0)


def test_attrition_costs_as_much_as_the_experts_who_leave() -> None:
    # 40 experts of whom half leave see about what 20 see: Noether's N is linear in the experts who are left.
    parameters = everybody_answers(spread=0.1, runs=8000)
    halved = everybody_answers(spread=0.1, runs=8000, attrition=0.5, in_round=2)
    assert seen(a_fine_number(), 40, halved, 0.09) == pytest.approx(seen(a_fine_number(), 20, parameters, 0.09), abs=0.03)
