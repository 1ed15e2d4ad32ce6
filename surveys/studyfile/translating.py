"""Every text of a study under a key that stays when things are moved: study:title, item:grave:text, item:aim:options.force, scale:five:labels.

Pure, and fit for drafts: what is no text yet is left out. The labels of a scale are one text, a line for each.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from surveys.items.text import clean_text
from surveys.studyfile.languages import value_at, with_value_at
from surveys.studyfile.problems import Path
from surveys.studyfile.questionnaire import Item
from surveys.studyfile.shapes import MOST_CHARACTERS, Shape
from surveys.studyfile.study import STUDY

Definition = Mapping[str, Any]
ITEM = Item()
STUDY_PART = "study"
HOLDERS = {"panels": "panel", "theatres": "theatre", "scales": "scale", "option_lists": "list"}
PARTS = {"scale": "scales", "list": "option_lists"}


@dataclass(frozen=True)
class KeyedText:
    """`kind`, `code` and `place` say what holds it: item, grave, options.force. `texts`: language → text, tidied; `source` is never empty."""

    kind: str
    code: str
    place: str
    part: str
    path: Path
    texts: Mapping[str, str]
    source: str
    is_list: bool

    @property
    def key(self) -> str:
        return ":".join(step for step in (self.kind, self.code, self.place) if step)

    def has(self, language: str) -> bool:
        """A list of labels with gaps is no translation yet."""
        text = self.texts.get(language, "")
        return bool(text) and not (self.is_list and problem_of(self, text))


def digest_of_text(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:32]


def tidied(text: str) -> str:
    """Blanks at the ends and kinds of line ends make no other text."""
    return clean_text(text, len(text))


def study_texts(definition: Definition) -> list[KeyedText]:
    """In the order of the study file. A text without a source is not there yet; of two under one key the first counts."""
    source = definition["languages"][0]
    found: dict[str, KeyedText] = {}
    for path in _text_paths(definition):
        value = value_at(definition, path)
        texts = _by_language(value, source)
        if texts.get(source):
            given = value.get(source) if isinstance(value, Mapping) else value
            text = KeyedText(*_named(definition, path), path, texts, texts[source], isinstance(given, list))
            found.setdefault(text.key, text)
    return list(found.values())


def _text_paths(definition: Definition) -> Iterator[Path]:
    for key, field in STUDY.fields.items():
        if key in definition and key != "questionnaire":
            yield from _paths(field.shape, definition[key], (key,))
    for place, section in enumerate(definition["questionnaire"]):
        if "title" in section:
            yield ("questionnaire", place, "title")
        for there, item in enumerate(section.get("items", [])):
            yield from _paths(ITEM, item, ("questionnaire", place, "items", there))


def _paths(shape: Shape, value: Any, path: Path) -> list[Path]:
    """None of a part that is not what its shape expects: a draft may hold anything, and says so elsewhere."""
    try:
        return [found for found, _languages in shape.texts(value, path)]
    except (AttributeError, LookupError, TypeError):
        return []


def _by_language(value: Any, source: str) -> dict[str, str]:
    given = value if isinstance(value, Mapping) else {source: value}
    found = {str(language): _as_text(one) for language, one in given.items()}
    return {language: text for language, text in found.items() if text}


def _as_text(one: Any) -> str:
    if isinstance(one, list):
        lines = [" ".join(tidied(label).split()) if isinstance(label, str) else "" for label in one]
        return "\n".join(lines) if any(lines) else ""
    return tidied(one) if isinstance(one, str) else ""


def _named(definition: Definition, path: Path) -> tuple[str, str, str, str]:
    """What holds the text: its kind, code and place, and the part of the study that it belongs to."""
    match path:
        case ("questionnaire", int(place), "title"):
            code = str(definition["questionnaire"][place]["section"])
            return "section", code, "title", f"section:{code}"
        case ("questionnaire", int(place), "items", int(there), *rest):
            section = definition["questionnaire"][place]
            item = section["items"][there]
            return "item", _code(item, there), _place_in(item, tuple(rest)), f"section:{section['section']}"
        case (str(key), *rest) if key in HOLDERS:
            return _of_group(definition, key, tuple(rest))
    return STUDY_PART, "", ".".join(str(step) for step in path), STUDY_PART


def _of_group(definition: Definition, key: str, rest: Path) -> tuple[str, str, str, str]:
    kind, first = HOLDERS[key], rest[0]
    if isinstance(first, int):  # a panel or theatre: its name is its only text
        return kind, _code(definition[key][first], first), "", STUDY_PART
    if kind == "list" and isinstance(rest[1], int):
        return kind, first, _code(definition[key][first][rest[1]], rest[1]), PARTS[kind]
    return kind, first, ".".join(str(step) for step in rest[1:]), PARTS[kind]


def _place_in(item: Mapping[str, Any], rest: Path) -> str:
    """text, help, options.force, x"""
    first = str(rest[0])
    if len(rest) > 1 and isinstance(rest[1], int):
        return f"{first}.{_code(item[first][rest[1]], rest[1])}"
    return first


def _code(thing: Mapping[str, Any], place: int) -> str:
    """Its code; in a draft where it has none yet, its place."""
    given = thing.get("code")
    return given if isinstance(given, str) and given else str(place + 1)


def with_translations(definition: Definition, language: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """The definition with these texts (key → text) in one language; an empty one is taken away. Raises KeyError for an unknown key."""
    source, found = definition["languages"][0], dict(definition)
    present = {text.key: text for text in study_texts(definition)}
    for key, new in texts.items():
        text = present[key]
        value = value_at(found, text.path)
        given = {name: one for name, one in (value if isinstance(value, Mapping) else {source: value}).items() if name != language}
        if new:
            given[language] = new.split("\n") if text.is_list else new
        if new or isinstance(value, Mapping):
            found = with_value_at(found, text.path, given)
    return found


def as_typed(text: KeyedText, typed: str) -> str:
    """What somebody typed as it will be kept: of labels each line by itself, without empty ones at the end."""
    tidy = tidied(typed)
    return "\n".join(" ".join(line.split()) for line in tidy.split("\n")) if text.is_list else tidy


def problem_of(text: KeyedText, new: str) -> str:
    """Why this can't be its translation, in words; "" when it can."""
    if len(new) > MOST_CHARACTERS:
        return _("This text is too long: %(length)s characters, at most %(most)s.") % {"length": len(new), "most": MOST_CHARACTERS}
    if text.is_list and new:
        lines, wanted = new.split("\n"), len(text.source.split("\n"))
        if len(lines) != wanted or not all(lines):
            return _("The source has %(wanted)s labels, one on each line; here are %(count)s. Give as many, and no empty line.") % {
                "wanted": wanted, "count": len([line for line in lines if line])}
    return ""
