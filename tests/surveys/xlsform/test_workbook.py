"""Cells as somebody would have typed them, and what reading them costs a process that never does."""

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from surveys.xlsform import is_workbook
from surveys.xlsform.workbook import cell_text, read_sheets
from tests.surveys.xlsform.forms import CHOICES, SETTINGS, workbook

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(("value", "text"), [
    (None, ""), (3, "3"), (3.0, "3"), (2.5, "2.5"), (True, "TRUE"), (False, "FALSE"), (" text ", "text"), ("a\u200e\x07b", "a\u200eb"),
    (date(2027, 3, 1), "2027-03-01"), (datetime.fromisoformat("2027-03-01"), "2027-03-01"), (datetime.fromisoformat("2027-03-01T18:30"), "2027-03-01 18:30:00"),
    ("a\r\nb", "a\nb"), (1e300, "1e+300"),
])
def test_a_cell_as_text(value: Any, text: str) -> None:
    assert cell_text(value) == text


def test_sheets_are_found_whatever_their_case_and_others_are_named() -> None:
    sheets, others = read_sheets(workbook([["type"], ["text"]], CHOICES, SETTINGS, entities=[["a"]], Notes=[["b"]]))
    assert set(sheets) == {"survey", "choices", "settings"} and others == ["entities", "Notes"]
    assert set(read_sheets(workbook([], [], [], Survey=[["type"], ["text"]]))[0]) == {"survey"}


def test_rows_keep_the_numbers_that_the_spreadsheet_shows() -> None:
    sheet = read_sheets(workbook([[None], ["type"], [None], ["text"], ["integer"]], [], []))[0]["survey"]
    assert (sheet.header_row, [row for row, _cells in sheet.rows]) == (2, [4, 5])


@pytest.mark.parametrize(("content", "answer"), [(workbook([["type"]]), True), (b"study: x\n", False), (b"", False), (b"PK", False)])
def test_a_workbook_is_told_from_a_study_file_by_its_first_signs(content: bytes, answer: bool) -> None:
    assert is_workbook(content) is answer


def test_nobody_pays_for_the_spreadsheet_library_before_a_form_is_read() -> None:
    script = "import django; django.setup(); import sys, surveys.views.organizer.study_file; print('openpyxl' in sys.modules)"
    environment = {"DELPHI_MODE": "test", "DJANGO_SETTINGS_MODULE": "deterrence_delphi.settings", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
