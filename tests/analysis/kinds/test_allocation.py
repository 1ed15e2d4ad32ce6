"""Points shared out: a row for each option, all shown or hidden together, since they add up to the total."""

import pytest

from tests.analysis.kinds.counted import cells, hold_round, options, study_of, table

pytestmark = pytest.mark.django_db
BURDEN = {"code": "burden", "kind": "allocation", "total": 10, "decimals": 1, "text": "Share ten points", "options": options("isr", "asw", "lift")}
RULES = {"consensus": {"share": {"rule": "iqr", "at_most": 2}}, "stability": {"rule": "scheibe", "below": 15}}


def points(*given: float) -> dict[str, dict[str, float]]:
    return {"burden": dict(zip(("isr", "asw", "lift"), given, strict=False))}


def test_figures_of_each_option() -> None:
    study = study_of([BURDEN], {"us": 4}, **RULES)
    # The fourth gives out 9.5 of 10 points only: kept for the expert, and missing here. The third leaves a zero unsaid.
    hold_round(study, 1, {"us-1": points(5, 5, 0), "us-2": points(6, 2.5, 1.5), "us-3": points(1, 9), "us-4": points(5, 4.5)})
    rows = table(study, 1, "burden")
    assert [component for component, group in rows if group == "all"] == ["isr", "asw", "lift"]
    # isr: 1, 5, 6 → quartiles (type 7) 3 and 5.5; asw: 2.5, 5, 9; lift: 0, 0, 1.5.
    found = {component: cells(rows[component, "all"], "level", "n", "n_missing", "median", "q1", "q3", "mean", "rule_value", "consensus")
             for component in ("isr", "asw", "lift")}
    assert found == {
        "isr": ["share", "3", "1", "5", "3", "5.5", "4", "2.5", "not_reached"],
        "asw": ["share", "3", "1", "5", "3.75", "7", "5.5", "3.25", "not_reached"],
        "lift": ["share", "3", "1", "0", "0", "0.75", "0.5", "0.75", "reached"],
    }


def test_the_histogram_has_ten_bins_up_to_the_total() -> None:
    study = study_of([BURDEN], {"us": 2}, **RULES)
    hold_round(study, 1, {"us-1": points(10, 0, 0), "us-2": points(1, 9, 0)})
    # Bins of isr: the last (10 is its right end) and the second (1); then 9.9 stays in the last, and 0.9 goes down to the first: half moves.
    hold_round(study, 2, {"us-1": points(9.9, 0.1, 0), "us-2": points(0.9, 9.1, 0)})
    rows = table(study, 2, "burden")
    assert [cells(rows[code, "all"], "scheibe", "percent_changed", "stability") for code in ("isr", "asw", "lift")] == [
        ["50", "100", "unstable"], ["0", "100", "stable"], ["0", "0", "stable"]]


def test_one_option_on_which_a_small_panel_agrees_hides_the_panel_everywhere() -> None:
    study = study_of([BURDEN], {"us": 5, "jp": 8, "kr": 9}, minimum=3, **RULES)
    mixed = {f"{panel}-{number}": points(number, 10 - number, 0) for panel in ("jp", "kr") for number in range(1, 9)}
    # Nobody of us gives lift anything, nor do most others: an answer of five that the row would give away. isr differs among them.
    alike = {f"us-{number}": points(number, 10 - number, 0) for number in range(1, 6)}
    hold_round(study, 1, {**mixed, **alike, "kr-9": points(3, 3, 4), "jp-1": points(2, 2, 6)})
    rows = table(study, 1, "burden")
    shown = {option: [group for code, group in rows if code == option and rows[code, group]["suppressed"] == "no"] for option in ("isr", "asw", "lift")}
    assert "us" not in shown["lift"]
    assert shown["isr"] == shown["asw"] == shown["lift"]
