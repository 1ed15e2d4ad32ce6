"""aggregates.csv: one row per round × item × component × group, as published."""

from collections.abc import Iterator

from analysis.exports.cells import csv_bytes
from analysis.exports.columns import COLUMNS, RowContext
from analysis.models import ItemResult
from analysis.publication import shown_runs
from surveys.models import Study


def published_rows(study: Study, round_number: int | None = None, *, group_type: str = "", item: str = "") -> Iterator[RowContext]:
    """The published rows of a study in the files' order (1 query); of one round, group type or item where named."""
    runs = shown_runs(study)
    if round_number is not None:
        runs = runs.filter(round__number=round_number)
    chosen = {"group_type": group_type, "asked_item__item_version__item__code": item}
    results = (
        ItemResult.objects.filter(run__in=runs, **{name: value for name, value in chosen.items() if value})
        .select_related("run__round", "asked_item__item_version__item__section")
        .order_by("run__round__number", "asked_item__position", "component_position", "group_position")
    )
    for result in results.iterator(2000):
        version = result.asked_item.item_version
        yield RowContext(study.slug, result.run.round.number, result, version.item, version.number, study.is_simulated)


def aggregates_csv(study: Study, *, bom: bool = False) -> bytes:
    rows = ([column.cell(row) for column in COLUMNS] for row in published_rows(study))
    return csv_bytes([column.name for column in COLUMNS], rows, bom=bom)
