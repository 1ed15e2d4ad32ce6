"""Patterns worked out by hand. A, B, ... are panels in file order; k is the minimum.

Published rows are written as equations: "all - A" is what a reader gets by taking one row from another.
"""

import pytest

from analysis.disclosure import Group, shown_groups
from tests.analysis.disclosure.studies import SmallStudy


def test_nobody_small_hides_nothing():
    assert SmallStudy({"A": 12, "B": 9, "C": 5}).hidden_codes() == set()


def test_nobody_small_hides_nothing_with_overlapping_theatres():
    study = SmallStudy({"A": 12, "B": 9, "C": 5, "D": 7}, theatres=["AB", "BC", "ABCD", "CDA"])
    assert study.hidden_codes() == set()


def test_one_small_panel_among_large_ones_takes_the_last_of_them_and_equal_weight_along():
    # k = 5. D (4) is protected. all, A and B are taken up. all - A - B - C = D, so C stays out.
    # all - A - B = C + D. equal_weight gives A/12 + B/12 + C/12 + D/4, hence C/12 + D/4: two equations for two
    # unknowns give D, so equal_weight stays out.
    study = SmallStudy({"A": 12, "B": 12, "C": 12, "D": 4})
    assert study.shown_codes() == {"all", "A", "B"}


def test_a_tie_goes_to_the_panel_that_comes_first_in_the_file():
    assert SmallStudy({"D": 4, "C": 12, "A": 12, "B": 12}).shown_codes() == {"all", "C", "A"}


def test_the_panel_with_more_answers_is_taken_up_first():
    # A has fewer answers than B and C, so it is A that completes all - B - C - A = D.
    assert SmallStudy({"A": 11, "B": 12, "C": 13, "D": 4}).shown_codes() == {"all", "B", "C"}


def test_a_small_panel_beside_a_single_large_one_leaves_only_all():
    # all - A = B, and with equal_weight A + B and A/12 + B/4 give both.
    assert SmallStudy({"A": 12, "B": 4}).shown_codes() == {"all"}


def test_two_small_panels_would_be_solved_by_all_and_equal_weight():
    # k = 5. A is taken up: all - A = B + C with 7 answers. equal_weight - A/20 = B/4 + C/3: B and C solved.
    assert SmallStudy({"A": 20, "B": 4, "C": 3}).shown_codes() == {"all", "A"}


def test_equal_weight_tells_nothing_new_where_the_hidden_panels_are_equally_large():
    # equal_weight - A/20 = (B + C)/4, which all - A tells already.
    assert SmallStudy({"A": 20, "B": 4, "C": 4}).shown_codes() == {"all", "equal_weight", "A"}


def test_small_panels_that_together_are_still_small_are_protected_together():
    # k = 5. all - A = B + C with 4 answers: A stays out.
    assert SmallStudy({"A": 20, "B": 2, "C": 2}).shown_codes() == {"all"}


def test_a_panel_in_both_theatres_is_theatre_plus_theatre_minus_all():
    # k = 5, B (4) in both. BC (13) is taken up, which tells A = all - BC, 8 answers. AB + BC - all = B: AB stays out.
    # BC - C = B: C stays out. A follows and is shown. all - A = B + C and equal_weight - A/8 = B/4 + C/9 give B.
    study = SmallStudy({"A": 8, "B": 4, "C": 9}, theatres=["AB", "BC"])
    assert study.shown_codes() == {"all", "BC", "A"}


def test_the_larger_theatre_is_taken_up_first_whatever_the_file_order():
    # The same with A and C exchanged in size: now AB (13) comes before BC (12).
    study = SmallStudy({"A": 9, "B": 4, "C": 8}, theatres=["BC", "AB"])
    assert study.shown_codes() == {"all", "AB", "C"}


def test_equally_large_theatres_are_taken_up_in_file_order():
    # A and C both 8: AB and BC both 12. The first stays; the other would give B = AB + BC - all.
    answers = {"A": 8, "B": 4, "C": 8}
    assert SmallStudy(answers, theatres=["AB", "BC"]).shown_codes() == {"all", "AB", "C"}
    assert SmallStudy(answers, theatres=["BC", "AB"]).shown_codes() == {"all", "BC", "A"}


def test_a_theatre_of_one_small_panel_is_as_hidden_as_the_panel():
    study = SmallStudy({"A": 12, "B": 12, "C": 4}, theatres=["C"])
    assert study.hidden_codes() == {"C", "B", "equal_weight"}
    assert ("theatre", "C") not in study.shown()


def test_the_complement_of_a_small_panel_is_hidden():
    # AB = all - C, 24 answers, but all - AB = C with 4. all, A; all - A - B = C: B out.
    study = SmallStudy({"A": 12, "B": 12, "C": 4}, theatres=["AB"])
    assert study.shown_codes() == {"all", "A"}


def test_a_unanimous_panel_below_twice_the_minimum_is_protected():
    # k = 5. A (6 answers, all 4) is protected like a small panel; all - B - C = A, so C stays out,
    # and A + C with A/6 + C/12 gives A, so equal_weight stays out.
    study = SmallStudy({"A": 6, "B": 12, "C": 12}, one_value={"A": 4})
    assert study.shown_codes() == {"all", "B"}


@pytest.mark.parametrize(("minimum", "number", "is_shown"), [(5, 9, False), (5, 10, True), (3, 5, False), (3, 6, True)])
def test_a_unanimous_panel_is_shown_from_twice_the_minimum_on(minimum, number, is_shown):
    study = SmallStudy({"A": number, "B": 30, "C": 31}, one_value={"A": 4}, minimum=minimum)
    assert ("A" in study.shown_codes()) is is_shown


def test_a_unanimous_panel_is_protected_below_twice_the_minimum_also_beside_other_unanimous_panels():
    # A all 4, B all 5: not one value in all, so `all` is not unanimous. all - B = A.
    assert SmallStudy({"A": 6, "B": 6}, one_value={"A": 4, "B": 5}).shown_codes() == {"all", "equal_weight"}


def test_everybody_of_one_value_is_a_finding_from_twice_the_minimum_on():
    study = SmallStudy({"A": 6, "B": 6}, theatres=["A", "AB"], one_value={"A": 4, "B": 4})
    assert study.hidden_codes() == set()


def test_a_small_panel_stays_protected_where_everybody_is_of_one_value():
    # 16 of one value: A is not protected as unanimous, B (4) is still small. all - A = B.
    assert SmallStudy({"A": 12, "B": 4}, one_value={"A": 4, "B": 4}).shown_codes() == {"all"}


def test_everybody_of_one_value_below_twice_the_minimum_is_hidden():
    # k = 5, eight answers, all 4. equal_weight is all / 4.
    assert SmallStudy({"A": 4, "B": 4}, one_value={"A": 4, "B": 4}).shown_codes() == set()


def test_hidden_panels_of_one_value_are_protected_together():
    # k = 5. A and B together: 8 answers, all 4. CD = all - (A + B) stays out, AB as well. all - C = A + B + D is fine,
    # all - C - D is not. A/4 + B/4 + D/12 with A + B + D gives A + B.
    study = SmallStudy({"A": 4, "B": 4, "C": 12, "D": 12}, ["AB", "CD"], one_value={"A": 4, "B": 4})
    assert study.shown_codes() == {"all", "C"}


def test_hidden_panels_of_different_values_may_be_known_together():
    # The same, but A and B disagree: what is known of the eight is 4 and 4, not who.
    study = SmallStudy({"A": 4, "B": 4, "C": 12, "D": 12}, ["AB", "CD"], one_value={"A": 4, "B": 5})
    assert study.hidden_codes() == {"A", "B"}


def test_with_fewer_than_the_minimum_in_all_nothing_is_shown():
    assert SmallStudy({"A": 3, "B": 1}, theatres=["AB"], one_value={"B": 2}).shown_codes() == set()


def test_a_minimum_of_three():
    # k = 3: 3 is large enough, 2 is not. all - A = B.
    assert SmallStudy({"A": 3, "B": 2}, minimum=3).shown_codes() == {"all"}
    assert SmallStudy({"A": 3, "B": 4}, minimum=3).hidden_codes() == set()


def test_a_minimum_of_one_shows_everything():
    study = SmallStudy({"A": 1, "B": 1, "C": 0}, ["AB", "A"], one_value={"A": 2, "B": 2}, minimum=1)
    assert study.hidden_codes() == set()


def test_rows_without_answers_are_shown_and_take_no_part():
    # C has nobody: its rows are shown empty, and the others are two ordinary panels.
    assert SmallStudy({"A": 12, "B": 12, "C": 0}, theatres=["C", "BC"]).hidden_codes() == set()


def test_rows_without_answers_are_shown_among_hidden_ones():
    study = SmallStudy({"A": 12, "B": 4, "C": 0}, theatres=["C", "BC"])
    assert study.shown() == {("all", "all"), ("theatre", "C"), ("panel", "C")}


def test_without_any_answers_every_row_is_shown():
    assert SmallStudy({"A": 0, "B": 0}, theatres=["AB"]).hidden_codes() == set()


def test_a_panel_that_is_not_counted_has_no_answers():
    groups = [Group("all", "all", ("A", "B")), Group("panel", "A", ("A",)), Group("panel", "B", ("B",))]
    assert shown_groups(groups, {"A": 12}, {}, 5) == {("all", "all"), ("panel", "A"), ("panel", "B")}


def test_the_one_value_of_a_panel_without_answers_means_nothing():
    study = SmallStudy({"A": 6, "B": 6, "C": 0}, one_value={"C": 3})
    assert study.hidden_codes() == set()


def test_a_single_value_may_be_a_pair_of_before_and_after():
    study = SmallStudy({"A": 6, "B": 12, "C": 12}, one_value={"A": (4, 5)})
    assert study.shown_codes() == {"all", "B"}


def test_a_single_value_may_be_none():
    assert SmallStudy({"A": 6, "B": 12, "C": 12}, one_value={"A": None}).shown_codes() == {"all", "B"}


@pytest.mark.parametrize(
    ("groups", "counts", "minimum", "message"),
    [
        ([Group("panel", "A", ("A",))], {"A": 3}, 0, "minimum must be at least 1"),
        ([Group("panel", "A", ("A",))], {"A": -1}, 5, "negative"),
        ([Group("continent", "A", ("A",))], {"A": 3}, 5, "continent"),
    ],
)
def test_arguments_that_make_no_sense_are_refused(groups, counts, minimum, message):
    with pytest.raises(ValueError, match=message):
        shown_groups(groups, counts, {}, minimum)
