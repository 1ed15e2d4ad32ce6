"""GET /api/studies/<slug>/aggregates/?round=N: the rows and columns of aggregates.csv, null where a cell is empty."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse

from analysis.exports.aggregates import published_rows
from analysis.exports.cells import number_cell
from analysis.exports.columns import COLUMNS
from analysis.exports.described import names_of
from analysis.models import AnalysisRun
from analysis.publication import remember_shown, shown_runs
from analysis.readiness import still_missing
from surveys.api.base import StudyApiView
from surveys.models import Study


class FiguresMissing(APIException):
    """The further figures are still being worked out: without them the rows would be others than later."""

    status_code = 409
    default_code = "not_ready"


class AggregatesView(StudyApiView):
    """All counted rounds, or one. From now on their figures count as seen."""

    act: ClassVar[str] = "export_results"

    def get(self, request: Request, slug: str) -> ApiResponse:
        study = self.access(request, slug).study
        runs = chosen_runs(study, round_number(request))
        missing = still_missing(study)
        if missing:
            raise FiguresMissing(" ".join(missing))
        for run in runs:
            if run.first_shown_at is None:
                remember_shown(run.round_id)
        rounds = [{"round": run.round.number, "closing": run.round.closing, "shown_closing": run.closing, "snapshot_sha256": run.snapshot_sha256}
                  for run in runs]
        rows = [row for run in runs for row in rows_of(study, run)]
        return ApiResponse({"study": study.slug, "rules_sha256": study.rules_sha256, "rounds": rounds, "columns": column_names(), "rows": rows})


def round_number(request: Request) -> int | None:
    text = request.query_params.get("round", "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 7):
        raise ValidationError(_("round is a whole number from 1."))
    return int(text)


def chosen_runs(study: Study, number: int | None) -> list[AnalysisRun]:
    """The runs whose rows are shown (1 query). Raises NotFound when the round asked for has none."""
    runs = shown_runs(study).select_related("round").order_by("round__number")
    found = list(runs.filter(round__number=number) if number is not None else runs)
    if number is not None and not found:
        raise NotFound(_("This round is not closed and counted."))
    return found


def column_names() -> list[str]:
    from analysis.exports.measures import measure_columns  # brings the statistics along, which a web process loads only when it must

    return [*names_of(COLUMNS), *names_of(measure_columns())]


def rows_of(study: Study, run: AnalysisRun) -> Iterator[dict[str, Any]]:
    """The run's rows, each with the further measures that belong to it."""
    from analysis.exports.measures import Measures, measure_columns

    measures, further = Measures(run), measure_columns()
    for asked_item_id, rows in groupby(published_rows(study, run.round.number), key=lambda row: row.result.asked_item_id):
        measured = measures.of_item(asked_item_id)
        for row in rows:
            result = row.result
            values = None if result.suppressed else measured.get((result.component, result.group_type, result.group))
            cells = {column.name: cell_of(column.kind, column.source(row)) for column in COLUMNS}
            yield cells | {column.name: cell_of(column.kind, values[place] if values else None) for place, column in enumerate(further)}


def cell_of(kind: str, value: Any) -> Any:
    """A number as the file prints it, text as it is (JSON runs no formulas), null for an empty cell."""
    if value is None or value == "":
        return None
    if kind != "number":
        return value
    text = number_cell(value)
    return float(text) if "." in text else int(text)
