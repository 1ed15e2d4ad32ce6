"""Workbooks for tests, written cell by cell: the sheets as lists of rows, the first row the header."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from surveys.xlsform import Entry, Imported, read_xlsform

Rows = Sequence[Sequence[Any]]
FIVE = [["agree5", number, word] for number, word in enumerate(["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"], 1)]
CHOICES: Rows = [
    ["list_name", "name", "label"],
    ["yesno", "yes", "Yes"], ["yesno", "no", "No"],
    ["means", "cyber", "Cyber operations"], ["means", "militia", "Maritime militia"], ["means", "a2ad", "Anti-access"],
    *FIVE,
]
SETTINGS: Rows = [["form_title", "form_id"], ["A form", "a-form"]]


def workbook(survey: Rows, choices: Rows = CHOICES, settings: Rows = SETTINGS, **others: Rows) -> bytes:
    """A workbook as a spreadsheet program saves it."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in {"survey": survey, "choices": choices, "settings": settings, **others}.items():
        if rows:
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def form(*questions: Mapping[str, Any], choices: Rows = CHOICES, settings: Rows = SETTINGS) -> bytes:
    """A form whose columns are the keys of its questions, in the order in which they first come; row 2 is the first question."""
    columns = list(dict.fromkeys(key for question in questions for key in question))
    return workbook([columns, *([question.get(column) for column in columns] for question in questions)], choices, settings)


def imported(*questions: Mapping[str, Any], choices: Rows = CHOICES, settings: Rows = SETTINGS) -> Imported:
    return read_xlsform(form(*questions, choices=choices, settings=settings))


def items_of(given: Imported) -> list[dict[str, Any]]:
    return [item for section in given.definition["questionnaire"] for item in section["items"]]


def entry_of(given: Imported, name: str) -> Entry:
    return next(entry for entry in given.report.entries if entry.name == name)


def remarks_of(given: Imported, name: str) -> str:
    return " ".join(entry_of(given, name).remarks)


def packed(**parts: bytes) -> bytes:
    """A zip archive of the parts; `__` in a name stands for a slash, as in xl__workbook.xml."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()
