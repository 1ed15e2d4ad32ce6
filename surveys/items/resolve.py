"""From an item as the study file has it to an ItemSpec: scale and option lists looked up, texts made mappings."""

from collections.abc import Mapping
from typing import Any

from surveys.items.base import ItemSpec, Option, Scale, Text

TEXTS = ("text", "help", "unit")
PLAIN = ("minimum", "maximum", "decimals", "rationale", "confidence", "expertise", "cannot_judge", "practice", "theatre",
         "same_as")
RULES = ("consensus", "stability")


def by_language(text: Text | None, source: str) -> dict[str, str]:
    """A text of the study file as a mapping language → text; one string is in the source language."""
    if text is None:
        return {}
    return {source: text} if isinstance(text, str) else dict(text)


def resolve_item(item: Mapping[str, Any], settings: Mapping[str, Any]) -> ItemSpec:
    """`item` and `settings` are accepted parts of a study file (settings: all but panels and questionnaire)."""
    source = settings["languages"][0]
    found: dict[str, Any] = {key: item[key] for key in PLAIN if item.get(key) is not None}
    found.update({key: (item[key],) for key in RULES if key in item})
    found.update({key: by_language(item[key], source) for key in TEXTS if key in item})
    scale_name = item.get("scale")
    if scale_name:
        definition = settings["scales"][scale_name]
        found["scale"] = resolve_scale(definition, source)
        for rule in RULES:
            if rule in definition:
                found[rule] = (*found.get(rule, ()), definition[rule])
    if "options" in item:
        found["options"] = resolve_options(item["options"], settings.get("option_lists", {}), source)
    return ItemSpec(code=item["code"], kind=item["kind"], **found)


def resolve_scale(definition: Mapping[str, Any], source: str) -> Scale:
    """A scale with a label for every point, or with points and labels of its two ends."""
    if "labels" in definition:
        given = definition["labels"]
        labels = {source: given} if isinstance(given, list) else given
        return Scale(len(labels[source]), labels={language: tuple(texts) for language, texts in labels.items()})
    given = definition.get("ends", {})
    ends = {source: given} if isinstance(given, list) else given
    return Scale(definition["points"], ends={language: (texts[0], texts[1]) for language, texts in ends.items()})


def resolve_options(options: Any, lists: Mapping[str, Any], source: str) -> tuple[Option, ...]:
    """Options given in place or by the name of a list."""
    found = lists[options] if isinstance(options, str) else options
    return tuple(Option(option["code"], by_language(option["text"], source)) for option in found)
