"""Convergence: how the answers went over the rounds, and where the experts stay divided."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from analysis.charts import Chart
from analysis.results.convergence import Convergence, convergence_of
from analysis.results.convergence_maps import map_charts, number_without_a_place, others_in_words
from analysis.results.convergence_paths import Portion, chosen_of, path_charts, portions_of
from analysis.results.convergence_words import choices_by_round, moved_lists, question, spread_in_words, spreads
from analysis.results.dissent_words import dissent_in_words
from analysis.views.charts import with_downloads
from analysis.views.results import shown_round
from surveys.models import Study
from surveys.permissions import Access
from surveys.templatetags.organizer import marked
from surveys.views.organizer.scope import study_page, study_response

PAGE = "convergence"
FILES = ("aggregates.csv", "convergence.csv")
MOST_FINDINGS = 6  # with their charts; the others are linked


@study_page("see_results")
def convergence(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """6 queries."""
    study = access.study
    rounds, study_round, run = shown_round(study, number)
    found = convergence_of(study, number)
    portions = portions_of(found)
    chosen = chosen_of(portions, request.GET.get("section", ""))
    context = {"rounds": rounds, "study_round": study_round, "run": run, "page": f"results-{PAGE}", "found": found, "files": FILES,
               "summary": spread_in_words(found), "moved": moved_lists(study, found), "choices": choices_by_round(study, found),
               **maps(study, found), **dissent(study, found), **paths(study, number, portions, chosen)}
    return study_response(request, access, "analysis/convergence.html", context)


def charts(study: Study, number: int, choices: Mapping[str, str]) -> list[Chart]:
    """Every chart of the page, for their files."""
    found = convergence_of(study, number)
    findings = (dissent_in_words(study, item, place)["chart"] for place, item in enumerate(found.dissenting[:MOST_FINDINGS], start=1))
    paths_shown = path_charts(study, chosen_of(portions_of(found), choices.get("section", "")))
    return [*map_charts(found, study), *(chart for chart in findings if chart is not None), *paths_shown]


def maps(study: Study, found: Convergence) -> dict[str, Any]:
    return {"maps": [with_downloads(study, found.number, PAGE, chart) for chart in map_charts(found, study)],
            "other_rules": others_in_words(found, study), "without_a_place": number_without_a_place(found, study)}


def dissent(study: Study, found: Convergence) -> dict[str, Any]:
    shown, more = found.dissenting[:MOST_FINDINGS], found.dissenting[MOST_FINDINGS:]
    findings = [dissent_in_words(study, item, place) for place, item in enumerate(shown, start=1)]
    return {"findings": [{**finding, "drawn": with_downloads(study, found.number, PAGE, finding["chart"])} for finding in findings],
            "more_findings": [question(study, item) for item in more], "number_of_findings": len(found.dissenting),
            "divided_in_parts": [question(study, item) for item in found.divided_in_parts]}


def paths(study: Study, number: int, portions: list[Portion], chosen: Portion | None) -> dict[str, Any]:
    query = {"section": chosen.key} if chosen else {}
    drawn = [with_downloads(study, number, PAGE, chart, query) for chart in path_charts(study, chosen)]
    return {"paths": drawn, "portions": [(portion.key, portion_name(study, portion)) for portion in portions],
            "chosen": chosen.key if chosen else "", "spreads": spreads(study, chosen)}


def portion_name(study: Study, portion: Portion) -> str:
    title = str(marked(study, portion.section.title))
    if portion.is_whole:
        return title
    return _("%(section)s, %(first)s to %(last)s") % {"section": title, "first": portion.first, "last": portion.last}
