"""gaps.csv: kinds whose answer is several numbers, and numbers without limits."""

from collections.abc import Mapping
from typing import Any

import pytest

from analysis.blocks import analyse_now
from analysis.models import ItemResult, ItemTable
from analysis.tables.base import Values, unpacked
from surveys.workflow.rounds import open_round
from tests.analysis.kinds.counted import give_parts, options, study_of
from tests.factories import count

pytestmark = pytest.mark.django_db


def gaps_between(item: dict[str, Any], first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Values]:
    """Component → its row, of two panels of six who all answer alike within their panel."""
    study = study_of([{"code": "asked", "text": "What?", **item}], {"us": 6, "jp": 6})
    study_round = open_round(study, 1)
    answers = {"us": first, "jp": second}
    give_parts(study_round, {f"{panel}-{place}": {"asked": parts} for panel, parts in answers.items() for place in range(1, 7)})
    analyse_now(count(study_round))
    (table,) = ItemTable.objects.filter(name="gaps").exclude(asked_item=None)
    return {row["component"]: row for row in unpacked(table.content)}


def test_ranks() -> None:
    rows = gaps_between({"kind": "ranking", "options": options("a", "b", "c")}, {"a": 1, "b": 2, "c": 3}, {"a": 3, "b": 2, "c": 1})
    # From first to third of three ranks is the whole way; an eighth of the two steps between them counts as none
    assert (rows["a"]["hodges_lehmann"], rows["a"]["emd_normalised"], rows["a"]["cliffs_delta"], rows["a"]["margin"]) == (-2, 1, -1, 0.25)
    assert (rows["a"]["verdict"], rows["b"]["verdict"], rows["b"]["status"]) == ("different", "same", "no_variation")


def test_points() -> None:
    rows = gaps_between({"kind": "allocation", "total": 100, "options": options("a", "b")}, {"a": 70, "b": 30}, {"a": 45, "b": 55})
    assert [(row["level"], row["difference_medians"], row["emd"], row["emd_normalised"]) for row in rows.values()] == [
        ("share", 25, 25, 0.25), ("share", -25, 25, 0.25)]


def test_a_grids_cells_are_a_family_of_their_own() -> None:
    grid = {"kind": "grid", "scale": "five", "rows": options("x", "y"), "columns": options("p")}
    rows = gaps_between(grid, {"x.p": 1, "y.p": 2}, {"x.p": 5, "y.p": 2})
    assert {row["family"] for row in rows.values()} == {"ordinal of asked"}
    # Panels apart: U = 0, mean 18, variance 3 (13 - 2 * 210/132) = 29.4545: z = -3.3166, normal tables: p = 0.00091, alone in its family
    assert rows["x.p"]["p_holm"] == pytest.approx(0.00091, abs=5e-6)
    assert rows["x.p"]["means_low"] is None  # neither panel varies


def test_numbers_without_limits_have_neither_margin_nor_normalised_distance() -> None:
    (row,) = gaps_between({"kind": "number"}, {"": 10}, {"": 250}).values()
    assert (row["emd"], row["emd_normalised"], row["margin"], row["equivalent"], row["total_variation"]) == (240, None, None, None, None)
    assert (row["verdict"], row["status"]) == ("different", "ok")


def test_quantiles_are_compared_one_by_one() -> None:
    item = {"kind": "quantiles", "quantiles": [0.25, 0.75], "minimum": 0, "maximum": 20}
    rows = gaps_between(item, {"0.25": 2, "0.75": 9}, {"0.25": 6, "0.75": 10})
    assert [(code, row["difference_medians"], row["emd_normalised"]) for code, row in rows.items()] == [("0.25", -4, 0.2), ("0.75", -1, 0.05)]


def test_a_difference_without_any_spread_within_the_margin_is_a_small_one() -> None:
    (row,) = gaps_between({"kind": "number", "minimum": 0, "maximum": 100}, {"": 50}, {"": 52}).values()
    # p as in the grid above, but 2 of 100 are less than the margin of 10
    assert (row["margin"], row["equivalent"], row["equivalence_low"], row["verdict"]) == (10, "yes", None, "different_but_small")


def test_a_panel_of_one_opinion_is_not_taken_for_certain_because_of_rounding() -> None:
    study = study_of([{"code": "asked", "kind": "number", "minimum": 0, "maximum": 100, "decimals": 1, "text": "What?"}], {"us": 7, "jp": 6, "kr": 6})
    study_round = open_round(study, 1)
    # Seven times 33.3 over seven is not quite 33.3 in binary; the three means differ by less than their noise
    said = {"us": [33.3] * 7, "jp": [20, 30, 40, 20, 30, 40], "kr": [10, 30, 50, 10, 30, 50]}
    give_parts(study_round, {f"{panel}-{place}": {"asked": {"": value}} for panel, given in said.items() for place, value in enumerate(given, start=1)})
    analyse_now(count(study_round))
    rows = [row for row in unpacked(ItemTable.objects.get(name="gaps", asked_item__isnull=False).content) if row["first_type"] == "panel"]
    # All drawn to the common mean. The pooled variance is (0 + 400 + 1600)/16 = 125, so the noises are 125/7, 80/6 and 320/6
    weights = {"us": 7 / 125, "jp": 6 / 80, "kr": 6 / 320}
    mean = (33.3 * weights["us"] + 30 * weights["jp"] + 30 * weights["kr"]) / sum(weights.values())
    assert {round(row[name], 6) for row in rows for name in ("pooled_first", "pooled_second")} == {round(mean, 6)}


def test_medians_are_those_of_the_rows_whatever_the_type_of_the_quartiles() -> None:
    study = study_of([{"code": "asked", "kind": "rating", "scale": "five", "text": "What?"}], {"us": 2, "jp": 2}, quantile_type=1)
    study_round = open_round(study, 1)
    give_parts(study_round, {f"{panel}-{place}": {"asked": {"": place}} for panel in ("us", "jp") for place in (1, 2)})
    analyse_now(count(study_round))
    (row,) = unpacked(ItemTable.objects.get(name="gaps", asked_item__isnull=False).content)
    published = ItemResult.objects.get(group="us").figures["median"]
    assert row["median_first"] == published == 1.5
