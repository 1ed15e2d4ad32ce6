"""GET /api/studies/<slug>/aggregates/?round=N: the rows and columns of aggregates.csv, null where a cell is empty."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse

from analysis.exports.aggregates import published_rows
from analysis.exports.cells import number_cell
from analysis.exports.columns import COLUMNS, Column, RowContext
from analysis.models import AnalysisRun
from analysis.publication import remember_shown, shown_runs
from surveys.api.base import StudyApiView
from surveys.models import Study


class AggregatesView(StudyApiView):
    """All counted rounds, or one. From now on their figures count as seen."""

    act: ClassVar[str] = "export_results"

    def get(self, request: Request, slug: str) -> ApiResponse:
        study = self.access(request, slug).study
        runs = chosen_runs(study, round_number(request))
        for run in runs:
            if run.first_shown_at is None:
                remember_shown(run.round_id)
        rounds = [{"round": run.round.number, "closing": run.round.closing, "shown_closing": run.closing, "snapshot_sha256": run.snapshot_sha256}
                  for run in runs]
        rows = [row_of(row) for run in runs for row in published_rows(study, run.round.number)]
        return ApiResponse({"study": study.slug, "rules_sha256": study.rules_sha256, "rounds": rounds,
                            "columns": [column.name for column in COLUMNS], "rows": rows})


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


def row_of(row: RowContext) -> dict[str, Any]:
    return {column.name: cell_of(column, row) for column in COLUMNS}


def cell_of(column: Column, row: RowContext) -> Any:
    """A number as the file prints it, text as it is (JSON runs no formulas), null for an empty cell."""
    value = column.source(row)
    if value is None or value == "":
        return None
    if column.kind != "number":
        return value
    text = number_cell(value)
    return float(text) if "." in text else int(text)
