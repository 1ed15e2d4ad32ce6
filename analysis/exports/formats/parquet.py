"""A table as a Parquet file: the columns' types and meanings stand in it, and it holds no time, so the same results give the same bytes."""

from pathlib import Path

from analysis.exports.files import ResultFile
from analysis.exports.formats.typed import batches_of, columns_of, schema_of
from analysis.exports.shown import Shown


def write_parquet(file: ResultFile, shown: Shown, path: Path) -> None:
    from pyarrow import parquet

    schema = schema_of(columns_of(file, shown))
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer, batches_of(file, shown, schema) as batches:
        for batch in batches:
            writer.write_batch(batch)
