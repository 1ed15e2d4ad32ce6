"""aggregates.csv: one row per round × item × component × group, as published."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from analysis.exports.cells import csv_bytes, csv_chunks, number_cell, word_cell
from analysis.exports.columns import COLUMNS, RowContext
from analysis.exports.described import names_of
from analysis.exports.shown import Shown, items_of
from analysis.models import AnalysisRun, ItemResult
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
    """The present columns alone, without the further measures."""
    rows = ([column.cell(row) for column in COLUMNS] for row in published_rows(study))
    return csv_bytes([column.name for column in COLUMNS], rows, bom=bom)


def aggregates_file(shown: Shown, *, bom: bool = False) -> Iterator[bytes]:
    """The whole file, a few rows at a time."""
    from analysis.exports.measures import measure_columns

    header = [*names_of(COLUMNS), *names_of(measure_columns())]
    return csv_chunks(header, (row for run in shown.runs for row in rows_of_run(shown, run)), bom=bom)


def rows_of_run(shown: Shown, run: AnalysisRun) -> Iterator[list[str]]:
    """The rows' cells, straight from what is stored: no object is made for a row, for there may be 100,000."""
    from analysis.exports.measures import Measures, measure_columns

    cells = [(column.name, number_cell if column.kind == "number" else word_cell) for column in COLUMNS]
    further = [number_cell if column.kind == "number" else word_cell for column in measure_columns()]
    items, measures, simulated, nothing = items_of(shown, run), Measures(run), shown.study.is_simulated, [""] * len(further)
    for asked_item_id, rows in groupby(stored_rows(run), key=itemgetter(0)):
        leading, measured = items[asked_item_id], measures.of_item(asked_item_id)
        for _asked_item, component, level, group_type, group, suppressed, figures in rows:
            said = {**figures, **leading, "component": component, "level": level, "group_type": group_type, "group": group,
                    "suppressed": "yes" if suppressed else "no", "simulated": "yes" if simulated else "no"}.get
            row = [cell(said(name)) for name, cell in cells]
            values = None if suppressed or not further else measured.get((component, group_type, group))
            yield row + (nothing if values is None else [cell(value) for cell, value in zip(further, values, strict=True)])


def stored_rows(run: AnalysisRun) -> Iterator[tuple[Any, ...]]:
    found = ItemResult.objects.filter(run=run).order_by("asked_item__position", "component_position", "group_position")
    return iter(found.values_list("asked_item", "component", "level", "group_type", "group", "suppressed", "figures").iterator(500))
