"""How values become cells: numbers always the same way, text never a formula. (ASVS 5.0, 1.2.10)"""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

# What a spreadsheet takes for the start of a formula, full-width forms too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
SIX, TWELVE = Decimal("0.000001"), Decimal("0.000000000001")


def number_cell(value: float | int | None) -> str:
    """Counts as integers; other numbers half-even to 6 decimals, without trailing zeros, exponent or -0. Undefined: empty."""
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    if not math.isfinite(value):
        raise ArithmeticError(f"{value} must not reach a file; what is not defined is None")
    # Half-even on the number as meant: 9.375312500000007, a difference of two figures, is the tie 9.3753125.
    meant = Decimal(f"{float(value):.15g}").quantize(TWELVE, rounding=ROUND_HALF_EVEN)
    rounded = meant.quantize(SIX, rounding=ROUND_HALF_EVEN)
    text = f"{rounded:f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


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
