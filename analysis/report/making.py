"""The report as a file: an HTML page, a PDF, or a Word document to edit. The same results give the same bytes.

What sets a PDF or a Word document is loaded when one is asked for. A PDF takes a few seconds; one that was made of the same text is kept.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import deterrence_delphi
from analysis.report.document import Document
from analysis.report.html import html_of
from analysis.report.writing import write_report
from surveys.models import Study

KEPT_SECONDS = 86_400
LARGEST_KEPT = 16_000_000  # bytes


@dataclass(frozen=True)
class Form:
    """`name` ends the file's name."""

    name: str
    title: str | Promise
    media_type: str
    holds: str | Promise


FORMS: dict[str, Form] = {form.name: form for form in (
    Form("html", _("Web page"), "text/html; charset=utf-8", _("One file that needs no other: for a website, and to read offline.")),
    Form("pdf", "PDF", "application/pdf", _("Set in pages, with contents and numbered figures: for print, and to send.")),
    Form("docx", "Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
         _("To edit before release: what authors must add is marked.")),
)}


def file_name(study: Study, language: str, form: str) -> str:
    return f"{study.slug}-report-{language}.{form}"


def made(study: Study, language: str, form: str) -> bytes:
    """The report in a language and form. Raises NotReady while nothing is counted."""
    return set_as(write_report(study, language), form)


def set_as(document: Document, form: str) -> bytes:
    page = html_of(document)
    if form == "html":
        return page
    key = f"report/{form}/{hashlib.sha256(page).hexdigest()}/{deterrence_delphi.__version__}"  # the page holds all that the others do
    kept = cache.get(key)
    if kept is None:
        kept = _setter(form)(document)
        if len(kept) <= LARGEST_KEPT:
            cache.set(key, kept, KEPT_SECONDS)
    return bytes(kept)


def _setter(form: str) -> Callable[[Document], bytes]:
    if form == "pdf":
        from analysis.report.pdf import pdf_of

        return pdf_of
    from analysis.report.docx import docx_of

    return docx_of
