"""Edits of a definition: each returns a new one, leaves the given one alone, and takes along whatever refers to a changed code."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.studyfile.editing import (
    free_code,
    item_codes,
    item_of,
    with_group,
    with_group_moved,
    with_item,
    with_item_copied,
    with_item_in,
    with_item_moved,
    with_item_replaced,
    with_named,
    with_part,
    with_section,
    with_section_moved,
    without_group,
    without_item,
    without_named,
    without_section,
)


def definition() -> dict[str, Any]:
    return {
        "study": "small", "title": "Small", "languages": ["en"],
        "theatres": [{"code": "east", "name": "East"}],
        "panels": [{"code": "jp", "name": "Japan", "theatres": ["east"]}, {"code": "no", "name": "Norway"}],
        "scales": {"five": {"points": 5, "ends": ["No", "Yes"]}}, "option_lists": {"tasks": [{"code": "a", "text": "A"}, {"code": "b", "text": "B"}]},
        "questionnaire": [
            {"section": "first", "title": "First", "items": [
                {"code": "one", "kind": "rating", "scale": "five", "text": "One?", "theatre": "east", "version": 2},
                {"code": "two", "kind": "choice", "options": "tasks", "text": "Two?", "shown_if": {"item": "one", "at_least": 3}}]},
            {"section": "second", "title": "Second", "items": [
                {"code": "three", "kind": "plane", "x": {"scale": "five", "text": "X"}, "y": {"scale": "five", "text": "Y"}, "text": "Three?",
                 "same_as": "one"},
                {"code": "four", "kind": "grid", "scale": "five", "rows": "panels", "columns": "tasks", "text": "Four?", "mirror": "three"}]},
        ],
    }


def order(found: dict[str, Any]) -> list[list[str]]:
    return [[item["code"] for item in section["items"]] for section in found["questionnaire"]]


@pytest.mark.parametrize(("code", "steps", "expected"), [
    ("one", 1, [["two", "one"], ["three", "four"]]),
    ("two", -1, [["two", "one"], ["three", "four"]]),
    ("two", 1, [["one"], ["two", "three", "four"]]),
    ("three", -1, [["one", "two", "three"], ["four"]]),
    ("one", -1, [["one", "two"], ["three", "four"]]),
    ("four", 1, [["one", "two"], ["three", "four"]]),
])
def test_an_item_moves_within_its_section_and_over_its_ends(code: str, steps: int, expected: list[list[str]]) -> None:
    assert order(with_item_moved(definition(), code, steps)) == expected


@given(st.lists(st.tuples(st.sampled_from(["one", "two", "three", "four"]), st.sampled_from([-1, 1])), max_size=12))
def test_moving_loses_and_changes_no_item(moves: list[tuple[str, int]]) -> None:
    found = definition()
    for code, steps in moves:
        found = with_item_moved(found, code, steps)
    assert {code: item_of(found, code) for code in item_codes(found)} == {code: item_of(definition(), code) for code in ("one", "two", "three", "four")}
    assert sum(map(len, order(found))) == 4


def test_an_item_is_taken_to_another_section() -> None:
    assert order(with_item_in(definition(), "one", "second")) == [["two"], ["three", "four", "one"]]


def test_a_new_code_of_an_item_is_followed() -> None:
    found = with_item_replaced(definition(), "one", {**item_of(definition(), "one"), "code": "uno"})
    assert item_of(found, "two")["shown_if"] == {"item": "uno", "at_least": 3}
    assert item_of(found, "three")["same_as"] == "uno"
    renamed = with_item_replaced(found, "three", {**item_of(found, "three"), "code": "tres"})
    assert item_of(renamed, "four")["mirror"] == "tres"


def test_a_copy_stands_after_its_original_under_a_new_code_and_begins_its_own_versions() -> None:
    found, code = with_item_copied(definition(), "one")
    assert (code, order(found)[0]) == ("one-2", ["one", "one-2", "two"])
    assert item_of(found, "one-2") == {"code": "one-2", "kind": "rating", "scale": "five", "text": "One?", "theatre": "east"}
    assert with_item_copied(found, "one")[1] == "one-3"


def test_a_new_item_comes_last_or_after_another() -> None:
    new = {"code": "new", "kind": "text", "text": "New?"}
    assert order(with_item(definition(), "first", new))[0] == ["one", "two", "new"]
    assert order(with_item(definition(), "first", new, after="one"))[0] == ["one", "new", "two"]


def test_a_removed_item_leaves_the_others() -> None:
    assert order(without_item(definition(), "one")) == [["two"], ["three", "four"]]


def test_sections_are_added_renamed_moved_and_removed() -> None:
    assert order(with_section(definition(), {"section": "third", "title": "Third"})) == [["one", "two"], ["three", "four"], []]
    renamed = with_section(definition(), {"section": "start", "title": "Start"}, replaces="first")
    assert [section["section"] for section in renamed["questionnaire"]] == ["start", "second"]
    assert order(renamed) == order(definition())
    assert order(with_section_moved(definition(), "first", 1)) == [["three", "four"], ["one", "two"]]
    assert order(with_section_moved(definition(), "first", -1)) == order(definition())
    assert order(without_section(definition(), "first")) == [["three", "four"]]


def test_a_new_name_of_a_scale_is_followed() -> None:
    found = with_named(definition(), "scales", "grave5", {"points": 5, "ends": ["No", "Yes"]}, replaces="five")
    assert list(found["scales"]) == ["grave5"]
    assert [item_of(found, "one")["scale"], item_of(found, "three")["x"]["scale"], item_of(found, "three")["y"]["scale"]] == ["grave5"] * 3


def test_a_new_name_of_a_list_is_followed() -> None:
    found = with_named(definition(), "option_lists", "jobs", definition()["option_lists"]["tasks"], replaces="tasks")
    assert (item_of(found, "two")["options"], item_of(found, "four")["columns"], item_of(found, "four")["rows"]) == ("jobs", "jobs", "panels")


def test_a_new_code_of_a_theatre_is_followed() -> None:
    found = with_group(definition(), "theatres", {"code": "pacific", "name": "Pacific"}, replaces="east")
    assert (found["panels"][0]["theatres"], item_of(found, "one")["theatre"]) == (["pacific"], "pacific")


def test_groups_are_added_moved_and_removed() -> None:
    assert [panel["code"] for panel in with_group(definition(), "panels", {"code": "kr", "name": "South Korea"})["panels"]] == ["jp", "no", "kr"]
    assert [panel["code"] for panel in with_group_moved(definition(), "panels", "jp", 1)["panels"]] == ["no", "jp"]
    assert [panel["code"] for panel in without_group(definition(), "panels", "jp")["panels"]] == ["no"]
    assert "theatres" not in without_group(definition(), "theatres", "east")


def test_a_part_without_value_goes() -> None:
    assert "scales" not in with_part(definition(), "scales", None)
    assert "option_lists" not in without_named(definition(), "option_lists", "tasks")


def test_what_is_not_there_is_told() -> None:
    for edit in (lambda: item_of(definition(), "none"), lambda: without_section(definition(), "none"), lambda: without_group(definition(), "panels", "none")):
        with pytest.raises(LookupError, match="none"):
            edit()


def test_free_codes() -> None:
    assert [free_code(taken, "a") for taken in (set(), {"a"}, {"a", "a-2"}, {"a", "a-3"})] == ["a", "a-2", "a-3", "a-2"]


def test_no_edit_changes_what_it_was_given() -> None:
    given_definition = definition()
    before = copy.deepcopy(given_definition)
    with_item_moved(given_definition, "one", 1)
    with_item_replaced(given_definition, "one", {**item_of(given_definition, "one"), "code": "uno"})
    with_named(given_definition, "scales", "x", {}, replaces="five")
    with_group(given_definition, "theatres", {"code": "pacific"}, replaces="east")
    with_item_copied(given_definition, "four")
    assert given_definition == before
