"""The texts that stand in no item alone, by parts: `scales.five`, `option_lists.aims`, and `study` for titles, names and introductions.

Within a part each text has a place: 1, 2, … or low and high on a scale, an option's code in a list, and in `study` title, aim,
information, perspective, sections.main, panels.us, theatres.strait. Everything here takes and gives whole definitions.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from surveys.items.resolve import AXES, OPTION_LISTS, PANELS, by_language
from surveys.studyfile.wording import Texts, as_given, merged_texts

WHOLE = "study"
SCALES, LISTS = "scales", "option_lists"
HEAD = ("title", "aim", "information", "perspective")
NAMED = ("theatres", "panels")
ENDS = ("low", "high")
Definition = Mapping[str, Any]


def split(part: str) -> tuple[str, str]:
    """scales.five → scales, five"""
    kind, _dot, name = part.partition(".")
    return kind, name


def list_of(definition: Definition, part: str) -> Any:
    """The scale or list of options. Raises KeyError for one that is not there."""
    kind, name = split(part)
    if kind not in (SCALES, LISTS):
        raise KeyError(part)
    return definition.get(kind, {})[name]


def shared_texts(definition: Definition, part: str) -> dict[str, dict[str, str]]:
    """Place → language → text. Raises KeyError for a part that is not there."""
    source = definition["languages"][0]
    if part == WHOLE:
        return _texts_of_study(definition, source)
    found = list_of(definition, part)
    if split(part)[0] == LISTS:
        return {option["code"]: by_language(option["text"], source) for option in found}
    columns = _columns(found, source)
    places = ENDS if "labels" not in found else [str(number) for number in range(1, len(columns[source]) + 1)]
    return {place: {language: texts[at] for language, texts in columns.items()} for at, place in enumerate(places)}


def _texts_of_study(definition: Definition, source: str) -> dict[str, dict[str, str]]:
    found = {key: by_language(definition[key], source) for key in HEAD if key in definition}
    found |= {f"sections.{section['section']}": by_language(section["title"], source) for section in definition["questionnaire"]}
    for key in NAMED:
        found |= {f"{key}.{one['code']}": by_language(one.get("name", one["code"]), source) for one in definition.get(key, [])}
    return found


def _columns(scale: Mapping[str, Any], source: str) -> dict[str, list[str]]:
    given = scale["labels"] if "labels" in scale else scale["ends"]
    return {source: given} if isinstance(given, list) else dict(given)


def with_shared_texts(definition: Definition, part: str, texts: Texts) -> dict[str, Any]:
    """The definition with these texts in place of the part's own; what is not named stays. Raises KeyError for an unknown place.

    Whether it is still a study, the caller checks: a language could lack a label.
    """
    present = shared_texts(definition, part)
    unknown = sorted(texts.keys() - present.keys())
    if unknown:
        raise KeyError(unknown[0])
    new = {place: merged_texts(given, texts.get(place, {})) for place, given in present.items()}
    if part == WHOLE:
        return _written_study(definition, new)
    kind, name = split(part)
    return {**definition, kind: {**definition[kind], name: written_list(list_of(definition, part), new, definition["languages"][0])}}


def written_list(found: Any, new: Texts, source: str) -> Any:
    """The scale or list of options with the texts of every place."""
    if isinstance(found, list):
        return [{**option, "text": as_given(option["text"], new[option["code"]], source)} for option in found]
    key = "labels" if "labels" in found else "ends"
    languages = list(dict.fromkeys(language for texts in new.values() for language in texts))
    columns = {language: [texts.get(language, "") for texts in new.values()] for language in languages}
    return {**found, key: columns[source] if isinstance(found[key], list) and set(columns) == {source} else columns}


def _written_study(definition: Definition, new: Texts) -> dict[str, Any]:
    source = definition["languages"][0]
    found = {**definition, **{key: as_given(definition[key], new[key], source) for key in HEAD if key in definition}}
    found["questionnaire"] = [{**section, "title": as_given(section["title"], new[f"sections.{section['section']}"], source)}
                              for section in definition["questionnaire"]]
    for key in NAMED:
        if key in definition:
            found[key] = [{**one, "name": as_given(one.get("name", ""), new[f"{key}.{one['code']}"], source)} for one in definition[key]]
    return found


def lists_in(item: Mapping[str, Any]) -> list[str]:
    """The scales and lists that an item uses, as parts, each once."""
    scales = [item.get("scale"), *(item[axis].get("scale") for axis in AXES if axis in item)]
    lists = [item.get(key) for key in OPTION_LISTS]
    found = [*(f"{SCALES}.{name}" for name in scales if name), *(f"{LISTS}.{name}" for name in lists if isinstance(name, str) and name != PANELS)]
    return list(dict.fromkeys(found))


def using(item: Mapping[str, Any], part: str, name: str) -> dict[str, Any]:
    """The item with the list of this name wherever it used the part."""
    kind, old = split(part)
    if kind == LISTS:
        return {key: name if key in OPTION_LISTS and value == old else value for key, value in item.items()}
    found = {key: name if key == "scale" and value == old else value for key, value in item.items()}
    return found | {axis: {**item[axis], "scale": name} for axis in AXES if axis in item and item[axis].get("scale") == old}


def next_name(definition: Definition, part: str) -> str:
    """A name for the part's next wording: five, five-v2, five-v3."""
    kind, name = split(part)
    stem = re.sub(r"-v\d+$", "", name)
    number = 2
    while f"{stem}-v{number}" in definition[kind]:
        number += 1
    return f"{stem}-v{number}"


def without_unused_lists(definition: Definition) -> dict[str, Any]:
    """For the next round: earlier wordings of a list, which no question uses any more, need no translation."""
    used = {part for item in _items(definition) for part in lists_in(item)}
    kept = {kind: {name: value for name, value in definition[kind].items() if f"{kind}.{name}" in used} for kind in (SCALES, LISTS) if kind in definition}
    return {**definition, **kept}


def _items(definition: Definition) -> Iterator[Mapping[str, Any]]:
    for section in definition["questionnaire"]:
        yield from section["items"]
