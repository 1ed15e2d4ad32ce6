"""Scales, option lists, items and sections as the study file has them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.items import COMMON_KEYS, KINDS
from surveys.items.base import DIMENSIONS, ItemKind
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
    unknown_key,
)
from surveys.studyfile.problems import Path, Place
from surveys.studyfile.rules import CONSENSUS, STABILITY
from surveys.studyfile.shapes import CODE, Answer, CheckedByKind, Flag, Line, Number, Reference, Schema, Shape, Whole, Word
from surveys.studyfile.texts import Labels, Text

FEWEST_POINTS, MOST_POINTS = 2, 21


class Scale(Shape):
    """A label for every point, or points with labels of the two ends."""

    wanted = gettext_lazy("a mapping with labels, or with points and ends")
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
            place.refuse(_("has no points. Give labels, or points and ends."))
        elif "labels" not in value:
            check_required(value, place, self.fields, also=("points", "ends"))
        for key in ("points", "ends"):
            if "labels" in value and key in value:
                place.at(key).refuse(_("stands beside labels. Keep labels, or else points and ends."))

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


OPTION = Record(
    code=Field(CODE, "The option's code in files.", required=True),
    text=Field(Text(), "What the expert reads.", required=True),
)
OPTION_LIST = ListOf(OPTION, wanted=gettext_lazy("a list of options, each with code and text"), least=2)
LINES = ListOf(OPTION, wanted=gettext_lazy("a list of rows or columns, each with code and text"), least=1)


class Options(Shape):
    """Options in place, the name of a list under option_lists, or `panels` for the study's panels."""

    wanted = gettext_lazy("a list of options, each with code and text, or the name of a list under option_lists")

    def __init__(self, inside: ListOf = OPTION_LIST) -> None:
        self.inside = inside

    def check(self, value: Any, place: Place) -> None:
        if isinstance(value, list):
            self.inside.check(value, place)
        elif not isinstance(value, str):
            self.refuse(value, place)

    def schema(self) -> Schema:
        return {"anyOf": [CODE.schema(), self.inside.schema()]}

    def arranged(self, value: Any, languages: Sequence[str]) -> Any:
        return self.inside.arranged(value, languages)

    def texts(self, value: Any, path: Path) -> Iterator[tuple[Path, Collection[str] | None]]:
        return self.inside.texts(value, path) if isinstance(value, list) else iter(())


AXIS = Record(
    scale=Field(Reference(), "The name of a scale under scales.", required=True),
    text=Field(Text(), "What the axis says.", required=True),
)
CONDITION = Record(**{
    "item": Field(Reference(), "The earlier item whose answer decides.", required=True),
    "component": Field(Line(), "Which of that item's components, where it has several."),
    "at_least": Field(Number(), "Shown from this number on."),
    "at_most": Field(Number(), "Shown up to this number."),
    "is": Field(Answer(), "Shown for this answer: an option's code, or a number."),
    "one_of": Field(ListOf(Answer(), gettext_lazy("a list of options' codes or numbers"), distinct=True), "Shown for any of these answers."),
    "includes": Field(CODE, "Shown where this option of a choices item is ticked."),
})

# Every key of every kind, in the order in which they are written.
ITEM_KEYS = {
    "code": Field(CODE, "The item's code in files, once in the whole questionnaire.", required=True),
    "kind": Field(Word(*KINDS), "The kind of item.", required=True),
    "scale": Field(Reference(), "The name of a scale under scales."),
    "text": Field(Text(), "The question.", required=True),
    "help": Field(Text(), "What else the expert should know, shown below the question."),
    "options": Field(Options(), "The options, or the name of a list under option_lists."),
    "at_most": Field(CheckedByKind({"type": "integer", "minimum": 1}), "How many options may be ticked."),
    "total": Field(CheckedByKind({"type": "number", "exclusiveMinimum": 0}), "How many points are shared out."),
    "rows": Field(Options(LINES), "The rows: options, the name of a list, or panels for the study's panels."),
    "columns": Field(Options(LINES), "The columns: options, the name of a list, or panels for the study's panels."),
    "about": Field(Word("role_expectation"), "What a grid is about: who should take which role."),
    "mirror": Field(Reference(), "The role grid whose rows are asked here from the other side."),
    "dimension": Field(Word(*DIMENSIONS), "What the number measures: results draw abandonment against entrapment, and exposure against threat, as maps."),
    "x": Field(AXIS, "The scale from left to right."),
    "y": Field(AXIS, "The scale from bottom to top."),
    "quantiles": Field(CheckedByKind({"type": "array", "items": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, "minItems": 2}),
                       "The probabilities whose quantiles are asked, rising."),
    "interval": Field(Word("idea"), "Asks for a lower, a best and an upper value, and how sure the expert is of the interval."),
    "unit": Field(Text(), "The unit of the number."),
    "minimum": Field(CheckedByKind({"type": "number"}), "The lowest number taken."),
    "maximum": Field(CheckedByKind({"type": "number"}), "The highest number taken."),
    "decimals": Field(CheckedByKind({"type": "integer", "minimum": 0, "maximum": 6}), "How many decimals are taken."),
    "truth": Field(Number(), "The known answer of a seed item, for calibrated weights; experts never see it."),
    "rationale": Field(Word("none", "optional", "outside_middle", "required"), "When a reason is asked; default none."),
    "confidence": Field(Flag(), "Whether the expert says how sure the answer is, 0 to 100 (default false)."),
    "expertise": Field(Flag(), "Whether the expert rates the own expertise, 1 to 5 (default false)."),
    "cannot_judge": Field(Flag(), "Whether the expert may say so (default true)."),
    "practice": Field(Flag(), "An item for practice, never analysed (default false)."),
    "theatre": Field(Reference(), "The theatre that the item asks about."),
    "same_as": Field(Reference(), "The item that asks the same of another theatre."),
    "shown_if": Field(CONDITION, "Asked only of those whose answer to an earlier item passes."),
    "order": Field(Word("fixed", "random"), "Whether its place within the section is drawn for each expert (default fixed)."),
    "version": Field(Whole(1, 1_000_000), "Raised when the wording changes (default 1)."),
    "equivalent_to": Field(Whole(1, 1_000_000), "The earlier version whose answers compare with this one's."),
    "consensus": Field(CONSENSUS, "The rule of consensus for this item, before the scale's and the study's."),
    "stability": Field(STABILITY, "The rule of stability for this item, before the scale's and the study's."),
}


class Item(Shape):
    """Common keys and the kind's own; the kind checks its own further."""

    wanted = gettext_lazy("a mapping with code, kind and text")

    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, dict):
            self.refuse(value, place)
            return
        kind = built_kind(value)
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


def check_item_keys(value: Mapping[str, Any], place: Place, kind: ItemKind) -> None:
    """A key of another kind is told as such: it is not a slip of the pen."""
    known = keys_of(kind)
    for key in value:
        if key in known or place.report.is_full:
            continue
        if key in ITEM_KEYS:
            text = _("an item of kind %(kind)s takes no %(key)s. Remove it, or change the kind.")
            place.at(key).refuse(text % {"kind": kind.name, "key": key})
        else:
            place.at(key).refuse(unknown_key(key, known))


def check_by_kind(value: Mapping[str, Any], place: Place, kind: ItemKind) -> None:
    """What the kind itself finds, unless the same place was refused before."""
    for problem in kind.check(value, place.report.languages):
        here = place.at(*steps_of(problem.path))
        if here.path not in place.report.places:
            here.refuse(problem.text if problem.text.endswith((".", "。")) else f"{problem.text}.")


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
    items=Field(ListOf(Item(), wanted=gettext_lazy("a list of items")), "The items, in the order of asking.", required=True),
), wanted=gettext_lazy("a list of sections, each with section, title and items"))
SCALES = Named(Scale(), wanted=gettext_lazy("a mapping from names to scales"))
OPTION_LISTS = Named(OPTION_LIST, wanted=gettext_lazy("a mapping from names to lists of options"))
