"""The study's ordered scales."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from surveys.exceptions import Refused
from surveys.forms.parts import digest_of, problems_at
from surveys.forms.scales import ScaleForm
from surveys.items.resolve import AXES
from surveys.permissions import Access
from surveys.studyfile.editing import with_named, without_named
from surveys.views.organizer.builder.page import builder_response
from surveys.views.organizer.builder.parts import refusals_of, shown_again
from surveys.views.organizer.builder.words import said
from surveys.views.organizer.scope import REFUSED, study_page
from surveys.workflow.drafts import Draft, edit_draft, read_draft

PART = "build-scales"


@study_page("edit_study")
def scale_list(request: HttpRequest, access: Access) -> HttpResponse:
    draft = read_draft(access.study)
    return builder_response(request, access, draft, "scales", {"scales": _listed(draft)}, part=PART)


def _listed(draft: Draft) -> list[dict[str, Any]]:
    used = list(_scales_used(draft.definition))
    return [{"name": name, "labels": _labels(scale, draft.definition), "points": scale.get("points"), "uses": used.count(name),
             "problems": problems_at(("scales", name), draft.problems)} for name, scale in sorted(draft.definition.get("scales", {}).items())]


def _scales_used(definition: Mapping[str, Any]) -> Iterator[str]:
    """A name for each item that uses it."""
    for section in definition["questionnaire"]:
        for item in section["items"]:
            axes = {item[axis].get("scale") for axis in AXES if isinstance(item.get(axis), Mapping)}
            yield from {item.get("scale"), *axes} - {None}


def _labels(scale: Mapping[str, Any], definition: Mapping[str, Any]) -> list[str]:
    """In the reader's language, as far as there are any."""
    given = scale.get("labels", scale.get("ends"))
    by_language = given if isinstance(given, Mapping) else {definition["languages"][0]: given}
    texts = {language: "\n".join(map(str, labels)) for language, labels in by_language.items() if isinstance(labels, list)}
    return said(texts, definition).split("\n") if texts else []


@study_page("edit_study", "GET", "POST")
def scale(request: HttpRequest, access: Access, name: str = "") -> HttpResponse:
    """One scale; without a name a new one."""
    draft = read_draft(access.study)
    if name and name not in draft.definition.get("scales", {}):
        raise Http404
    form = ScaleForm(request.POST if request.method == "POST" else None, name=name, scale=_scale_of(draft.definition, name),
                     languages=draft.definition["languages"])
    refusals: list[str] | None = []
    is_sent = request.method == "POST" and not shown_again(request, form)
    if is_sent:
        refusals = _saved(request, access, form, name)
        if refusals is None:
            return redirect(f"surveys:{PART}", access.study.slug)
    problems = problems_at(("scales", name), draft.problems) if name else []
    rows = [{"field": field, "template": getattr(field.field, "template", "")} for field in form if field.name != "seen"]
    context = {"form": form, "groups": [{"title": "", "rows": rows}], "title": _("Scale") if name else _("Add a scale"),
               "refusals": refusals, "group_problems": problems, "above_url": reverse(f"surveys:{PART}", args=[access.study.slug])}
    return builder_response(request, access, draft, "part", context, part=PART, status=REFUSED if is_sent else 200)


def _scale_of(definition: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = definition.get("scales", {}).get(name, {})
    return found if isinstance(found, Mapping) else {}


def _saved(request: HttpRequest, access: Access, form: ScaleForm, name: str) -> list[str] | None:
    def edit(definition: dict[str, Any]) -> dict[str, Any]:
        new = form.cleaned_data["code"]
        if new != name and new in definition.get("scales", {}):
            raise Refused(_("There is a scale “%(code)s” already. Choose another name.") % {"code": new})
        return with_named(definition, "scales", new, form.definition, replaces=name)

    return refusals_of(request, access, form, "scales", form.data.get("code", ""), edit,
                       lambda definition: digest_of([name, _scale_of(definition, name)]))


@study_page("edit_study", "POST")
def remove_scale(request: HttpRequest, access: Access, name: str) -> HttpResponse:
    """Undo brings it back; questions that use it are told to lack it until then."""
    try:
        edit_draft(access.study, "scales", lambda definition: without_named(definition, "scales", name), subject=name, by=request.user)
    except Refused as refusal:
        draft = read_draft(access.study)
        context = {"scales": _listed(draft), "refusals": [str(refusal)]}
        return builder_response(request, access, draft, "scales", context, part=PART, status=REFUSED)
    return redirect(f"surveys:{PART}", access.study.slug)
