"""The Excel workbook, read back with openpyxl: a sheet for every table, numbers as numbers, text never a formula."""

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.utils.escape import unescape

from analysis.exports.described import Described
from analysis.exports.formats.workbook import PLAIN_TEXT, write_sheet, write_workbook
from analysis.exports.shown import what_is_shown
from tests.analysis.exports.formats.korean_study import TITLE, csv_names, korean_study, lines, meant

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def book(folder: Path) -> Workbook:
    return load_workbook(folder / "workbook.xlsx")


def rows(sheet: Any) -> list[dict[str, Any]]:
    header, *others = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in others]


def test_a_sheet_for_every_table_after_what_it_is(folder: Path, book: Workbook) -> None:
    assert book.sheetnames[0] == "Read me"
    assert sorted(book.sheetnames[1:]) == [name.removesuffix(".csv") for name in csv_names(folder)]


def as_excel_reads(value: Any) -> Any:
    """A line break in a cell is a line feed alone."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def test_every_cell_is_that_of_the_csv_file(folder: Path, book: Workbook) -> None:
    for name in csv_names(folder):
        expected = [{column: as_excel_reads(value) for column, value in row.items()} for row in meant(folder, name)]
        assert rows(book[name.removesuffix(".csv")]) == expected, name


def test_numbers_are_numbers_and_text_is_never_a_formula_or_a_link(book: Workbook) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    assert "'=얼마나 심각합니까?" in {row["text_ko"] for row in rows(book["items"])}  # the apostrophe as in items.csv


@pytest.mark.parametrize("text", ["<r>&</r>", "<r><t>x</t></r>", "_x0041_", " begins and ends with a space ", "\x07bell", "=1+1", "http://a.example"])
def test_whatever_an_expert_writes_stays_text(tmp_path: Path, text: str) -> None:
    """(Excel reads _x0007_ as that sign; openpyxl only when told to.)"""
    with xlsxwriter.Workbook(str(tmp_path / "book.xlsx"), PLAIN_TEXT) as made:
        write_sheet(made.add_worksheet(), (Described("text", "text", "what was written"),), iter([[text]]), None)
    cell = load_workbook(tmp_path / "book.xlsx").active["A2"]
    assert (unescape(cell.value), cell.data_type, cell.hyperlink) == ("'" + text if text.startswith("<r>") else text, "s", None)


def test_the_header_stays_in_sight(book: Workbook) -> None:
    assert {sheet.freeze_panes for sheet in book.worksheets[1:]} == {"A2"}
    assert book["aggregates"].column_dimensions["A"].width > 7


def test_the_first_sheet_says_what_it_is_in_korean_and_in_english(folder: Path, book: Workbook) -> None:
    said = [str(cell) for row in book["Read me"].iter_rows(values_only=True) for cell in row if cell is not None]
    assert said[0] == TITLE and "small" in said
    assert any(line.startswith("Protected: showing it could give somebody away") for line in said) and any(line.startswith("보호됨:") for line in said)
    assert sum(len(line) == 64 for line in said) == 2 * 3  # by language: the rules and two closings
    assert {"aggregates", "role_expectations", "columns"} <= set(said)
    assert any(line.startswith("One row for each round, item, component and group") for line in said)


def test_what_a_sheet_cannot_hold_goes_on_in_the_next(tmp_path: Path) -> None:
    write_workbook(what_is_shown(korean_study()), tmp_path / "book.xlsx", rows_a_sheet=2)
    book = load_workbook(tmp_path / "book.xlsx")
    assert [len(rows(book[name])) for name in ("panels", "panels 2")] == [2, 1]  # three panels
    assert [row["panel"] for name in ("panels", "panels 2") for row in rows(book[name])] == ["us", "jp", "kr"]
    assert [len(rows(book[name])) for name in ("items",)] == [2] and "items 2" not in book.sheetnames


def test_nothing_else_is_known_of_when_and_by_whom_it_was_made(folder: Path, book: Workbook) -> None:
    assert (book.properties.title, book.properties.created.year, book.properties.creator or "") == (TITLE, 1980, "")
    assert lines(folder, "panels.csv")[0]["name_ko"] == rows(book["panels"])[0]["name_ko"] == "미국"
