"""What the builder's pages say of a definition that may be unfinished, or odd: a file can hold anything."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from surveys.forms.items.words import LABELS

Definition = Mapping[str, Any]
KEYS: Mapping[str, str | Promise] = {
    **LABELS,
    "title": pgettext_lazy("key of the study file", "Title"),
    "kind": gettext_lazy("Kind of question"),
    "panels": gettext_lazy("Panels"),
    "theatres": gettext_lazy("Theatres"),
    "questionnaire": gettext_lazy("Questionnaire"),
    "languages": gettext_lazy("Languages"),
    "items": gettext_lazy("Questions"),
}


def said(value: Any, definition: Definition) -> str:
    """A text in the reader's language, else in the source language, else in any; "" for what is no text."""
    if isinstance(value, str):
        return value
    if not isinstance(value, Mapping):
        return ""
    languages = definition.get("languages") or []
    wanted = [get_language(), *(languages if isinstance(languages, list) else []), *value]
    return next((value[language] for language in wanted if language in value and isinstance(value[language], str)), "")


def key_in_words(path: str) -> str:
    """The rest of a problem's path: a key that people meet often in words, any other as it stands in the file."""
    first, dot, rest = path.partition(".")
    name, bracket, place = first.partition("[")
    return f"{KEYS[name]}{bracket}{place}{dot}{rest}" if name in KEYS else path


def item_in_words(code: str) -> str:
    return _("Question “%(code)s”") % {"code": code}
