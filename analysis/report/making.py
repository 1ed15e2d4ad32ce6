"""The report as a file: an HTML page, a PDF, or a Word document to edit. The same results give the same bytes.

What sets a PDF or a Word document is loaded when one is asked for. A PDF takes a few seconds; one that was made of the same text is kept.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from redis.exceptions import RedisError

import deterrence_delphi
from analysis.report.document import Document
from analysis.report.html import html_of
from analysis.report.writing import write_report
from surveys.models import Study

logger = logging.getLogger(__name__)
KEPT_SECONDS = 600  # it holds what experts wrote: no longer than somebody fetches it again
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
    kept = _kept(key)
    if kept is not None:
        return kept
    fresh = _setter(form)(document)
    if len(fresh) <= LARGEST_KEPT:
        _keep(key, fresh)
    return fresh


def _kept(key: str) -> bytes | None:
    """None also where the cache is down: then every report is made anew."""
    try:
        found = cache.get(key)
    except RedisError:
        logger.warning("the cache of reports can't be read")
        return None
    return None if found is None else bytes(found)


def _keep(key: str, made: bytes) -> None:
    try:
        cache.set(key, made, KEPT_SECONDS)
    except RedisError:
        logger.warning("the cache of reports can't be written")


def _setter(form: str) -> Callable[[Document], bytes]:
    if form == "pdf":
        from analysis.report.pdf import pdf_of

        return pdf_of
    from analysis.report.docx import docx_of

    return docx_of
