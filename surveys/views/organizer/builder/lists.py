"""Lists of options that several questions share."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from surveys.exceptions import Refused
from surveys.forms.lists import ListForm
from surveys.forms.parts import problems_at
from surveys.permissions import Access
from surveys.studyfile.editing import with_named, without_named
from surveys.views.organizer.builder.page import builder_response
from surveys.views.organizer.builder.parts import refusals_of, shown_again
from surveys.views.organizer.builder.words import said
from surveys.views.organizer.scope import REFUSED, study_page
from surveys.workflow.drafts import Draft, edit_draft, read_draft

PART = "build-lists"
PLACES = ("options", "rows", "columns")


@study_page("edit_study")
def list_of_lists(request: HttpRequest, access: Access) -> HttpResponse:
    draft = read_draft(access.study)
    return builder_response(request, access, draft, "lists", {"lists": _listed(draft)}, part=PART)


def _listed(draft: Draft) -> list[dict[str, Any]]:
    used = list(_lists_used(draft.definition))
    return [{"name": name, "options": _options_in_words(options, draft.definition), "uses": used.count(name),
             "problems": problems_at(("option_lists", name), draft.problems)} for name, options in sorted(draft.definition.get("option_lists", {}).items())]


def _lists_used(definition: Mapping[str, Any]) -> Iterator[str]:
    """A name for each item that uses it."""
    for section in definition["questionnaire"]:
        for item in section["items"]:
            yield from {item[key] for key in PLACES if isinstance(item.get(key), str)}


def _options_in_words(options: Any, definition: Mapping[str, Any]) -> list[str]:
    entries = options if isinstance(options, list) else []
    return [said(option.get("text"), definition) or str(option.get("code", "")) for option in entries if isinstance(option, Mapping)]


@study_page("edit_study", "GET", "POST")
def option_list(request: HttpRequest, access: Access, name: str = "") -> HttpResponse:
    """One list; without a name a new one."""
    draft = read_draft(access.study)
    if name and name not in draft.definition.get("option_lists", {}):
        raise Http404
    form = ListForm(request.POST if request.method == "POST" else None, definition=_as_part(draft.definition, name))
    refusals: list[str] | None = []
    is_sent = request.method == "POST" and not shown_again(request, form)
    if is_sent:
        refusals = _saved(request, access, form, name)
        if refusals is None:
            return redirect(f"surveys:{PART}", access.study.slug)
    problems = problems_at(("option_lists", name), draft.problems) if name else []
    context = {"form": form, "groups": form.grouped(), "title": _("List of options") if name else _("Add a list"), "refusals": refusals,
               "group_problems": problems, "above_url": reverse(f"surveys:{PART}", args=[access.study.slug])}
    return builder_response(request, access, draft, "part", context, part=PART, status=REFUSED if is_sent else 200)


def _as_part(definition: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The list as its form takes it; the form's own look at the study is at its languages alone."""
    found = {"languages": definition["languages"], "code": name or None, "entries": definition.get("option_lists", {}).get(name)}
    return {key: value for key, value in found.items() if value is not None}


def _saved(request: HttpRequest, access: Access, form: ListForm, name: str) -> list[str] | None:
    def edit(definition: dict[str, Any]) -> dict[str, Any]:
        new = form.cleaned_data["code"]
        if new != name and new in definition.get("option_lists", {}):
            raise Refused(_("There is a list “%(code)s” already. Choose another name.") % {"code": new})
        return with_named(definition, "option_lists", new, form.applied(_as_part(definition, name)).get("entries", []), replaces=name)

    return refusals_of(request, access, form, "option_lists", form.data.get("code", ""), edit, lambda definition: form.digest(_as_part(definition, name)))


@study_page("edit_study", "POST")
def remove_list(request: HttpRequest, access: Access, name: str) -> HttpResponse:
    """Undo brings it back; questions that use it are told to lack it until then."""
    try:
        edit_draft(access.study, "option_lists", lambda definition: without_named(definition, "option_lists", name), subject=name, by=request.user)
    except Refused as refusal:
        draft = read_draft(access.study)
        return builder_response(request, access, draft, "lists", {"lists": _listed(draft), "refusals": [str(refusal)]}, part=PART, status=REFUSED)
    return redirect(f"surveys:{PART}", access.study.slug)
