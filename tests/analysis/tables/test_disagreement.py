"""disagreement.csv: what lies between the allies, whether it narrows and by whom, by hand; and nothing of a protected panel."""

from typing import Any

import pytest

from surveys.models import Round
from surveys.workflow.responses import withdraw
from surveys.workflow.rounds import open_round
from tests.analysis.tables.counted_rounds import Answers, Row, row_of, table_rows, two_rounds
from tests.factories import a_definition, a_study, add_experts, by_panel, count, give, public, run_round

pytestmark = pytest.mark.django_db

THEATRES = [{"code": "pacific", "name": {"en": "Pacific"}}, {"code": "atlantic", "name": {"en": "Atlantic"}}]
PANELS = [
    {"code": "us", "name": {"en": "US"}, "theatres": ["pacific", "atlantic"]},
    {"code": "jp", "name": {"en": "Japan"}, "theatres": ["pacific"]},
    {"code": "kr", "name": {"en": "Korea"}, "theatres": ["atlantic"]},
]
LOW, MIDDLE, HIGH = [1, 1, 1, 2, 2, 2], [2, 3, 3, 3, 4, 3], [4, 4, 4, 5, 5, 5]
PAIR_FIGURES = ("between_change_low", "between_change_high", "within_change_low", "left", "revision", "joined")


def items(*codes: str, **spec: Any) -> list[dict[str, Any]]:
    asked = [{"code": code, "kind": "rating", "scale": "five", "text": {"en": code}, **spec} for code in codes]
    return [{"section": "main", "title": {"en": "Main"}, "items": asked}]


def one_round(answers: Answers, definition: dict[str, Any] | None = None) -> Round:
    study = a_study(definition or public())
    add_experts(study, {panel: len(list(given)) for panel, given in answers.items()})
    return run_round(study, 1, by_panel("grave", answers))


def of_items(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["level"]]


def over_all(rows: list[Row]) -> list[Row]:
    return [row for row in rows if not row["level"]]


def test_three_panels_by_hand() -> None:
    row = row_of(of_items(table_rows(one_round({"us": [1, 2], "jp": [4, 5], "kr": [3, 3]}), "disagreement")), "all")
    # In quarters of the scale: W 1, 1 and 0, mean 2/3; C of us and jp 3, of either and kr 3/2, mean 2. Total = (2/3)/3 + (2/3)2 = 14/9
    assert (row["within"], row["total"]) == (pytest.approx(2 / 12), pytest.approx(14 / 36))
    assert (row["between"], row["between_share"]) == (pytest.approx(8 / 36), pytest.approx(8 / 14))
    assert row["between_low"] < row["between"] < row["between_high"]
    assert (row["n_panels"], row["left_out"], row["status"], row["draws"]) == (3, "", "ok", 999)
    assert (row["previous_round"], row["between_change"], row["verdict"], row["cause_status"]) == (None, None, None, None)


def test_a_theatre_compares_its_own_panels_and_one_in_both_counts_in_each() -> None:
    rows = of_items(table_rows(one_round({"us": [1, 2], "jp": [4, 5], "kr": [3, 3]}, public(panels=PANELS, theatres=THEATRES)), "disagreement"))
    assert [row["group"] for row in rows] == ["all", "pacific", "atlantic"]
    # In quarters: us and jp (3 - 1)/2 = 1; us and kr (3/2 - 1/2)/2 = 1/2
    assert [row["between"] for row in rows[1:]] == [pytest.approx(1 / 4), pytest.approx(1 / 8)]


def test_a_gap_that_narrows_by_revision() -> None:
    rows = table_rows(two_rounds({"us": LOW, "jp": HIGH, "kr": MIDDLE}, {"us": MIDDLE, "jp": MIDDLE, "kr": MIDDLE}, definition=public()), "disagreement")
    row = row_of(of_items(rows), "all")
    assert (row["previous_round"], row["n_panels_since"], row["verdict"], row["main_cause"], row["cause_status"]) == (1, 3, "narrows", "revision", "ok")
    assert (row["left"], row["joined"], row["revision"]) == (0, 0, pytest.approx(row["between_change"]))
    assert row["between_change_high"] < 0
    # By hand, in quarters. Before: W of LOW and HIGH 18/30, of MIDDLE 2 3 3 3 3 4: 20/30; C 3, 3/2, 3/2. After: all C are
    # (1x1x2 + 4x1x1 + ...)/36: 2 against 2 3 3 3 3 4 is 0 1 1 1 1 2 = 6, each 3 is 2, the 4 is 6: 20/36
    within, across = (18 + 18 + 20) / 90, (3 + 1.5 + 1.5) / 3
    before, after = across - within, 20 / 36 - 20 / 30
    assert row["between_change"] == pytest.approx((after - before) * 2 / 3 / 4)


def test_the_parts_are_leaving_revising_and_joining() -> None:
    first: Answers = {"us": [1, 2, 2, None], "jp": [4, 5, 5, 5], "kr": [None] * 4}
    second: Answers = {"us": [1, 2, 3, 1], "jp": [3, 4, None, 4], "kr": [None] * 4}
    row = row_of(of_items(table_rows(two_rounds(first, second, definition=public()), "disagreement")), "all")
    # In quarters, as in the statistic's own test: 5/4, 7/6, 1/3; with the joiner's 1: us 1 1 2 3 W (1 + 2 + 1 + 2 + 1 + 0)/6 = 7/6,
    # jp 3 4 4 W 2/3, C (2+3+3+2+3+3+1+2+2+0+1+1)/12 = 23/12: (23/12 - 11/12)/2 = 1/2
    assert (row["left"], row["revision"], row["joined"]) == pytest.approx(((7 / 6 - 5 / 4) / 4, (1 / 3 - 7 / 6) / 4, (1 / 2 - 1 / 3) / 4))
    assert row["between_change"] == pytest.approx((1 / 2 - 5 / 4) / 4)
    assert (row["n_panels"], row["left_out"], row["left_out_since"]) == (2, "kr", "")
    assert (row["verdict"], row["main_cause"], row["cause_status"]) == ("not_assessed", None, "not_assessed")  # fewer than five answers


def test_a_panel_of_few_is_left_out_of_the_change_and_named_so_that_the_others_have_a_verdict() -> None:
    first: Answers = {"us": LOW, "jp": HIGH, "kr": [*MIDDLE[:4], None]}
    second: Answers = {"us": MIDDLE, "jp": MIDDLE, "kr": [1, 5, 1, 5, 1]}
    rows = table_rows(two_rounds(first, second, definition=public()), "disagreement")
    named = ("n_panels", "n_panels_since", "left_out_since", "verdict", "main_cause", "status")
    assert [tuple(row[name] for name in named) for row in rows] == [(3, 2, "kr", "narrows", "revision", "partly")] * 2
    assert rows[0]["reason"] == "left_out_since names the panels that have fewer than 5 answers in either round."
    # By hand, in quarters, of us and jp alone: (3 - 18/30)/2 before, (20/36 - 20/30)/2 after
    assert rows[0]["between_change"] == pytest.approx(((20 / 36 - 20 / 30) - (3 - 18 / 30)) / 2 / 4)


def test_a_clear_change_over_a_panel_of_which_nobody_answered_twice_has_no_cause_and_says_so() -> None:
    nobody: list[Any] = [None] * 6
    second = two_rounds({"us": [*LOW, *nobody], "jp": HIGH}, {"us": [*nobody, *HIGH], "jp": HIGH}, definition=public())
    rows = table_rows(second, "disagreement")
    assert [(row["verdict"], row["main_cause"], row["cause_status"], row["left"]) for row in rows] == [("narrows", None, "insufficient_n", None)] * 2


def test_a_protected_panel_is_left_out_named_and_has_no_influence() -> None:
    found = []
    for place, hidden in enumerate(([1, 1, 2, 5], [5, 5, 4, 3])):
        # kr is small, and fr would give it away beside all: both are hidden, whatever they said
        answers = {"us": LOW * 2, "jp": [*LOW, *HIGH], "kr": hidden, "no": HIGH * 2, "fr": hidden * 3}
        panels = [{"code": code, "name": {"en": code}} for code in answers]
        found.append(table_rows(one_round(answers, a_definition(study=f"study-{place}", panels=panels)), "disagreement"))
    assert [(row["n_panels"], row["left_out"]) for row in found[0]] == [(3, "kr|fr")] * 2
    assert found[0] == found[1]


def test_a_panel_that_one_expert_left_is_not_in_the_change() -> None:
    """us had 12 and has 17: one left, six joined. The words of a change over it would tell what the one had said; jp and kr are compared alone."""
    first: Answers = {"us": LOW * 2, "jp": HIGH * 2, "kr": MIDDLE * 2}
    found = []
    for place, left in enumerate((1, 2)):
        before = {**first, "us": [left, *LOW[1:], *LOW]}
        second: Answers = {"us": [None, *LOW[1:], *MIDDLE], "jp": MIDDLE * 2, "kr": MIDDLE * 2}
        row = row_of(of_items(table_rows(two_rounds(before, second, definition=a_definition(study=f"study-{place}")), "disagreement")), "all")
        assert (row["status"], row["n_panels_since"], row["left_out_since"]) == ("partly", 2, "us")
        assert (row["verdict"], row["main_cause"]) == ("narrows", "revision")
        found.append([row[name] for name in PAIR_FIGURES] + [row["between_change"]])
    assert found[0] == found[1]
    assert found[0][-1] < 0


def test_where_no_two_panels_may_be_told_of_nothing_is_said_of_the_change() -> None:
    first: Answers = {"us": LOW * 2, "jp": HIGH * 2, "kr": MIDDLE * 2}
    second: Answers = {panel: [None, *MIDDLE[1:], *MIDDLE] for panel in first}
    row = row_of(of_items(table_rows(two_rounds(first, second), "disagreement")), "all")
    assert (row["status"], row["n_panels_since"], row["verdict"], row["main_cause"]) == ("partly", 0, None, None)
    assert [row[name] for name in PAIR_FIGURES] == [None] * len(PAIR_FIGURES)
    assert row["cause_status"] == "protected"
    assert row["between_low"] is not None


def test_what_is_told_of_one_round_does_not_depend_on_who_answered_what_before() -> None:
    found = []
    for place, before in enumerate((LOW, LOW[::-1])):
        first = {"us": before, "jp": HIGH, "kr": MIDDLE}
        second = two_rounds(first, {"us": LOW, "jp": HIGH, "kr": MIDDLE}, definition=public(study=f"study-{place}"))
        row = row_of(of_items(table_rows(second, "disagreement")), "all")
        found.append([row[name] for name in ("within_low", "within_high", "between_low", "between_high", "total_low", "total_high")])
    assert found[0] == found[1]


def test_after_an_erasure_no_change_is_told() -> None:
    study = a_study()
    everybody = {"us": LOW * 2, "jp": HIGH * 2, "kr": MIDDLE * 2}
    add_experts(study, dict.fromkeys(everybody, 12))
    run_round(study, 1, by_panel("grave", everybody))
    second = open_round(study, 2)
    withdraw(study.panelists.get(code="kr-1"))
    give(second, {code: given for code, given in by_panel("grave", everybody).items() if code != "kr-1"})
    row = row_of(of_items(table_rows(count(second), "disagreement")), "all")
    assert (row["between_change"], row["total_change"], row["left"], row["status"]) == (None, None, None, "partly")
    assert row["verdict"] is None


def test_over_all_items_each_weighs_the_same() -> None:
    study = a_study(public(questionnaire=items("grave", "likely")))
    add_experts(study, {"us": 6, "jp": 6, "kr": 1})
    said = {"us": ("grave", LOW, "likely", MIDDLE), "jp": ("grave", HIGH, "likely", MIDDLE)}
    answers = {f"{panel}-{place + 1}": {first: low[place], second: high[place]} for panel, (first, low, second, high) in said.items() for place in range(6)}
    run_round(study, 1, answers)
    second = run_round(study, 2, answers)
    rows = table_rows(second, "disagreement")
    [overall], each = over_all(rows), of_items(rows)
    # By hand, in quarters: grave (3 - 18/30)/2 = 6/5, likely (20/36 - 20/30)/2 = -1/18
    assert [row["between"] for row in each] == [pytest.approx(6 / 20), pytest.approx(-1 / 72)]
    assert overall["between"] == pytest.approx((6 / 20 - 1 / 72) / 2)
    assert (overall["n_items"], overall["n_items_since"], overall["previous_round"]) == (2, 2, 1)
    assert (overall["between_change"], overall["verdict"], overall["main_cause"]) == (0, "no_clear_change", None)
    assert overall["cause_status"] == "no_clear_change"
    assert overall["left_out"] == "kr"
    assert round(overall["between_low"], 3) == overall["between_low"]


def test_an_item_that_nobody_is_compared_on_leaves_no_panel_out_of_the_others() -> None:
    study = a_study(public(questionnaire=items("grave", "likely")))
    add_experts(study, {"us": 2, "jp": 2, "kr": 2})
    answers: dict[str, dict[str, Any]] = by_panel("grave", {"us": [1, 2], "jp": [4, 5], "kr": [3, 3]})
    for place in (1, 2):
        answers[f"us-{place}"]["likely"] = 3
    [overall] = over_all(table_rows(run_round(study, 1, answers), "disagreement"))
    assert (overall["n_items"], overall["n_panels"], overall["left_out"]) == (1, 3, "")


def test_numbers_without_limits_have_no_share_of_a_range() -> None:
    study = a_study(public(questionnaire=items("grave", kind="number", scale=None)))
    add_experts(study, {"us": 2, "jp": 2, "kr": 2})
    rows = table_rows(run_round(study, 1, by_panel("grave", {"us": [1, 200], "jp": [3, 4], "kr": [5, 7]})), "disagreement")
    assert [(row["status"], row["between"]) for row in rows] == [("not_applicable", None)]


def test_all_answers_alike_and_a_single_panel() -> None:
    alike = table_rows(one_round({"us": [3, 3], "jp": [3, 3], "kr": [3, 3]}), "disagreement")
    assert {(row["status"], row["total"], row["between_share"]) for row in alike} == {("no_variation", 0, None)}
    alone = table_rows(one_round({"us": [3, 4], "jp": [3], "kr": [2]}, public(study="alone")), "disagreement")
    assert {(row["status"], row["n_panels"], row["left_out"]) for row in alone} == {("insufficient_n", 0, "us|jp|kr")}
