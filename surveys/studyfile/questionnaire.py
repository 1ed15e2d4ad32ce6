"""Scales, option lists, items and sections as the study file has them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from surveys.items import COMMON_KEYS, KEYS_NOT_THERE_YET, KINDS, KINDS_NOT_THERE_YET
from surveys.items.base import ItemKind
from surveys.studyfile.containers import (
    Field,
    ListOf,
    Named,
    Record,
    arranged_fields,
    check_fields,
    check_keys,
    check_required,
    field_texts,
    record_schema,
    suggestion,
)
from surveys.studyfile.problems import Path, Place, quoted
from surveys.studyfile.rules import CONSENSUS, STABILITY
from surveys.studyfile.shapes import CODE, CheckedByKind, Flag, Reference, Schema, Shape, Whole, Word
from surveys.studyfile.texts import Labels, Text

FEWEST_POINTS, MOST_POINTS = 2, 21


class Scale(Shape):
    """A label for every point, or points with labels of the two ends."""

    wanted = "a mapping with labels, or with points and ends"
    fields: ClassVar[dict[str, Field]] = {
        "labels": Field(Labels(FEWEST_POINTS, MOST_POINTS), "A label for every point, lowest first."),
        "points": Field(Whole(FEWEST_POINTS, MOST_POINTS), "How many points, where only the ends are labelled."),
        "ends": Field(Labels(2, 2), "The labels of the lowest and of the highest point."),
        "consensus": Field(CONSENSUS, "The rule of consensus for items of this scale, before the study's."),
        "stability": Field(STABILITY, "The rule of stability for items of this scale, before the study's."),
    }

    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, dict):
            self.refuse(value, place)
            return
        check_keys(value, place, self.fields)
        check_fields(value, place, self.fields)
        if not {"labels", "points", "ends"} & value.keys():
            place.refuse("has no points. Give labels, or points and ends.")
        elif "labels" not in value:
            check_required(value, place, self.fields, also=("points", "ends"))
        for key in ("points", "ends"):
            if "labels" in value and key in value:
                place.at(key).refuse("stands beside labels. Keep labels, or else points and ends.")

    def schema(self) -> Schema:
        whole = record_schema(self.fields)
        return {**whole, "oneOf": [
            {"required": ["labels"], "not": {"anyOf": [{"required": ["points"]}, {"required": ["ends"]}]}},
            {"required": ["points", "ends"], "not": {"required": ["labels"]}},
        ]}

    def arranged(self, value: Any, languages: Sequence[str]) -> Any:
        return arranged_fields(value, self.fields, languages)

    def texts(self, value: Any, path: Path) -> Iterator[tuple[Path, Collection[str] | None]]:
        return field_texts(value, path, self.fields)


OPTION_LIST = ListOf(Record(
    code=Field(CODE, "The option's code in files.", required=True),
    text=Field(Text(), "What the expert reads.", required=True),
), wanted="a list of options, each with code and text", least=2)


class Options(Shape):
    """Options in place, or the name of a list under option_lists."""

    wanted = "a list of options, each with code and text, or the name of a list under option_lists"

    def check(self, value: Any, place: Place) -> None:
        if isinstance(value, list):
            OPTION_LIST.check(value, place)
        elif not isinstance(value, str):
            self.refuse(value, place)

    def schema(self) -> Schema:
        return {"anyOf": [CODE.schema(), OPTION_LIST.schema()]}

    def arranged(self, value: Any, languages: Sequence[str]) -> Any:
        return OPTION_LIST.arranged(value, languages)

    def texts(self, value: Any, path: Path) -> Iterator[tuple[Path, Collection[str] | None]]:
        return OPTION_LIST.texts(value, path) if isinstance(value, list) else iter(())


# Every key of every kind that is built, in the order in which they are written.
ITEM_KEYS = {
    "code": Field(CODE, "The item's code in files, once in the whole questionnaire.", required=True),
    "kind": Field(Word(*KINDS, not_there_yet=KINDS_NOT_THERE_YET), "The kind of item.", required=True),
    "scale": Field(Reference(), "The name of a scale under scales."),
    "text": Field(Text(), "The question.", required=True),
    "help": Field(Text(), "What else the expert should know, shown below the question."),
    "options": Field(Options(), "The options, or the name of a list under option_lists."),
    "unit": Field(Text(), "The unit of the number."),
    "minimum": Field(CheckedByKind({"type": "number"}), "The lowest number taken."),
    "maximum": Field(CheckedByKind({"type": "number"}), "The highest number taken."),
    "decimals": Field(CheckedByKind({"type": "integer", "minimum": 0, "maximum": 6}), "How many decimals are taken."),
    "rationale": Field(Word("none", "optional", "outside_middle", "required"), "When a reason is asked; default none."),
    "confidence": Field(Flag(), "Whether the expert says how sure the answer is, 0 to 100 (default false)."),
    "expertise": Field(Flag(), "Whether the expert rates the own expertise, 1 to 5 (default false)."),
    "cannot_judge": Field(Flag(), "Whether the expert may say so (default true)."),
    "practice": Field(Flag(), "An item for practice, never analysed (default false)."),
    "theatre": Field(Reference(), "The theatre that the item asks about."),
    "same_as": Field(Reference(), "The item that asks the same of another theatre."),
    "version": Field(Whole(1, 1_000_000), "Raised when answers to a new wording no longer compare (default 1)."),
    "consensus": Field(CONSENSUS, "The rule of consensus for this item, before the scale's and the study's."),
    "stability": Field(STABILITY, "The rule of stability for this item, before the scale's and the study's."),
}


class Item(Shape):
    """Common keys and the kind's own; the kind checks its own further."""

    wanted = "a mapping with code, kind and text"

    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, dict):
            self.refuse(value, place)
            return
        kind = built_kind(value)
        check_not_there_yet(value, place)
        check_required(value, place, ITEM_KEYS, also=kind.required if kind else ())
        if kind:
            check_item_keys(value, place, kind)
            check_fields(value, place, ITEM_KEYS)
            check_by_kind(value, place, kind)
        else:  # which other keys belong to it nobody can say
            check_fields(value, place, {key: ITEM_KEYS[key] for key in ITEM_KEYS if key in COMMON_KEYS})

    def schema(self) -> Schema:
        return {"oneOf": [{"$ref": f"#/$defs/{name}_item"} for name in KINDS]}

    def arranged(self, value: Any, languages: Sequence[str]) -> Any:
        return arranged_fields(value, ITEM_KEYS, languages)

    def texts(self, value: Any, path: Path) -> Iterator[tuple[Path, Collection[str] | None]]:
        return field_texts(value, path, ITEM_KEYS)


def built_kind(value: Mapping[str, Any]) -> ItemKind | None:
    name = value.get("kind")
    return KINDS.get(name) if isinstance(name, str) else None


def keys_of(kind: ItemKind) -> list[str]:
    """The keys that an item of this kind takes, in the order in which they are written."""
    return [key for key in ITEM_KEYS if key in COMMON_KEYS or key in kind.keys]


def check_not_there_yet(value: Mapping[str, Any], place: Place) -> None:
    for key in value:
        if key in KEYS_NOT_THERE_YET:
            place.at(key).refuse(f"the key {key} is not there yet. Leave it out for now.")


def check_item_keys(value: Mapping[str, Any], place: Place, kind: ItemKind) -> None:
    """A key of another kind is told as such: it is not a slip of the pen."""
    known = keys_of(kind)
    for key in value:
        if key in known or key in KEYS_NOT_THERE_YET or place.report.is_full:
            continue
        if key in ITEM_KEYS:
            place.at(key).refuse(f"an item of kind {kind.name} takes no {key}. Remove it, or change the kind.")
        else:
            place.at(key).refuse(f"there is no key {quoted(key)} here. {suggestion(key, known)}")


def check_by_kind(value: Mapping[str, Any], place: Place, kind: ItemKind) -> None:
    """What the kind itself finds, unless the same place was refused before."""
    for problem in kind.check(value, place.report.languages):
        here = place.at(*steps_of(problem.path))
        if here.path not in place.report.places:
            here.refuse(problem.text if problem.text.endswith(".") else f"{problem.text}.")


def steps_of(path: str) -> Path:
    """options[0].code → ("options", 0, "code")"""
    pieces = path.replace("[", ".").replace("]", "").split(".")
    return tuple(int(piece) if piece.isdecimal() else piece for piece in pieces if piece)


def item_definitions() -> dict[str, Schema]:
    """A schema for each kind, under the name that `Item.schema` refers to."""
    return {f"{kind.name}_item": item_definition(kind) for kind in KINDS.values()}


def item_definition(kind: ItemKind) -> Schema:
    found = record_schema({key: ITEM_KEYS[key] for key in keys_of(kind)}, also=kind.required)
    return {**found, "properties": {**found["properties"], "kind": {"const": kind.name}}}


SECTIONS = ListOf(Record(
    section=Field(CODE, "The section's code in files.", required=True),
    title=Field(Text(), "The section's heading.", required=True),
    items=Field(ListOf(Item(), wanted="a list of items"), "The items, in the order of asking.", required=True),
), wanted="a list of sections, each with section, title and items")
SCALES = Named(Scale(), wanted="a mapping from names to scales")
OPTION_LISTS = Named(OPTION_LIST, wanted="a mapping from names to lists of options")
