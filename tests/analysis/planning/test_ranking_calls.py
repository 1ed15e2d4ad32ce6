"""Rankings as a whole: W of everybody in closed form, and panels judged by the product's own W."""

import numpy as np
import pytest

from analysis.planning.parameters import PlanParameters
from analysis.planning.ranking_calls import (
    SharedOrder,
    concordance,
    concordance_of_everybody,
    drawn_rankings,
    is_shown,
    orders_by_truth,
    ranking_calls,
)
from analysis.planning.study_shapes import WHOLE, AnswerShape, planned_study
from analysis.statistics import kendall_w
from tests.analysis.planning.shapes import a_planned
from tests.factories import a_study

SHAPE = AnswerShape(WHOLE, 6, 1, 6, {"rule": "kendall_w", "at_least": 0.7}, ("order",), 1)


def test_w_of_everybody_by_hand() -> None:
    # Two options one apart, each seen with SD 1 / sqrt 2: the lower one is ranked first with the chance Phi(1) = 0.8413.
    # Expected ranks 1.1587 and 1.8413; W = 12 x 2 x 0.3413^2 / 6 = 0.4660
    assert concordance_of_everybody(SharedOrder(1 / np.sqrt(2)), 2) == pytest.approx(0.4660, abs=1e-4)


@pytest.mark.parametrize("order", [SharedOrder(0.1), SharedOrder(0.4), SharedOrder(0.2, opposed=True)])
def test_w_of_everybody_is_that_of_a_large_panel(order: SharedOrder) -> None:
    large = drawn_rankings(np.random.default_rng(1), order, 5, 20_000, 1.0, 1)
    # E(W) of n experts exceeds that of all by (1 - W) / n
    assert concordance(large)[0] == pytest.approx(concordance_of_everybody(order, 5), abs=0.01)


def test_each_panels_w_is_the_librarys() -> None:
    ranks = drawn_rankings(np.random.default_rng(2), SharedOrder(0.3), 4, 7, 0.8, 20)
    for found, panel in zip(concordance(ranks), ranks, strict=True):
        expected = kendall_w(panel[panel[:, 0] > 0]).w
        assert found == pytest.approx(np.nan if expected is None else expected, nan_ok=True)


def test_an_option_that_all_rank_alike_hides_a_small_panel() -> None:
    alike = np.array([[1, 2, 3], [1, 3, 2], [1, 2, 3], [1, 2, 3], [1, 3, 2]], dtype=np.uint8)
    mixed = np.array([[1, 2, 3], [2, 3, 1], [1, 2, 3], [3, 1, 2], [1, 3, 2]], dtype=np.uint8)
    assert is_shown(np.stack([alike, mixed]), 5).tolist() == [False, True]
    assert is_shown(np.stack([alike, mixed]), 1).tolist() == [True, True]
    assert is_shown(np.stack([np.vstack([alike, alike])]), 5).tolist() == [True]


def test_more_experts_are_more_often_right() -> None:
    parameters = PlanParameters(attrition=0.0, cannot_judge=0.0, runs=800)
    small, large = (ranking_calls(SHAPE, 1, experts, parameters, a_planned(SHAPE)) for experts in (4, 30))
    assert large[True].right / large[True].studies > 0.95 > 0.9 < large[False].right / large[False].studies
    assert small[False].called / small[False].studies > large[False].called / large[False].studies


def test_orders_are_sorted_by_what_w_says_of_everybody() -> None:
    orders = orders_by_truth(SHAPE, 0.2)
    assert all((concordance_of_everybody(order, 6) >= 0.7) is truth for truth, tried in orders.items() for order in tried)
    assert orders[True] and orders[False]


@pytest.mark.django_db
def test_a_ranking_under_kendalls_w_is_a_shape_of_its_own() -> None:
    options = [{"code": code, "text": {"en": code}} for code in ("a", "b", "c")]
    item = {"code": "order", "kind": "ranking", "text": {"en": "?"}, "options": options}
    rule = {"rule": "kendall_w", "at_least": 0.7}
    study = planned_study(a_study(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [item]}], consensus={"rank": rule}))
    assert [(shape.level, shape.size, shape.rule, shape.tests) for shape in study.shapes] == [(WHOLE, 3, rule, 1), ("rank", 3, None, 3)]
    assert study.tests == 3
