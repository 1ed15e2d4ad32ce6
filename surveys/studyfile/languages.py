"""Another set of languages for a definition: texts in a language that goes are removed, plain texts keep the language they were in."""

from collections.abc import Mapping, Sequence
from typing import Any

from surveys.studyfile.problems import Path
from surveys.studyfile.study import STUDY


def with_languages(definition: Mapping[str, Any], languages: Sequence[str]) -> dict[str, Any]:
    """The definition in these languages, the source language first.

    Texts of languages that are not among them are left out. A text that is given once belongs to the source language of now; where
    another becomes the source, it is kept under its language's code.
    """
    source, found = definition["languages"][0], dict(definition)
    for path, given in list(STUDY.texts(definition, ())):
        text = value_at(definition, path)
        kept = {source: text} if given is None else text
        kept = {language: kept[language] for language in kept if language in languages}
        is_same = given is None and source == languages[0]
        found = with_value_at(found, path, text if is_same else kept or None)
    return {**found, "languages": list(languages)}


def value_at(value: Any, path: Path) -> Any:
    """Raises LookupError where there is nothing."""
    for step in path:
        value = value[step]
    return value


def with_value_at(value: Any, path: Path, new: Any) -> Any:
    """A copy in which the path holds `new`; None removes a mapping's key. Mappings that are missing on the way are made."""
    if not path:
        return new
    step, *rest = path
    if isinstance(value, list) and isinstance(step, int):
        return [with_value_at(entry, tuple(rest), new) if place == step else entry for place, entry in enumerate(value)]
    held = dict(value or {})
    inner = with_value_at(held.get(step), tuple(rest), new)
    if inner is None or (rest and inner == {}):
        held.pop(step, None)
        return held
    return {**held, step: inner}
