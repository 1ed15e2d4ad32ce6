"""Codes given twice, names that lead nowhere, and settings that don't fit together."""

import pytest

from surveys.studyfile import read_study
from tests.surveys.studyfile.studies import SMALL, refusals, refusals_after, refusals_with


def test_a_scale_that_does_not_exist():
    assert refusals_with("scale: agreement5", "scale: agreement7") == [
        'line 18: questionnaire[0].items[0].scale: there is no scale "agreement7". '
        "Use one of agreement5, role, or define it under scales."]


def test_an_option_list_that_does_not_exist():
    assert refusals_with("options: functions", "options: tasks") == [
        'line 20: questionnaire[0].items[2].options: there is no option list "tasks". '
        "Use one of functions, panels, or define it under option_lists."]


def test_theatres_that_do_not_exist():
    changed = SMALL.replace("theatre: east", "theatre: west").replace("theatres: [east]", "theatres: [east, west]")
    assert refusals(changed) == [
        'line 7: panels[0].theatres[1]: there is no theatre "west". Use one of east, or define it under theatres.',
        'line 19: questionnaire[0].items[1].theatre: there is no theatre "west". '
        "Use one of east, or define it under theatres.",
    ]


def test_nothing_to_choose_from():
    assert refusals_with("theatres:\n  - {code: east, name: East}\n", "") == [
        'line 5: panels[0].theatres[0]: there is no theatre "east". Define it under theatres.',
        'line 17: questionnaire[0].items[1].theatre: there is no theatre "east". Define it under theatres.',
    ]


@pytest.mark.parametrize(("old", "new", "expected"), [
    ("code: no,", "code: jp,", 'line 8: panels[1].code: the panel code "jp" is there twice, first in line 7.'),
    ("code: chance", "code: rated",
     'line 19: questionnaire[0].items[1].code: the item code "rated" is there twice, first in line 18.'),
    ("code: asw", "code: isr",
     'line 13: option_lists.functions[1].code: the option code "isr" is there twice, first in line 13.'),
    ("options: functions", "options: [{code: a, text: A}, {code: a, text: B}]",
     'line 20: questionnaire[0].items[2].options[1].code: the option code "a" is there twice, first in line 20.'),
])
def test_a_code_given_twice(old, new, expected):
    assert refusals_with(old, new) == [f"{expected} Give each its own."]


def test_an_item_code_is_given_once_in_the_whole_questionnaire():
    more = "  - section: second\n    title: Second\n    items: [{code: days, kind: text, text: Why?}]\n"
    assert refusals_after(more) == [
        'line 24: questionnaire[1].items[0].code: the item code "days" is there twice, first in line 21. '
        "Give each its own."]


def test_a_section_code_given_twice():
    more = "  - section: first\n    title: Second\n    items: [{code: why, kind: text, text: Why?}]\n"
    assert refusals_after(more) == [
        'line 22: questionnaire[1].section: the section code "first" is there twice, first in line 15. '
        "Give each its own."]


def test_one_option_is_no_choice():
    assert refusals_with("options: functions", "options: [{code: a, text: A}]") == [
        "line 20: questionnaire[0].items[2].options: needs at least 2 entries."]


@pytest.mark.parametrize(("same_as", "expected"), [
    ("chanse", 'there is no item "chanse". Did you mean chance?'),
    ("x", 'there is no item "x". Name the code of an item of this questionnaire.'),
    ("chance", "chance is of another kind. Name an item of the same kind."),
    ("days", "is the item itself. Name the item of the other theatre."),
])
def test_same_as(same_as, expected):
    assert refusals_with("unit: days", f"unit: days, same_as: {same_as}") == [
        f"line 21: questionnaire[0].items[3].same_as: {expected}"]


def test_same_as_an_item_of_its_kind_is_taken_before_or_after_it():
    more = "      - {code: nights, kind: number, text: Nights?, same_as: days}\n"
    assert read_study(SMALL + more)
    assert read_study((SMALL + more).replace("unit: days", "unit: days, same_as: nights"))


@pytest.mark.parametrize(("lines", "expected"), [
    ("disclosure: {minimum: 2}\n",
     "2 would give single answers away. Give at least 3; 1 is for public_data: true only."),
    ("disclosure: {minimum: 1}\n",
     "1 would give single answers away. Give at least 3; 1 is for public_data: true only."),
    ("disclosure: {minimum: 2}\npublic_data: true\n", "2 would give single answers away. Give at least 3, or 1."),
])
def test_a_disclosure_minimum_too_low(lines, expected):
    assert refusals_after(lines) == [f"line 22: disclosure.minimum: {expected}"]


@pytest.mark.parametrize("lines", [
    "disclosure: {minimum: 3}\n", "disclosure: {minimum: 1}\npublic_data: true\n",
    "disclosure: {minimum: 5}\npublic_data: true\n",
])
def test_a_disclosure_minimum_that_is_taken(lines):
    assert read_study(SMALL + lines)
