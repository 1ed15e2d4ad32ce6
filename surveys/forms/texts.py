"""One text in every language of the study, as a field of a form."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language_info, gettext_noop
from django.utils.translation import gettext as _

from surveys.items.resolve import by_language
from surveys.items.text import clean_text
from surveys.studyfile.shapes import MOST_CHARACTERS

gettext_noop("English")  # translated here, because Django's own Japanese name of it is that of American English


def language_in_words(code: str) -> str:
    """The language's name in the reader's language, as far as it is known."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


class TextsWidget(forms.Widget):
    """Reads an input for each language. `components/_texts.html` shows them, from the bound field's `lines`."""

    use_fieldset = True

    def __init__(self, languages: Sequence[str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.languages = list(languages)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        return {language: data.get(f"{name}-{language}") or "" for language in self.languages}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}-{language}" in data for language in self.languages)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-{self.languages[0]}" if id_ else id_


class BoundTexts(BoundField):
    """`lines`: what the component needs for the control of each language."""

    field: "TextsField"

    @property
    def lines(self) -> list[dict[str, Any]]:
        return lines_of(self.field.languages, self.html_name, self.auto_id, self.value())


class TextsField(forms.Field):
    """Takes and gives a mapping language → text without empty ones; {} for none. One string is in the source language.

    `rows`: 1 for a line each, more for a textarea. A required field needs the text of the source language.
    """

    def __init__(self, *, languages: Sequence[str], rows: int = 1, most: int = MOST_CHARACTERS, **kwargs: Any) -> None:
        super().__init__(widget=TextsWidget(languages), **kwargs)
        self.languages, self.rows, self.most = list(languages), rows, most

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundTexts:
        return BoundTexts(form, self, field_name)

    def prepare_value(self, value: Any) -> dict[str, str]:
        given = by_language(value, self.languages[0]) if isinstance(value, str | Mapping) else {}
        return {language: text for language, text in given.items() if isinstance(text, str)}

    def to_python(self, value: Any) -> dict[str, str]:
        try:
            found = {language: clean_text(text, self.most) for language, text in self.prepare_value(value).items()}
        except ValueError as too_long:
            raise forms.ValidationError(str(too_long)) from None
        return {language: text for language, text in found.items() if text}

    def validate(self, value: Any) -> None:
        if self.required and self.languages[0] not in value:
            raise forms.ValidationError(_("Write it in %(language)s at least.") % {"language": language_in_words(self.languages[0])})

    def has_changed(self, initial: Any, data: Any) -> bool:
        before, now = ({language: text.strip() for language, text in self.prepare_value(given).items() if text.strip()} for given in (initial, data))
        return before != now


def lines_of(languages: Sequence[str], name: str, identifier: str, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """For each language its control's name, id and text, the source language first."""
    return [{"language": language, "in_words": language_in_words(language), "name": f"{name}-{language}", "id": f"{identifier}-{language}",
             "text": texts.get(language, ""), "is_source": place == 0} for place, language in enumerate(languages)]
