"""What is said of a question's answers holds for small numbers, ties, few answers and protected groups."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from analysis.results.item import GroupRow, ItemOfRound, Part
from analysis.results.item_words import allies_in_words, middle_in_words
from analysis.results.value_words import ValueWords
from surveys.items import Component, resolve_item
from surveys.models import Study

CHANCE = {"code": "war", "kind": "probability", "decimals": 3, "text": {"en": "Nuclear war?"}}
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
