"""The cells of a CSV file as values: numbers from the very digits that stand there, nothing where a cell is empty."""

import csv
import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from analysis.exports.described import Describes
from analysis.exports.files import ResultFile, asked_of
from analysis.exports.shown import Shown

Value = str | float | None
BLOCK = 1 << 24  # bytes that are read at a time; no row may be longer


def columns_of(file: ResultFile, shown: Shown) -> tuple[Describes, ...]:
    return file.columns(asked_of(shown))


def rows_of(file: ResultFile, shown: Shown) -> Iterator[list[Value]]:
    """Row by row, without the header. (What a file is written in ends with the end of a row.)"""
    numbers = [column.kind == "number" for column in columns_of(file, shown)]
    lines = (line for piece in file.content(shown) for line in io.StringIO(piece.decode(), newline=""))
    rows = csv.reader(lines)
    next(rows)
    for row in rows:
        yield [(float(cell) if is_number else cell) if cell else None for cell, is_number in zip(row, numbers, strict=True)]


def schema_of(columns: Sequence[Describes]) -> Any:
    """Arrow's types, with each column's meaning."""
    import pyarrow

    kinds = {"text": pyarrow.string(), "number": pyarrow.float64()}
    return pyarrow.schema([pyarrow.field(column.name, kinds[column.kind], metadata={"description": column.meaning}) for column in columns])


@contextmanager
def batches_of(file: ResultFile, shown: Shown, schema: Any) -> Iterator[Iterator[Any]]:
    """Arrow's record batches, many thousand rows at a time."""
    from pyarrow import csv as arrow

    with tempfile.TemporaryFile() as spooled:
        for piece in file.content(shown):
            spooled.write(piece)
        spooled.seek(0)
        reader = arrow.open_csv(
            spooled, arrow.ReadOptions(use_threads=False, block_size=BLOCK), arrow.ParseOptions(newlines_in_values=True),
            arrow.ConvertOptions(column_types=schema, null_values=[""], strings_can_be_null=True),
        )
        yield (batch.cast(schema) for batch in reader)
