"""changes.csv: who went from where to where, unless that would tell of somebody who left."""

import pytest

from tests.analysis.tables.counted_rounds import Row, table_rows, two_rounds
from tests.factories import public

pytestmark = pytest.mark.django_db
TWELVE = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 3, 3]
EVERYBODY = dict.fromkeys(("us", "jp", "kr"), TWELVE)
MOVED = [2, *TWELVE[1:]]


def moves(rows: list[Row], group: str) -> dict[tuple[str, str], int]:
    return {(row["before"], row["after"]): row["count"] for row in rows if row["group"] == group}


def test_each_combination_that_occurs_is_listed_once() -> None:
    first = {"us": [1, 1, 2, 5, 5], "jp": [3], "kr": [3]}
    rows = table_rows(two_rounds(first, {"us": [2, 2, 2, 4, None], "jp": [3], "kr": [4]}, definition=public()), "changes")
    assert moves(rows, "us") == {("1", "2"): 2, ("2", "2"): 1, ("5", "4"): 1}
    assert {(row["n_pairs"], row["previous_round"]) for row in rows if row["group"] == "us"} == {(4, 1)}
    assert moves(rows, "all") == {("1", "2"): 2, ("2", "2"): 1, ("3", "3"): 1, ("3", "4"): 1, ("5", "4"): 1}


def test_tables_of_panels_that_nobody_left_are_told() -> None:
    rows = table_rows(two_rounds(EVERYBODY, {**EVERYBODY, "us": MOVED}), "changes")
    assert moves(rows, "us")[("1", "2")] == 1
    assert {row["group"] for row in rows} == {"all", "us", "jp", "kr"}


@pytest.mark.parametrize("leavers", [1, 4])
def test_a_group_that_few_left_has_no_table(leavers: int) -> None:
    rows = table_rows(two_rounds(EVERYBODY, {**EVERYBODY, "us": [None] * leavers + MOVED[leavers:]}), "changes")
    assert {row["group"] for row in rows} == {"jp", "kr"}
