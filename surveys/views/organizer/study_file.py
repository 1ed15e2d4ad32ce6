"""A study comes from a file and leaves as one: upload, preview, confirm; download."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from surveys.exceptions import FileRefused, Refused
from surveys.forms import MOST_STUDY_BYTES, UploadForm, open_preview, seal_preview
from surveys.models import Study
from surveys.permissions import Access, may, may_create_studies, roles_in
from surveys.queries import definition_of
from surveys.studyfile import missing_texts, read_study, write_study
from surveys.views.organizer.scope import REFUSED, study_page
from surveys.workflow.studies import differing_parts, import_study
from surveys.xlsform import is_workbook, read_xlsform

TEMPLATE = "surveys/organizer/study_upload.html"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def upload_study(request: HttpRequest) -> HttpResponse:
    """Step 1: choose a file; step 2: see all its mistakes, or what it holds; step 3: confirm."""
    if not may_create_studies(request.user):
        raise Http404
    if request.method == "POST" and "confirm" in request.POST:
        return _confirm(request)
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        return _preview(request, form.cleaned_data["file"])
    return render(request, TEMPLATE, {"form": form}, status=REFUSED if form.errors else 200)


def _form(request: HttpRequest) -> UploadForm:
    data = (request.POST, request.FILES) if request.method == "POST" and "confirm" not in request.POST else ()
    return UploadForm(*data, label=_("Study file"), most_bytes=MOST_STUDY_BYTES,
                      help_text=_("A study file (YAML) or an XLSForm questionnaire of ODK or KoboToolbox (.xlsx), at most 5 MB. "
                                  "You will see what is in it before anything is saved."))


def _preview(request: HttpRequest, content: bytes) -> HttpResponse:
    """Of a form, the study file that it makes is previewed and sealed, so that all that follows is the same."""
    report = None
    try:
        if is_workbook(content):
            imported = read_xlsform(content)
            content, report = write_study(imported.definition).encode(), imported.report
        definition = read_study(content)
        _check_owner(request.user, definition["study"], is_form=report is not None)
    except FileRefused as refusal:
        return _refused(request, refusal.problems)
    except Refused as refusal:
        return _refused(request, [str(refusal)])
    context = {**overview(definition), "sealed": seal_preview(content, _purpose(request)), "form": _form(request), "report": report}
    return render(request, TEMPLATE, context)


def _refused(request: HttpRequest, problems: list[str]) -> HttpResponse:
    return render(request, TEMPLATE, {"form": _empty_form(), "problems": problems}, status=REFUSED)


def _empty_form() -> UploadForm:
    return UploadForm(label=_("Study file"), most_bytes=MOST_STUDY_BYTES, help_text=_("Mend the file and choose it again."))


def _purpose(request: HttpRequest) -> str:
    return f"study:{request.user.pk}"


def _check_owner(user: Any, slug: str, *, is_form: bool = False) -> bool:
    """A study that is there already may be replaced only by those who run it. Returns whether it is theirs, else it is new."""
    present = Study.objects.filter(slug=slug).first()
    is_own = present is not None and may("edit_study", roles_in(user, present))
    if not is_own and present is not None:
        text = _("The name “%(slug)s” is taken by another study. Choose another under “study:”.")
        if is_form:
            text = _("The name “%(slug)s” is taken by another study. Choose another as form_id on the sheet settings.")
        raise Refused(text % {"slug": slug})
    return is_own


def overview(definition: Mapping[str, Any]) -> dict[str, Any]:
    """What a person wants to see before confirming: title, panels, sections with their items, languages and missing texts."""
    study = Study(slug=definition["study"], settings=dict(definition))
    present = Study.objects.filter(slug=definition["study"]).first()
    return {
        "preview": study, "present": present,
        "differing": differing_parts(definition_of(present), definition) if present else None,
        "panels": definition["panels"], "sections": definition["questionnaire"],
        "item_count": sum(len(section["items"]) for section in definition["questionnaire"]),
        "missing": {language: paths for language, paths in missing_texts(definition).items() if paths},
    }


def _confirm(request: HttpRequest) -> HttpResponse:
    content = open_preview(request.POST.get("confirm", ""), _purpose(request))
    if content is None:
        return _refused(request, [_("The preview has grown old. Choose the file again.")])
    try:
        definition = read_study(content)
        is_own = _check_owner(request.user, definition["study"])
        study, changed = import_study(definition, by=request.user, may_replace=is_own)
    except FileRefused as refusal:
        return _refused(request, refusal.problems)
    except Refused as refusal:
        return _refused(request, [str(refusal)])
    messages.success(request, _("The study is saved.") if changed else _("The study was there already and the same; nothing changed."))
    return redirect(study)


@study_page("see_study")
def download_study(request: HttpRequest, access: Access) -> HttpResponse:
    """The study as its file. It holds no person and no answer."""
    content = write_study(definition_of(access.study))
    headers = {"Content-Disposition": f'attachment; filename="{access.study.slug}.yaml"'}
    return HttpResponse(content, content_type="application/yaml; charset=utf-8", headers=headers)
