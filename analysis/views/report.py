"""The report in the browser: what it holds and how far it is, to read, and as files. What writes it is loaded when it is asked for."""

from http import HTTPStatus
from typing import Any

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from analysis.publication import shown_runs
from analysis.readiness import check_ready, still_missing
from analysis.report.languages import report_languages
from surveys.enums import RoundState
from surveys.exceptions import NotReady
from surveys.forms.texts import language_in_words
from surveys.models import Study
from surveys.permissions import Access
from surveys.views.organizer.scope import REFUSED, study_page, study_response

POLICY_OF_THE_FILE = {"style-src": [UNSAFE_INLINE], "img-src": ["data:"], "script-src": [NONE], "form-action": [NONE]}  # it brings its own style, no more


@study_page("export_results")
def report_page(request: HttpRequest, access: Access) -> HttpResponse:
    """What the report holds, in which languages it can be had, and what it waits for (5 queries)."""
    return study_response(request, access, "analysis/report.html", page_of(access.study))


def page_of(study: Study) -> dict[str, Any]:
    from analysis.report.making import FORMS

    rounds = list(study.rounds.exclude(state=RoundState.DRAFT))
    counted = list(shown_runs(study).values_list("round__number", flat=True).order_by("round__number"))
    return {
        "counted": counted, "waiting": [held for held in rounds if held.number not in counted], "missing": still_missing(study) if counted else [],
        "languages": [(code, language_in_words(code)) for code in report_languages(study)], "forms": list(FORMS.values()),
    }


@study_page("export_results")
def read_report(request: HttpRequest, access: Access, language: str) -> HttpResponseBase:
    """The very file, as a page; where it is not ready, a page of ours."""
    sent = _sent(request, access, language, "html", "inline")
    return csp_replace(POLICY_OF_THE_FILE)(lambda _request: sent)(request) if sent.status_code == HTTPStatus.OK else sent


@study_page("export_results")
def report_file(request: HttpRequest, access: Access, language: str, form: str) -> HttpResponse:
    return _sent(request, access, language, form, "attachment")


def _sent(request: HttpRequest, access: Access, language: str, form: str, disposition: str) -> HttpResponse:
    """The file, or the page that says what it waits for."""
    from analysis.report.making import FORMS, file_name, made

    study = access.study
    if language not in report_languages(study) or form not in FORMS:
        raise Http404
    try:
        check_ready(study)
        content = made(study, language, form)
    except NotReady as refusal:
        return study_response(request, access, "analysis/report.html", {**page_of(study), "missing": [], "refusal": str(refusal)}, status=REFUSED)
    named = f'{disposition}; filename="{file_name(study, language, form)}"'
    return HttpResponse(content, content_type=FORMS[form].media_type, headers={"Content-Disposition": named})
