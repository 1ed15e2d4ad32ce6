"""GET /api/studies/<slug>/<table>/: the rows of aggregates.csv and of each further file of figures, in pages, with filters.

The addresses follow from the list of files: a new table has its own without a line here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, NotFound
from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse

from analysis.api.rows import Entry, Row, aggregate_rows, entries_of, table_rows
from analysis.exports.contents import contents_in_english, table_names
from analysis.exports.shown import Shown, shown_now
from analysis.readiness import still_missing
from surveys.api.base import StudyApiView
from surveys.api.pages import PAGING, address_of_next, mark_of, page_of, start_of
from surveys.api.parameters import Parameter
from surveys.api.shapes import TEXT, WHOLE, Shape, listed, or_none, paged, record
from surveys.models import Study

AGGREGATES = "aggregates"
ROUND = Parameter("round", "Only rows of this round.", minimum=1, maximum=999999)
COUNTED = record(
    round=WHOLE, closing={**WHOLE, "description": "how often the round was closed"},
    shown_closing={**WHOLE, "description": "the closing whose figures these are"}, snapshot_sha256={**TEXT, "description": "digest of the frozen answers"},
)


class FiguresMissing(APIException):
    """The further figures are still being worked out: without them the rows would be others than later."""

    status_code = 409
    default_code = "not_ready"


class TableView(StudyApiView):
    """All counted rounds, or one. From now on their figures count as seen. A round that is open has no rows."""

    act: ClassVar[str] = "export_results"
    may_be_unready = True
    table = ""  # for the description alone, which has an address for each

    @property
    def columns(self) -> tuple[Any, ...]:
        return columns_of(self.table)

    @property
    def summary(self) -> str:  # type: ignore[override]
        return contents_in_english(f"{self.table}.csv")

    @property
    def parameters(self) -> tuple[Parameter, ...]:  # type: ignore[override]
        return (ROUND, *filters_of(self.columns), *PAGING)

    def answer_shape(self) -> Shape:
        row = record(**{column.name: shape_of(column) for column in self.columns})
        return paged(row, study=TEXT, rules_sha256=TEXT, rounds=listed(COUNTED), columns=listed(TEXT))

    def get(self, request: Request, slug: str, table: str) -> ApiResponse:
        study = self.access(request, slug).study
        if table not in table_names():
            raise NotFound
        self.table = table
        asked = self.asked(request)
        shown = figures_of(study, asked.get("round"))
        mark = mark_of(table, asked.get("round"), [(run.pk, run.finished_at) for run in shown.runs])
        entries, rows_of = entries_of(shown), how_to_read(table, shown, self.columns)
        page = page_of(entries, only(rows_of, asked), start_of(asked, mark), asked["limit"], keep_of(asked))
        return ApiResponse({"study": study.slug, "rules_sha256": study.rules_sha256, "rounds": rounds_of(shown),
                            "columns": [column.name for column in self.columns], "next": address_of_next(request, page, mark), "rows": page.rows})


def columns_of(table: str) -> tuple[Any, ...]:
    from analysis.exports.columns import COLUMNS  # with the statistics, which a web process loads only when it must
    from analysis.exports.measures import measure_columns
    from analysis.tables import table as table_of
    from analysis.tables.base import LEADING

    return (*COLUMNS, *measure_columns()) if table == AGGREGATES else (*LEADING, *table_of(table).columns)


def filters_of(columns: Sequence[Any]) -> tuple[Parameter, ...]:
    """Every column of words can be asked for; the study is in the address."""
    return tuple(Parameter(column.name, f"Only rows in which this is the value of the column: {column.meaning}.", longest=200)
                 for column in columns if column.kind == "text" and column.name != "study")


def shape_of(column: Any) -> Shape:
    return {**or_none({"type": "number" if column.kind == "number" else "string"}), "description": column.meaning}


def figures_of(study: Study, number: int | None) -> Shown:
    """Raises FiguresMissing while others would follow, NotFound where the one round asked for has none."""
    missing = still_missing(study)
    if missing:
        raise FiguresMissing(" ".join(missing))
    shown = shown_now(study, number)
    if number is not None and not shown.runs:
        raise NotFound(_("This round is not closed and counted."))
    return shown


def how_to_read(table: str, shown: Shown, columns: Sequence[Any]) -> Callable[[Sequence[Entry]], Iterator[list[Row]]]:
    from analysis.tables.base import LEADING

    return aggregate_rows(shown) if table == AGGREGATES else table_rows(table, columns[len(LEADING) :])


def only(rows_of: Callable[[Sequence[Entry]], Iterator[list[Row]]], asked: Mapping[str, Any]) -> Callable[[Sequence[Entry]], Iterator[list[Row]]]:
    """Rows of what a filter leaves out are not even read."""

    def fits(entry: Entry) -> bool:
        return all((entry.leading[name] or "") == asked[name] for name in ("section", "item", "kind") if name in asked)

    def chosen(entries: Sequence[Entry]) -> Iterator[list[Row]]:
        wanted = [entry for entry in entries if fits(entry)]
        found = rows_of(wanted) if wanted else iter(())
        return (next(found) if fits(entry) else [] for entry in entries)

    return chosen


def keep_of(asked: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], bool]:
    wanted = {name: value for name, value in asked.items() if name not in ("limit", "cursor", "round")}
    return lambda row: all((row[name] or "") == value for name, value in wanted.items())


def rounds_of(shown: Shown) -> list[dict[str, Any]]:
    return [{"round": run.round.number, "closing": run.round.closing, "shown_closing": run.closing, "snapshot_sha256": run.snapshot_sha256}
            for run in shown.runs]
