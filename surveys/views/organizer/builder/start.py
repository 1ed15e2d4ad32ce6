"""A new study, written in the builder from the first word on: empty, from a template, from a bundled study, or from a file."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from surveys.exceptions import FileRefused, Refused
from surveys.forms.starting import EMPTY, FILE, StartForm, free_slug
from surveys.permissions import may_create_studies
from surveys.studyfile import parse_yaml
from surveys.studyfile.bundled import bundled_study, bundled_titles
from surveys.studyfile.languages import with_languages
from surveys.studyfile.shapes import SLUG
from surveys.studyfile.templates import study_templates
from surveys.studyfile.unfinished import read_unfinished
from surveys.views.organizer.builder.words import said
from surveys.views.organizer.scope import REFUSED
from surveys.workflow.drafts import Definition, create_study


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def start(request: HttpRequest) -> HttpResponse:
    if not may_create_studies(request.user):
        raise Http404
    templates, studies = template_cards(), study_cards()
    data: tuple[Any, ...] = (request.POST, request.FILES) if request.method == "POST" else ()
    starts = [(card["value"], card["title"]) for card in (*templates, *studies)]
    form = StartForm(*data, starts=starts, initial={"languages": [get_language() or "en"], "start": request.GET.get("start", EMPTY)})
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("surveys:build", create_study(definition_from(form), by=request.user).slug)
        except FileRefused as refusal:
            problems = refusal.problems
        except Refused as refusal:
            problems = [str(refusal)]
    context = {"form": form, "templates": templates, "studies": studies, "problems": problems, "empty": EMPTY, "from_file": FILE}
    return render(request, "surveys/builder/start.html", context, status=REFUSED if form.errors or problems else 200)


def template_cards() -> list[dict[str, str]]:
    return [{"value": f"template:{template.code}", "title": _said(template.title), "summary": _said(template.summary)} for template in study_templates()]


def study_cards() -> list[dict[str, str]]:
    return [{"value": f"study:{name}", "title": _said(title)} for name, title in bundled_titles().items()]


def _said(texts: Any) -> str:
    return said(texts, {"languages": ["en"]})


def definition_from(form: StartForm) -> Definition:
    """What the study starts with. Raises Refused, or FileRefused with everything that is wrong with the file."""
    if form.cleaned_data["start"] == FILE:
        return _from_file(form)
    family, _colon, name = form.cleaned_data["start"].partition(":")
    if family == EMPTY:
        return form.head
    given = bundled_study(name) if family == "study" else next(dict(one.definition) for one in study_templates() if one.code == name)
    return _in_languages(given, form.head)


def _in_languages(given: Mapping[str, Any], head: Definition) -> Definition:
    if head["languages"][0] not in given["languages"]:
        text = _("This start is written in %(languages)s. Name one of these as the first language, or start with an empty study.")
        raise Refused(text % {"languages": ", ".join(given["languages"])})
    return {**with_languages(given, head["languages"]), **head}


def _from_file(form: StartForm) -> Definition:
    """Under its own short name where that is free and no other was given; its own title and languages where it has them."""
    content, head = form.cleaned_data["file"], form.head
    own = parse_yaml(content).value
    own = own if isinstance(own, dict) else {}
    wish = own.get("study")
    if not form.cleaned_data["short_name"] and isinstance(wish, str) and SLUG.compiled.fullmatch(wish):
        head["study"] = free_slug(wish)
    if not form.cleaned_data["title"].strip():
        head["title"] = {head["languages"][0]: head["study"]}
    found, _notes = read_unfinished(content, like=head)
    return {**found, "title": head["title"]} if form.cleaned_data["title"].strip() and found["languages"][0] in head["title"] else found
