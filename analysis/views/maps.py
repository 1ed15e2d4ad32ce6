"""Allies and theatres: where each ally stands on two questions at once, and what is asked of two theatres side by side."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from analysis.charts import Chart
from analysis.results.allied_questions import Asked, asked_questions, pairs_from
from analysis.results.ally_map_charts import MapPictures
from analysis.results.ally_maps import maps_from
from analysis.results.theatre_charts import TheatrePictures
from analysis.views.charts import with_downloads
from analysis.views.results import shown_round
from surveys.models import Study
from surveys.permissions import Access
from surveys.queries import Groups, groups_of
from surveys.views.organizer.scope import study_page, study_response

PAGE = "maps"
FILES = ("aggregates.csv", "linked.csv")


@study_page("see_results")
def maps(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """6 queries."""
    study = access.study
    rounds, study_round, run = shown_round(study, number)
    questions, groups = asked_questions(study, number), groups_of(study)
    context = {"rounds": rounds, "study_round": study_round, "run": run, "page": f"results-{PAGE}", "files": FILES,
               "maps": [with_downloads(study, number, PAGE, chart) for chart in map_charts(study, number, questions, groups)],
               "pairs": [with_downloads(study, number, PAGE, chart) for chart in theatre_charts(study, number, questions, groups)]}
    return study_response(request, access, "analysis/maps.html", context)


def charts(study: Study, number: int, choices: Mapping[str, str]) -> list[Chart]:
    """Every chart of the page, for their files."""
    questions, groups = asked_questions(study, number), groups_of(study)
    return [*map_charts(study, number, questions, groups), *theatre_charts(study, number, questions, groups)]


def map_charts(study: Study, number: int, questions: list[Asked], groups: Groups) -> list[Chart]:
    return MapPictures(study, number, groups).charts(maps_from(questions))


def theatre_charts(study: Study, number: int, questions: list[Asked], groups: Groups) -> list[Chart]:
    return TheatrePictures(study, number, groups).charts(pairs_from(questions))
