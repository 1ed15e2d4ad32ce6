"""What a study asks, as the planner sees it: numbers asked alike together, each under the rule that is nearest."""

import pytest

from analysis.planning.study_shapes import AnswerShape, planned_study
from tests.factories import a_study

pytestmark = pytest.mark.django_db
OPTIONS = [{"code": code, "text": {"en": code}} for code in ("a", "b", "c", "d")]


def item(code: str, kind: str, **more: object) -> dict[str, object]:
    return {"code": code, "kind": kind, "text": {"en": f"Question {code}"}, **more}


def shapes(*items: dict[str, object], **changes: object) -> list[AnswerShape]:
    study = a_study(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": list(items)}], **changes)
    return list(planned_study(study).shapes)


def test_ratings_on_the_same_scale_are_one_shape() -> None:
    found = shapes(item("a", "rating", scale="five"), item("b", "rating", scale="five"))
    assert found == [AnswerShape("ordinal", 5, 1.0, 5.0, {"rule": "iqr", "at_most": 1}, ("a", "b"), 2)]


def test_an_item_with_a_rule_of_its_own_is_a_shape_of_its_own() -> None:
    rule = {"rule": "percent_agreement", "band": "top_two", "at_least": 0.75}
    found = shapes(item("a", "rating", scale="five"), item("b", "rating", scale="five", consensus=rule))
    assert [(shape.items, shape.rule) for shape in found] == [(("a",), {"rule": "iqr", "at_most": 1}), (("b",), rule)]


def test_every_number_of_an_answer_is_a_test() -> None:
    rows = [{"code": code, "text": {"en": code}} for code in ("us", "jp")]
    columns = [{"code": code, "text": {"en": code}} for code in ("intelligence", "logistics", "cyber")]
    found = shapes(item("roles", "grid", scale="five", rows=rows, columns=columns))
    assert [(shape.level, shape.size, shape.tests, shape.items) for shape in found] == [("ordinal", 5, 6, ("roles",))]


def test_each_kind_has_the_values_of_its_answers() -> None:
    found = shapes(
        item("p", "probability"), item("n", "number", minimum=0, maximum=10, decimals=0), item("fine", "number", minimum=0, maximum=10),
        item("one", "choice", options=OPTIONS), item("some", "choices", options=OPTIONS), item("order", "ranking", options=OPTIONS),
        item("points", "allocation", options=OPTIONS, total=100), item("open", "text"), item("trial", "rating", scale="five", practice=True),
    )
    assert {shape.items[0]: (shape.level, shape.size, shape.low, shape.high, shape.tests) for shape in found} == {
        "p": ("probability", 21, 0, 100, 1), "n": ("interval", 11, 0, 10, 1), "fine": ("interval", 101, 0, 10, 1),
        "one": ("nominal", 4, 0, 3, 1), "some": ("binary", 2, 0, 1, 4), "order": ("rank", 4, 1, 4, 4), "points": ("share", 21, 0, 50, 4),
    }


def test_options_without_an_order_have_no_gap() -> None:
    study = a_study(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [item("one", "choice", options=OPTIONS)]}])
    assert planned_study(study).tests == 0


def test_options_under_a_rule_of_the_whole_ranking_and_numbers_without_limits_are_not_judged() -> None:
    found = shapes(item("order", "ranking", options=OPTIONS), item("n", "number"),
                   consensus={"rank": {"rule": "kendall_w", "at_least": 0.7}, "interval": {"rule": "iqr", "at_most": 2}})
    assert {shape.level: shape.rule for shape in found} == {"order": {"rule": "kendall_w", "at_least": 0.7}, "rank": None, "interval": None}


def test_only_the_items_named_are_planned() -> None:
    study = a_study(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [item("a", "rating", scale="five"), item("b", "probability")]}])
    assert [shape.items for shape in planned_study(study, ["b"]).shapes] == [("b",)]


def test_the_study_brings_its_minimum_and_its_panels() -> None:
    found = planned_study(a_study(disclosure={"minimum": 7}, quantile_type=6))
    assert (found.minimum, found.quantile_type, found.panels) == (7, 6, 3)
