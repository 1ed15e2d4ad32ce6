"""A study's texts in the expert's language, and answers in words."""

from dataclasses import dataclass
from typing import Any, Self

from django.utils.formats import number_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from surveys.items import ItemSpec, kind_of
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

    def labels(self, spec: ItemSpec) -> list[Phrase]:
        """The labels of a scale's points, lowest first; [] when only its ends have names."""
        if spec.scale is None or not spec.scale.labels:
            return []
        language = self.language if self.language in spec.scale.labels else self.source
        return [self._phrase(text, language) for text in spec.scale.labels[language]]

    def ends(self, spec: ItemSpec) -> tuple[Phrase, Phrase] | None:
        """What the lowest and the highest point of a scale mean."""
        labels = self.labels(spec)
        if labels:
            return labels[0], labels[-1]
        if spec.scale is None or not spec.scale.ends:
            return None
        language = self.language if self.language in spec.scale.ends else self.source
        low, high = spec.scale.ends[language]
        return self._phrase(low, language), self._phrase(high, language)


def raw_of(spec: ItemSpec, value: Any) -> dict[str, str]:
    """A stored value as the fields of a form have it: component code → text."""
    if value is None:
        return {}
    components = kind_of(spec).to_components(spec, value) or {"": value}
    return {code: plain(found) if isinstance(found, int | float) else str(found) for code, found in components.items()}


def number_in_words(value: float) -> str:
    return number_format(plain(value))


def value_in_words(spec: ItemSpec, value: Any, wording: Wording) -> str:
    """An answer as its expert would say it; "" for none."""
    if value is None:
        return ""
    describe = DESCRIPTIONS.get(spec.kind)
    return describe(spec, value, wording) if describe else str(value)


def _rating(spec: ItemSpec, value: Any, wording: Wording) -> str:
    labels = wording.labels(spec)
    place = _("%(position)s of %(points)s") % {"position": value, "points": spec.scale.points if spec.scale else "?"}
    return f"{labels[value - 1].plain} ({place})" if labels else place


def _probability(spec: ItemSpec, value: Any, wording: Wording) -> str:
    return f"{number_in_words(value)} %"


def _number(spec: ItemSpec, value: Any, wording: Wording) -> str:
    return f"{number_in_words(value)} {wording(spec.unit).plain}".strip()


def _choice(spec: ItemSpec, value: Any, wording: Wording) -> str:
    return next((wording(option.text).plain for option in spec.options if option.code == value), str(value))


DESCRIPTIONS = {"rating": _rating, "probability": _probability, "number": _number, "choice": _choice}


def answer_in_words(spec: ItemSpec, value: Any, cannot_judge: bool, wording: Wording) -> str:
    return _("Cannot judge") if cannot_judge else value_in_words(spec, value, wording)
