"""From an item as the study file has it to an ItemSpec: scale and option lists looked up, texts made mappings."""

from collections.abc import Mapping
from typing import Any

from surveys.items.base import Axis, Condition, ItemSpec, Option, Scale, Text, plain

TEXTS = ("text", "help", "unit")
PLAIN = ("minimum", "maximum", "decimals", "at_most", "total", "interval", "about", "mirror", "dimension", "truth", "rationale", "confidence",
         "expertise", "cannot_judge", "practice", "order", "theatre", "same_as")
OPTION_LISTS = ("options", "rows", "columns")
AXES = ("x", "y")
PANELS = "panels"  # as the name of an option list: the study's panels
RULES = ("consensus", "stability")


def by_language(text: Text | None, source: str) -> dict[str, str]:
    """A text of the study file as a mapping language → text; one string is in the source language."""
    if text is None:
        return {}
    return {source: text} if isinstance(text, str) else dict(text)


def resolve_item(item: Mapping[str, Any], settings: Mapping[str, Any]) -> ItemSpec:
    """`item` and `settings` are accepted parts of a study file (settings: all but theatres and questionnaire)."""
    source = settings["languages"][0]
    found: dict[str, Any] = {key: item[key] for key in PLAIN if item.get(key) is not None}
    found.update({key: by_language(item[key], source) for key in TEXTS if key in item})
    found.update({key: resolve_options(item[key], settings, source) for key in OPTION_LISTS if key in item})
    found.update({key: resolve_axis(item[key], settings, source) for key in AXES if key in item})
    found.update({key: resolve_rules(item, key, settings) for key in RULES})
    if item.get("scale"):
        found["scale"] = resolve_scale(settings["scales"][item["scale"]], source)
    if "quantiles" in item:
        found["quantiles"] = tuple(item["quantiles"])
    if "shown_if" in item:
        found["shown_if"] = resolve_condition(item["shown_if"])
    return ItemSpec(code=item["code"], kind=item["kind"], rows_are_panels=item.get("rows") == PANELS, **found)


def resolve_rules(holder: Mapping[str, Any], key: str, settings: Mapping[str, Any]) -> tuple[Any, ...]:
    """The own rule of an item or axis, then that of its scale."""
    holders = [holder, settings["scales"][holder["scale"]]] if holder.get("scale") else [holder]
    return tuple(holder[key] for holder in holders if key in holder)


def resolve_condition(given: Mapping[str, Any]) -> Condition:
    """`is: X` is one of X alone; `includes: CODE` asks for the option's own component."""
    one_of = given.get("one_of", [given["is"]] if "is" in given else [])
    component = str(given.get("includes", given.get("component", "")))
    at_least = 1.0 if "includes" in given else given.get("at_least")
    return Condition(given["item"], component, at_least, given.get("at_most"), tuple(value if isinstance(value, str) else plain(value) for value in one_of))


def resolve_axis(given: Mapping[str, Any], settings: Mapping[str, Any], source: str) -> Axis:
    rules = {key: resolve_rules(given, key, settings) for key in RULES}
    return Axis(resolve_scale(settings["scales"][given["scale"]], source), by_language(given["text"], source), **rules)


def resolve_scale(definition: Mapping[str, Any], source: str) -> Scale:
    """A scale with a label for every point, or with points and labels of its two ends."""
    if "labels" in definition:
        given = definition["labels"]
        labels = {source: given} if isinstance(given, list) else given
        return Scale(len(labels[source]), labels={language: tuple(texts) for language, texts in labels.items()})
    given = definition.get("ends", {})
    ends = {source: given} if isinstance(given, list) else given
    return Scale(definition["points"], ends={language: (texts[0], texts[1]) for language, texts in ends.items()})


def resolve_options(options: Any, settings: Mapping[str, Any], source: str) -> tuple[Option, ...]:
    """Options given in place, by the name of a list, or the study's panels."""
    if options == PANELS:
        return tuple(Option(panel["code"], by_language(panel.get("name", panel["code"]), source)) for panel in settings.get(PANELS, []))
    found = settings.get("option_lists", {})[options] if isinstance(options, str) else options
    return tuple(Option(option["code"], by_language(option["text"], source)) for option in found)
