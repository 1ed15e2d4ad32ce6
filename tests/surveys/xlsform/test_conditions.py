"""`relevant` as `shown_if`: what one earlier answer decides, exactly; all else is told."""

from typing import Any

import pytest

from tests.surveys.xlsform.forms import CHOICES, imported, items_of, remarks_of

EARLIER = (
    {"type": "select_one yesno", "name": "yn", "label": "Yes?"},
    {"type": "select_one agree5", "name": "agree", "label": "Agree?"},
    {"type": "select_one level", "name": "level", "label": "Level?"},
    {"type": "select_one means", "name": "kind", "label": "Which?"},
    {"type": "select_multiple means", "name": "which", "label": "Which ones?"},
    {"type": "integer", "name": "days", "label": "Days?"},
    {"type": "decimal", "name": "share", "label": "Share?"},
    {"type": "text", "name": "why", "label": "Why?"},
    {"type": "geopoint", "name": "place", "label": "Where?"},
)
LEVELS = [["level", number, f"Level {number}"] for number in range(4)]  # codes 0 to 3 are positions 1 to 4


def last(relevant: str, *more: dict[str, Any]) -> tuple[dict[str, Any] | None, str]:
    """The condition of a question after the earlier ones, and the remarks on it."""
    found = imported(*EARLIER, *more, {"type": "text", "name": "last", "label": "And?", "relevant": relevant}, choices=[*CHOICES, *LEVELS])
    return items_of(found)[-1].get("shown_if"), remarks_of(found, "last")


@pytest.mark.parametrize(("relevant", "condition"), [
    ("${yn} = 'yes'", {"item": "yn", "is": "yes"}),
    ("${yn}='yes'", {"item": "yn", "is": "yes"}),
    ('${ yn } = "yes"', {"item": "yn", "is": "yes"}),
    ("'yes' = ${yn}", {"item": "yn", "is": "yes"}),
    ("${yn} = ‘yes’", {"item": "yn", "is": "yes"}),  # a spreadsheet's own quotes
    ("selected(${yn}, 'yes')", {"item": "yn", "is": "yes"}),
    ("selected(${which}, 'cyber')", {"item": "which", "includes": "cyber"}),
    ("${kind} = 'cyber' or ${kind} = 'militia'", {"item": "kind", "one_of": ["cyber", "militia"]}),
    ("${agree} = 3", {"item": "agree", "is": 3}),
    ("${agree} = '3'", {"item": "agree", "is": 3}),
    ("${agree} >= 4", {"item": "agree", "at_least": 4}),
    ("${agree} > 3", {"item": "agree", "at_least": 4}),
    ("${agree} <= 2", {"item": "agree", "at_most": 2}),
    ("${agree} > 1 and ${agree} < 4", {"item": "agree", "at_least": 2, "at_most": 3}),
    ("${agree} = 1 or ${agree} = 5", {"item": "agree", "one_of": [1, 5]}),
    ("${level} = 0", {"item": "level", "is": 1}),
    ("${level} >= 2", {"item": "level", "at_least": 3}),
    ("${days} >= 3", {"item": "days", "at_least": 3}),
    ("${days} > 3", {"item": "days", "at_least": 4}),
    ("${days} >= 3 and ${days} <= 9", {"item": "days", "at_least": 3, "at_most": 9}),
    ("${days} = 7", {"item": "days", "is": 7}),
    ("${days} = 7 or ${days} = 14", {"item": "days", "one_of": [7, 14]}),
    ("number(${days}) < 3", {"item": "days", "at_most": 2}),
    ("${share} >= 0.5", {"item": "share", "at_least": 0.5}),
])
def test_one_earlier_answer_decides(relevant: str, condition: dict[str, Any]) -> None:
    assert last(relevant) == (condition, "")


@pytest.mark.parametrize(("relevant", "condition"), [
    ("${yn} != 'yes'", {"item": "yn", "is": "no"}),
    ("not(${yn} = 'yes')", {"item": "yn", "is": "no"}),
    ("not(selected(${kind}, 'cyber'))", {"item": "kind", "one_of": ["militia", "a2ad"]}),
    ("${agree} != 3", {"item": "agree", "one_of": [1, 2, 4, 5]}),
])
def test_those_who_gave_no_answer_are_told_apart(relevant: str, condition: dict[str, Any]) -> None:
    """In XLSForm such a question is asked of those who skipped the earlier one too."""
    found, remark = last(relevant)
    assert found == condition and "no answer" in remark


def test_a_limit_among_decimals_is_told() -> None:
    found, remark = last("${share} > 0.5")
    assert found == {"item": "share", "at_least": 0.5} and "limit itself" in remark


@pytest.mark.parametrize("relevant", [
    "${yn} = 'yes' and ${agree} > 3", "${nowhere} = 1", "${why} = 'x'", "${place} != ''", "${which} = 'cyber'", "not(selected(${which}, 'cyber'))",
    "selected(${which}, 'cyber') or selected(${which}, 'a2ad')", "${days} != 3", "${days} < 3 or ${days} > 9", "${yn} = 'perhaps'", "today() > '2027-01-01'",
    "${yn} = ${kind}", "1 = 1", "${last} = 'x'", "nonsense(", "${days} > 9 and ${days} < 3", "count-selected(${which}) > 1", "selected(${which}, 'none')",
])
def test_any_other_condition_is_left_out_and_told(relevant: str) -> None:
    found, remark = last(relevant)
    assert found is None and relevant in remark and "Asked of everybody" in remark


def test_a_condition_on_the_question_itself_asks_nothing_of_one_without_a_name() -> None:
    found = imported({"type": "integer", "name": None, "label": "How many?"}, {"type": "text", "name": "q", "label": "Why?", "relevant": ". > 3"})
    assert "shown_if" not in items_of(found)[1] and ". > 3" in remarks_of(found, "q")


def test_a_condition_that_always_holds_is_none() -> None:
    assert last("${yn} != '99'") == (None, "")


def test_a_groups_condition_holds_for_its_questions() -> None:
    found = imported(
        *EARLIER, {"type": "begin group", "name": "g", "label": "Group", "relevant": "${yn} = 'yes'"},
        {"type": "text", "name": "inside", "label": "And?"}, {"type": "integer", "name": "number", "label": "How many?"},
        {"type": "text", "name": "both", "label": "Then?", "relevant": "${number} > 0"},
        {"type": "text", "name": "other", "label": "Else?", "relevant": "${days} > 0"}, {"type": "end group"}, choices=[*CHOICES, *LEVELS])
    conditions = {item["code"]: item.get("shown_if") for item in items_of(found)}
    assert conditions["inside"] == conditions["number"] == {"item": "yn", "is": "yes"}
    assert conditions["both"] == {"item": "number", "at_least": 1} and remarks_of(found, "both") == ""  # who was asked for the number had said yes
    assert conditions["other"] == {"item": "days", "at_least": 1} and "${yn} = 'yes'" in remarks_of(found, "other")


def test_conditions_of_groups_about_one_answer_are_joined() -> None:
    found = imported(
        *EARLIER, {"type": "begin group", "name": "g", "label": "Group", "relevant": "${agree} >= 2"},
        {"type": "text", "name": "inside", "label": "And?", "relevant": "${agree} <= 4"}, {"type": "end group"}, choices=[*CHOICES, *LEVELS])
    assert items_of(found)[-1]["shown_if"] == {"item": "agree", "at_least": 2, "at_most": 4}


def test_a_row_of_a_table_can_decide() -> None:
    table = ({"type": "begin group", "name": "table", "label": "Rate", "appearance": "table-list"}, {"type": "select_one agree5", "name": "r1", "label": "One"},
             {"type": "select_one agree5", "name": "r2", "label": "Two"}, {"type": "end group"})
    assert last("${r2} >= 4", *table) == ({"item": "table", "component": "r2.answer", "at_least": 4}, "")
    assert last("${r1} = 3", *table) == ({"item": "table", "component": "r1.answer", "at_least": 3, "at_most": 3}, "")
    assert last("${r1} = 1 or ${r1} = 5", *table)[0] is None
