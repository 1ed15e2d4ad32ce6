"""influence.csv: did the answers draw together because of one ally?"""

import pytest

from analysis.publication import published_run
from analysis.verification import verify_run
from tests.analysis.tables.counted_rounds import Answers, Row, table_rows, two_rounds
from tests.factories import RATING, a_definition, a_study, add_experts, public, run_round

pytestmark = pytest.mark.django_db
SPREAD = ("spread", "spread_without", "spread_changes")
SPREAD_OUT = [2, 3, 4]


def of_all(rows: list[Row]) -> dict[str, Row]:
    """Ally → the item's row of everybody without it."""
    return {row["without"]: row for row in rows if row["level"] and row["group"] == "all"}


def said(row: Row) -> tuple[str | None, ...]:
    return tuple(row[name] for name in SPREAD)


def test_without_the_only_ally_that_moved_nothing_drew_together() -> None:
    """Three of us went from 1 to 3 and three from 5 to 3; nobody else moved. Swapped back or not, the median is 3, and the distances from it are as
    large as there are of us at an end: only none or all six swapped are as extreme, 2 of 64 ways, with either of the two others or with both.
    Without us no way is less extreme than what came out."""
    first: Answers = {"us": [1, 1, 1, 5, 5, 5], "jp": SPREAD_OUT, "kr": SPREAD_OUT}
    counted = two_rounds(first, {**first, "us": [3] * 6}, definition=public())
    rows = table_rows(counted, "influence")
    without = of_all(rows)
    assert {ally: row["p_spread_without"] for ally, row in without.items()} == {"us": 1, "jp": 2 / 64, "kr": 2 / 64}
    assert without["kr"]["spread_ratio_without"] == pytest.approx(2 / 14)
    assert said(without["us"]) == ("narrower", "no_clear_change", "yes")
    assert said(without["jp"]) == said(without["kr"]) == ("narrower", "narrower", "no")
    assert all(said(row) == (None, None, None) for row in rows if row["group_type"] == "equal_weight")
    overall = {row["without"]: (row["n_spread_judged"], row["n_spread_changed"]) for row in rows if not row["level"] and row["group"] == "all"}
    assert overall == {"us": (1, 1), "jp": (1, 0), "kr": (1, 0)}
    run = published_run(counted)
    assert run is not None and not verify_run(run).differences


def test_an_ally_of_which_not_all_may_be_told_is_not_missed() -> None:
    """One of us left, so that figures over pairs of us, and of everybody but us, are rough."""
    first: Answers = {"us": [1, 1, 1, 5, 5, 5], "jp": SPREAD_OUT * 4, "kr": SPREAD_OUT * 4}
    without = of_all(table_rows(two_rounds(first, {**first, "us": [None, *[3] * 5]}, definition=a_definition()), "influence"))
    assert {ally: (row["p_spread_without"], row["spread_without"]) for ally, row in without.items()} == dict.fromkeys(("us", "jp", "kr"), (None, None))


def test_p_values_are_corrected_over_the_items() -> None:
    """Two items of one kind: twice 2 of 64 is no longer below 0.05."""
    items = [{**RATING, "code": code} for code in ("grave", "near")]
    study = a_study(public(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": items}]))
    before = {"us": [1, 1, 1, 5, 5, 5], "jp": SPREAD_OUT, "kr": SPREAD_OUT}
    add_experts(study, {panel: len(given) for panel, given in before.items()})
    for number, said_then in ((1, before), (2, {**before, "us": [3] * 6})):
        given = {f"{panel}-{place}": {"grave": value, "near": value} for panel, values in said_then.items() for place, value in enumerate(values, start=1)}
        counted = run_round(study, number, given)
    rows = [row for row in table_rows(counted, "influence") if row["level"] and row["group"] == "all"]
    assert len(rows) == 6
    assert {(row["p_spread_without"], *said(row)) for row in rows if row["without"] != "us"} == {(2 / 64, "no_clear_change", "no_clear_change", "no")}
