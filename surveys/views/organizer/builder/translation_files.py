"""Translations as a file: out for a spreadsheet, and in again with a preview of every row."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from surveys.exceptions import FileRefused, Refused
from surveys.forms import UploadForm, open_preview, seal_preview
from surveys.forms.parts import digest_of
from surveys.forms.texts import language_in_words
from surveys.permissions import Access
from surveys.views.organizer.builder.page import builder_response
from surveys.views.organizer.builder.places import text_in_words
from surveys.views.organizer.scope import REFUSED, study_page
from surveys.workflow.drafts import Draft, read_draft
from surveys.workflow.translation_files import (
    COLUMNS,
    Outcome,
    PlannedRow,
    import_translations,
    preview_translations,
    written_file,
)

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS_SHOWN = 300
OUTCOMES = {
    Outcome.WRONG: (pgettext_lazy("outcome of a row", "mistake"), "bad"),
    Outcome.NEW: (pgettext_lazy("outcome of a row", "new"), "good"),
    Outcome.CHANGED: (pgettext_lazy("outcome of a row", "changed"), "warn"),
    Outcome.NOTED: (pgettext_lazy("outcome of a row", "new note"), "plain"),
    Outcome.UNCHANGED: (pgettext_lazy("outcome of a row", "unchanged"), "plain"),
    Outcome.EMPTY: (pgettext_lazy("outcome of a row", "no text"), "plain"),
}
COLUMNS_IN_WORDS = {
    "key": gettext_lazy("names the text, and stays when questions are moved; leave it as it is"),
    "language": gettext_lazy("the language of the text; leave it as it is"),
    "text": gettext_lazy("the translation; an empty cell changes nothing"),
    "source": gettext_lazy("what was translated; where the study says something else by now, the text is kept and marked as outdated"),
    "note": gettext_lazy("a remark for whoever reviews the text"),
}


@study_page("translate")
def download(request: HttpRequest, access: Access, language: str) -> HttpResponse:
    """`?bom` begins it with a mark by which spreadsheets know Korean and Japanese."""
    draft = read_draft(access.study)
    _check_language(draft, language)
    content = written_file(draft, language, text_in_words, bom="bom" in request.GET)
    headers = {"Content-Disposition": f'attachment; filename="{access.study.slug}-{language}.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


@study_page("translate", "GET", "POST")
def upload(request: HttpRequest, access: Access, language: str) -> HttpResponse:
    """Choose a file; see what becomes of each row; confirm."""
    draft = read_draft(access.study)
    _check_language(draft, language)
    if request.method == "POST" and "confirm" in request.POST:
        return _confirm(request, access, draft, language)
    form = _form(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        return _preview(request, access, draft, language, form.cleaned_data["file"])
    return _page(request, access, draft, language, {"form": form}, refused=bool(form.errors))


def _check_language(draft: Draft, language: str) -> None:
    if language not in draft.definition["languages"][1:]:
        raise Http404


def _form(*data: Any) -> UploadForm:
    return UploadForm(*data, label=_("File with translations"), most_bytes=MOST_BYTES,
                      help_text=_("A CSV file as it is downloaded here, at most 5 MB. You will see every row before anything is saved."))


def _purpose(access: Access, draft: Draft, language: str) -> str:
    """A preview holds for the texts of then: after a change in between the file is previewed again."""
    return f"translations:{access.study.pk}:{language}:{digest_of(draft.definition)}"


def _preview(request: HttpRequest, access: Access, draft: Draft, language: str, content: bytes) -> HttpResponse:
    try:
        rows = preview_translations(access.study, language, content)
    except FileRefused as refusal:
        return _page(request, access, draft, language, {"form": _form(), "problems": refusal.problems}, refused=True)
    counts = Counter(row.outcome for row in rows)
    shown = [row for outcome in OUTCOMES for row in rows if row.outcome is outcome and outcome not in (Outcome.UNCHANGED, Outcome.EMPTY)]
    context = {
        "form": _form(), "rows": [_shown(row) for row in shown[:MOST_ROWS_SHOWN]], "hidden": max(0, len(shown) - MOST_ROWS_SHOWN), "total": len(rows),
        "counts": [(label, counts[outcome]) for outcome, (label, _tag) in OUTCOMES.items() if counts[outcome]], "wrong": counts[Outcome.WRONG],
        "stale": sum(row.is_stale for row in rows), "is_previewed": True,
        "sealed": seal_preview(content, _purpose(access, draft, language)) if shown and not counts[Outcome.WRONG] else "",
    }
    return _page(request, access, draft, language, context, refused=bool(counts[Outcome.WRONG]))


def _shown(row: PlannedRow) -> dict[str, Any]:
    label, tag = OUTCOMES[row.outcome]
    return {"row": row, "label": label, "tag": tag}


def _confirm(request: HttpRequest, access: Access, draft: Draft, language: str) -> HttpResponse:
    content = open_preview(request.POST.get("confirm", ""), _purpose(access, draft, language))
    if content is None:
        problems = [_("The preview has grown old, or a text was changed since. Choose the file again.")]
        return _page(request, access, draft, language, {"form": _form(), "problems": problems}, refused=True)
    try:
        counts = import_translations(access.study, language, content, by=request.user)
    except FileRefused as refusal:
        return _page(request, access, draft, language, {"form": _form(), "problems": refusal.problems}, refused=True)
    except Refused as refusal:
        return _page(request, access, draft, language, {"form": _form(), "problems": [str(refusal)]}, refused=True)
    text = _("The file is taken up: %(new)s new texts, %(changed)s changed.")
    messages.success(request, text % {"new": counts[Outcome.NEW], "changed": counts[Outcome.CHANGED]})
    return redirect(f"{reverse('surveys:build-translations', args=[access.study.slug])}?language={language}")


def _page(request: HttpRequest, access: Access, draft: Draft, language: str, context: dict[str, Any], *, refused: bool = False) -> HttpResponse:
    page = reverse("surveys:build-translations", args=[access.study.slug])
    context |= {"language": language, "language_in_words": language_in_words(language), "translations_url": f"{page}?language={language}",
                "columns": list(COLUMNS), "columns_in_words": COLUMNS_IN_WORDS.items(), "is_refused": refused}
    return builder_response(request, access, draft, "translation_upload", context, part="build-translations", status=REFUSED if refused else 200)
