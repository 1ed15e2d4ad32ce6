"""A chart of a results page as a file: what the page shows, as SVG, PNG or CSV.

A page that has charts makes them in one function, `(study, number, choices) -> charts`, and uses it itself; analysis/urls.py names that function
in CHARTS. `choices` are the page's GET fields, so that a file holds what was chosen on the page it was taken from.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from analysis.charts import Chart, Download
from analysis.views.results import shown_round
from surveys.models import Study
from surveys.permissions import Access
from surveys.views.organizer.scope import study_page

ChartsOf = Callable[[Study, int, Mapping[str, str]], Iterable[Chart]]
MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}


@study_page("see_results")
def chart_file(request: HttpRequest, access: Access, number: int, page: str, key: str, form: str, charts: Mapping[str, ChartsOf]) -> HttpResponse:
    """The figures in it count as seen, as they do on the page."""
    if page not in charts or form not in MEDIA_TYPES:
        raise Http404
    shown_round(access.study, number)
    chart = next((found for found in charts[page](access.study, number, request.GET) if found.key == key), None)
    if chart is None:
        raise Http404
    name = f"{access.study.slug}-round-{number}-{page}-{key}.{form}"
    return HttpResponse(_written(chart, form), content_type=MEDIA_TYPES[form], headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _written(chart: Chart, form: str) -> bytes:
    from analysis.charts.files import csv_file, png_file, svg_file  # what sets PNG files is large, and pages do without it

    return {"svg": svg_file, "png": png_file, "csv": csv_file}[form](chart)


def with_downloads(study: Study, number: int, page: str, chart: Chart | None, choices: Mapping[str, str] | None = None) -> dict[str, Any] | None:
    """A chart and the links to its files, as templates/components/charts/_chart.html takes them; None where there is no chart."""
    if chart is None:
        return None
    query = f"?{urlencode(choices)}" if choices else ""
    addresses = {form: reverse("analysis:chart", args=[study.slug, number, page, chart.key, form]) for form in MEDIA_TYPES}
    return {"chart": chart, "downloads": [Download(form.upper(), f"{address}{query}") for form, address in addresses.items()]}
