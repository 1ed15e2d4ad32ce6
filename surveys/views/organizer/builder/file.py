"""The draft as its file: down at every moment, complete or not, and taken up again as a step that can be undone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from surveys.exceptions import FileRefused, Refused
from surveys.forms import MOST_STUDY_BYTES, UploadForm
from surveys.permissions import Access
from surveys.studyfile import write_study
from surveys.studyfile.unfinished import mark_unfinished, read_unfinished
from surveys.views.organizer.builder.page import builder_response
from surveys.views.organizer.scope import REFUSED, study_page
from surveys.workflow.drafts import Draft, edit_draft, read_draft


@study_page("edit_study")
def download(request: HttpRequest, access: Access) -> HttpResponse:
    draft = read_draft(access.study)
    text = write_study(draft.definition)
    headers = {"Content-Disposition": f'attachment; filename="{access.study.slug}.yaml"'}
    return HttpResponse(text if draft.is_ready else mark_unfinished(text), content_type="application/yaml; charset=utf-8", headers=headers)


@study_page("edit_study", "GET", "POST")
def file(request: HttpRequest, access: Access) -> HttpResponse:
    """With POST the whole draft is replaced by what the file holds; what is missing in it is listed as with any other step."""
    draft = read_draft(access.study)
    if request.method != "POST":
        return _page(request, access, draft, _form(request), [])
    form = _form(request)
    if not form.is_valid():
        return _page(request, access, draft, form, [])
    try:
        definition, notes = read_unfinished(form.cleaned_data["file"], like=draft.definition)
        after = edit_draft(access.study, "file", lambda _definition: definition, by=request.user)
    except FileRefused as refusal:
        return _page(request, access, draft, form, refusal.problems)
    except Refused as refusal:
        return _page(request, access, draft, form, [str(refusal)])
    for note in notes:
        messages.warning(request, note)
    messages.success(request, _taken(draft, after))
    return redirect("surveys:build", access.study.slug)


def _taken(before: Draft, after: Draft) -> str:
    if after.step == before.step:
        return _("The file says the same as the draft; nothing changed.")
    return _("The file is taken up. Undo leads back to what was here before.")


def _form(request: HttpRequest) -> UploadForm:
    data: tuple[Any, ...] = (request.POST, request.FILES) if request.method == "POST" else ()
    return UploadForm(*data, label=_("Study file"), most_bytes=MOST_STUDY_BYTES,
                      help_text=_("A YAML file of at most 5 MB. It need not be complete."))


def _page(request: HttpRequest, access: Access, draft: Draft, form: UploadForm, problems: list[str]) -> HttpResponse:
    return builder_response(request, access, draft, "file", {"form": form, "problems": problems}, status=REFUSED if form.errors or problems else 200)
