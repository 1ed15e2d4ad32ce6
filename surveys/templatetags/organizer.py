"""What organizers' pages say of studies: texts in the reader's language, times in the study's zone."""

from datetime import datetime
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext_lazy

from surveys.models import Study
from surveys.permissions import Access

register = template.Library()
KINDS: dict[str, str | Promise] = {
    "rating": pgettext_lazy("kind of item", "rating"),
    "probability": pgettext_lazy("kind of item", "probability"),
    "number": pgettext_lazy("kind of item", "number"),
    "quantiles": pgettext_lazy("kind of item", "quantiles"),
    "choice": pgettext_lazy("kind of item", "choice"),
    "choices": pgettext_lazy("kind of item", "choices"),
    "ranking": pgettext_lazy("kind of item", "ranking"),
    "allocation": pgettext_lazy("kind of item", "allocation"),
    "grid": pgettext_lazy("kind of item", "grid"),
    "plane": pgettext_lazy("kind of item", "plane"),
    "text": pgettext_lazy("kind of item", "text"),
}


class Marked(str):
    """A text of a study that in a template says its language where it is not the page's, and that its translation is missing where it is."""

    language: str = ""  # "" for the page's own
    is_awaited: bool = False

    def __html__(self) -> SafeString:
        if not self.language:
            return escape(str(self))
        text = format_html('<span lang="{}">{}</span>', self.language, str(self))
        title = gettext("This text is not translated yet")
        return format_html('{} <abbr title="{}">{}</abbr>', text, title, self.language.upper()) if self.is_awaited else text


def marked(study: Study, value: Any) -> Marked:
    """A text of the study file in the reader's language, else in the source language, marked."""
    page = get_language() or study.source_language
    found = Marked(study.text(value, page))
    is_there = page == study.source_language if isinstance(value, str) else bool((value or {}).get(page))
    if found and not is_there:
        found.language, found.is_awaited = study.source_language, page in study.languages
    return found


@register.filter
def unbroken(sentence: str) -> str:
    """A sentence whose per cent signs never begin a line. No markup is added, so that what was escaped stays so."""
    return sentence.replace(" %", "\u00a0%")


@register.filter
def kind_in_words(kind: str) -> str:
    return str(KINDS.get(kind, kind))


@register.filter
def text_of(study: Study, value: Any) -> str:
    """A text of the study file in the reader's language, else in the source language, marked. For attributes there is `title_of`."""
    return marked(study, value)


@register.filter
def title_of(study: Study) -> str:
    """The study's title without a mark: for places that hold no element, such as a page's title."""
    return study.title_in(get_language() or study.source_language)


@register.filter
def named(thing: Any) -> str:
    """The name of a panel or theatre in the reader's language, else its code."""
    return marked(thing.study, thing.name) or thing.code


@register.filter
def in_zone(study: Study, moment: datetime | None) -> str:
    """A time in the study's zone, the zone named."""
    if moment is None:
        return ""
    return f"{date_format(moment.astimezone(study.zone), 'DATETIME_FORMAT')} ({zone_name(study)})"


@register.filter
def day_in_zone(study: Study, moment: datetime | None) -> str:
    return date_format(moment.astimezone(study.zone), "DATETIME_FORMAT") if moment else ""


@register.filter
def zone_name(study: Study) -> str:
    return str(study.settings.get("time_zone", "UTC"))


@register.filter
def problem_in_words(problem: str) -> str:
    """Why a simulation failed, as the worker noted it, in the reader's language; a refusal is shown as it was written."""
    if problem == "stopped without a word, several times":
        return gettext("stopped without a word, several times")
    error, _space, rest = problem.partition(" ")
    return gettext("%(error)s while simulating") % {"error": error} if rest == "while simulating" else problem


@register.filter
def percent_of(part: int, whole: int) -> int:
    """A share for the width of a bar, 0 to 100."""
    return round(100 * part / whole) if whole else 0


@register.filter
def section_items(section: dict[str, Any]) -> list[dict[str, Any]]:
    """The items of a section as the study file gives it; a template would take `section.items` for the dict's own method."""
    return section["items"]


@register.filter
def allows(access: Access, act: str) -> bool:
    """May the reader do this act in the study?"""
    return access.may(act)
