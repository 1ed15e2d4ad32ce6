"""gaps.csv, rows about all items: the intervals of the means, and whom and what they leave out."""

from typing import Any

import pytest

from analysis.blocks import analyse_now
from analysis.models import ItemTable
from analysis.tables.base import Values, unpacked
from surveys.workflow.rounds import open_round
from tests.analysis.kinds.counted import give_parts, study_of
from tests.analysis.tables.test_gaps import MANY, a_round, item_rows, one, summary
from tests.factories import count

pytestmark = pytest.mark.django_db
MEANS = ("mean_emd_normalised", "mean_absolute_delta", "mean_total_variation")
FIRST, SECOND = [1, 1, 2, 2, 3, 3, 2, 1, 2, 4], [3, 3, 4, 4, 5, 5, 4, 2, 4, 5]
TEN = {"us": 1, "jp": 10, "kr": 1, "no": 10}


def limits(row: Values, name: str) -> tuple[Any, Any]:
    return row[f"{name}_low"], row[f"{name}_high"]


def test_two_items_answered_alike_are_as_sure_as_one_of_them() -> None:
    a_round({item: {"jp": FIRST, "no": SECOND} for item in ("grave", "likely")}, sizes=TEN)
    row, of_item = one(summary(), "jp", "no", first_type="panel", level=None), one(item_rows("grave"), "jp", "no", first_type="panel")
    assert (row["n_items"], row["status"], row["draws"]) == (2, "ok", 999)
    assert row["mean_emd_normalised"] == pytest.approx(of_item["emd_normalised"])
    assert limits(row, "mean_emd_normalised") == pytest.approx(limits(of_item, "emd_normalised"), abs=0.03)
    # Cliff's own interval of the one item, by another way: from -0.96 to -0.37
    low, high = limits(row, "mean_absolute_delta")
    assert (low, high) == pytest.approx((-of_item["delta_high"], -of_item["delta_low"]), abs=0.12)
    for name in MEANS:
        low, high = limits(row, name)
        assert 0 <= low <= row[name] <= high <= 1
        assert (low, high) == (round(low, 2), round(high, 2))


def test_panels_that_answer_alike_may_be_no_distance_apart() -> None:
    a_round({"grave": {"jp": FIRST, "no": FIRST}, "likely": {"jp": SECOND, "no": [3, *SECOND[1:]]}}, sizes=TEN)
    row = one(summary(), "jp", "no", first_type="panel", level="ordinal")
    assert [limits(row, name)[0] for name in MEANS] == [0, 0, 0]
    assert all(limits(row, name)[1] > row[name] for name in MEANS)


def test_nobody_who_differs_from_a_colleague_leaves_the_intervals_empty_and_items_without_a_verdict_are_in_none() -> None:
    a_round({"grave": {"us": FIRST, "kr": [2] * 8, "no": [4] * 8}, "likely": {"us": FIRST, "kr": [5] * 4}},
            sizes={"us": 10, "jp": 1, "kr": 8, "no": 8})
    constant, whole = (one(summary(), *pair, first_type="panel", level=None) for pair in (("kr", "no"), ("us", "kr")))
    assert (constant["status"], [limits(constant, name) for name in MEANS]) == ("no_variation", [(None, None)] * 3)
    assert constant["mean_emd_normalised"] == 0.5
    assert (whole["n_items"], whole["status"]) == (1, "ok")
    of_item = one(item_rows("grave"), "us", "kr", first_type="panel")
    assert limits(whole, "mean_emd_normalised") == pytest.approx(limits(of_item, "emd_normalised"), abs=0.03)


def test_where_a_panel_of_a_theatre_is_protected_joint_answers_are_not_resampled() -> None:
    a_round({"grave": {"us": MANY, "jp": MANY, "kr": [1, 2, 4, 5], "no": MANY}}, minimum=5, sizes={"us": 12, "jp": 12, "kr": 4, "no": 12})
    row = one(summary(), "pacific", "atlantic", level=None)
    assert row["mean_emd_normalised"] is not None
    assert (row["status"], [limits(row, name) for name in MEANS]) == ("protected", [(None, None)] * 3)
    assert one(summary(), "us", "no", level=None)["status"] == "ok"


def test_a_theatre_has_the_intervals_of_its_panels_experts() -> None:
    a_round({"grave": {"us": [3] * 5 + [4] * 5, "jp": FIRST, "kr": FIRST[:8], "no": SECOND}}, sizes={"us": 10, "jp": 10, "kr": 8, "no": 10})
    row = one(summary(), "pacific", "atlantic", level=None)
    assert (row["left_out"], row["status"]) == ("us", "ok")
    assert all(limits(row, name)[0] < row[name] < limits(row, name)[1] for name in MEANS)


def test_confidence_in_an_interval_is_about_the_expert_and_in_nothing_over_all_items() -> None:
    idea = {"code": "spend", "kind": "quantiles", "interval": "idea", "minimum": 0, "maximum": 100, "text": "How much?"}
    study = study_of([idea], {"us": 8, "jp": 8})
    study_round = open_round(study, 1)
    given = {f"{panel}-{place}": {"spend": {"lower": 10 + place, "best": 20 + place, "upper": 40 + place, "confidence": sure + place}}
             for panel, sure in (("us", 50), ("jp", 85)) for place in range(1, 9)}
    give_parts(study_round, given)
    analyse_now(count(study_round))
    rows = {row["component"]: row for row in item_rows("spend") if row["first_type"] == "panel"}
    assert {code: row["family"] for code, row in rows.items()} == {**dict.fromkeys(("lower", "best", "upper"), "interval"), "confidence": "confidence"}
    assert rows["confidence"]["verdict"] == "different"
    # The two give the same intervals, and differ in how sure they are: 35 points of the scale
    overall = one(summary(), "us", "jp", level=None)
    assert (overall["n_compared"], overall["n_different"], overall["mean_emd_normalised"]) == (3, 0, 0)
    (table,) = ItemTable.objects.filter(name="disagreement", asked_item=None)
    (split,) = [row for row in unpacked(table.content) if row["group_type"] == "all"]
    assert split["between"] < 0.01
