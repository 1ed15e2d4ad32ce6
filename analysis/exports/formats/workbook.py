"""All tables as one Excel workbook, written row by row: numbers as numbers, text as text (never a formula, never a link), and no time of its own."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

from analysis.exports.datapackage import title_of
from analysis.exports.described import Describes
from analysis.exports.files import FILES, ResultFile
from analysis.exports.formats.read_me import read_me
from analysis.exports.formats.typed import Value, columns_of, rows_of
from analysis.exports.shown import Shown

ROWS_A_SHEET = 1_048_575  # besides the header
NARROW, WIDE, LOOKED_AT = 8, 60, 200
FIXED_TIME = datetime(1980, 1, 1)  # noqa: DTZ001 (a workbook's times have no zone)
PLAIN_TEXT = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
READ_ME = "Read me"


def write_workbook(shown: Shown, path: Path, *, rows_a_sheet: int = ROWS_A_SHEET) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), PLAIN_TEXT) as book:
        book.set_properties({"title": title_of(shown.study), "created": FIXED_TIME})
        bold = book.add_format({"bold": True})
        write_read_me(book.add_worksheet(READ_ME), shown, bold)
        for file in FILES:
            write_table(book, file, shown, bold, rows_a_sheet)


def sheet_name(file: str) -> str:
    return file.removesuffix(".csv")


def write_read_me(sheet: Any, shown: Shown, bold: Any) -> None:
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 2, WIDE)
    for place, line in enumerate(read_me(shown, tuple((sheet_name(file.name), file.name) for file in FILES))):
        for column, cell in enumerate(line):
            sheet.write_string(place, column, cell, bold if place == 0 else None)


def write_table(book: Any, file: ResultFile, shown: Shown, bold: Any, rows_a_sheet: int) -> None:
    """More rows than a sheet takes go on in a further one."""
    columns, rows, name = columns_of(file, shown), rows_of(file, shown), sheet_name(file.name)
    write_sheet(book.add_worksheet(name), columns, islice(rows, rows_a_sheet), bold)
    number = 2
    while (further := following(rows, rows_a_sheet)) is not None:
        write_sheet(book.add_worksheet(f"{name} {number}"), columns, further, bold)
        number += 1


def following(rows: Iterator[list[Value]], most: int) -> Iterator[list[Value]] | None:
    """What goes on in the next sheet, if anything does."""
    first = next(rows, None)
    return None if first is None else chain([first], islice(rows, most - 1))


def write_sheet(sheet: Any, columns: Sequence[Describes], rows: Iterator[list[Value]], bold: Any) -> None:
    looked_at = list(islice(rows, LOOKED_AT))
    for place, width in enumerate(widths(columns, looked_at)):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, bold)
    for line, row in enumerate(chain(looked_at, rows), start=1):
        for place, value in enumerate(row):
            if value is not None:
                if isinstance(value, str):
                    sheet.write_string(line, place, never_markup(value))
                else:
                    sheet.write_number(line, place, value)


def never_markup(said: str) -> str:
    """XlsxWriter takes text between <r> and </r> for markup of its own and copies it as it is, which can break the workbook: an apostrophe, as for formulas."""
    return f"'{said}" if said.startswith("<r>") and said.endswith("</r>") else said


def widths(columns: Sequence[Describes], rows: Sequence[list[Value]]) -> Iterator[int]:
    """As wide as the first rows' longest cell, within limits."""
    for place, column in enumerate(columns):
        longest = max((len(shown_as(row[place])) for row in rows), default=0)
        yield min(max(longest, len(column.name), NARROW) + 2, WIDE)


def shown_as(value: Value) -> str:
    return f"{value:.10g}" if isinstance(value, float) else value or ""
