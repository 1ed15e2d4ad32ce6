"""A section's page: a new one, or another heading and code for one that is there."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from surveys.exceptions import Refused
from surveys.forms.digests import digest_of
from surveys.forms.sections import SectionForm
from surveys.permissions import Access
from surveys.studyfile.editing import section_place, with_section
from surveys.views.organizer.builder.page import builder_response
from surveys.views.organizer.builder.problems import address
from surveys.views.organizer.builder.words import said
from surveys.views.organizer.scope import REFUSED, study_page
from surveys.workflow.drafts import Definition, Draft, edit_draft, read_draft


@study_page("edit_study", "GET", "POST")
def add_section(request: HttpRequest, access: Access) -> HttpResponse:
    draft = read_draft(access.study)
    form = SectionForm(request.POST or None, languages=draft.definition["languages"], taken=codes_of(draft.definition))
    if request.method == "POST" and form.is_valid():
        section = form.section
        try:
            edit_draft(access.study, "section-added", lambda definition: with_section(definition, section), subject=section["section"], by=request.user)
        except Refused as refusal:
            return _page(request, access, draft, form, {"refused": str(refusal)})
        messages.success(request, _("The section is there. Add its first question."))
        return redirect(address("build-kinds", access.study.slug, section["section"]))
    return _page(request, access, draft, form, {})


@study_page("edit_study", "GET", "POST")
def section(request: HttpRequest, access: Access, section: str) -> HttpResponse:
    """Its heading and code. Where somebody has changed them in between, both stand on the page and nothing is written over."""
    draft = read_draft(access.study)
    try:
        present = section_of(draft.definition, section)
    except LookupError:
        raise Http404 from None
    digest = digest_of(present)
    form = SectionForm(request.POST or None, languages=draft.definition["languages"], taken=codes_of(draft.definition) - {section},
                       initial={"seen": digest, "code": present["section"], "title": present.get("title")})
    context: dict[str, Any] = {"section_code": section, "present_title": said(present.get("title"), draft.definition), "seen": digest}
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["seen"] != digest:
            return _page(request, access, draft, form, {**context, "changed": True})
        try:
            _replace(request, access, section, form)
        except (Refused, LookupError) as refusal:
            return _page(request, access, draft, form, {**context, "refused": str(refusal)})
        return redirect(f"{address('build', access.study.slug)}#section-{form.section['section']}")
    return _page(request, access, draft, form, context)


def _replace(request: HttpRequest, access: Access, code: str, form: SectionForm) -> None:
    """Under the lock once more: two may save at once."""
    def edit(definition: Definition) -> Definition:
        if digest_of(section_of(definition, code)) != form.cleaned_data["seen"]:
            raise Refused(_("Somebody has changed this section while you saved. Save again to see what stands there now."))
        return with_section(definition, form.section, replaces=code)

    edit_draft(access.study, "section", edit, subject=code, by=request.user)


def section_of(definition: Definition, code: str) -> Mapping[str, Any]:
    """The section's own keys, without its items. Raises LookupError where it is not there."""
    found = definition["questionnaire"][section_place(definition, code)]
    return {key: value for key, value in found.items() if key != "items"}


def codes_of(definition: Definition) -> set[str]:
    return {section["section"] for section in definition["questionnaire"]}


def _page(request: HttpRequest, access: Access, draft: Draft, form: SectionForm, context: dict[str, Any]) -> HttpResponse:
    is_refused = bool(form.errors or context.get("refused") or context.get("changed"))
    return builder_response(request, access, draft, "section", {**context, "form": form}, part="build", status=REFUSED if is_refused else 200)
