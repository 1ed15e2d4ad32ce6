"""aggregates.csv: one row per round × item × component × group, as published."""

from collections.abc import Iterator

from analysis.exports.cells import csv_bytes
from analysis.exports.columns import COLUMNS, RowContext
from analysis.models import AnalysisRun, ItemResult
from surveys.models import Study


def published_rows(study: Study, round_number: int | None = None) -> Iterator[RowContext]:
    """The published rows of a study in the files' order (1 query)."""
    runs = AnalysisRun.objects.filter(round__study=study, is_published=True)
    if round_number is not None:
        runs = runs.filter(round__number=round_number)
    results = (
        ItemResult.objects.filter(run__in=runs)
        .select_related("run__round", "asked_item__item_version__item__section")
        .order_by("run__round__number", "asked_item__position", "component_position", "group_position")
    )
    for result in results.iterator(2000):
        version = result.asked_item.item_version
        yield RowContext(study.slug, result.run.round.number, result, version.item, version.number)


def aggregates_csv(study: Study, *, bom: bool = False) -> bytes:
    rows = ([column.cell(row) for column in COLUMNS] for row in published_rows(study))
    return csv_bytes([column.name for column in COLUMNS], rows, bom=bom)
