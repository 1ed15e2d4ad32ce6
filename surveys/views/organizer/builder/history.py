"""The steps of the draft: one back, one forward, or back to any of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from surveys.exceptions import Refused
from surveys.models import DraftStep
from surveys.permissions import Access
from surveys.studyfile.editing import item_codes
from surveys.views.organizer.builder.page import builder_response
from surveys.views.organizer.builder.steps import step_in_words
from surveys.views.organizer.scope import study_page
from surveys.workflow.drafts import Definition, Draft, Overtaken, edit_draft, read_draft, redo, undo


@study_page("edit_study", "GET", "POST")
def history(request: HttpRequest, access: Access) -> HttpResponse:
    """Every step, the newest first; with POST back to the one that was chosen, which is a step of its own."""
    if request.method == "POST":
        return _restore(request, access)
    draft = read_draft(access.study)
    steps = DraftStep.objects.filter(draft__study=access.study).defer("definition").select_related("made_by").order_by("-number")
    rows: list[dict[str, Any]] = [{"step": step, "words": step_in_words(step)} for step in steps]
    return builder_response(request, access, draft, "history", {"rows": rows})


def _restore(request: HttpRequest, access: Access) -> HttpResponse:
    number = request.POST.get("step", "")
    step = get_object_or_404(DraftStep, draft__study=access.study, number=int(number) if number.isdecimal() and len(number) < 8 else -1)
    try:
        edit_draft(access.study, "restore", lambda _definition: step.definition, subject=number, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:build-history", access.study.slug)
    messages.success(request, _("The study is as it was after step %(number)s. Undo leads back.") % {"number": number})
    return redirect("surveys:build", access.study.slug)


@study_page("edit_study", "POST")
def undo_step(request: HttpRequest, access: Access) -> HttpResponse:
    return _walk(request, access, undo, _("Taken back: %(step)s."))


@study_page("edit_study", "POST")
def redo_step(request: HttpRequest, access: Access) -> HttpResponse:
    return _walk(request, access, redo, _("Done again: %(step)s."))


def _walk(request: HttpRequest, access: Access, act: Any, words: str) -> HttpResponse:
    """One step, unless somebody has made another since the page was shown: what is undone is what the button said."""
    before, seen = read_draft(access.study), request.POST.get("seen", "")
    step = before.undoes if act is undo else before.redoes
    try:
        after = act(access.study, seen=int(seen) if seen.isdecimal() and len(seen) < 8 else None, by=request.user)
    except Overtaken as refusal:
        messages.warning(request, str(refusal))
        return redirect("surveys:build-history", access.study.slug)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(address_after(request, access.study.slug, before))
    messages.success(request, words % {"step": step_in_words(step)})
    return redirect(address_after(request, access.study.slug, after))


def address_after(request: HttpRequest, slug: str, draft: Draft) -> str:
    """The page on which the button stood, as long as what it shows is still there; else the overview."""
    overview, given = reverse("surveys:build", args=[slug]), request.POST.get("here", "")
    path = given.partition("?")[0].partition("#")[0]
    try:
        shown = resolve(path).kwargs if path.startswith(overview) else {}
    except Resolver404:
        return overview
    is_gone = any(value not in names_in(draft.definition) for key, value in shown.items() if key in ("code", "name", "section", "language"))
    return overview if is_gone or not shown else given


def names_in(definition: Definition) -> set[str]:
    """Whatever a page of the builder can be about."""
    groups = {group["code"] for part in ("panels", "theatres") for group in definition.get(part, [])}
    sections = {section["section"] for section in definition["questionnaire"]}
    return {*item_codes(definition), *sections, *groups, *definition["languages"], *definition.get("scales", {}), *definition.get("option_lists", {})}
