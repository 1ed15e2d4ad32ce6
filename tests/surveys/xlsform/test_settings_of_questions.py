"""What else a row of the form says: code, text, hint, required, constraint, and what is not taken over."""

from typing import Any

import pytest

from tests.surveys.xlsform.forms import imported, items_of, remarks_of


def one(**cells: Any) -> dict[str, Any]:
    (item,) = items_of(imported({"type": "text", "name": "q", "label": "Which?", **cells}))
    return item


@pytest.mark.parametrize(("constraint", "limits"), [
    (". >= 0 and . <= 100", {"minimum": 0, "maximum": 100}),
    (".>=18 and .<=99", {"minimum": 18, "maximum": 99}),
    ("(. > 0) and (. < 10)", {"minimum": 1, "maximum": 9}),
    ("100 >= .", {"maximum": 100}),
    (". >= 5 and . >= 7", {"minimum": 7}),
    (". <= 2.5", {"maximum": 2.5}),
    ("int(.) >= 3", {"minimum": 3}),
])
def test_a_simple_constraint_is_minimum_and_maximum(constraint: str, limits: dict[str, Any]) -> None:
    item = one(type="integer", constraint=constraint)
    assert {key: item[key] for key in ("minimum", "maximum") if key in item} == limits


@pytest.mark.parametrize("constraint", [
    "regex(., '[0-9]+')", ". != 5", ". >= ${other}", ". = 1 or . = 2", ". >= 9 and . <= 1", ". = 4", "string-length(.) < 4", "not(. > 5)", ". >", "x" * 3000,
    ". > 'a'", "((((((((((((((((((((((((((((((((((((. > 1))))))))))))))))))))))))))))))))))))))",
])
def test_any_other_constraint_is_left_out_and_told(constraint: str) -> None:
    found = imported({"type": "integer", "name": "q", "label": "Which?", "constraint": constraint})
    assert items_of(found) == [{"code": "q", "kind": "number", "decimals": 0, "text": {"en": "Which?"}}]
    assert constraint[:60] in remarks_of(found, "q")


def test_a_limit_that_the_form_keeps_out_is_told_where_decimals_are_taken() -> None:
    found = imported({"type": "decimal", "name": "q", "label": "Which?", "constraint": ". > 0"})
    assert items_of(found)[0]["minimum"] == 0
    assert "limit itself" in remarks_of(found, "q")


@pytest.mark.parametrize(("constraint", "most"), [("count-selected(.) <= 2", 2), ("count-selected(.) < 3", 2), ("2 >= count-selected(.)", 2)])
def test_the_most_options_that_may_be_ticked(constraint: str, most: int) -> None:
    assert one(type="select_multiple means", constraint=constraint)["at_most"] == most


@pytest.mark.parametrize("constraint", ["count-selected(.) >= 1", "count-selected(.) <= 9", "count-selected(.) <= 0", "not(selected(., 'cyber'))"])
def test_other_constraints_on_ticking_are_told(constraint: str) -> None:
    found = imported({"type": "select_multiple means", "name": "q", "label": "Which?", "constraint": constraint})
    assert "at_most" not in items_of(found)[0]
    assert constraint in remarks_of(found, "q")


@pytest.mark.parametrize(("cell", "own"), [("yes", {"cannot_judge": False}), ("TRUE", {"cannot_judge": False}), (True, {"cannot_judge": False}),
                                           ("true()", {"cannot_judge": False}), ("no", {}), (False, {}), (None, {})])
def test_where_an_answer_is_required_cannot_judge_is_not_offered(cell: Any, own: dict[str, Any]) -> None:
    assert one(required=cell) == {"code": "q", "kind": "text", "text": {"en": "Which?"}, **own}


def test_the_form_as_a_whole_says_so_once() -> None:
    assert any("cannot judge" in remark for remark in imported({"type": "text", "name": "q", "label": "Why?", "required": "yes"}).report.remarks)


def test_a_required_that_depends_on_others_is_told() -> None:
    found = imported({"type": "text", "name": "q", "label": "Why?", "required": "${a} = 1"})
    assert "cannot_judge" not in items_of(found)[0] and "required" in remarks_of(found, "q")


@pytest.mark.parametrize(("name", "code"), [
    ("q_1", "q_1"), ("Q1", "Q1"), ("a.b", "a-b"), ("_q", "q"), ("Größe (cm)", "grosse-cm"), ("문항", "q-2"), (None, "q-2"), ("x" * 90, "x" * 60),
])
def test_names_become_codes_and_valid_ones_stay(name: str | None, code: str) -> None:
    found = imported({"type": "text", "name": name, "label": "Why?"})
    assert items_of(found)[0]["code"] == code
    if name and name != code:
        assert f"the code {code}" in " ".join(found.report.entries[0].remarks)


def test_codes_are_unique() -> None:
    found = imported(*({"type": "text", "name": name, "label": "Why?"} for name in ("q", "q", "q!", "q-2")))
    assert [item["code"] for item in items_of(found)] == ["q", "q-2", "q-3", "q-2-2"]


def test_codes_of_options_are_unique_in_their_list() -> None:
    choices = [["list_name", "name", "label"], ["l", "a", "A"], ["l", "a", "B"], ["l", "둘", "C"]]
    found = imported({"type": "select_multiple l", "name": "q", "label": "Which?"}, choices=choices)
    assert [option["code"] for option in items_of(found)[0]["options"]] == ["a", "a-2", "option-3"]


def test_a_question_without_a_label_shows_its_name() -> None:
    found = imported({"type": "text", "name": "q", "label": None, "hint": "A hint."})
    assert items_of(found)[0]["text"] == {"en": "q"}
    assert "no label" in remarks_of(found, "q")


@pytest.mark.parametrize("label", ["<span style='color:red'>Red</span>?", "**Bold**?", "You said ${a}. Why?", "# Heading"])
def test_markup_and_inserted_answers_are_told(label: str) -> None:
    found = imported({"type": "text", "name": "q", "label": label})
    assert items_of(found)[0]["text"] == {"en": label}
    assert "Markup" in remarks_of(found, "q")


def test_settings_without_a_counterpart_are_named() -> None:
    found = imported({"type": "select_one means", "name": "q", "label": "Which?", "default": "cyber", "choice_filter": "region=${r}", "calculation": "1+1",
                      "read only": "yes", "media::image::English (en)": "a.png", "guidance_hint": "More", "constraint_message": "No!"})
    remark = remarks_of(found, "q")
    assert all(name in remark for name in ("default", "choice_filter", "calculation", "read_only", "image", "guidance_hint", "constraint_message"))


def test_columns_that_nobody_reads_are_named_for_the_form_as_a_whole() -> None:
    choices = [["list_name", "name", "label", "region", "media::image"], ["l", "a", "A", "north", "a.png"], ["l", "b", "B", None, None]]
    found = imported({"type": "select_one l", "name": "q", "label": "Which?", "bind::custom": "x", "empty": None}, choices=choices,
                     settings=[["form_id", "version"], ["f", 7]])
    assert found.report.remarks[-3:] == [
        "Not read: on the sheet survey the columns bind::custom.", "Not read: on the sheet choices the columns region, media::image.",
        "Not read: on the sheet settings the columns version."]


def test_a_disabled_question_is_left_out() -> None:
    found = imported({"type": "text", "name": "q", "label": "Why?", "disabled": "yes"}, {"type": "text", "name": "kept", "label": "Why?"})
    assert [item["code"] for item in items_of(found)] == ["kept"]


def test_a_text_that_is_too_long_is_cut_and_told() -> None:
    found = imported({"type": "text", "name": "q", "label": "x" * 25_000})
    assert len(items_of(found)[0]["text"]["en"]) == 20_000
    assert "too long" in remarks_of(found, "q")
