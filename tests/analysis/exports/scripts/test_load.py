"""The scripts in the archive, run as an analyst runs them: unpack, load. R's runs where R is; everywhere it is read for what it needs."""

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from analysis.exports.bundle import write_archive
from analysis.exports.files import BOOK
from analysis.exports.scripts import script
from tests.analysis.exports.formats.korean_study import csv_names, korean_study, lines, numbers

pytestmark = pytest.mark.django_db
CHECK = """
import json, sys
from load import load
tables = load()
found = {name: [len(rows), dict(rows.dtypes.astype(str))] for name, rows in tables.items()}
row = tables["aggregates"].query("round == 2 and item == 'grave' and group == 'kr'").iloc[0]
hidden = tables["aggregates"].query("round == 1 and item == 'grave' and group == 'kr'").iloc[0]
found["of kr"] = [row["n"], row["median"], bool(hidden.isna()["median"]), tables["panels"]["name_ko"].tolist()]
sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode())
"""
CHECK_IN_R = """
source("load.R")
tables <- load_tables(".")
for (name in names(tables)) cat(name, nrow(tables[[name]]), sapply(tables[[name]], class), "\\n")
rows <- subset(tables$aggregates, round == 2 & item == "grave" & group == "kr")
hidden <- subset(tables$aggregates, round == 1 & item == "grave" & group == "kr")
stopifnot(rows$n == 4, rows$median == 2.5, is.na(hidden$median), hidden$suppressed == "yes")
stopifnot(identical(tables$panels$name_ko[3], "\\ub300\\ud55c\\ubbfc\\uad6d"), identical(names(tables$aggregates)[1:2], c("study", "round")))
"""


@pytest.fixture(scope="module")
def unpacked(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder, stream = tmp_path_factory.mktemp("archive"), io.BytesIO()
    with django_db_blocker.unblock(), transaction.atomic():
        write_archive(korean_study(), stream)
        transaction.set_rollback(True)
    with zipfile.ZipFile(stream) as archive:
        archive.extractall(folder)
    yield folder / "small"


def test_the_script_for_pandas_says_what_there_is(unpacked: Path) -> None:
    done = subprocess.run([sys.executable, "load.py"], cwd=unpacked, capture_output=True, text=True, check=True)
    expected = [f"{name.removesuffix('.csv')}: {len(lines(unpacked, name))} rows" for name in csv_names(unpacked)]
    assert sorted(line.partition(",")[0] for line in done.stdout.splitlines()) == expected


def test_pandas_loads_every_table_with_the_types_of_the_data_package(unpacked: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CHECK], cwd=unpacked, capture_output=True, check=True)
    found = json.loads(done.stdout)
    assert found.pop("of kr") == [4, 2.5, True, ["미국", "일본", "대한민국"]]  # 1, 2, 3, 5; protected in round 1
    package = json.loads((unpacked / "datapackage.json").read_bytes())
    types = {"string": "str", "number": "float64"}
    tables = [resource for resource in package["resources"] if resource["path"].endswith(".csv")]
    assert found == {table["name"]: [len(lines(unpacked, table["path"])), {field["name"]: types[field["type"]] for field in table["schema"]["fields"]}]
                     for table in tables}


def test_the_script_for_r_needs_base_r_and_the_code_book_alone(unpacked: Path) -> None:
    text = script("load.R").decode()
    assert not re.search(r"\b(library|require|requireNamespace|install\.packages)\b|::|https?:", text)
    assert set(re.findall(r"book\$(\w+)", text)) <= {column.name for column in BOOK}
    assert text.count("{") == text.count("}") and text.count("(") == text.count(")")
    assert all(row["kind"] in ("text", "number") for row in lines(unpacked, "columns.csv"))


def test_r_loads_every_table_where_there_is_r(unpacked: Path) -> None:
    interpreter = shutil.which("Rscript")
    if interpreter:
        done = subprocess.run([interpreter, "--vanilla", "-e", CHECK_IN_R], cwd=unpacked, capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        for line in done.stdout.splitlines():
            name, count, *classes = line.split()
            columns = list(lines(unpacked, f"{name}.csv")[0]) if int(count) else None
            assert int(count) == len(lines(unpacked, f"{name}.csv"))
            assert columns is None or classes == ["numeric" if column in numbers(unpacked, f"{name}.csv") else "character" for column in columns]
        assert len(done.stdout.splitlines()) == len(csv_names(unpacked))
