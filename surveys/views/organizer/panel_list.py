"""A list of experts comes in: preview of every row, then confirm."""

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from surveys.exceptions import FileRefused
from surveys.forms import MOST_PANEL_BYTES, UploadForm, open_preview, seal_preview
from surveys.permissions import Access
from surveys.views.organizer.scope import REFUSED, study_page, study_response
from surveys.workflow.panels import import_panel, preview_panel

TEMPLATE = "surveys/organizer/panel_upload.html"
MOST_ROWS_SHOWN = 300


@study_page("manage_panel", "GET", "POST")
def upload_panel(request: HttpRequest, access: Access) -> HttpResponse:
    if request.method == "POST" and "confirm" in request.POST:
        return _confirm(request, access)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = _form(*data)
    if form.is_bound and form.is_valid():
        return _preview(request, access, form.cleaned_data["file"])
    return study_response(request, access, TEMPLATE, {"form": form}, status=REFUSED if form.errors else 200)


def _form(*data: object) -> UploadForm:
    return UploadForm(*data, label=_("List of experts"), most_bytes=MOST_PANEL_BYTES,
                      help_text=_("A CSV file with the columns panelist, panel, name, email, language. You will see every row before anything is saved."))


def _purpose(access: Access) -> str:
    return f"panel:{access.study.pk}"


def _preview(request: HttpRequest, access: Access, content: bytes) -> HttpResponse:
    """Rows with mistakes come first; they must be mended before anything is taken up."""
    try:
        rows = preview_panel(access.study, content)
    except FileRefused as refusal:
        return _refused(request, access, refusal.problems)
    wrong = [row for row in rows if row.problems]
    shown = (wrong + [row for row in rows if not row.problems])[:MOST_ROWS_SHOWN]
    context = {
        "form": _form(), "rows": shown, "wrong": len(wrong), "total": len(rows), "hidden": len(rows) - len(shown),
        "counts": Counter("problem" if row.problems else row.outcome for row in rows),
        "sealed": "" if wrong else seal_preview(content, _purpose(access)),
    }
    return study_response(request, access, TEMPLATE, context, status=REFUSED if wrong else 200)


def _refused(request: HttpRequest, access: Access, problems: list[str]) -> HttpResponse:
    return study_response(request, access, TEMPLATE, {"form": _form(), "problems": problems}, status=REFUSED)


def _confirm(request: HttpRequest, access: Access) -> HttpResponse:
    content = open_preview(request.POST.get("confirm", ""), _purpose(access))
    if content is None:
        return _refused(request, access, [_("The preview has grown old. Choose the file again.")])
    try:
        counts = import_panel(access.study, content, by=request.user)
    except FileRefused as refusal:
        return _refused(request, access, refusal.problems)
    text = _("The list is taken up: %(new)s new, %(changed)s changed, %(unchanged)s unchanged.")
    messages.success(request, text % {**counts, "unchanged": counts["unchanged"] + counts["repeated"]})
    return redirect("surveys:experts", access.study.slug)
