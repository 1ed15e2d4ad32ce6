"""items.csv alone says what the codes in the other files mean, for every kind of item."""

import csv
from io import StringIO

import pytest

from analysis.exports.items import items_csv
from surveys.workflow.rounds import open_round
from tests.factories import a_study

pytestmark = pytest.mark.django_db
OPTIONS = [{"code": "isr", "text": {"en": "Reconnaissance", "ko": "정찰"}}, {"code": "asw", "text": {"en": "Hunting submarines"}}]
ITEMS = [
    {"code": "warm-up", "kind": "rating", "scale": "five", "practice": True, "text": "Try it"},
    {"code": "left", "kind": "rating", "scale": "five", "dimension": "abandonment", "text": "Are you left alone?"},
    {"code": "means", "kind": "choices", "options": OPTIONS, "at_most": 1, "text": "Which?"},
    {"code": "order", "kind": "ranking", "options": OPTIONS, "text": "Rank", "shown_if": {"item": "means", "includes": "isr"}},
    {"code": "burden", "kind": "allocation", "options": OPTIONS, "total": 100, "text": "Share"},
    {"code": "roles", "kind": "grid", "scale": "five", "rows": "panels", "columns": OPTIONS, "about": "role_expectation", "text": "Who?"},
    {"code": "mirror", "kind": "grid", "scale": "five", "rows": "panels", "columns": OPTIONS, "mirror": "roles", "text": "And you?"},
    {"code": "share", "kind": "quantiles", "quantiles": [0.05, 0.95], "minimum": 0, "maximum": 20, "decimals": 1, "text": "Share of GDP", "unit": "%"},
    {"code": "spend", "kind": "quantiles", "interval": "idea", "text": "How much?",
     "shown_if": {"item": "share", "component": "0.95", "at_least": 1, "at_most": 2.5}},
    {"code": "map", "kind": "plane", "x": {"scale": "nine", "text": {"en": "Grave", "ko": "심각"}}, "y": {"scale": "five", "text": "Likely"}, "text": "Where?"},
    {"code": "way", "kind": "choice", "options": OPTIONS, "text": "By which?"},
    {"code": "why", "kind": "text", "text": "Why?", "shown_if": {"item": "way", "one_of": ["isr", "asw"]}},
]


def book() -> dict[str, dict[str, str]]:
    study = a_study(
        languages=["en", "ko"], panels=[{"code": "us", "name": "United States"}, {"code": "jp", "name": {"en": "Japan", "ko": "일본"}}],
        scales={"five": {"labels": {"en": ["None", "Little", "Some", "Much", "Extreme"]}}, "nine": {"points": 9, "ends": {"en": ["Low", "High"]}}},
        questionnaire=[{"section": "main", "title": "Main", "items": ITEMS}],
    )
    open_round(study, 1)
    return {row["item"]: row for row in csv.DictReader(StringIO(items_csv(study).decode()))}


def test_every_kind_can_be_read_from_it_alone() -> None:
    found = book()
    assert {code: row["components"] for code, row in found.items()} == {
        "warm-up": "", "left": "", "means": "isr | asw", "order": "isr | asw", "burden": "isr | asw", "roles": "us.isr | us.asw | jp.isr | jp.asw",
        "mirror": "us.isr | us.asw | jp.isr | jp.asw", "share": "0.05 | 0.95", "spend": "lower | best | upper | confidence", "map": "x | y",
        "way": "", "why": "",
    }
    assert found["means"]["components_en"] == found["way"]["labels_en"] == "isr = Reconnaissance | asw = Hunting submarines"
    assert found["roles"]["components_en"].split(" | ")[:3] == [
        "us.isr = United States · Reconnaissance", "us.asw = United States · Hunting submarines", "jp.isr = Japan · Reconnaissance"]
    assert found["roles"]["components_ko"] == "jp.isr = 일본 · 정찰"
    assert (found["map"]["components_en"], found["map"]["components_ko"]) == ("x = Grave | y = Likely", "x = 심각")
    assert found["map"]["labels_en"] == "x: 1 = Low | 9 = High | y: 1 = None | 2 = Little | 3 = Some | 4 = Much | 5 = Extreme"
    assert found["roles"]["labels_en"] == "1 = None | 2 = Little | 3 = Some | 4 = Much | 5 = Extreme"


def test_limits_conditions_and_practice_stand_in_it() -> None:
    found = book()
    assert {code: row["shown_if"] for code, row in found.items() if row["shown_if"]} == {
        "order": "means.isr at_least 1", "spend": "share.0.95 at_least 1 at_most 2.5", "why": "way one_of isr, asw"}
    assert {code for code, row in found.items() if row["dimension"]} == {"left"} and found["left"]["dimension"] == "abandonment"
    assert [found["means"]["at_most"], found["burden"]["total"], found["mirror"]["mirror"]] == ["1", "100", "roles"]
    assert [found["share"][name] for name in ("minimum", "maximum", "decimals", "unit")] == ["0", "20", "1", "%"]
    assert [code for code, row in found.items() if row["practice"] == "yes"] == ["warm-up"]
