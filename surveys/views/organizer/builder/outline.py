"""The builder's first page: the sections and their questions, each with what is missing in it and what can be done to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from surveys.exceptions import Refused
from surveys.permissions import Access
from surveys.studyfile.editing import (
    with_item_copied,
    with_item_in,
    with_item_moved,
    with_section_moved,
    without_item,
    without_section,
)
from surveys.views.organizer.builder.page import builder_response
from surveys.views.organizer.builder.problems import PlacedProblem, address, placed_problems
from surveys.views.organizer.builder.words import said
from surveys.views.organizer.scope import study_page
from surveys.workflow.drafts import Definition, Draft, edit_draft, read_draft


@dataclass(frozen=True)
class ItemRow:
    """`marks`: what else is worth knowing at a glance (practice, a condition, a theatre), in words."""

    code: str
    kind: str
    text: str
    marks: list[str]
    url: str
    problems: list[PlacedProblem]


@dataclass(frozen=True)
class SectionRow:
    code: str
    title: str
    url: str
    adds: str
    problems: list[PlacedProblem]
    items: list[ItemRow] = field(default_factory=list)


@dataclass(frozen=True)
class Act:
    """A button of the page: how its step is called, what it does to the definition, and where the page then stands ("" for its top)."""

    step: str
    edit: Callable[[Definition, str], Mapping[str, Any]]
    anchor: str = ""


ACTS: dict[str, Act] = {
    "item-up": Act("item-moved", lambda definition, code: with_item_moved(definition, code, -1), "item"),
    "item-down": Act("item-moved", lambda definition, code: with_item_moved(definition, code, +1), "item"),
    "item-copy": Act("item-copied", lambda definition, code: with_item_copied(definition, code)[0], "item"),
    "item-remove": Act("item-removed", without_item),
    "section-up": Act("section-moved", lambda definition, code: with_section_moved(definition, code, -1), "section"),
    "section-down": Act("section-moved", lambda definition, code: with_section_moved(definition, code, +1), "section"),
    "section-remove": Act("section-removed", without_section),
}


@study_page("edit_study", "GET", "POST")
def outline(request: HttpRequest, access: Access) -> HttpResponse:
    """The outline; with POST one of its buttons, named after the act, its value the code of an item or a section."""
    if request.method == "POST":
        return redirect(_act(request, access))
    draft = read_draft(access.study)
    removed = bool(draft.undoes) and request.GET.get("removed") == str(draft.step)
    return builder_response(request, access, draft, "outline", {"sections": sections_of(draft), "removed": removed}, part="build")


def _act(request: HttpRequest, access: Access) -> str:
    """Does what the pressed button says; returns where to go next."""
    page = reverse("surveys:build", args=[access.study.slug])
    name = next((name for name in (*ACTS, "item-place") if name in request.POST), "")
    code = request.POST.get(name, "")
    act = Act("item-moved", _to_section(request), "item") if name == "item-place" else ACTS.get(name)
    if act is None:
        return page
    try:
        draft = edit_draft(access.study, act.step, lambda definition: act.edit(definition, code), subject=code, by=request.user)
    except LookupError:
        messages.error(request, _("“%(code)s” is not there any more: somebody has changed the study in between.") % {"code": code})
        return page
    except Refused as refusal:
        messages.error(request, str(refusal))
        return page
    return f"{page}{_place(draft, name, code, act)}"


def _to_section(request: HttpRequest) -> Callable[[Definition, str], Definition]:
    """To the section that was chosen beside the button."""
    return lambda definition, code: with_item_in(definition, code, request.POST.get(f"section-of-{code}", ""))


def _place(draft: Draft, name: str, code: str, act: Act) -> str:
    if not act.anchor:
        return f"?removed={draft.step}"
    if name == "item-copy":
        code = _after(draft.definition, code)
    return f"#{act.anchor}-{quote(code)}"


def _after(definition: Definition, code: str) -> str:
    """The code of the item that follows this one in its section: its copy."""
    codes = [item.get("code", "") for section in definition["questionnaire"] for item in section["items"]]
    return str(codes[codes.index(code) + 1])


def sections_of(draft: Draft) -> list[SectionRow]:
    definition, slug = draft.definition, draft.study.slug
    problems = placed_problems(slug, definition, draft.problems)
    found = []
    for place, section in enumerate(definition["questionnaire"]):
        here = [problem for problem in problems if problem.section == place]
        items = [item_row(slug, definition, item, [problem for problem in here if problem.item == there]) for there, item in enumerate(section["items"])]
        code = section["section"]
        found.append(SectionRow(code, said(section.get("title"), definition), address("build-section", slug, code), address("build-kinds", slug, code),
                                [problem for problem in here if problem.item is None], items))
    return found


def item_row(slug: str, definition: Definition, item: Mapping[str, Any], problems: list[PlacedProblem]) -> ItemRow:
    code = str(item.get("code", ""))
    return ItemRow(code, str(item.get("kind", "")), said(item.get("text"), definition), marks_of(definition, item), address("build-item", slug, code), problems)


def marks_of(definition: Definition, item: Mapping[str, Any]) -> list[str]:
    marks = [_("practice")] if item.get("practice") is True else []
    condition = item.get("shown_if")
    if isinstance(condition, Mapping):
        marks.append(_("only after “%(code)s”") % {"code": condition.get("item", "?")})
    theatre = next((found for found in definition.get("theatres", []) if found["code"] == item.get("theatre")), None)
    if theatre:
        marks.append(said(theatre.get("name"), definition) or theatre["code"])
    return marks


