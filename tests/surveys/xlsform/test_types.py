"""Every type of question in an XLSForm: what it becomes, or why it is left out."""

from typing import Any

import pytest

from tests.surveys.xlsform.forms import entry_of, imported, items_of, remarks_of


def one(**cells: Any) -> dict[str, Any]:
    """The only item that a question of these cells makes."""
    (item,) = items_of(imported({"name": "q", "label": "Which?", **cells}))
    return item


PLAIN = {"code": "q", "text": {"en": "Which?"}}
MEANS = [{"code": "cyber", "text": {"en": "Cyber operations"}}, {"code": "militia", "text": {"en": "Maritime militia"}},
         {"code": "a2ad", "text": {"en": "Anti-access"}}]
AGREE = {"labels": {"en": ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"]}}


@pytest.mark.parametrize(("spelt", "item"), [
    ("text", {**PLAIN, "kind": "text"}),
    ("string", {**PLAIN, "kind": "text"}),
    ("integer", {**PLAIN, "kind": "number", "decimals": 0}),
    ("int", {**PLAIN, "kind": "number", "decimals": 0}),
    ("decimal", {**PLAIN, "kind": "number"}),
    ("percentage", {**PLAIN, "kind": "number", "unit": {"en": "%"}, "minimum": 0, "maximum": 100, "decimals": 0}),
    ("select_one means", {**PLAIN, "kind": "choice", "options": MEANS}),
    ("select one from means", {**PLAIN, "kind": "choice", "options": MEANS}),
    ("Select_One means", {**PLAIN, "kind": "choice", "options": MEANS}),
    ("select_multiple means", {**PLAIN, "kind": "choices", "options": MEANS}),
    ("select all that apply from means", {**PLAIN, "kind": "choices", "options": MEANS}),
    ("rank means", {**PLAIN, "kind": "ranking", "options": MEANS}),
    ("odk:rank means", {**PLAIN, "kind": "ranking", "options": MEANS}),
    ("date", {**PLAIN, "kind": "text"}),
    ("time", {**PLAIN, "kind": "text"}),
    ("dateTime", {**PLAIN, "kind": "text"}),
    ("phone number", {**PLAIN, "kind": "text"}),
])
def test_what_a_type_becomes(spelt: str, item: dict[str, Any]) -> None:
    assert one(type=spelt) == item


@pytest.mark.parametrize("spelt", [
    "start", "end", "today", "deviceid", "username", "phonenumber", "email", "audit", "start-geopoint", "calculate", "hidden", "xml-external",
    "csv-external", "geopoint", "geotrace", "geoshape", "image", "photo", "audio", "background-audio", "video", "file", "barcode", "acknowledge",
    "trigger", "select_one_from_file list.csv", "select_multiple_from_file list.csv", "select_one_external means", "wish", "select_one", "",
])
def test_what_is_left_out_says_why(spelt: str) -> None:
    found = imported({"type": "text", "name": "kept", "label": "Why?"}, {"type": spelt, "name": "q", "label": "Which?"})
    assert [item["code"] for item in items_of(found)] == ["kept"]
    entry = entry_of(found, "q")
    assert (entry.row, entry.type, entry.became) == (3, spelt, "") and entry.remarks


def test_a_list_whose_codes_count_up_is_a_scale() -> None:
    found = imported({"type": "select_one agree5", "name": "q", "label": "Which?"})
    assert found.definition["scales"] == {"agree5": AGREE}
    assert items_of(found) == [{**PLAIN, "kind": "rating", "scale": "agree5"}]
    assert "make it a choice" in remarks_of(found, "q")


def test_a_likert_appearance_makes_any_list_a_scale_in_its_own_order() -> None:
    found = imported({"type": "select_one means", "name": "q", "label": "Which?", "appearance": "w1 likert"})
    assert found.definition["scales"] == {"means": {"labels": {"en": ["Cyber operations", "Maritime militia", "Anti-access"]}}}
    assert "lowest position" in remarks_of(found, "q")


def test_positions_are_put_in_the_order_of_their_codes() -> None:
    turned = [["list_name", "name", "label"], ["s", 3, "High"], ["s", 2, "Middle"], ["s", 1, "Low"]]
    found = imported({"type": "select_one s", "name": "q", "label": "Which?"}, choices=turned)
    assert found.definition["scales"]["s"] == {"labels": {"en": ["Low", "Middle", "High"]}}
    assert "lowest first" in remarks_of(found, "q")


def test_a_way_not_to_answer_is_no_position_of_a_scale() -> None:
    choices = [["list_name", "name", "label"], ["s", 1, "Low"], ["s", 2, "Middle"], ["s", 3, "High"], ["s", 99, "Don't know"]]
    found = imported({"type": "select_one s", "name": "q", "label": "Which?", "required": "yes"}, choices=choices)
    assert found.definition["scales"]["s"] == {"labels": {"en": ["Low", "Middle", "High"]}}
    assert "cannot_judge" not in items_of(found)[0]  # the form offers not to answer, so the study does
    assert "99" in remarks_of(found, "q")


def test_two_numbered_options_are_no_scale() -> None:
    choices = [["list_name", "name", "label"], ["yn", 1, "Yes"], ["yn", 0, "No"]]
    assert items_of(imported({"type": "select_one yn", "name": "q", "label": "Which?"}, choices=choices))[0]["kind"] == "choice"


def test_a_list_of_several_questions_is_shared() -> None:
    found = imported({"type": "select_one means", "name": "a", "label": "Which?"}, {"type": "rank means", "name": "b", "label": "Rank"})
    assert found.definition["option_lists"] == {"means": MEANS}
    assert [item["options"] for item in items_of(found)] == ["means", "means"]


def test_a_list_called_panels_gets_another_name() -> None:
    choices = [["list_name", "name", "label"], ["panels", "a", "A"], ["panels", "b", "B"]]
    questions = [{"type": "select_one panels", "name": name, "label": "Which?"} for name in ("q1", "q2")]
    assert list(imported(*questions, choices=choices).definition["option_lists"]) == ["panels-2"]


@pytest.mark.parametrize("spelt", ["select_one means or_other", "select_multiple means or specify other"])
def test_or_other_is_an_option_and_a_reason(spelt: str) -> None:
    item = one(type=spelt)
    assert item["options"] == [*MEANS, {"code": "other", "text": {"en": "Other"}}]
    assert item["rationale"] == "optional"


def test_a_list_with_one_option_is_left_out() -> None:
    choices = [["list_name", "name", "label"], ["ok", "yes", "I agree"]]
    found = imported({"type": "select_multiple ok", "name": "q", "label": "Which?"}, {"type": "text", "name": "t", "label": "Why?"}, choices=choices)
    assert entry_of(found, "q").became == "" and "one option" in remarks_of(found, "q")


@pytest.mark.parametrize(("parameters", "own"), [
    ("start=1 end=5 step=1", {"kind": "rating", "scale": "scale-1-to-5"}),
    ("", {"kind": "rating", "scale": "scale-0-to-10"}),  # ODK's defaults: 0 to 10 by 1
    ("start=0, end=100, step=5", {"kind": "number", "minimum": 0, "maximum": 100, "decimals": 0}),
    ("start=0;end=1;step=0.25", {"kind": "number", "minimum": 0, "maximum": 1, "decimals": 2}),
    ("start=-2 end=2", {"kind": "rating", "scale": "scale-2-to-2"}),
])
def test_a_short_range_is_a_scale_and_a_long_one_a_number(parameters: str, own: dict[str, Any]) -> None:
    assert one(type="range", parameters=parameters) == {**PLAIN, **own}


@pytest.mark.parametrize("parameters", ["start=5 end=1", "step=0", "start=a", "start=1 end=1"])
def test_a_range_that_is_none_is_left_out(parameters: str) -> None:
    found = imported({"type": "range", "name": "q", "label": "Which?", "parameters": parameters}, {"type": "text", "name": "t", "label": "Why?"})
    assert entry_of(found, "q").became == "" and "parameters" in remarks_of(found, "q")


def test_a_note_is_the_help_of_the_question_after_it() -> None:
    found = imported({"type": "note", "name": "n1", "label": "First."}, {"type": "note", "name": "n2", "label": "Second."},
                     {"type": "text", "name": "q", "label": "Why?", "hint": "A hint."}, {"type": "note", "name": "last", "label": "Thanks."})
    assert items_of(found)[0]["help"] == {"en": "First.\n\nSecond.\n\nA hint."}
    assert (entry_of(found, "n1").became, entry_of(found, "n1").code) == ("help", "q")
    assert entry_of(found, "last").became == "" and "information" in remarks_of(found, "last")
