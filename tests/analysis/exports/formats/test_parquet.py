"""Parquet: the cells of the CSV files with types, and what each column means."""

from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from tests.analysis.exports.formats.korean_study import csv_names, meanings, meant, numbers

pytestmark = pytest.mark.django_db


def test_every_table_is_there(folder: Path) -> None:
    assert sorted(path.name for path in folder.glob("*.parquet")) == [name.replace(".csv", ".parquet") for name in csv_names(folder)]


def test_every_cell_is_that_of_the_csv_file(folder: Path) -> None:
    for name in csv_names(folder):
        assert parquet.read_table(folder / name.replace(".csv", ".parquet")).to_pylist() == meant(folder, name), name


def test_columns_are_typed_even_where_all_their_cells_are_empty(folder: Path) -> None:
    for name in csv_names(folder):
        schema = parquet.read_schema(folder / name.replace(".csv", ".parquet"))
        assert {field.name for field in schema if field.type == pyarrow.float64()} == numbers(folder, name)
        assert {field.name for field in schema if field.type == pyarrow.string()} == set(schema.names) - numbers(folder, name)


def test_columns_say_what_they_mean(folder: Path) -> None:
    schema = parquet.read_schema(folder / "aggregates.parquet")
    assert {field.name: field.metadata[b"description"].decode() for field in schema} == meanings(folder)


def test_a_protected_row_has_no_figures(folder: Path) -> None:
    hidden = [row for row in parquet.read_table(folder / "aggregates.parquet").to_pylist() if row["suppressed"] == "yes"]
    assert {(row["round"], row["group"]) for row in hidden} >= {(1.0, "kr")}
    assert all(row[name] is None for row in hidden for name in ("n", "median", "mean", "consensus", "status"))
