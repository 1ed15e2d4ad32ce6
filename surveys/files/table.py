"""A CSV file as rows of known columns. Accepts UTF-8 with or without BOM, commas or semicolons, any line ends."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from surveys.exceptions import FileRefused

MOST_BYTES = 100 * 1024 * 1024


def in_line(line: int, problem: str) -> str:
    """A mistake with the line it stands in."""
    return _("line %(line)s: %(problem)s") % {"line": line, "problem": problem}


@dataclass(frozen=True)
class Row:
    """One row: its line in the file and its cells by column, stripped of surrounding blanks."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_table(content: bytes | str, required: Iterable[str], optional: Iterable[str] = ()) -> list[Row]:
    """The rows of a CSV file. Raises FileRefused when it can't be read as one, or has missing, unknown or repeated columns."""
    text = decode(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        check_header(header, list(required), list(optional))
        return [_row(reader.line_num, header, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        text = _("this is not a CSV file (%(error)s). Save it as “CSV UTF-8”.") % {"error": error}
        raise FileRefused([in_line(reader.line_num, text)]) from None


def _row(line: int, header: list[str], cells: list[str]) -> Row:
    if len(cells) > len(header):
        text = _("%(cells)s cells, but the header has %(columns)s columns. Put text with commas in quotes.")
        raise FileRefused([in_line(line, text % {"cells": len(cells), "columns": len(header)})])
    return Row(line, {name: cell.strip() for name, cell in zip(header, cells, strict=False)})


def decode(content: bytes | str) -> str:
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    if len(content) > MOST_BYTES:
        text = _("the file has %(size)s MB; at most 100 MB are taken. Split it.") % {"size": len(content) // 1024**2}
        raise FileRefused([in_line(1, text)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise FileRefused([in_line(line, _("the file is not in UTF-8. Save it as “CSV UTF-8”."))]) from None
    if "\0" in text:
        line = text[: text.index(chr(0))].count(chr(10)) + 1
        raise FileRefused([in_line(line, _("the file holds a NUL character. Save it as “CSV UTF-8”."))])
    return text


def delimiter_of(text: str) -> str:
    header = text.partition("\n")[0]
    return ";" if ";" in header and "," not in header else ","


def check_header(header: list[str], required: list[str], optional: list[str]) -> None:
    known = [*required, *optional]
    problems = [_("there is no column “%(name)s”. Add it.") % {"name": name} for name in required if name not in header]
    problems += [_("unknown column “%(name)s”. Known are: %(known)s.") % {"name": name, "known": ", ".join(known)} for name in header if name not in known]
    twice = sorted({name for name in header if header.count(name) > 1})
    problems += [_("the column “%(name)s” stands there twice.") % {"name": name} for name in twice]
    if problems:
        raise FileRefused([in_line(1, problem) for problem in problems])
