"""role_pairs.csv: what two allies expect of each other, and what each believes the other expects; worked out by hand."""

import pytest
from scipy import stats

from analysis.statistics import adjust_p_values, two_group_gap
from analysis.tables.base import Values
from tests.analysis.tables.role_studies import ROLES, a_role_study, a_round, cell, table_rows, with_experts
from tests.analysis.tables.test_roles import SAID, SIZES

pytestmark = pytest.mark.django_db
# Row: who expects it; answered by the experts of whom it is expected. Nobody answers the row of the own country.
BELIEVED = {
    "us.isr": {"jp": [3, 3, 3, 2, 3, 4, 3], "kr": [2, 2, 3, 3, 2]},
    "us.asw": {"jp": [2, 3, 2, 3, 2, 3, 2], "kr": [5, 4, 5, 4, 5]},
    "jp.isr": {"us": [1, 2, 1, 2, 1, 2], "kr": [3, 3, 3, 3, 3]},
    "jp.asw": {"us": [3, 3, 4, 4, 3, 4], "kr": [5, 5, 5, 5, 5]},
    "kr.isr": {"us": [2, 2, 2, 3, 3, 3]},
    "kr.asw": {"us": [1, 2, 3, 1, 2, 3], "jp": [1, 1, 1, 1, 1, 1, 2]},
}


def rows() -> list[Values]:
    return table_rows(a_round(with_experts(a_role_study(), SIZES), 1, SAID, BELIEVED), "role_pairs")


def test_what_two_allies_expect_of_each_other_in_one_function() -> None:
    found = cell(rows(), comparison="reciprocity", first="us", second="jp", function="isr")
    # us about jp: 3 3 3 4 3 3; jp about us: 4 5 4 5 4 5 4
    assert (found["grid"], found["mirror"], found["expected_n"], found["counterpart_n"]) == ("roles", None, 6, 7)
    assert (found["expected_mean"], found["counterpart_mean"]) == pytest.approx((19 / 6, 31 / 7))
    assert found["difference"] == pytest.approx(19 / 6 - 31 / 7)
    expected = stats.ttest_ind(SAID["jp.isr"]["us"], SAID["us.isr"]["jp"], equal_var=False)
    assert found["p_welch"] == pytest.approx(expected.pvalue)
    interval = expected.confidence_interval(0.95)
    assert (found["difference_low"], found["difference_high"]) == pytest.approx((interval.low, interval.high))


def test_what_two_allies_expect_of_each_other_over_all_functions() -> None:
    found = cell(rows(), comparison="reciprocity", first="us", second="jp", function="")
    # us about jp: 19/6 and 16/6; jp about us: 31/7 and 11/7
    assert (found["n_functions"], found["left_out"]) == (2, "")
    assert (found["expected_mean"], found["counterpart_mean"]) == pytest.approx((35 / 12, 3))
    assert found["difference"] == pytest.approx(-1 / 12)
    # Variances 1/6 and 8/3 (us), 2/7 and 2/7 (jp): the mean's error is at most the mean of the errors.
    of_us = (((1 / 6) / 6) ** 0.5 + ((8 / 3) / 6) ** 0.5) / 2
    of_jp = (2 / 49) ** 0.5
    df = (of_us**2 + of_jp**2) ** 2 / (of_us**4 / 5 + of_jp**4 / 6)
    width = stats.t.ppf(0.975, df) * (of_us**2 + of_jp**2) ** 0.5
    assert (found["difference_low"], found["difference_high"]) == pytest.approx((-1 / 12 - width, -1 / 12 + width))


def test_each_pair_is_told_of_once_with_a_row_for_each_function_and_one_for_all() -> None:
    found = [(row["first"], row["second"], row["function"]) for row in rows() if row["comparison"] == "reciprocity"]
    assert found == [(first, second, function) for first, second in (("us", "jp"), ("us", "kr"), ("jp", "kr")) for function in ("isr", "asw", "")]


def test_what_one_expects_against_what_the_other_believes_it_expects() -> None:
    found = cell(rows(), comparison="mirror", first="us", second="jp", function="isr")
    # us about jp: 19/6 of six; jp about the expectations of us: 21/7 of seven
    assert (found["grid"], found["mirror"], found["expected_n"], found["counterpart_n"]) == ("roles", "believed", 6, 7)
    assert (found["expected_mean"], found["counterpart_mean"], found["difference"]) == pytest.approx((19 / 6, 3, 1 / 6))
    assert found["p_welch"] == pytest.approx(two_group_gap(SAID["jp.isr"]["us"], BELIEVED["us.isr"]["jp"]).p_welch)


def test_the_mirror_is_asked_both_ways() -> None:
    found = [row for row in rows() if row["comparison"] == "mirror"]
    assert len(found) == 6 * 3
    # jp about us: 31/7; us about the expectations of jp: 9/6
    there = cell(found, first="jp", second="us", function="isr")
    assert there["difference"] == pytest.approx(31 / 7 - 1.5)


def test_a_belief_that_nobody_gave_leaves_its_function_out() -> None:
    """Nobody of jp said what kr expects of it in isr."""
    found = rows()
    isr = cell(found, comparison="mirror", first="kr", second="jp", function="isr")
    assert (isr["counterpart_n"], isr["counterpart_mean"], isr["difference"], isr["status"]) == (0, None, None, "insufficient_n")
    over_all = cell(found, comparison="mirror", first="kr", second="jp", function="")
    assert (over_all["n_functions"], over_all["left_out"], over_all["expected_mean"]) == (1, "isr", 3.0)


def test_p_values_are_corrected_within_a_comparison_and_rows_over_functions_apart() -> None:
    found = rows()
    for comparison in ("reciprocity", "mirror"):
        for is_single in (True, False):
            family = [row for row in found if row["comparison"] == comparison and bool(row["function"]) == is_single]
            assert [row["p_holm"] for row in family] == pytest.approx(list(adjust_p_values([row["p_welch"] for row in family], "holm")))


def test_without_a_mirror_there_is_reciprocity_alone() -> None:
    study = a_role_study(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [ROLES]}])
    found = table_rows(a_round(with_experts(study, SIZES), 1, SAID), "role_pairs")
    assert {row["comparison"] for row in found} == {"reciprocity"}
