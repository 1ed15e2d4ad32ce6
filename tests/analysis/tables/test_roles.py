"""roles.csv: three allies, two functions, worked out by hand."""

import pytest
from scipy import stats

from analysis.statistics import adjust_p_values, role_expectations
from surveys.models import Study
from tests.analysis.tables.role_studies import ROLES, a_role_study, a_round, cell, table_rows, with_experts

pytestmark = pytest.mark.django_db
SIZES = {"us": 6, "jp": 7, "kr": 5}
SAID = {
    "us.isr": {"us": [2, 3, 2, 3, 2, 3], "jp": [4, 5, 4, 5, 4, 5, 4], "kr": [3, 3, 4, 4, 3]},
    "us.asw": {"us": [4, 5, 4, 5, 4, 5], "jp": [2, 1, 2, 1, 2, 1, 2], "kr": [3, 3, 2, 2, 3]},
    "jp.isr": {"us": [3, 3, 3, 4, 3, 3], "jp": [3, 2, 4, 3, 3, 3, 3], "kr": [1, 5, 3, 2, 4]},
    "jp.asw": {"us": [1, 2, 3, 4, 5, 1], "jp": [5, 4, 3, 2, 1, 5, 4], "kr": [1, 2, 3, 4, 5]},
    "kr.isr": {"us": [4, 4, 4, 4, 4, 4], "jp": [4, 4, 4, 4, 4, 4, 4], "kr": [4, 4, 4, 4, 4]},
    "kr.asw": {"us": [5, 5, 5, 5, 5, 5], "jp": [5, 5, 5, 5, 5, 5, 5], "kr": [1, 1, 1, 1, 1]},
}


def a_study_of_three(**changes: object) -> Study:
    return with_experts(a_role_study(**changes), SIZES)


def test_one_cell_by_hand() -> None:
    rows = table_rows(a_round(a_study_of_three(), 1, SAID), "roles")
    found = cell(rows, target="us", function="isr")
    assert (found["component"], found["self_n"], found["self_mean"], found["self_median"]) == ("us.isr", 6, 2.5, 2.5)
    # jp 31/7, kr 17/5; each once: 137/35; together (31 + 17)/12 = 4
    assert (found["n_others_panels"], found["left_out"], found["others_n"]) == (2, "", 12)
    assert found["others_mean"] == pytest.approx(137 / 35)
    assert (found["pooled_n"], found["pooled_mean"], found["pooled_median"]) == (12, 4.0, 4.0)
    assert found["gap"] == pytest.approx(2.5 - 137 / 35)
    assert found["pooled_gap"] == -1.5
    # Variances 3/10, 2/7, 3/10; squared errors of the means 1/20, 2/49, 3/50, those of the others a quarter each.
    errors, freedom = [1 / 20, 2 / 49 / 4, 3 / 50 / 4], [5, 6, 4]
    df = sum(errors) ** 2 / sum(error**2 / n for error, n in zip(errors, freedom, strict=True))
    width = stats.t.ppf(0.975, df) * sum(errors) ** 0.5
    assert (found["gap_low"], found["gap_high"]) == pytest.approx((2.5 - 137 / 35 - width, 2.5 - 137 / 35 + width))
    assert found["margin"] == pytest.approx(0.4)
    assert (found["verdict"], found["status"]) == ("over_expected", "ok")


def test_the_gap_has_a_direction() -> None:
    rows = table_rows(a_round(a_study_of_three(), 1, SAID), "roles")
    assert [(row["component"], row["verdict"], row["status"]) for row in rows] == [
        ("us.isr", "over_expected", "ok"),
        ("us.asw", "under_expected", "ok"),
        ("jp.isr", "undecided", "ok"),
        ("jp.asw", "undecided", "ok"),
        ("kr.isr", "as_expected", "no_variation"),
        ("kr.asw", "over_expected", "no_variation"),
    ]


def test_p_values_and_gaps_are_those_of_the_statistic_corrected_over_the_whole_item() -> None:
    rows = table_rows(a_round(a_study_of_three(), 1, SAID), "roles")
    for function in ("isr", "asw"):
        judgements = [(f"{panel}-{number}", panel, target, position) for target in SIZES
                      for panel, positions in SAID[f"{target}.{function}"].items() for number, position in enumerate(positions)]
        expected = role_expectations(*zip(*judgements, strict=True))
        found = {row["target"]: row for row in rows if row["function"] == function}
        for name, values in (("gap", expected.gap), ("others_mean", expected.others_equal_weight), ("pooled_mean", expected.others_pooled),
                             ("p_mann_whitney", expected.p_mann_whitney)):
            assert [found[str(target)][name] for target in expected.targets] == pytest.approx(list(values)), name
    p_values = [row["p_mann_whitney"] for row in rows]
    assert p_values[4] is None and all(p is not None for p in p_values[:4])
    assert [row["p_holm"] for row in rows] == pytest.approx(list(adjust_p_values(p_values, "holm")))


def test_the_same_expectation_is_said_to_be_the_same() -> None:
    alike = {"us": [3, 3, 3, 3, 3, 4] * 4, "jp": [3, 3, 3, 3, 3, 4] * 4, "kr": [3, 3, 3, 3, 4, 3] * 4}
    study = with_experts(a_role_study(), dict.fromkeys(SIZES, 24))
    rows = table_rows(a_round(study, 1, dict.fromkeys(SAID, alike)), "roles")
    # By hand: one variance of 20/138 in all three; the gap 0 has the squared error 20/138/24 x (1 + 1/4 + 1/4).
    found = rows[0]
    error = (20 / 138 / 24 * 1.5) ** 0.5
    errors = [20 / 138 / 24 * share for share in (1, 1 / 4, 1 / 4)]
    df = sum(errors) ** 2 / sum(part**2 / 23 for part in errors)
    assert found["gap"] == pytest.approx(0, abs=1e-12)
    assert found["p_equivalence"] == pytest.approx(stats.t.sf(0.4 / error, df))
    assert {row["verdict"] for row in rows} == {"as_expected"}


def test_consensus_and_stability_of_the_cell_are_those_of_everybody() -> None:
    study = a_study_of_three()
    first = a_round(study, 1, SAID)
    second = a_round(study, 2, SAID)
    assert {row["outcome"] for row in table_rows(first, "roles")} == {"not_assessed"}
    found = {row["component"]: (row["consensus"], row["stability"], row["outcome"]) for row in table_rows(second, "roles")}
    assert found["kr.isr"] == ("reached", "stable", "stable_consensus")
    assert found["jp.asw"] == ("not_reached", "stable", "stable_dissent")


def test_an_ally_whose_experts_did_not_answer_has_no_gap_and_none_is_imputed() -> None:
    said = {code: {**by_panel, "us": []} for code, by_panel in SAID.items()}
    rows = table_rows(a_round(a_study_of_three(), 1, said), "roles")
    us, jp = cell(rows, target="us", function="isr"), cell(rows, target="jp", function="isr")
    assert (us["self_n"], us["self_mean"], us["gap"], us["p_mann_whitney"], us["verdict"]) == (0, None, None, None, "not_assessed")
    assert (us["others_mean"], us["pooled_mean"], us["status"]) == (pytest.approx(137 / 35), 4.0, "insufficient_n")
    assert (jp["n_others_panels"], jp["others_mean"], jp["left_out"]) == (1, 3.0, "")


def test_four_answers_on_a_side_are_too_few_for_a_verdict() -> None:
    said = {code: {**by_panel, "kr": by_panel["kr"][:4]} for code, by_panel in SAID.items()}
    found = cell(table_rows(a_round(a_study_of_three(), 1, said), "roles"), target="kr", function="asw")
    assert (found["self_n"], found["gap"], found["p_mann_whitney"], found["p_holm"]) == (4, -4.0, None, None)
    assert (found["verdict"], found["status"], found["reason"]) == ("not_assessed", "insufficient_n", "fewer than 5 answers on a side")


def test_every_expectation_of_every_panel_stands_by_itself() -> None:
    rows = table_rows(a_round(a_study_of_three(), 1, SAID), "role_expectations")
    assert len(rows) == 3 * 2 * 3
    found = cell(rows, rater="jp", target="us", function="isr")
    assert (found["n"], found["mean"], found["median"], found["is_self"]) == (7, pytest.approx(31 / 7), 4.0, "no")
    assert found["sd"] == pytest.approx((2 / 7) ** 0.5)
    assert cell(rows, rater="us", target="us", function="asw")["is_self"] == "yes"


def test_a_mirror_and_a_grid_of_other_rows_have_no_role_gap() -> None:
    other = {**ROLES, "code": "other", "about": None, "rows": [{"code": "port", "text": "A port"}]}
    items = [{key: value for key, value in item.items() if value is not None} for item in (ROLES, other)]
    study = with_experts(a_role_study(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": items}]), SIZES)
    counted = a_round(study, 1, SAID)
    assert {row["target"] for row in table_rows(counted, "roles")} == set(SIZES)
    mirrored = a_round(with_experts(a_role_study(study="mirrored"), SIZES), 1, SAID, SAID)
    assert len(table_rows(mirrored, "roles")) == 6


def test_a_grid_over_the_panels_that_is_about_something_else_has_no_role_gap() -> None:
    grid = {key: value for key, value in ROLES.items() if key != "about"}
    study = a_study_of_three(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [grid]}])
    assert list(table_rows(a_round(study, 1, SAID), "roles")) == []
