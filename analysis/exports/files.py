"""The tables that analysts get, in the archive's order: what their columns are, and how they are written.

`columns.csv`, `datapackage.json` and docs/files.md follow from this list.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from analysis.exports.aggregates import aggregates_file
from analysis.exports.cells import csv_chunks, text_cell
from analysis.exports.columns import COLUMNS
from analysis.exports.described import Describes, names_of, text
from analysis.exports.items import item_columns, items_csv
from analysis.exports.measures import measure_columns
from analysis.exports.panels import panel_columns, panels_csv
from analysis.exports.shown import Shown
from analysis.exports.tables import FURTHER, table_file
from analysis.exports.texts import OPEN_ANSWER_COLUMNS, REASON_COLUMNS, open_answers_file, reasons_file
from analysis.tables.base import LEADING, Table

Columns = tuple[Describes, ...]
BOOK = (
    text("file", "the file's name"),
    text("column", "the column's name"),
    text("kind", "text or number"),
    text("meaning", "what its cells say"),
)


@dataclass(frozen=True)
class Asked:
    """What some columns depend on: the study's languages, and the rounds that are shown."""

    languages: tuple[str, ...]
    rounds: tuple[int | str, ...]


@dataclass(frozen=True)
class ResultFile:
    """One CSV file. `key`: the columns that name a row, where none of them is ever empty."""

    name: str
    columns: Callable[[Asked], Columns]
    write: Callable[..., Iterator[bytes]]
    key: tuple[str, ...] = ()

    def content(self, shown: Shown, *, bom: bool = False) -> Iterator[bytes]:
        return self.write(shown, bom=bom)


def asked_of(shown: Shown) -> Asked:
    return Asked(tuple(shown.study.languages), tuple(run.round.number for run in shown.runs))


def further_file(table: Table) -> ResultFile:
    columns: Columns = (*LEADING, *table.columns)
    return ResultFile(f"{table.name}.csv", lambda _asked: columns, partial(table_file, table))


def _items(shown: Shown, *, bom: bool = False) -> Iterator[bytes]:
    yield items_csv(shown.study, bom=bom)


def _panels(shown: Shown, *, bom: bool = False) -> Iterator[bytes]:
    yield panels_csv(shown.study, bom=bom)


def _book(shown: Shown, *, bom: bool = False) -> Iterator[bytes]:
    described = ((file, column) for file in FILES for column in file.columns(asked_of(shown)))
    rows = ([text_cell(cell) for cell in (file.name, column.name, column.kind, column.meaning)] for file, column in described)
    return csv_chunks(names_of(BOOK), rows, bom=bom)


FILES: tuple[ResultFile, ...] = (
    ResultFile("aggregates.csv", lambda _asked: (*COLUMNS, *measure_columns()), aggregates_file),
    *map(further_file, FURTHER),
    ResultFile("reasons.csv", lambda _asked: (*LEADING, *REASON_COLUMNS), reasons_file),
    ResultFile("open_answers.csv", lambda _asked: (*LEADING, *OPEN_ANSWER_COLUMNS), open_answers_file),
    ResultFile("items.csv", lambda asked: item_columns(asked.languages), _items, ("item", "item_version")),
    ResultFile("panels.csv", lambda asked: panel_columns(asked.languages, asked.rounds), _panels, ("panel",)),
    ResultFile("columns.csv", lambda _asked: BOOK, _book, ("file", "column")),
)
