"""How values become cells: numbers always the same way, text never a formula (surveys/files/cells.py)."""

import math
from decimal import ROUND_HALF_EVEN, Decimal

from surveys.files.cells import csv_bytes, text_cell

__all__ = ["csv_bytes", "number_cell", "text_cell"]
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
