"""The further files: each table of `analysis/tables` as it was stored, round by round; rows about a round as a whole after its items.

(Their columns are described beside the statistics that fill them, so this loads numpy and scipy: pages import it when a file is asked for.)
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import F

from analysis.exports.cells import csv_chunks, number_cell, word_cell
from analysis.exports.described import names_of
from analysis.exports.measures import NAME as MEASURES
from analysis.exports.shown import Shown, leading_cells
from analysis.models import AnalysisRun, ItemTable
from analysis.tables import TABLES
from analysis.tables.base import LEADING, Column, Table

FURTHER: tuple[Table, ...] = tuple(table for table in TABLES if table.name != MEASURES)


def table_file(table: Table, shown: Shown, *, bom: bool = False) -> Iterator[bytes]:
    header = names_of((*LEADING, *table.columns))
    return csv_chunks(header, (row for run in shown.runs for row in rows_of_run(table, shown, run)), bom=bom)


def rows_of_run(table: Table, shown: Shown, run: AnalysisRun) -> Iterator[list[str]]:
    leading = leading_cells(shown, run)
    stored = ItemTable.objects.filter(run=run, name=table.name).order_by(F("asked_item__position").asc(nulls_last=True))
    for asked_item_id, content in stored.values_list("asked_item", "content").iterator(20):
        first = leading[asked_item_id]
        for row in cells_of(table.columns, content):
            yield first + row


def cells_of(columns: Sequence[Column], content: Mapping[str, Any]) -> Iterator[list[str]]:
    """Stored rows as cells. Columns are found by their names: a table may have been stored before the latest column was added."""
    places = {name: place for place, name in enumerate(content["columns"])}
    plan = [(places.get(column.name), number_cell if column.kind == "number" else word_cell) for column in columns]
    for row in content["rows"]:
        yield ["" if place is None else cell(row[place]) for place, cell in plan]
