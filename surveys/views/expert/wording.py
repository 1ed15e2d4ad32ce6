"""A study's texts in the expert's language, and numbers as it writes them."""

from dataclasses import dataclass
from typing import Any, Self

from django.utils.formats import number_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from surveys.items import ItemSpec, Scale, kind_of
from surveys.items.base import plain


class Phrase(str):
    """A text that knows its language. In a template it comes escaped, and with a `lang` attribute where it is not the page's."""

    language: str
    is_foreign: bool

    @classmethod
    def of(cls, text: str, language: str, is_foreign: bool) -> Self:
        phrase = cls(text)
        phrase.language, phrase.is_foreign = language, is_foreign
        return phrase

    def __html__(self) -> SafeString:
        if not self.is_foreign:
            return escape(str(self))
        return format_html('<span lang="{}">{}</span>', self.language, str(self))

    @property
    def plain(self) -> str:
        """For attributes, where no element can stand."""
        return str(self)


@dataclass(frozen=True)
class Wording:
    """Looks up a study's texts in `language`, falling back to the source language.

    `page` is the language of the interface: a text in any other is marked as such.
    """

    language: str
    source: str
    page: str

    def __call__(self, value: Any) -> Phrase:
        """A text of the study file: a string (then it is in the source language) or a mapping language → text."""
        if value is None or isinstance(value, str):
            return self._phrase(value or "", self.source)
        if value.get(self.language):
            return self._phrase(value[self.language], self.language)
        return self._phrase(value.get(self.source, ""), self.source)

    def _phrase(self, text: str, language: str) -> Phrase:
        return Phrase.of(text, language, bool(text) and language != self.page)

    def labels(self, scale: Scale | None) -> list[Phrase]:
        """The labels of a scale's points, lowest first; [] when only its ends have names."""
        if scale is None or not scale.labels:
            return []
        language = self.language if self.language in scale.labels else self.source
        return [self._phrase(text, language) for text in scale.labels[language]]

    def ends(self, scale: Scale | None) -> tuple[Phrase, Phrase] | None:
        """What the lowest and the highest point of a scale mean."""
        labels = self.labels(scale)
        if labels:
            return labels[0], labels[-1]
        if scale is None or not scale.ends:
            return None
        language = self.language if self.language in scale.ends else self.source
        low, high = scale.ends[language]
        return self._phrase(low, language), self._phrase(high, language)


def raw_of(spec: ItemSpec, value: Any) -> dict[str, str]:
    """A stored value as the fields of a form have it: component code → text."""
    return {} if value is None else kind_of(spec).raw_of(spec, value)


def number_in_words(value: float) -> str:
    return number_format(plain(value))
