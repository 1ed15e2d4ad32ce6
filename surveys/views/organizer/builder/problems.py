"""What is still missing in a draft, each with the page on which it can be mended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from surveys.studyfile.problems import Path, StudyFileProblem, path_text
from surveys.studyfile.questionnaire import steps_of
from surveys.views.organizer.builder.words import item_in_words, key_in_words, said

PAGES = {
    "panels": "build-panels", "theatres": "build-panels", "scales": "build-scales", "option_lists": "build-lists",
    **dict.fromkeys(("consensus", "stability", "disclosure", "quantile_type", "rounds", "feedback", "public_data", "protocol"), "build-rules"),
}


@dataclass(frozen=True)
class PlacedProblem:
    """`section` and `item`: the places (from 0) in the questionnaire, where it lies in one; `words` names the place for people."""

    text: str
    url: str
    words: str
    section: int | None = None
    item: int | None = None


def placed_problems(slug: str, definition: Mapping[str, Any], problems: Iterable[StudyFileProblem]) -> list[PlacedProblem]:
    return [_placed(slug, definition, problem) for problem in problems]


def _placed(slug: str, definition: Mapping[str, Any], problem: StudyFileProblem) -> PlacedProblem:
    steps = steps_of(problem.path)
    if steps[:1] == ("questionnaire",):
        return _in_questionnaire(slug, definition, steps[1:], problem)
    page = PAGES.get(str(steps[0]) if steps else "", "build-head")
    return PlacedProblem(problem.text, address(page, slug), key_in_words(problem.path))


def _in_questionnaire(slug: str, definition: Mapping[str, Any], steps: Path, problem: StudyFileProblem) -> PlacedProblem:
    match steps:
        case [int(place), "items", int(there), *rest]:
            code = definition["questionnaire"][place]["items"][there]["code"]
            words = f"{item_in_words(code)} · {key_in_words(path_text(tuple(rest)))}" if rest else item_in_words(code)
            return PlacedProblem(problem.text, address("build-item", slug, code), words, place, there)
        case [int(place), *rest]:
            section = definition["questionnaire"][place]
            words = _("Section “%(title)s”") % {"title": said(section.get("title"), definition) or section["section"]}
            words += f" · {key_in_words(path_text(tuple(rest)))}" if rest else ""
            return PlacedProblem(problem.text, address("build-section", slug, section["section"]), words, place)
        case _:
            return PlacedProblem(problem.text, address("build", slug), key_in_words("questionnaire"))


def address(name: str, *arguments: str) -> str:
    """A page of the builder; its overview where that page can't be named (a code with signs that no address takes)."""
    try:
        return reverse(f"surveys:{name}", args=arguments)
    except NoReverseMatch:
        return reverse("surveys:build", args=arguments[:1])
