"""What is said of a question's answers holds for small numbers, ties, few answers and protected groups."""

from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from analysis.results.item import GroupRow, ItemOfRound, Part
from analysis.results.item_tables import change_in_words, sensitivity_of
from analysis.results.item_words import allies_in_words, middle_in_words, sentences_of, summary_of
from analysis.results.value_words import ValueWords
from analysis.results.verdict_words import why_not_judged
from surveys.items import Component, resolve_item
from surveys.models import Study

CHANCE = {"code": "war", "kind": "probability", "decimals": 3, "text": {"en": "Nuclear war?"}}
SHARES = {"code": "burden", "kind": "allocation", "total": 90, "text": {"en": "Who pays?"},
          "options": [{"code": code, "text": {"en": code.upper()}} for code in "abc"]}
TICKED = {**SHARES, "kind": "choices"}
STUDY = Study(settings={"languages": ["en"]})
Figures = Mapping[str, Any] | None  # None: the row is protected


def asked(definition: Mapping[str, Any], *parts: Part) -> tuple[ItemOfRound, ValueWords]:
    spec = resolve_item(definition, STUDY.settings)
    nothing = SimpleNamespace(named_theatres=[], named_panels=[])
    return ItemOfRound(STUDY, 1, None, nothing, spec, parts, parts[0], None, {}), ValueWords(STUDY, spec)  # type: ignore[arg-type]


def a_part(level: str, everybody: Figures, code: str = "", **panels: Figures) -> Part:
    rows = [(("all", "all"), everybody), *((("panel", panel), figures) for panel, figures in panels.items())]
    return Part(code, level, Component(code, level), [GroupRow(group, figures is None, figures or {}) for group, figures in rows])


def quartiles(low: float, middle: float, high: float, n: int = 9) -> dict[str, Any]:
    return {"n": n, "q1": low, "median": middle, "q3": high}


def test_small_chances_are_not_called_none() -> None:
    part = a_part("probability", quartiles(0.002, 0.003, 0.004), us=quartiles(0.001, 0.002, 0.004, 3), jp=quartiles(0.002, 0.003, 0.004, 3))
    item, words = asked(CHANCE, part)
    assert middle_in_words(part, words).replace("\u00a0", " ") == (
        "The middle half of the 9 answers lies between 0.002 % and 0.004 %; the middle answer is 0.003 %.")
    assert "lowest is us with 0.002 %, highest jp with 0.003 %" in allies_in_words(item, part, words).replace("\u00a0", " ")


def test_what_only_looks_the_same_when_rounded_is_told_apart() -> None:
    part = a_part("probability", quartiles(50.001, 50.002, 50.004))
    _item, words = asked(CHANCE, part)
    assert middle_in_words(part, words).startswith("The middle half of the 9 answers lies between 50.001")


def test_a_question_that_nobody_could_judge_says_so() -> None:
    part = a_part("probability", {"n": 0, "n_cannot_judge": 9})
    item, words = asked(CHANCE, part)
    assert sentences_of(item, part, words) == ["Nobody answered this: 9 experts could not judge it."]
    assert why_not_judged(part, {"rule": "iqr", "at_most": 10}) == "There are no answers to judge."


def test_parts_with_the_same_mean_are_neither_highest_nor_lowest() -> None:
    alike = [a_part("share", {"n": 6, "mean": 30.0}, code) for code in "abc"]
    assert summary_of(*asked(SHARES, *alike)) == ["A, B, C: the mean is 30."]
    apart = [a_part("share", {"n": 6, "mean": mean}, code) for code, mean in zip("abc", (40.0, 25.0, 25.0), strict=True)]
    assert summary_of(*asked(SHARES, *apart)) == ["Highest is A (mean 40), lowest B, C (mean 25)."]


def test_protected_parts_are_not_counted_among_those_that_agreed() -> None:
    parts = [a_part("share", {"n": 6, "mean": mean, "consensus": "reached"}, code) for code, mean in (("a", 60.0), ("b", 10.0))]
    assert summary_of(*asked(SHARES, *parts, a_part("share", None, "c"))) == [
        "Highest is A (mean 60), lowest B (mean 10).", "1 part is protected, and left out of this.", "2 of the 2 parts that may be told agreed."]


def test_what_allies_are_said_to_share_or_not_is_of_those_that_are_shown() -> None:
    ticked = {"n": 6, "mean": 0.5}
    alike = a_part("binary", ticked, "a", us=ticked, jp=ticked, kr=None)
    item, words = asked(TICKED, alike)
    assert allies_in_words(item, alike, words) == "The share is the same in every panel that is shown."
    apart = a_part("probability", quartiles(10, 20, 30), us=quartiles(10, 10, 10), jp=quartiles(30, 30, 30), kr=None)
    item, words = asked(CHANCE, apart)
    assert allies_in_words(item, apart, words).replace("\u00a0", " ") == "Of the panels that are shown, lowest is us with 10 %, highest jp with 30 %."


def test_that_nobody_answered_twice_is_no_secret_where_the_number_is_published() -> None:
    for n_pairs, said in ((0, "Nobody answered this both in round 1 and now."), (None, "How many changed their answer since round 1 may not be told.")):
        part = a_part("probability", {**quartiles(10, 20, 30), "n_pairs": n_pairs, "percent_changed": None})
        item = replace(asked(CHANCE, part)[0], previous_round=1)
        assert change_in_words(item, part) == [said]


def test_rules_on_a_shortened_scale_are_not_meant_by_every_other_rule() -> None:
    part = a_part("ordinal", quartiles(3, 3, 3))
    columns = ("component", "group_type", "group", "rule", "parameters", "points", "value", "consensus", "registered")
    rows = [["", "all", "all", "iqr", "at most 1", None, 0.0, "reached", "yes"], ["", "all", "all", "sd", "at most 1", None, 0.4, "reached", "no"],
            ["", "all", "all", "iqr", "at most 1", 3, 2.0, "not_reached", "no"]]
    item = replace(asked(CHANCE, part)[0], tables={"sensitivity": {"columns": columns, "rows": rows}})
    found = sensitivity_of(item, part)
    assert found is not None
    assert found.sentence == ("Under every other common rule the verdict would be the same. "
                              "Rules on a shortened scale are not counted here; they stand in the file.")
