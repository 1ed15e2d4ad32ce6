"""Texts and lists of labels: one for the source language, or a mapping from languages."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.studyfile.containers import in_order, near_to
from surveys.studyfile.problems import Path, Place, quoted, shown
from surveys.studyfile.shapes import LANGUAGE, MOST_CHARACTERS, Schema, Shape


class ByLanguage(Shape):
    """Something that is given once, in the source language, or for every language in a mapping."""

    takes_text = True

    def check_one(self, value: Any, place: Place) -> None:
        raise NotImplementedError

    def schema_of_one(self) -> Schema:
        raise NotImplementedError

    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, dict):
            self.check_one(value, place)
            return
        known = place.report.languages
        for language, given in value.items():
            if known and language not in known:
                text = _("the language %(language)s is not among the study's languages (%(known)s). %(hint)s")
                hint = near_to(language, known) or _("Add it to languages, or remove this text.")
                place.at(language).refuse(text % {"language": quoted(language), "known": ", ".join(known), "hint": hint})
            self.check_one(given, place.at(language))
        if known and known[0] not in value:
            place.refuse(_("has no text in the source language. Add %(language)s.") % {"language": known[0]})

    def schema(self) -> Schema:
        one = self.schema_of_one()
        names = {"pattern": f"^{LANGUAGE.pattern}$"}
        return {"anyOf": [one, {
            "type": "object", "propertyNames": names, "additionalProperties": one, "minProperties": 1,
        }]}

    def arranged(self, value: Any, languages: Sequence[str]) -> Any:
        if not isinstance(value, dict):
            return value
        return {language: value[language] for language in in_order(value, languages)}

    def texts(self, value: Any, path: Path) -> Iterator[tuple[Path, Collection[str] | None]]:
        yield path, list(value) if isinstance(value, dict) else None


class Text(ByLanguage):
    wanted = gettext_lazy("a text, or a mapping from languages to texts")

    def check_one(self, value: Any, place: Place) -> None:
        if not isinstance(value, str):
            self.refuse(value, place)
        elif not value.strip():
            place.refuse(_("the text is empty. Write it, or remove the key."))
        elif len(value) > MOST_CHARACTERS:
            text = _("the text has %(length)s characters. Shorten it to %(most)s.")
            place.refuse(text % {"length": f"{len(value):,}", "most": f"{MOST_CHARACTERS:,}"})

    def schema_of_one(self) -> Schema:
        return {"type": "string", "pattern": r"\S", "maxLength": MOST_CHARACTERS}

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/text"}


class Labels(ByLanguage):
    """As many labels in every language, lowest first."""

    takes_text = False

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most
        text = gettext_lazy("a list of {least} to {most} labels, or a mapping from languages to such lists")
        if least == most:
            text = gettext_lazy("a list of {least} labels, or a mapping from languages to such lists")
        self.wanted = format_lazy(text, least=least, most=most)

    def check_one(self, value: Any, place: Place) -> None:
        if not isinstance(value, list):
            self.refuse(value, place)
            return
        if not self.least <= len(value) <= self.most:
            place.refuse(_("has %(count)s labels. Give %(wanted)s.") % {"count": len(value), "wanted": self.wanted})
        for number, label in enumerate(value):
            if not isinstance(label, str) or not label.strip():
                text = _("a label must be a text, not %(given)s.")
                if isinstance(label, int | float):
                    text = _("a label must be a text, not %(given)s. Write it in quotes.")
                place.at(number).refuse(text % {"given": shown(label)})

    def check(self, value: Any, place: Place) -> None:
        super().check(value, place)
        if not isinstance(value, dict):
            return
        counts = {language: len(labels) for language, labels in value.items() if isinstance(labels, list)}
        if len(set(counts.values())) > 1:
            numbers = ", ".join(f"{language} {count}" for language, count in counts.items())
            place.refuse(_("has not the same number of labels in every language (%(numbers)s). Give as many in each.") % {"numbers": numbers})

    def schema_of_one(self) -> Schema:
        label = {"type": "string", "pattern": r"\S"}
        return {"type": "array", "items": label, "minItems": self.least, "maxItems": self.most}
