"""Texts that several questions share, as organizers choose among them: scales, lists of options, titles and names."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from surveys.models import ItemVersion, Study
from surveys.queries import definition_of, newest_of, versions_of
from surveys.studyfile.shared_wording import SCALES, WHOLE, lists_in, shared_texts, split
from surveys.templatetags.organizer import Marked, marked
from surveys.workflow.shared_texts import parts_used

PLACES: dict[str, str | Promise] = {
    "title": gettext_lazy("Title of the study"),
    "aim": gettext_lazy("Aim of the study"),
    "information": gettext_lazy("What experts read before they begin"),
    "perspective": gettext_lazy("Perspective, shown on every page"),
    "sections": gettext_lazy("Heading of section %(code)s"),
    "panels": gettext_lazy("Name of panel %(code)s"),
    "theatres": gettext_lazy("Name of theatre %(code)s"),
    "low": pgettext_lazy("end of a scale", "Lowest point"),
    "high": pgettext_lazy("end of a scale", "Highest point"),
}


@dataclass(frozen=True)
class Part:
    """One of them. `sample` is its first and last text; `questions` the codes of those that use it."""

    part: str
    name: str
    sample: str
    questions: list[str]


def offered_parts(study: Study) -> list[Part]:
    """All that the open round asks; between rounds what the next one can ask. Titles and names come last."""
    versions = versions_of(study)
    definition = definition_of(study, versions)
    found = [Part(part, part_in_words(part), _sample(study, list(shared_texts(definition, part).values())), questions)
             for part, questions in _uses(versions).items()]
    return [*found, Part(WHOLE, part_in_words(WHOLE), "", [])]


def _sample(study: Study, texts: list[dict[str, str]]) -> Marked:
    first, last = marked(study, texts[0]), marked(study, texts[-1])
    found = Marked(f"{first} … {last}")
    found.language, found.is_awaited = first.language or last.language, first.is_awaited or last.is_awaited
    return found


def _uses(versions: Sequence[ItemVersion]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    is_open = any(version.open_number is not None for version in versions)
    asked = parts_used(version for version in versions if version.is_asked)
    for version in newest_of(versions):
        for part in lists_in(version.definition):
            if not is_open or part in asked:
                found.setdefault(part, []).append(version.item.code)
    return found


def part_in_words(part: str) -> str:
    if part == WHOLE:
        return _("Titles, names and introductions")
    kind, name = split(part)
    return (_("Scale %(name)s") if kind == SCALES else _("List of options %(name)s")) % {"name": name}


def place_in_part(place: str) -> str:
    """A place within a part, in words: a point, an option, a heading."""
    key, _dot, code = place.partition(".")
    if key in PLACES:
        return str(PLACES[key]) % {"code": code}
    return (_("Point %(code)s") if key.isdecimal() else _("Option %(code)s")) % {"code": key}
