"""A grid: a row for each cell, which counts by itself; “cannot judge” of a cell, and of the whole grid."""

import pytest

from tests.analysis.kinds.counted import UNJUDGED, cells, hold_round, options, study_of, table

pytestmark = pytest.mark.django_db
ROLES = {"code": "roles", "kind": "grid", "scale": "five", "rows": "panels", "columns": options("isr", "asw"), "about": "role_expectation",
         "text": "Who should do what?"}
CELLS = ("us.isr", "us.asw", "jp.isr", "jp.asw")


def test_each_cell_counts_by_itself() -> None:
    study = study_of([ROLES], {"us": 3, "jp": 2})
    hold_round(study, 1, {
        "us-1": {"roles": dict(zip(CELLS, (1, 2, 3, 4), strict=True))},
        "us-2": {"roles": {"us.isr": 5, "us.asw": UNJUDGED, "jp.isr": 3}},  # one cell cannot be judged, one is left open
        "us-3": {"roles": {"": UNJUDGED}},
        "jp-1": {"roles": dict.fromkeys(CELLS, UNJUDGED)},
        "jp-2": {"roles": {"": ""}},
    })
    rows = table(study, 1, "roles")
    assert [component for component, group in rows if group == "all"] == list(CELLS)
    found = {cell: cells(rows[cell, "all"], "level", "n_submitted", "n", "n_cannot_judge", "n_missing", "median", "iqr", "consensus") for cell in CELLS}
    # The rule of the study is an IQR of at most 1: of 1 and 5 it is 2.
    assert found == {
        "us.isr": ["ordinal", "5", "2", "2", "1", "3", "2", "not_reached"],
        "us.asw": ["ordinal", "5", "1", "3", "1", "2", "0", "reached"],
        "jp.isr": ["ordinal", "5", "2", "2", "1", "3", "0", "reached"],
        "jp.asw": ["ordinal", "5", "1", "2", "2", "4", "0", "reached"],
    }
    assert cells(rows["jp.asw", "jp"], "n_submitted", "n", "n_cannot_judge", "n_missing", "median", "consensus") == ["2", "0", "1", "1", "", "not_assessed"]


def test_a_pair_needs_the_cell_in_both_rounds() -> None:
    study = study_of([ROLES], {"us": 2, "jp": 1})
    hold_round(study, 1, {"us-1": {"roles": dict(zip(CELLS, (1, 2, 3, 4), strict=True))}, "us-2": {"roles": {"us.isr": 5, "us.asw": UNJUDGED}}})
    hold_round(study, 2, {"us-1": {"roles": dict(zip(CELLS, (1, 3, 3, 4), strict=True))}, "us-2": {"roles": {"us.isr": 5, "us.asw": 1}}})
    rows = table(study, 2, "roles")
    assert {cell: cells(rows[cell, "all"], "n_pairs", "percent_changed") for cell in CELLS} == {
        "us.isr": ["2", "0"], "us.asw": ["1", "100"], "jp.isr": ["1", "0"], "jp.asw": ["1", "0"]}


def test_a_cell_is_hidden_by_itself() -> None:
    study = study_of([ROLES], {"us": 6, "jp": 6}, minimum=5)
    whole = {f"{panel}-{number}": {"roles": dict.fromkeys(CELLS, number % 5 + 1)} for panel in ("us", "jp") for number in range(1, 7)}
    for number in range(1, 4):
        whole[f"us-{number}"] = {"roles": {"us.isr": number, "us.asw": UNJUDGED, "jp.isr": number, "jp.asw": number}}
    hold_round(study, 1, whole)
    rows = table(study, 1, "roles")
    assert {cell: rows[cell, "us"]["suppressed"] for cell in CELLS} == {"us.isr": "no", "us.asw": "yes", "jp.isr": "no", "jp.asw": "no"}
