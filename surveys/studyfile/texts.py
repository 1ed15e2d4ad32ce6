"""Texts and lists of labels: one for the source language, or a mapping from languages."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from surveys.studyfile.containers import in_order, suggestion
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
                place.at(language).refuse(
                    f"the language {quoted(language)} is not among the study's languages ({', '.join(known)}). "
                    f"{suggestion_or_add(language, known)}")
            self.check_one(given, place.at(language))
        if known and known[0] not in value:
            place.refuse(f"has no text in the source language. Add {known[0]}.")

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
    wanted = "a text, or a mapping from languages to texts"

    def check_one(self, value: Any, place: Place) -> None:
        if not isinstance(value, str):
            self.refuse(value, place)
        elif not value.strip():
            place.refuse("the text is empty. Write it, or remove the key.")
        elif len(value) > MOST_CHARACTERS:
            place.refuse(f"the text has {len(value):,} characters. Shorten it to {MOST_CHARACTERS:,}.")

    def schema_of_one(self) -> Schema:
        return {"type": "string", "pattern": r"\S", "maxLength": MOST_CHARACTERS}

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/text"}


class Labels(ByLanguage):
    """As many labels in every language, lowest first."""

    takes_text = False

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most
        count = str(least) if least == most else f"{least} to {most}"
        self.wanted = f"a list of {count} labels, or a mapping from languages to such lists"

    def check_one(self, value: Any, place: Place) -> None:
        if not isinstance(value, list):
            self.refuse(value, place)
            return
        if not self.least <= len(value) <= self.most:
            place.refuse(f"has {len(value)} labels. Give {self.wanted}.")
        for number, label in enumerate(value):
            if not isinstance(label, str) or not label.strip():
                quote = " Write it in quotes." if isinstance(label, int | float) else ""
                place.at(number).refuse(f"a label must be a text, not {shown(label)}.{quote}")

    def check(self, value: Any, place: Place) -> None:
        super().check(value, place)
        if not isinstance(value, dict):
            return
        counts = {language: len(labels) for language, labels in value.items() if isinstance(labels, list)}
        if len(set(counts.values())) > 1:
            numbers = ", ".join(f"{language} {count}" for language, count in counts.items())
            place.refuse(f"has not the same number of labels in every language ({numbers}). Give as many in each.")

    def schema_of_one(self) -> Schema:
        label = {"type": "string", "pattern": r"\S"}
        return {"type": "array", "items": label, "minItems": self.least, "maxItems": self.most}


def suggestion_or_add(language: str, known: Sequence[str]) -> str:
    near = suggestion(language, known)
    return near if near.startswith("Did") else "Add it to languages, or remove this text."
