"""How values become cells: numbers always the same way, text never a formula (surveys/files/cells.py), files row by row."""

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from itertools import islice

from surveys.files.cells import csv_bytes, text_cell

__all__ = ["csv_bytes", "csv_chunks", "number_cell", "text_cell", "word_cell"]
SIX, TWELVE = Decimal("0.000001"), Decimal("0.000000000001")
NEAR_A_TIE = ("49", "50", "5")  # seventh and eighth decimal
ROWS_A_CHUNK = 500

word_cell = lru_cache(4096)(text_cell)  # for columns that say the same few words again and again


def number_cell(value: float | int | None) -> str:
    """Counts as integers; other numbers half-even to 6 decimals, without trailing zeros, exponent or -0. Undefined: empty."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else _float_cell(float(value))


@lru_cache(1 << 14)
def _float_cell(value: float) -> str:
    """Most numbers are short, or far from a tie: then Python's own rounding says the same, ten times as fast."""
    if not math.isfinite(value):
        raise ArithmeticError(f"{value} must not reach a file; what is not defined is None")
    text = f"{value:.15g}"
    decimals = text.partition(".")[2]
    if "e" in text or decimals[6:8] in NEAR_A_TIE:
        text = _rounded_as_meant(text)
    elif len(decimals) > 6:
        text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _rounded_as_meant(text: str) -> str:
    """Half-even on the number as meant: 9.375312500000007, a difference of two figures, is the tie 9.3753125."""
    meant = Decimal(text).quantize(TWELVE, rounding=ROUND_HALF_EVEN)
    return f"{meant.quantize(SIX, rounding=ROUND_HALF_EVEN):f}".rstrip("0").rstrip(".")


def csv_chunks(header: Sequence[str], rows: Iterable[Sequence[str]], *, bom: bool = False) -> Iterator[bytes]:
    """A CSV file as `csv_bytes` writes it, a few hundred rows at a time: its size never matters."""
    yield csv_bytes(header, [], bom=bom)
    stream = io.StringIO(newline="")
    writer, following = csv.writer(stream, lineterminator="\r\n"), iter(rows)
    while some := list(islice(following, ROWS_A_CHUNK)):
        writer.writerows(some)
        yield stream.getvalue().encode()
        stream.seek(0)
        stream.truncate()
