"""The keys of an item as fields of a form. Each says how a value of the definition is shown, and what the form's says in the definition.

A form refuses next to nothing: what can't be right is kept as it was typed, and told with the draft's other problems. So no typing is lost.
"""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from surveys.forms.items.surroundings import Choices
from surveys.forms.texts import TextsField
from surveys.items.base import is_number, read_number
from surveys.items.resolve import by_language

EMPTY: tuple[Any, ...] = ("", {}, [])
MOST_TYPED = 200_000  # beyond what a text may have: the draft says so, and the author shortens it


class KeyField(forms.Field):
    """One key. What the form holds of it is `held`; None in a definition stands for a key that is absent."""

    template: ClassVar[str] = "surveys/builder/item/_line.html"
    empty: Any = ""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})

    def can_show(self, given: Any) -> bool:
        """Could the author read and mend this value here? One that can't be shown is kept, and listed apart."""
        raise NotImplementedError

    def shown(self, given: Any) -> Any:
        """What the form holds for a value that can be shown."""
        raise NotImplementedError

    def written(self, held: Any, before: Any) -> Any:
        """The definition's value for what was typed, beside the one of before."""
        raise NotImplementedError

    def acted(self, held: Any, act: str, place: int) -> Any:
        """After one of the field's own buttons, such as one that adds an option."""
        return held

    def holds(self, given: Any) -> Any:
        return self.to_python(self.shown(given)) if given is not None and self.can_show(given) else self.to_python(self.empty)

    def merged(self, held: Any, before: Any) -> Any:
        """`before` itself, unless something else was typed. What is empty is nothing."""
        return before if held == self.holds(before) and before not in EMPTY else self.written(held, before)

    def to_python(self, value: Any) -> Any:
        return value.strip() if isinstance(value, str) else value


class NumberKey(KeyField):
    """A number as people write it; anything else stays text, and is told as a problem."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short", "autocomplete": "off"})

    def can_show(self, given: Any) -> bool:
        return is_number(given) or isinstance(given, str)

    def shown(self, given: Any) -> str:
        return number_in_words(given)

    def written(self, held: str, before: Any) -> Any:
        return number_or_text(held) if held else None

    def merged(self, held: str, before: Any) -> Any:
        """A number that somebody wrote in quotes is mended by the way."""
        return self.written(held, before) if isinstance(before, str) else super().merged(held, before)


class NumbersKey(KeyField):
    """Several numbers in one line: 0.05, 0.5, 0.95."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def can_show(self, given: Any) -> bool:
        return isinstance(given, list) and all(is_number(part) or (isinstance(part, str) and pieces_of(part) == [part]) for part in given)

    def shown(self, given: Any) -> str:
        return ", ".join(number_in_words(part) for part in given)

    def written(self, held: str | None, before: Any) -> Any:
        return [number_or_text(piece) for piece in pieces_of(held or "")] or None


class ChoiceKey(KeyField):
    """One of a few words or names. One that is not among them stays chosen, marked as unknown."""

    widget = forms.Select

    def __init__(self, *, choices: Choices, default: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known, self.default = choices, default
        self.empty = default
        self.widget.choices = list(choices)

    def can_show(self, given: Any) -> bool:
        return isinstance(given, str)

    def shown(self, given: str) -> str:
        return given

    def written(self, held: str, before: Any) -> Any:
        return held if held and held != self.default else None

    def prepare_value(self, value: Any) -> Any:
        """A name that leads nowhere must not be replaced by the first of the list only because the page was opened."""
        self.widget.choices = with_stray(self.known, [value] if isinstance(value, str) else [])
        return value


class FlagKey(KeyField):
    """Yes or no; saying nothing means the default."""

    widget = forms.CheckboxInput
    template = "surveys/builder/item/_flag.html"

    def __init__(self, *, default: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.default = self.empty = default

    def can_show(self, given: Any) -> bool:
        return isinstance(given, bool)

    def shown(self, given: bool) -> bool:
        return given

    def written(self, held: bool, before: Any) -> Any:
        return None if held == self.default else held


class TextsKey(TextsField, KeyField):
    """A text in every language. Languages that the study has no more are kept."""

    template = "surveys/builder/item/_texts.html"
    empty: Any = {}

    def __init__(self, *, languages: list[str], rows: int = 1, **kwargs: Any) -> None:
        TextsField.__init__(self, languages=languages, rows=rows, most=MOST_TYPED, required=False, **kwargs)

    def can_show(self, given: Any) -> bool:
        return is_text(given)

    def shown(self, given: Any) -> dict[str, str]:
        return by_language(given, self.languages[0])

    def written(self, held: dict[str, str], before: Any) -> Any:
        return text_as_given(held, before, self.languages)

    def merged(self, held: Any, before: Any) -> Any:
        """Of a language that the form has no line for nothing can have been typed."""
        seen = {language: text for language, text in self.holds(before).items() if language in self.languages}
        return before if held == seen and before not in EMPTY else self.written(held, before)


def is_text(given: Any) -> bool:
    return isinstance(given, str) or (isinstance(given, Mapping) and all(isinstance(text, str) for text in given.values()))


def text_as_given(held: Mapping[str, str], before: Any, languages: list[str]) -> Any:
    """One string stays one as long as it is the source language's alone; languages that are not the study's stay. None for no text."""
    kept = {language: text for language, text in before.items() if language not in languages} if isinstance(before, Mapping) else {}
    found = {**held, **kept}
    if isinstance(before, str) and set(found) == {languages[0]}:
        return found[languages[0]]
    return found or None


def with_stray(known: Choices, given: list[str]) -> Choices:
    codes = {code for code, _words in known}
    return [*known, *((code, _("%(name)s (not there)") % {"name": code}) for code in dict.fromkeys(given) if code and code not in codes)]


def number_in_words(given: Any) -> str:
    return given if isinstance(given, str) else repr(given)


def number_or_text(text: str) -> Any:
    try:
        return read_number(text, None, None, None)
    except ValueError:
        return text


def pieces_of(text: str) -> list[str]:
    """Numbers in one line: between them commas, or semicolons where the comma is the decimal sign."""
    tidy = text.translate(str.maketrans("，；、", ",;,"))
    return [piece for piece in re.split(r"[;\s]+" if ";" in tidy else r"[,\s]+", tidy) if piece]
