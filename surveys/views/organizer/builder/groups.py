"""Panels and theatres: who is asked, and which panels are compared together."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.exceptions import Refused
from surveys.forms.parts import PanelForm, TheatreForm, problems_at
from surveys.permissions import Access
from surveys.studyfile.editing import with_group, with_group_moved, without_group
from surveys.views.organizer.builder.page import builder_response
from surveys.views.organizer.builder.parts import refusals_of
from surveys.views.organizer.builder.words import said
from surveys.views.organizer.scope import REFUSED, study_page
from surveys.workflow.drafts import Draft, edit_draft, read_draft

NAMES: Mapping[str, str | Promise] = {"panels": gettext_lazy("Panel"), "theatres": gettext_lazy("Theatre")}
NEW: Mapping[str, str | Promise] = {"panels": gettext_lazy("Add a panel"), "theatres": gettext_lazy("Add a theatre")}



@study_page("edit_study")
def group_list(request: HttpRequest, access: Access) -> HttpResponse:
    draft = read_draft(access.study)
    return builder_response(request, access, draft, "groups", {"group_parts": _parts(draft)}, part="build-panels")


def _parts(draft: Draft) -> list[dict[str, Any]]:
    return [{"part": part, "groups": _listed(draft, part), "new": new, "url": reverse(f"surveys:build-{part}-new", args=[draft.study.slug])}
            for part, new in NEW.items()]


def _listed(draft: Draft, part: str) -> list[dict[str, Any]]:
    names = {theatre["code"]: said(theatre.get("name"), draft.definition) or theatre["code"] for theatre in draft.definition.get("theatres", [])}
    return [{
        "code": group["code"], "name": said(group.get("name"), draft.definition) or group["code"],
        "theatres": [names.get(code, code) for code in group.get("theatres", [])], "problems": problems_at((part, place), draft.problems),
        "url": reverse(f"surveys:build-{part}-edit", args=[draft.study.slug, group["code"]]),
        "acts": {act: reverse(f"surveys:build-{part}-act", args=[draft.study.slug, group["code"], act]) for act in ("up", "down", "remove")},
    } for place, group in enumerate(draft.definition.get(part, []))]


@study_page("edit_study", "GET", "POST")
def group(request: HttpRequest, access: Access, part: str, code: str = "") -> HttpResponse:
    """One panel or theatre; without a code a new one."""
    draft = read_draft(access.study)
    given = _group_of(draft.definition, part, code)
    if code and given is None:
        raise Http404
    form = _form(request.POST if request.method == "POST" else None, draft, part, given or {})
    refusals: list[str] | None = []
    if request.method == "POST":
        refusals = _saved(request, access, form, part, code)
        if refusals is None:
            return redirect("surveys:build-panels", access.study.slug)
    problems = problems_at((part, _place(draft.definition, part, code)), draft.problems) if code else []
    context = {"form": form, "groups": form.grouped(), "title": NAMES[part] if code else NEW[part], "refusals": refusals, "group_problems": problems,
               "above": _("Panels and theatres"), "above_url": reverse("surveys:build-panels", args=[access.study.slug])}
    return builder_response(request, access, draft, "part", context, part="build-panels", status=REFUSED if request.method == "POST" else 200)


def _saved(request: HttpRequest, access: Access, form: TheatreForm, part: str, code: str) -> list[str] | None:
    def edit(definition: dict[str, Any]) -> dict[str, Any]:
        new = form.applied(_as_part(definition, part, code))
        new.pop("languages")
        if new["code"] != code and _group_of(definition, part, new["code"]) is not None:
            raise Refused(_("The code “%(code)s” is taken. Choose another one.") % {"code": new["code"]})
        return with_group(definition, part, new, replaces=code)

    return refusals_of(request, access, form, part, form.data.get("code", ""), edit, lambda definition: form.digest(_as_part(definition, part, code)))


def _form(data: Any, draft: Draft, part: str, given: Mapping[str, Any]) -> TheatreForm:
    definition = {"languages": draft.definition["languages"], **given}
    if part == "theatres":
        return TheatreForm(data, definition=definition)
    theatres = [(theatre["code"], said(theatre.get("name"), draft.definition) or theatre["code"]) for theatre in draft.definition.get("theatres", [])]
    return PanelForm(data, definition=definition, theatres=theatres)


def _as_part(definition: Mapping[str, Any], part: str, code: str) -> dict[str, Any]:
    """The group as its form takes it."""
    return {"languages": definition["languages"], **(_group_of(definition, part, code) or {})}


def _group_of(definition: Mapping[str, Any], part: str, code: str) -> Mapping[str, Any] | None:
    return next((group for group in definition.get(part, []) if group["code"] == code), None)


def _place(definition: Mapping[str, Any], part: str, code: str) -> int:
    return [group["code"] for group in definition.get(part, [])].index(code)


@study_page("edit_study", "POST")
def group_act(request: HttpRequest, access: Access, part: str, code: str, act: str) -> HttpResponse:
    """Up, down, or away; undo brings it back. Whoever comes too late changes nothing."""
    if act not in ("up", "down", "remove"):
        raise Http404

    def edit(definition: dict[str, Any]) -> dict[str, Any]:
        if _group_of(definition, part, code) is None:
            return definition
        if act == "remove":
            return without_group(definition, part, code)
        return with_group_moved(definition, part, code, -1 if act == "up" else 1)

    try:
        edit_draft(access.study, part, edit, subject=code, by=request.user)
    except Refused as refusal:
        draft = read_draft(access.study)
        context = {"group_parts": _parts(draft), "refusals": [str(refusal)]}
        return builder_response(request, access, draft, "groups", context, part="build-panels", status=REFUSED)
    return redirect(f"{reverse('surveys:build-panels', args=[access.study.slug])}#{part}-{code}")



