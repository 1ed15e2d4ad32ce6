"""Text on its way into a CSV file: never a formula when a spreadsheet opens it. (ASVS 5.0, 1.2.10)"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

# What a spreadsheet takes for the start of a formula, full-width forms too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def text_cell(value: Any) -> str:
    """Text as it is, with a leading apostrophe where a spreadsheet would run it as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]], *, bom: bool = False) -> bytes:
    """A CSV file: UTF-8, CRLF, RFC 4180 quoting. `bom` for spreadsheets that need one to read Korean and Japanese."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig" if bom else "utf-8")
