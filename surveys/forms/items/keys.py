"""The field for each key of an item, by what its value may be: a new kind's keys find theirs without being named here."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from surveys.forms.items.axis import AxisKey
from surveys.forms.items.condition import ConditionKey
from surveys.forms.items.fields import ChoiceKey, FlagKey, KeyField, NumberKey, NumbersKey, TextsKey
from surveys.forms.items.options import OptionsKey
from surveys.forms.items.rule_words import rule_in_words
from surveys.forms.items.rules import RulesKey
from surveys.forms.items.surroundings import Choices, Surroundings
from surveys.forms.items.words import ENTRIES, HELP, LABELS, MEANINGS, UNKNOWN_ENTRIES
from surveys.items.base import ItemSpec
from surveys.studyfile.questionnaire import AXIS, CONDITION, ITEM_KEYS, Options
from surveys.studyfile.rules import RuleOrLevels
from surveys.studyfile.shapes import CheckedByKind, Flag, Number, Reference, Shape, Whole, Word
from surveys.studyfile.texts import Text

LONG_TEXTS = {"text": 3, "help": 2}
Maker = Callable[[str, Shape, Surroundings, Mapping[str, Any]], KeyField]


class AsWritten(KeyField):
    """A value as JSON writes it, for keys that no other field knows."""

    widget = forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocapitalize": "off"})

    def can_show(self, given: Any) -> bool:
        return True

    def shown(self, given: Any) -> str:
        return json.dumps(given, ensure_ascii=False)

    def written(self, held: str, before: Any) -> Any:
        try:
            return json.loads(held) if held else None
        except ValueError:
            return held


def field_for(key: str, around: Surroundings, item: Mapping[str, Any]) -> KeyField:
    """`item` says which scale or kind others of its keys go by."""
    shape = ITEM_KEYS[key].shape
    field = _maker_for(shape)(key, shape, around, item)
    field.label, field.help_text = str(LABELS.get(key, key)), str(HELP.get(key, "" if key in LABELS else ITEM_KEYS[key].meaning))
    return field


def _maker_for(shape: Shape) -> Maker:
    if shape is AXIS or shape is CONDITION:
        return _axis if shape is AXIS else _condition
    if isinstance(shape, CheckedByKind):
        return {"array": _numbers, "number": _number, "integer": _number}.get(shape.given.get("type", ""), _as_written)
    return next((maker for known, maker in MAKERS if isinstance(shape, known)), _as_written)


def _texts(key: str, shape: Shape, around: Surroundings, item: Mapping[str, Any]) -> KeyField:
    return TextsKey(languages=around.languages, rows=LONG_TEXTS.get(key, 1))


def _flag(key: str, shape: Shape, around: Surroundings, item: Mapping[str, Any]) -> KeyField:
    return FlagKey(default=bool(default_of(key)))


def _number(key: str, shape: Shape, around: Surroundings, item: Mapping[str, Any]) -> KeyField:
    return NumberKey()


def _numbers(key: str, shape: Shape, around: Surroundings, item: Mapping[str, Any]) -> KeyField:
    return NumbersKey()


def _as_written(key: str, shape: Shape, around: Surroundings, item: Mapping[str, Any]) -> KeyField:
    return AsWritten()


def _word(key: str, shape: Shape, around: Surroundings, item: Mapping[str, Any]) -> KeyField:
    words: tuple[str, ...] = getattr(shape, "words", ())
    default = str(default_of(key) or "")
    choices = [(word, str(MEANINGS.get((key, word), word))) for word in words]
    return ChoiceKey(choices=choices if default in words else [("", "–"), *choices], default=default if default in words else "")


def _reference(key: str, shape: Shape, around: Surroundings, item: Mapping[str, Any]) -> KeyField:
    return ChoiceKey(choices=[("", "–"), *referred(key, around, item)])


def referred(key: str, around: Surroundings, item: Mapping[str, Any]) -> Choices:
    """What a key can name: scales, theatres, grids; else questions of the same kind."""
    if key in ("scale", "theatre"):
        return around.scales() if key == "scale" else around.theatres()
    return around.named_items(around.others_of_kind("grid" if key == "mirror" else str(item.get("kind", ""))))


def _options(key: str, shape: Shape, around: Surroundings, item: Mapping[str, Any]) -> KeyField:
    return OptionsKey(surroundings=around, entry_words=ENTRIES.get(key, UNKNOWN_ENTRIES))


def _axis(key: str, shape: Shape, around: Surroundings, item: Mapping[str, Any]) -> KeyField:
    return AxisKey(surroundings=around)


def _condition(key: str, shape: Shape, around: Surroundings, item: Mapping[str, Any]) -> KeyField:
    return ConditionKey(surroundings=around)


def _rules(key: str, shape: Shape, around: Surroundings, item: Mapping[str, Any]) -> KeyField:
    return RulesKey(which=key, unset=rule_without(key, around, item))


def rule_without(key: str, around: Surroundings, item: Mapping[str, Any]) -> str:
    """Which rule holds for an item that has none of its own, in words."""
    scale = item.get("scale")
    scales = around.definition.get("scales")
    given = scales.get(scale) if isinstance(scales, Mapping) and isinstance(scale, str) else None
    if isinstance(given, Mapping) and key in given:
        return _("Without one the rule of its scale holds: %(rule)s.") % {"rule": rule_in_words(given[key])}
    if key in around.definition:
        return _("Without one the study’s rule holds: %(rule)s.") % {"rule": rule_in_words(around.definition[key])}
    return _("Without one nothing is judged, for the study has no rule either.")


def default_of(key: str) -> Any:
    """What an item is that does not say."""
    found = ItemSpec.__dataclass_fields__.get(key)
    return found.default if found is not None else None


MAKERS: tuple[tuple[type[Shape], Maker], ...] = (
    (Text, _texts), (Flag, _flag), (Whole, _number), (Number, _number), (Word, _word), (Reference, _reference), (Options, _options), (RuleOrLevels, _rules),
)
