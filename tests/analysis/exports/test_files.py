"""Every file by itself: its columns as the code book has them, its rows in their order; the data package as its standard wants it.

The properties that the test asks of datapackage.json stand in the specification of Data Package, Data Resource, Tabular Data Resource and
Table Schema, version 1 (specs.frictionlessdata.io, 2017).
"""

import csv
import hashlib
import json
import re
from dataclasses import dataclass
from io import StringIO
from typing import Any

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from analysis.blocks import analyse_now
from analysis.exports.bundle import NAMES, content_of
from analysis.exports.contents import CONTENTS, contents_in_english
from analysis.exports.measures import measure_columns
from analysis.exports.shown import Shown, what_is_shown
from analysis.models import ItemResult, ItemTable
from analysis.tables.base import LEADING, unpacked
from tests.factories import a_study, add_experts, by_panel, run_round

pytestmark = pytest.mark.django_db
PATTERN_OF_NAMES = re.compile(r"^[-a-z0-9._/]+$")
MEDIA_TYPES = {"csv": "text/csv", "json": "application/json", "py": "text/x-python", "R": "text/x-r"}
TYPES = {"string", "number", "integer", "boolean", "object", "array", "date", "time", "datetime", "year", "yearmonth", "duration", "geopoint",
         "geojson", "any"}


def study_in_two_rounds() -> Shown:
    """Panel kr is protected in round 1: two experts answer where three are needed."""
    items = [{"code": code, "kind": "rating", "scale": "five", "text": "How grave?"} for code in ("second", "first")]
    study = a_study(questionnaire=[{"section": "main", "title": "Main", "items": items}], disclosure={"minimum": 3}, languages=["en", "ko"])
    add_experts(study, {"us": 6, "jp": 6, "kr": 4})
    for number, few in ((1, [1, 2]), (2, [1, 2, 3, 5])):
        answers = by_panel("second", {"us": [1, 2, 3, 4, 5, 3], "jp": [1, 2, 2, 3, 4, 5], "kr": few})
        for given in answers.values():
            given["first"] = 6 - given["second"]
        analyse_now(run_round(study, number, answers))
    return what_is_shown(study)


@dataclass(frozen=True)
class Made:
    """The files, and what they were made of: round, item and table → what is stored."""

    files: dict[str, bytes]
    stored: dict[tuple[int, str, str], dict[str, Any]]
    rows: int

    def lines(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(StringIO(self.files[name].decode(), newline="")))

    def header(self, name: str) -> list[str]:
        return next(csv.reader(StringIO(self.files[name].decode(), newline="")))


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Made:
    """Made once, because the tests only read; the study itself is rolled back at once."""
    with django_db_blocker.unblock(), transaction.atomic():
        shown = study_in_two_rounds()
        tables = ItemTable.objects.exclude(asked_item=None).values_list("run__round__number", "asked_item__item_version__item__code", "name", "content")
        found = Made({name: bytes_of(shown, name) for name in NAMES}, {row[:3]: row[3] for row in tables}, ItemResult.objects.count())
        transaction.set_rollback(True)
    return found


def bytes_of(shown: Shown, name: str) -> bytes:
    return b"".join(content_of(shown, name))


def test_every_file_is_said_to_hold_something() -> None:
    assert set(CONTENTS) == set(NAMES)
    assert all(contents_in_english(name) for name in NAMES)


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".csv")])
def test_the_code_book_names_every_column_of_every_file_in_order(made: Made, name: str) -> None:
    book = [row for row in made.lines("columns.csv") if row["file"] == name]
    assert [row["column"] for row in book] == made.header(name)
    assert all(row["kind"] in ("text", "number") and row["meaning"] for row in book)


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".csv")])
def test_cells_of_numbers_are_numbers(made: Made, name: str) -> None:
    numbers = {row["column"] for row in made.lines("columns.csv") if row["file"] == name and row["kind"] == "number"}
    cells = {row[column] for row in made.lines(name) for column in numbers} - {""}
    assert all(re.fullmatch(r"-?\d+(\.\d{1,6})?", cell) for cell in cells), cells


def test_the_files_are_the_same_on_every_run() -> None:
    shown = study_in_two_rounds()
    assert all(bytes_of(shown, name) == bytes_of(what_is_shown(shown.study), name) for name in NAMES)


def test_rows_stand_by_round_and_in_the_questionnaires_order(made: Made) -> None:
    order = [(row["round"], row["item"]) for row in made.lines("distributions.csv")]
    assert list(dict.fromkeys(order)) == [("1", "second"), ("1", "first"), ("2", "second"), ("2", "first")]


def test_rows_about_a_round_follow_its_items_and_leave_the_item_empty(made: Made) -> None:
    order = list(dict.fromkeys((row["round"], row["item"]) for row in made.lines("gaps.csv")))
    assert order == [("2", "second"), ("2", "first"), ("2", "")]  # in round 1 no two panels are shown
    whole = next(row for row in made.lines("gaps.csv") if not row["item"])
    assert (whole["study"], whole["section"], whole["item_version"], whole["kind"]) == ("small", "", "", "")


def test_a_further_file_holds_what_was_stored(made: Made) -> None:
    found = [row for row in made.lines("distributions.csv") if (row["round"], row["item"]) == ("1", "first")]
    assert list(found[0]) == [column.name for column in LEADING] + made.stored[1, "first", "distributions"]["columns"]
    assert len(found) == len(made.stored[1, "first", "distributions"]["rows"])
    everybody = [float(row["share"]) for row in found if row["group"] == "all"]
    assert everybody == pytest.approx([2 / 14, 2 / 14, 3 / 14, 4 / 14, 3 / 14], abs=5e-7)  # 6 less 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5


def test_a_column_that_was_added_since_is_empty() -> None:
    shown = study_in_two_rounds()
    stored = ItemTable.objects.get(run__round__number=1, asked_item__item_version__item__code="first", name="distributions")
    place = stored.content["columns"].index("share")
    stored.content = {"columns": [name for name in stored.content["columns"] if name != "share"],
                      "rows": [row[:place] + row[place + 1:] for row in stored.content["rows"]]}
    stored.save()
    lines = csv.DictReader(StringIO(bytes_of(shown, "distributions.csv").decode(), newline=""))
    found = [row for row in lines if (row["round"], row["item"]) == ("1", "first")]
    assert {row["share"] for row in found} == {""} and {row["n"] for row in found if row["group"] == "all"} == {"14"}


def test_measures_stand_after_the_columns_of_aggregates_and_never_in_protected_rows(made: Made) -> None:
    further = [column.name for column in measure_columns()]
    assert further and made.header("aggregates.csv")[-len(further):] == further
    rows = made.lines("aggregates.csv")
    hidden = [row for row in rows if row["suppressed"] == "yes"]
    assert {(row["round"], row["group"]) for row in hidden} >= {("1", "kr")}
    assert all(row[name] == "" for row in hidden for name in further)
    assert all(any(row[name] for name in further) for row in rows if row["suppressed"] == "no" and row["n"] != "0")


def test_measures_belong_to_their_row(made: Made) -> None:
    of_jp = next(row for row in unpacked(made.stored[2, "first", "measures"]) if row["group"] == "jp")
    row = next(row for row in made.lines("aggregates.csv") if (row["round"], row["item"], row["group"]) == ("2", "first", "jp"))
    numbers = [column.name for column in measure_columns() if column.kind == "number" and isinstance(of_jp[column.name], int | float)]
    assert numbers and all(float(row[name]) == pytest.approx(of_jp[name], abs=1e-6) for name in numbers)


def test_a_row_stands_for_each_stored_one(made: Made) -> None:
    assert len(made.lines("aggregates.csv")) == made.rows


# --- datapackage.json ---


@pytest.fixture
def package(made: Made) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(made.files["datapackage.json"])
    return found


def test_the_package_is_as_the_standard_wants_it(package: dict[str, Any]) -> None:
    assert PATTERN_OF_NAMES.fullmatch(package["name"]) and package["profile"] == "data-package"
    assert isinstance(package["title"], str) and isinstance(package["description"], str)
    assert package["resources"]
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names) and all(map(PATTERN_OF_NAMES.fullmatch, names))


def test_every_resource_is_there_with_its_length_and_digest(made: Made, package: dict[str, Any]) -> None:
    assert [resource["path"] for resource in package["resources"]] == [name for name in NAMES if name != "datapackage.json"]
    for resource in package["resources"]:
        content = made.files[resource["path"]]
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        assert not resource["path"].startswith(("/", "."))
        assert (resource["encoding"], resource["mediatype"]) == ("utf-8", MEDIA_TYPES[resource["path"].rpartition(".")[2]])


def test_every_table_has_a_schema_of_its_columns(made: Made, package: dict[str, Any]) -> None:
    tables = [resource for resource in package["resources"] if resource["path"].endswith(".csv")]
    for resource in tables:
        assert resource["profile"] == "tabular-data-resource"
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == made.header(resource["path"])
        assert {field["type"] for field in fields} <= TYPES and all(isinstance(field["description"], str) for field in fields)
        assert resource["schema"]["missingValues"] == [""]
    assert len(tables) == len([name for name in NAMES if name.endswith(".csv")])


def test_a_primary_key_is_unique_and_never_empty(made: Made, package: dict[str, Any]) -> None:
    """Table Schema: a primary key's fields can't be null; an empty cell is."""
    keys = {resource["path"]: resource["schema"]["primaryKey"] for resource in package["resources"] if "primaryKey" in resource.get("schema", {})}
    assert set(keys) == {"items.csv", "panels.csv", "columns.csv"}
    for name, key in keys.items():
        cells = [tuple(row[column] for column in key) for row in made.lines(name)]
        assert len(set(cells)) == len(cells) and all(all(cell) for cell in cells)
