"""The sheets of an Excel workbook as rows of texts. Size, rows and columns are bounded: a small file can unpack to anything."""

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.utils.translation import gettext as _

from surveys.exceptions import FileRefused
from surveys.items.text import clean_text
from surveys.xlsform.problems import refuse

SHEETS = ("survey", "choices", "settings")
MOST_BYTES = 5_000_000
MOST_UNPACKED = 25_000_000
MOST_TAGS = 1_000_000  # in all sheets together; each becomes some hundred bytes while it is read
MOST_ROWS = {"survey": 5_000, "choices": 10_000, "settings": 100}
MOST_COLUMNS = 250
LAST_ROW = 1_048_576  # of Excel's own grid
PIECE = 65_536
# Entities can blow a small text up without end, and no spreadsheet program writes a document type.
DOCUMENT_TYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True)
class Sheet:
    """The header and the rows with anything in them, each with its number in the sheet."""

    name: str
    header_row: int
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def is_workbook(content: bytes) -> bool:
    """Does it begin like a zip archive, as every .xlsx does?"""
    return content[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def read_sheets(content: bytes) -> tuple[dict[str, Sheet], list[str]]:
    """The form's own sheets by name, and the names of all others. Raises FileRefused."""
    if len(content) > MOST_BYTES:
        refuse(_("the workbook is larger than 5 MB. Remove pictures and sheets that the form does not need."))
    try:
        check_archive(content)
        return _read(content)
    except FileRefused:
        raise
    except Exception:  # a damaged workbook can fail in the archive, in XML or in any of the library's descriptors
        refuse(_("this can't be read as an Excel workbook (.xlsx). Open it in a spreadsheet program, save it as .xlsx, and choose that file."))


def check_archive(content: bytes) -> None:
    """Unpacks it once to nowhere: what the archive says of its sizes need not be true."""
    size = tags = 0
    with ZipFile(BytesIO(content)) as archive:
        for piece, tail in _pieces(archive):
            size, tags = size + len(piece), tags + piece.count(b"<")
            if size > MOST_UNPACKED:
                refuse(_("the workbook unpacks to more than %(most)s MB. Remove pictures and sheets that the form does not need.")
                       % {"most": MOST_UNPACKED // 1_000_000})
            if tags > MOST_TAGS:
                refuse(_("the workbook has too many cells to be a form. Remove rows, columns and sheets that the form does not need."))
            if any(mark in tail + piece for mark in DOCUMENT_TYPE):
                refuse(_("the workbook holds a document type declaration, which no spreadsheet program writes. Save it anew as .xlsx."))


def _pieces(archive: ZipFile) -> Iterator[tuple[bytes, bytes]]:
    """Each piece of each member, and the end of the one before it."""
    for member in archive.infolist():
        with archive.open(member) as file:
            tail = b""
            while piece := file.read(PIECE):
                yield piece, tail
                tail = piece[-20:]


def _read(content: bytes) -> tuple[dict[str, Sheet], list[str]]:
    from openpyxl import load_workbook  # half a second of start-up that only this import needs

    warnings.filterwarnings("ignore", module="openpyxl")  # styles and validations are nothing to us
    workbook = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        found: dict[str, Sheet] = {}
        others = []
        for worksheet in workbook.worksheets:
            name = str(worksheet.title).strip().lower()
            if name in SHEETS and name not in found:
                found[name] = _sheet(name, worksheet.iter_rows(min_row=1, max_row=LAST_ROW, max_col=MOST_COLUMNS + 1, values_only=True))
            else:
                others.append(str(worksheet.title))
        return found, others
    finally:
        workbook.close()


def _sheet(name: str, given: Iterable[tuple[Any, ...]]) -> Sheet:
    rows = list(_filled(name, given))
    header_row, header = rows[0] if rows else (1, ())
    return Sheet(name, header_row, header, tuple(rows[1:]))


def _filled(name: str, given: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    count = 0
    for number, values in enumerate(given, 1):
        if values.count(None) == len(values):
            continue
        cells = tuple(cell_text(value) for value in values)
        if not any(cells):
            continue
        if len(cells) > MOST_COLUMNS and cells[MOST_COLUMNS]:
            refuse(_("there are more than %(most)s columns. Remove those that the form does not need.") % {"most": MOST_COLUMNS}, name, number)
        count += 1
        if count > MOST_ROWS[name]:
            refuse(_("there are more than %(most)s rows. Split the form.") % {"most": f"{MOST_ROWS[name]:,}"}, name, number)
        yield number, cells


def cell_text(value: Any) -> str:
    """A cell as somebody would have typed it: 3 for 3.0, TRUE, 2027-03-01."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return clean_text(text, len(text))
