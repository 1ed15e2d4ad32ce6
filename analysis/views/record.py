"""The basis and record of a round's results: rules, closings, wordings, and what is protected."""

from django.http import HttpRequest, HttpResponse

from analysis.results.record import record_of
from analysis.results.record_words import record_in_words
from analysis.views.results import shown_round
from surveys.permissions import Access
from surveys.views.organizer.scope import study_page, study_response

FILES = ("provenance.json",)


@study_page("see_results")
def results_record(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """4 queries."""
    study = access.study
    rounds, study_round, run = shown_round(study, number)
    record = record_of(study, study_round, run)
    context = {"rounds": rounds, "study_round": study_round, "run": run, "page": "results-record", "files": FILES, "record": record_in_words(record)}
    return study_response(request, access, "analysis/record.html", context)
