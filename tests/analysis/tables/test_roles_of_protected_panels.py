"""What a protected panel expects never appears in a role table, nor can it be worked out from one."""

import pytest

from analysis.exports.aggregates import published_rows
from analysis.tables.base import Values
from surveys.models import Round
from surveys.workflow.responses import withdraw
from surveys.workflow.rounds import open_round
from tests.analysis.tables.role_studies import a_role_study, a_round, cell, table_rows, with_experts

pytestmark = pytest.mark.django_db
PANELS = ("us", "jp", "kr", "au")
MANY = {"us": [1, 2, 3, 4, 5, 1, 2], "jp": [2, 2, 3, 4, 5, 5, 4], "kr": [3, 4, 3, 5, 2, 4, 1], "au": [1, 1, 2, 3, 4, 2, 5]}
FEW = {**MANY, "kr": [5, 1, 4], "au": [5, 2, 5]}
CELLS = [f"{target}.{function}" for target in PANELS for function in ("isr", "asw")]


def a_round_of(**special: dict[str, list[int]]) -> Round:
    study = with_experts(a_role_study(is_public=False, panels=PANELS, disclosure={"minimum": 5}), dict.fromkeys(PANELS, 7))
    return a_round(study, 1, {code: special.get(code.replace(".", "_"), MANY) for code in CELLS}, dict.fromkeys(CELLS, MANY))


def test_two_small_panels_have_no_expectations_no_gaps_and_stand_in_nobodys_mean() -> None:
    """Four panels, two of three answers: their rows stay out, those of `all`, us and jp are shown."""
    counted = a_round_of(us_isr=FEW, kr_isr=FEW)
    expectations, rows = table_rows(counted, "role_expectations"), table_rows(counted, "roles")
    for target in ("us", "kr"):
        for rater in ("kr", "au"):
            found = cell(expectations, target=target, function="isr", rater=rater)
            assert (found["n"], found["mean"], found["median"], found["sd"], found["status"]) == (None, None, None, None, "protected")
    us, kr = cell(rows, target="us", function="isr"), cell(rows, target="kr", function="isr")
    assert (us["left_out"], us["n_others_panels"], us["others_mean"]) == ("kr|au", 1, pytest.approx(25 / 7))
    assert (us["pooled_n"], us["pooled_mean"]) == (13, pytest.approx((25 + 10 + 12) / 13))
    assert (kr["self_n"], kr["self_mean"], kr["gap"], kr["p_mann_whitney"], kr["status"]) == (None, None, None, None, "protected")
    assert (kr["left_out"], kr["pooled_n"], kr["pooled_mean"], kr["pooled_median"], kr["verdict"]) == ("au", None, None, None, "not_assessed")


def test_the_tables_hold_nothing_that_the_published_rows_do_not_say() -> None:
    """Every number of a cell is worked out here once more, from the published histograms alone."""
    counted = a_round_of(us_isr=FEW, jp_asw={**MANY, "kr": [2]}, kr_isr={**MANY, "us": [4] * 7}, au_asw=FEW)
    shown: dict[tuple[str, str], list[float]] = {
        (row.result.component, row.result.group): row.result.figures["histogram"]
        for row in published_rows(counted.study, 1) if not row.result.suppressed and row.item.code == "roles"}
    rows = list(table_rows(counted, "roles"))
    assert len(rows) == len(CELLS)
    for row in rows:
        check(row, {group: histogram for (component, group), histogram in shown.items() if component == row["component"]})


def check(row: Values, shown: dict[str, list[float]]) -> None:
    own = shown.get(row["target"])
    others = {panel: shown[panel] for panel in PANELS if panel != row["target"] and panel in shown}
    assert row["left_out"] == "|".join(panel for panel in PANELS if panel not in shown and panel != row["target"])
    assert row["self_n"] == (None if own is None else sum(own))
    assert row["others_n"] == sum(sum(histogram) for histogram in others.values())
    assert row["others_mean"] == pytest.approx(sum(mean(histogram) for histogram in others.values()) / len(others))
    if own is None:
        assert all(row[name] is None for name in ("self_mean", "self_median", "pooled_n", "pooled_mean", "pooled_median", "gap", "p_mann_whitney", "p_holm"))
    else:
        rest = [everybody - mine for everybody, mine in zip(shown["all"], own, strict=True)]
        assert (row["pooled_n"], row["pooled_mean"]) == (sum(rest), pytest.approx(mean(rest)))


def mean(histogram: list[float]) -> float:
    return sum(position * count for position, count in enumerate(histogram, start=1)) / sum(histogram)


def test_pairs_and_matrices_leave_protected_cells_out_and_name_them() -> None:
    counted = a_round_of(us_isr=FEW)
    rows = table_rows(counted, "role_pairs")
    isr = cell(rows, comparison="reciprocity", first="us", second="kr", function="isr")
    assert (isr["counterpart_n"], isr["counterpart_mean"], isr["difference"], isr["status"]) == (None, None, None, "protected")
    over_all = cell(rows, comparison="reciprocity", first="us", second="kr", function="")
    assert (over_all["n_functions"], over_all["left_out"]) == (1, "isr")
    mirror = cell(rows, comparison="mirror", first="kr", second="us", function="isr")
    assert (mirror["expected_n"], mirror["expected_mean"], mirror["difference"], mirror["status"]) == (None, None, None, "protected")
    matrix = cell(table_rows(counted, "role_matrices"), function="isr")
    assert (matrix["relations_status"], matrix["actor_variance"]) == ("not_applicable", None)


def test_a_gap_that_was_hidden_is_not_told_a_round_later() -> None:
    study = with_experts(a_role_study(is_public=False, panels=PANELS, disclosure={"minimum": 5}), dict.fromkeys(PANELS, 7))
    a_round(study, 1, dict.fromkeys(CELLS, FEW))
    rows = table_rows(a_round(study, 2, dict.fromkeys(CELLS, MANY)), "roles")
    kr, us = cell(rows, target="kr", function="isr"), cell(rows, target="us", function="isr")
    assert (kr["status"], kr["previous_gap"], kr["gap_change"]) == ("ok", None, None)
    assert (us["previous_gap"], us["gap_change"]) == (pytest.approx(mean([2, 2, 1, 1, 1]) - mean([0, 2, 1, 2, 2])), None)


def test_what_was_told_before_a_withdrawal_is_told_alike_afterwards() -> None:
    """The earlier round's figures stand as they were published; worked out anew over those who are left, they would tell who left."""
    study = with_experts(a_role_study(is_public=False, panels=PANELS, disclosure={"minimum": 5}), dict.fromkeys(PANELS, 7))
    first = a_round(study, 1, dict.fromkeys(CELLS, MANY))
    before = {row["component"]: row["gap"] for row in table_rows(first, "roles")}
    open_round(study, 2)
    withdraw(study.panelists.get(code="us-5"))
    without = {code: {**MANY, "us": MANY["us"][:4]} for code in CELLS}
    rows = table_rows(a_round(study, 2, without), "roles")
    assert {row["component"]: row["previous_gap"] for row in rows} == pytest.approx(before)
