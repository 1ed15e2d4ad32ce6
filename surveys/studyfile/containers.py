"""Shapes made of shapes: records with fixed keys, lists, and mappings from names that the study chooses."""

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from surveys.studyfile.problems import Path, Place, listed, quoted
from surveys.studyfile.shapes import CODE, Schema, Shape

MOST_COMPARED = 300  # names that a misspelt one is compared with; each takes some microseconds


@dataclass(frozen=True)
class Field:
    """A key of a record: what its value may be, and what it means (editors show that from the schema)."""

    shape: Shape
    meaning: str
    required: bool = False

    def schema(self) -> Schema:
        return {**self.shape.schema(), "description": self.meaning}


class Record(Shape):
    """A mapping with fixed keys, in the order in which they are written."""

    def __init__(self, **fields: Field) -> None:
        self.fields = fields
        self.wanted = format_lazy(gettext_lazy("a mapping with the keys {keys}"), keys=", ".join(fields))

    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, dict):
            self.refuse(value, place)
            return
        check_keys(value, place, self.fields)
        check_required(value, place, self.fields)
        check_fields(value, place, self.fields)

    def schema(self) -> Schema:
        return record_schema(self.fields)

    def arranged(self, value: Any, languages: Sequence[str]) -> Any:
        return arranged_fields(value, self.fields, languages)

    def texts(self, value: Any, path: Path) -> Iterator[tuple[Path, Collection[str] | None]]:
        return field_texts(value, path, self.fields)


class ListOf(Shape):
    """A list of `least` or more entries of one shape; with `distinct`, none twice."""

    def __init__(self, entry: Shape, wanted: str | Promise, least: int = 1, distinct: bool = False) -> None:
        self.entry, self.wanted, self.least, self.distinct = entry, wanted, least, distinct

    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, list):
            self.refuse(value, place)
            return
        if len(value) < self.least:
            text = ngettext("needs at least %(least)s entry.", "needs at least %(least)s entries.", self.least)
            place.refuse(text % {"least": self.least})
        seen: set[str] = set()
        for number, entry in enumerate(value):
            if self.distinct and isinstance(entry, str):
                if entry in seen:
                    place.at(number).refuse(_("%(entry)s is there twice. Remove one.") % {"entry": quoted(entry)})
                seen.add(entry)
            self.entry.check(entry, place.at(number))

    def schema(self) -> Schema:
        found: Schema = {"type": "array", "items": self.entry.schema(), "minItems": self.least}
        return {**found, "uniqueItems": True} if self.distinct else found

    def arranged(self, value: Any, languages: Sequence[str]) -> Any:
        return [self.entry.arranged(entry, languages) for entry in value] if isinstance(value, list) else value

    def texts(self, value: Any, path: Path) -> Iterator[tuple[Path, Collection[str] | None]]:
        for number, entry in enumerate(value):
            yield from self.entry.texts(entry, (*path, number))


class Named(Shape):
    """A mapping from codes that the study chooses to values of one shape."""

    def __init__(self, entry: Shape, wanted: str | Promise) -> None:
        self.entry, self.wanted = entry, wanted

    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, dict):
            self.refuse(value, place)
            return
        for name, entry in value.items():
            CODE.check(name, place.at(name))
            self.entry.check(entry, place.at(name))

    def schema(self) -> Schema:
        return {
            "type": "object",
            "propertyNames": {"pattern": f"^{CODE.pattern}$"},
            "additionalProperties": self.entry.schema(),
        }

    def arranged(self, value: Any, languages: Sequence[str]) -> Any:
        """By name: a database that stores JSON does not keep the order."""
        if not isinstance(value, Mapping):
            return value
        return {name: self.entry.arranged(value[name], languages) for name in sorted(value)}

    def texts(self, value: Any, path: Path) -> Iterator[tuple[Path, Collection[str] | None]]:
        for name, entry in value.items():
            yield from self.entry.texts(entry, (*path, name))


def check_keys(value: Mapping[str, Any], place: Place, known: Collection[str]) -> None:
    for key in value:
        if key not in known and not place.report.is_full:
            place.at(key).refuse(unknown_key(key, known))


def unknown_key(key: str, known: Collection[str]) -> str:
    return _("there is no key %(key)s here. %(hint)s") % {"key": quoted(key), "hint": suggestion(key, known)}


def near_to(name: str, known: Collection[str]) -> str:
    """What was probably meant, as a question; "" where nothing is near."""
    is_quick = len(name) <= 60 and len(known) <= MOST_COMPARED
    near = difflib.get_close_matches(name, known, n=1) if is_quick else []
    return _("Did you mean %(name)s?") % {"name": near[0]} if near else ""


def suggestion(name: str, known: Collection[str]) -> str:
    """What was probably meant, else what there is."""
    return near_to(name, known) or _("Remove it; known here: %(names)s.") % {"names": listed(known, most=30)}


def check_required(
    value: Mapping[str, Any], place: Place, fields: Mapping[str, Field], also: Collection[str] = (),
) -> None:
    for key, field in fields.items():
        if (field.required or key in also) and key not in value:
            place.at(key).refuse(_("is missing. Give %(wanted)s.") % {"wanted": field.shape.wanted})


def check_fields(value: Mapping[str, Any], place: Place, fields: Mapping[str, Field]) -> None:
    for key in value:
        if key in fields:
            fields[key].shape.check(value[key], place.at(key))


def record_schema(fields: Mapping[str, Field], also: Collection[str] = ()) -> Schema:
    required = [key for key, field in fields.items() if field.required or key in also]
    found: Schema = {
        "type": "object",
        "properties": {key: field.schema() for key, field in fields.items()},
        "additionalProperties": False,
    }
    return {**found, "required": required} if required else found


def arranged_fields(value: Any, fields: Mapping[str, Field], languages: Sequence[str]) -> Any:
    """Known keys in the format's order, then any others as they come."""
    if not isinstance(value, Mapping):
        return value
    order = [key for key in fields if key in value] + [key for key in value if key not in fields]
    return {key: fields[key].shape.arranged(value[key], languages) if key in fields else value[key] for key in order}


def field_texts(
    value: Mapping[str, Any], path: Path, fields: Mapping[str, Field],
) -> Iterator[tuple[Path, Collection[str] | None]]:
    for key, field in fields.items():
        if key in value:
            yield from field.shape.texts(value[key], (*path, key))


def in_order(names: Iterable[str], order: Sequence[str]) -> list[str]:
    """`names`, those of `order` first and in its order."""
    given = list(names)
    return [name for name in order if name in given] + [name for name in given if name not in order]
