"""What stands in an answer, in words: of files that programs read, what those programs find in them."""

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pandas
import pyarrow.parquet
import pypdf
import pyreadstat
from django.http.response import HttpResponseBase


def words_of(response: HttpResponseBase) -> str:
    return in_words(b"".join(response) if response.streaming else response.content)


def in_words(content: bytes) -> str:
    if content.startswith(b"PK"):  # an archive, or a workbook, which is one
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(in_words(archive.read(name)) for name in archive.namelist())
    if content.startswith(b"PAR1"):
        return table_in_words(pyarrow.parquet.read_table(io.BytesIO(content)).to_pandas())
    if content.startswith(b"<stata_dta>"):
        return table_in_words(pandas.read_stata(io.BytesIO(content), convert_categoricals=False))
    if content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return statistics_file_in_words(content) if content.startswith(b"$FL") else content.decode()


def statistics_file_in_words(content: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.sav"
        path.write_bytes(content)
        table, said = pyreadstat.read_sav(str(path))
    return f"{table_in_words(table)}\n{said.variable_value_labels}"


def table_in_words(table: Any) -> str:
    return table.to_csv(index=False, float_format="%.6f")
