"""What an item's form offers of its study: what stands before it, by its name; and nothing breaks in a study that is not finished."""

from typing import Any

import pytest
from django.template.loader import render_to_string

from surveys.forms.items import ItemForm, Surroundings
from surveys.forms.items.page import groups_of
from surveys.items import KINDS
from tests.surveys.studyfile.studies import whole

TWO = {"languages": ["en"], "questionnaire": [
    {"section": "one", "items": [{"code": "a", "kind": "text"}, {"code": "b", "kind": "rating"}]},
    {"section": "two", "items": [{"code": "c", "kind": "rating"}]},
]}


def codes(items: list[Any]) -> list[str]:
    return [item["code"] for item in items]


def test_what_stands_before_an_item() -> None:
    assert codes(Surroundings(TWO, "b").earlier()) == ["a"]
    assert codes(Surroundings(TWO, "c").earlier()) == ["a", "b"]


def test_what_stands_before_a_new_item_at_the_end_of_a_section() -> None:
    assert codes(Surroundings(TWO, "", "one").earlier()) == ["a", "b"]
    assert codes(Surroundings(TWO, "", "two").earlier()) == ["a", "b", "c"]


def test_the_points_of_a_scale_are_named_where_they_have_labels() -> None:
    around = Surroundings(whole())
    assert around.points("agreement5")[0] == ("1", "1 – Never")
    assert around.points("role") == [("1", "1"), ("2", "2"), ("3", "3")]
    assert around.points("nowhere") == around.points(None) == []


def test_the_same_question_elsewhere_has_the_same_kind_and_is_another() -> None:
    assert codes(Surroundings(whole(), "roles").others_of_kind("grid")) == ["mirrored"]


ODD: list[dict[str, Any]] = [
    {}, {"scales": None, "option_lists": [], "theatres": {}, "panels": "none"}, {"scales": {"five": 5, "six": {"labels": "six", "points": "6"}}},
    {"option_lists": {"some": "thing", "other": [1, {"text": 3}, {"code": 4}]}, "panels": [{"name": "x"}, 3, {"code": "no", "name": 7}]},
    {"consensus": 3, "stability": [], "theatres": [{"code": "east"}]},
    {"questionnaire": [{"section": "one", "items": [{"kind": "rating", "scale": 3}, {"code": "z", "kind": "choice", "options": [3]}]}]},
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_a_form_opens_in_a_study_that_is_not_finished(kind: str, odd: dict[str, Any]) -> None:
    item = {"code": "mine", "kind": kind, "scale": "five", "options": "some", "rows": "other", "shown_if": {"item": "z", "component": "x", "is": "y"}}
    form = ItemForm(item=item, around=Surroundings({"languages": ["en"], "questionnaire": [], **odd}, "mine"))
    html = render_to_string("surveys/builder/item/_form.html", {"form": form, "groups": groups_of(form, {}), "kinds": KINDS})
    assert "z (not there)" in html or "z: " in html
