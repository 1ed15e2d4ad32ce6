"""What the tests of the bundled studies ask of a definition."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from surveys.enums import Level
from surveys.items import kind_of
from surveys.items.resolve import resolve_item
from surveys.studyfile.study import STUDY

STUDIES = Path(__file__).resolve().parents[2] / "studies"


def items_of(definition: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [item for section in definition["questionnaire"] for item in section["items"]]


def evaluated_items(definition: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [item for item in items_of(definition) if not item.get("practice")]


def levels_of(definition: Mapping[str, Any], item: Mapping[str, Any]) -> set[Level]:
    """The measurement levels of what the item's answers are made of; none for open text."""
    spec = resolve_item(item, definition)
    return {Level(component.level) for component in kind_of(spec).components(spec)}


def items_without_rule(definition: Mapping[str, Any], key: str) -> list[str]:
    """The items with a level for which neither they nor their scale nor the study has a rule of consensus or stability."""
    return [item["code"] for item in evaluated_items(definition) if any(
        not any(has_rule(rules, level) for rules in rules_for(definition, item, key)) for level in levels_of(definition, item)
    )]


def rules_for(definition: Mapping[str, Any], item: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    scale = definition.get("scales", {}).get(item.get("scale"), {})
    return [holder[key] for holder in (item, scale, definition) if key in holder]


def has_rule(rules: Mapping[str, Any], level: Level) -> bool:
    return "rule" in rules or level in rules


def texts_by_path(definition: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every text that stands in several languages, with where it stands."""
    for path, languages in STUDY.texts(definition, ()):
        if languages is None:
            continue
        text: Any = definition
        for step in path:
            text = text[step]
        yield ".".join(map(str, path)), text
