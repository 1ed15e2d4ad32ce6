"""How often consensus is called: against the binomial law, and the rules against the product's own."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.figures import Selection, round_figures
from analysis.planning.consensus_calls import calls, opinions_by_truth, verdict_on
from analysis.planning.consensus_values import is_reached, rule_values
from analysis.planning.parameters import PlanParameters
from analysis.planning.study_shapes import AnswerShape
from tests.analysis.planning.shapes import AGREEMENT, a_planned, a_rating

RULES = [
    AGREEMENT, {"rule": "percent_agreement", "band": [4, 5], "at_least": 0.7}, {"rule": "percent_agreement", "band": "either_end", "at_least": 0.8},
    {"rule": "percent_agreement", "band": "bottom_two", "at_least": 0.8}, {"rule": "percent_agreement", "at_least": 0.8},
    {"rule": "iqr", "at_most": 1}, {"rule": "iqr", "below": 2}, {"rule": "sd", "at_most": 0.8}, {"rule": "relative_iqr", "at_most": 0.3},
    {"rule": "rand"}, {"rule": "van_der_eijk", "at_least": 0.6}, {"rule": "modal_share", "at_least": 0.5},
]
SHAPES = [
    ("ordinal", 5, 1, 5), ("ordinal", 9, 1, 9), ("rank", 4, 1, 4), ("nominal", 3, 0, 2), ("binary", 2, 0, 1), ("interval", 11, -2, 3),
    ("probability", 21, 0, 100), ("share", 21, 0, 40),
]


def component_of(shape: AnswerShape) -> dict[str, Any]:
    first = int(shape.low)
    categories = [str(first + place) for place in range(shape.size)] if shape.level in ("ordinal", "rank", "nominal", "binary") else []
    return {"level": shape.level, "categories": categories, "minimum": shape.low, "maximum": shape.high}


@settings(deadline=None, max_examples=40)
@given(st.data(), st.sampled_from(SHAPES), st.sampled_from(RULES), st.integers(1, 9))
def test_a_simulated_panel_is_judged_as_a_real_one(data: st.DataObject, kind: tuple[Any, ...], rule: dict[str, Any], quantile_type: int) -> None:
    if rule.get("band") == [4, 5] and kind[1] < 5:
        rule = AGREEMENT
    shape = AnswerShape(*kind, rule)
    counts = np.array(data.draw(st.lists(st.integers(0, 5), min_size=shape.size, max_size=shape.size).filter(any)))
    answers = np.repeat(shape.low + shape.step * np.arange(shape.size), counts)
    figures = round_figures(component_of(shape), Selection(answers, None), rule, quantile_type)
    value = rule_values(shape, counts[None], quantile_type)
    assert float(value[0]) == pytest.approx(np.nan if figures["rule_value"] is None else figures["rule_value"], nan_ok=True, abs=1e-9)
    assert bool(is_reached(rule, value)[0]) == (figures["consensus"] == "reached")


def test_the_median_beneath_a_relative_range_is_the_ordinary_one_under_every_type() -> None:
    """4 and 5: one apart, around 4.5; type 1 by itself would take 4 for the middle."""
    shape = AnswerShape("ordinal", 5, 1, 5, {"rule": "relative_iqr", "at_most": 0.3})
    assert float(rule_values(shape, np.array([[0, 0, 0, 1, 1]]), 1)[0]) == pytest.approx(1 / 4.5)


def settled(**changes: Any) -> PlanParameters:
    return PlanParameters(**{"attrition": 0.0, "cannot_judge": 0.0, "runs": 10_000, **changes})


def called(share: float, experts: int, parameters: PlanParameters, minimum: int = 1) -> float:
    """How often 75 % agreement is called where `share` of all experts would answer in the band."""
    shape = a_rating(rule=AGREEMENT)
    chances = np.array([0, 0, 1 - share, share / 2, share / 2])
    found = calls(shape, {True: [chances]}, 1, experts, parameters, a_planned(shape, minimum=minimum))[True]
    return found.called / found.studies


@pytest.mark.parametrize(("share", "experts", "least", "expected"), [
    (0.8, 12, 9, 0.7946), (0.9, 10, 8, 0.9298), (0.6, 20, 15, 0.1256), (0.75, 16, 12, 0.6302),
])
def test_agreement_is_called_as_often_as_the_binomial_law_says(share: float, experts: int, least: int, expected: float) -> None:
    # Tables of the binomial law: P(at least so many of n in the band), least = 0.75 n rounded up
    assert stats.binom.sf(least - 1, experts, share) == pytest.approx(expected, abs=1e-4)
    assert called(share, experts, settled()) == pytest.approx(expected, abs=4 * np.sqrt(0.25 / 10_000))


def test_attrition_and_the_minimum_mix_binomial_laws() -> None:
    # Of 12 experts each stays with the chance 0.9 x 0.95; five answers at least, and not all alike under ten.
    stays, share, minimum = 0.9 * 0.95, 0.85, 5
    expected = 0.0
    for answers in range(minimum, 13):
        hits = np.arange(np.ceil(0.75 * answers), answers + 1)
        one_value = 2 * (share / 2) ** answers if answers < 2 * minimum else 0.0
        expected += stats.binom.pmf(answers, 12, stays) * (stats.binom.pmf(hits, answers, share).sum() - one_value)
    found = called(share, 12, settled(attrition=0.1, cannot_judge=0.05), minimum)
    assert found == pytest.approx(expected, abs=4 * np.sqrt(0.25 / 10_000))


def test_more_experts_are_more_often_right() -> None:
    shape = a_rating(rule=AGREEMENT)
    parameters = settled(runs=3000)
    opinions = opinions_by_truth(shape, 0.2, 7)
    small, large = (calls(shape, opinions, 1, experts, parameters, a_planned(shape)) for experts in (8, 40))
    for truth in (True, False):
        assert large[truth].right / large[truth].studies > small[truth].right / small[truth].studies
        assert large[truth].right / large[truth].studies > 0.97


def test_opinions_are_sorted_by_what_the_rule_says_of_everybody() -> None:
    shape = a_rating(rule=AGREEMENT)
    opinions = opinions_by_truth(shape, 0.15, 7)
    assert opinions[True] and opinions[False]
    assert all(verdict_on(shape, chances, 7) is truth for truth, tried in opinions.items() for chances in tried)
    assert all(chances[-2:].sum() > 0.75 for chances in opinions[True])


def test_a_rule_that_does_not_fit_judges_nothing() -> None:
    shape = AnswerShape("nominal", 3, 0, 2, {"rule": "iqr", "at_most": 1})
    assert opinions_by_truth(shape, 0.2, 7) == {True: [], False: []}
    assert verdict_on(AnswerShape("nominal", 3, 0, 2, None), np.array([0.2, 0.3, 0.5]), 7) is None


def test_the_chance_to_see_is_that_of_the_disclosure_minimum() -> None:
    # 6 experts, each stays with 0.8: P(5 or 6 stay) = 6 x 0.8^5 x 0.2 + 0.8^6 = 0.6554, less five or six of one value
    expected = 0.393216 * (1 - 2 * 0.5**5) + 0.262144 * (1 - 2 * 0.5**6)
    found = called(1.0, 6, settled(attrition=0.2), minimum=5)
    assert found == pytest.approx(expected, abs=4 * np.sqrt(0.25 / 10_000))
