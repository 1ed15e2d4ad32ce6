"""Estimates drawn together: every probability and quantile of a round under its pools, and Cooke's model where answers are known."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from analysis.charts import Chart
from analysis.results.pool_charts import PoolPicture, probabilities_chart
from analysis.results.pool_words import cooke_in_words, scores_in_words
from analysis.results.pools import PooledItem, PoolsOfRound, pools_of_round
from analysis.views.charts import with_downloads
from analysis.views.results import shown_round
from surveys.models import Study
from surveys.permissions import Access
from surveys.templatetags.organizer import marked
from surveys.views.organizer.scope import study_page, study_response

PAGE = "pools"


@study_page("see_results")
def estimates(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """4 queries."""
    study = access.study
    rounds, study_round, run = shown_round(study, number)
    pools = pools_of_round(study, run)
    drawn = {chart.key: with_downloads(study, number, PAGE, chart) for chart in charts_of(study, pools)}
    context = {"rounds": rounds, "study_round": study_round, "run": run, "page": f"results-{PAGE}", "files": ("pools.csv",), "pools": pools,
               "probabilities": drawn.get("probabilities"), "estimates": list(_estimates(study, pools, drawn)), "cooke": cooke_in_words(pools)}
    return study_response(request, access, "analysis/pools.html", context)


def _estimates(study: Study, pools: PoolsOfRound, drawn: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"code": item.code, "question": marked(study, item.definition["text"]), "chart": drawn.get(key_of(item)), "scores": scores_in_words(item.scores)}
            for item in pools.estimates]


def key_of(item: PooledItem) -> str:
    """A question may have any code, that of the chart of all probabilities too."""
    return f"of-{item.code}"


def charts_of(study: Study, pools: PoolsOfRound) -> list[Chart]:
    probabilities = probabilities_chart(study, pools.probabilities)
    estimated = [PoolPicture(study, item, {}).chart(key_of(item), str(marked(study, item.definition["text"]))) for item in pools.estimates]
    return [chart for chart in (probabilities, *estimated) if chart is not None]


def charts_of_pools(study: Study, number: int, choices: Mapping[str, str]) -> list[Chart]:
    """The page's charts, for their files (2 queries)."""
    _rounds, _study_round, run = shown_round(study, number)
    return charts_of(study, pools_of_round(study, run))
