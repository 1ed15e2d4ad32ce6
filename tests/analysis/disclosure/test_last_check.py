"""Further rows go where the actual figures, in whole numbers, would make something hidden certain.

Histograms are written as how often each point of the scale was chosen, (low, middle, high); k = 5 unless said.
"""

import time

import pytest
from hypothesis import given, settings

from analysis.disclosure import Group, shown_groups
from tests.analysis.disclosure.attackers import breaches_despite_last_check
from tests.analysis.disclosure.studies import SmallStudy, answered_studies

unhurried = settings(deadline=None, max_examples=150)


def codes_without_last_check(study):
    return {code for _, code in shown_groups(study.groups, study.answers, study.one_value, study.minimum)}


def test_equal_weight_does_not_say_that_everybody_agreed_where_all_is_hidden_for_it():
    # Nine people, fewer than 2k, all at the high point: `all` stays out. (1/4, 1/5) is no set of panels, so the
    # procedure leaves `equal_weight` in, but its histogram is 100 % high: that is everybody's answer.
    study = SmallStudy.answered({"A": (0, 0, 4), "B": (0, 0, 5)})
    assert codes_without_last_check(study) == {"equal_weight"}
    assert study.shown_codes() == set()


def test_equal_weight_is_not_taken_apart_in_whole_numbers():
    # all - D gives A + B + C, equal_weight - D/5 gives A/2 + B/3 + C/4, times 12: 6A + 4B + 3C. Minus 3 (A + B + C):
    # 3A + B, in the three categories 3, 5, 1. With A <= 2 and B <= 3:
    #   3 is (A, B) = (1, 0) or (0, 3); 5 is (1, 2); 1 is (0, 1). B has three people: 0 + 2 + 1.
    # So A = (1, 1, 0), B = (0, 2, 1), and C is the rest.
    study = SmallStudy.answered({"A": (1, 1, 0), "B": (0, 2, 1), "C": (1, 1, 2), "D": (2, 2, 1)})
    assert codes_without_last_check(study) == {"all", "equal_weight", "D"}
    assert study.shown_codes() == {"all", "D"}


def test_overlapping_theatres_with_one_category_in_common_do_not_give_their_common_panel_away():
    # AB = (4, 3, 0), BC = (0, 3, 4). B is in both, so it has nobody low and nobody high: B = (0, 3, 0).
    # Of the two, equally large, the first in the file stays.
    study = SmallStudy.answered({"A": (4, 0, 0), "B": (0, 3, 0), "C": (0, 0, 4), "D": (3, 1, 1)}, ["AB", "BC"])
    assert codes_without_last_check(study) == {"all", "AB", "BC"}
    assert study.shown_codes() == {"all", "AB"}


def test_overlapping_theatres_stay_where_their_common_panel_may_have_answered_otherwise():
    # AB = (3, 3, 1), BC = (2, 2, 3): B could be (1, 1, 1), (0, 2, 1), (2, 1, 0), ...
    study = SmallStudy.answered({"A": (2, 2, 0), "B": (1, 1, 1), "C": (1, 1, 2), "D": (3, 1, 1)}, ["AB", "BC"])
    assert study.shown_codes() == codes_without_last_check(study) == {"all", "AB", "BC"}


def test_equal_weight_stays_where_people_can_be_exchanged():
    # B and C are equally large: A/20 aside, a low of B and a high of C may as well be the other way round.
    study = SmallStudy.answered({"A": (8, 6, 6), "B": (2, 2, 0), "C": (0, 2, 2)})
    assert study.shown_codes() == {"all", "equal_weight", "A"}


def test_three_panels_of_different_sizes_can_exchange_people_beside_equal_weight():
    # k = 13, A (40) shown; B, C and D with 6, 8 and 12. B + C + D and B/6 + C/8 + D/12, times 24: 4B + 3C + 2D, are
    # known. (1, -2, 1) changes neither: one more of B, two fewer of C, one more of D at the low point, and the other
    # way round at the high point.
    study = SmallStudy.answered({"A": (20, 10, 10), "B": (2, 2, 2), "C": (3, 2, 3), "D": (4, 4, 4)}, minimum=13)
    assert study.shown_codes() == {"all", "equal_weight", "A"}


def test_a_theatre_of_twice_the_minimum_that_openly_agrees_is_published():
    # AB has 12 people, all high: the finding, although it tells the four of B. C and D keep their secret, for only
    # the eight together are known. (The procedure hides equal_weight: A/8 + B/4 would remain, which with A + B is A.)
    study = SmallStudy.answered({"A": (0, 0, 8), "B": (0, 0, 4), "C": (2, 1, 1), "D": (1, 2, 1)}, ["AB"])
    assert study.shown_codes() == codes_without_last_check(study) == {"all", "AB"}


def test_open_agreement_beside_equal_weight_does_not_give_others_away():
    # The same, but D has 12. As A and B are known, C + D and C/4 + D/12 would tell C.
    study = SmallStudy.answered({"A": (0, 0, 8), "B": (0, 0, 4), "C": (2, 1, 1), "D": (4, 5, 3)}, ["AB"])
    assert codes_without_last_check(study) == {"all", "equal_weight", "AB"}
    assert study.shown_codes() == {"all", "AB"}


def test_open_agreement_does_not_give_others_away():
    # AB: A (8) and B (4) all high, which is published. Then A is known, and AC - A would be C's four answers.
    # So the second theatre goes.
    study = SmallStudy.answered({"A": (0, 0, 8), "B": (0, 0, 4), "C": (2, 1, 1), "D": (4, 5, 3)}, ["AB", "AC"])
    assert "AC" in codes_without_last_check(study)
    assert "AB" in study.shown_codes()
    assert "AC" not in study.shown_codes()


def test_everybody_of_one_value_from_twice_the_minimum_on_stays_published():
    study = SmallStudy.answered({"A": (0, 12), "B": (0, 4)})
    assert study.shown_codes() == {"all"}


def test_rows_without_answers_stay_shown():
    study = SmallStudy.answered({"A": (0, 0, 4), "B": (0, 0, 5), "C": (0, 0, 0)})
    assert study.shown_codes() == {"C"}


def test_a_scale_of_one_point_tells_nothing():
    study = SmallStudy.answered({"A": (12,), "B": (4,)})
    assert study.shown_codes() == codes_without_last_check(study)


@pytest.mark.parametrize("histograms", [{"A": (3, 1), "B": (4, 8)}, {"A": (12, 0)}, {"A": (6, 6), "B": (1, 2, 1)}])
def test_histograms_that_do_not_count_the_answers_are_refused(histograms):
    study = SmallStudy({"A": 12, "B": 4}, histograms=histograms)
    with pytest.raises(ValueError, match=r"histogram|shorter|longer"):
        study.shown()


def test_with_a_minimum_of_one_everything_is_shown():
    assert SmallStudy.answered({"A": (0, 1), "B": (1, 0)}, minimum=1).hidden_codes() == set()


@unhurried
@given(answered_studies())
def test_the_last_check_never_shows_more(study):
    assert study.shown_codes() <= codes_without_last_check(study)


@unhurried
@given(answered_studies())
def test_a_study_in_which_nothing_is_hidden_stays_as_it_is(study):
    if codes_without_last_check(study) == {group.code for group in study.groups}:
        assert study.hidden_codes() == set()


@unhurried
@given(answered_studies())
def test_the_order_of_the_categories_does_not_matter(study):
    turned = {panel: histogram[::-1] for panel, histogram in study.histograms.items()}
    assert SmallStudy.answered(turned, study.theatres, study.minimum).shown() == study.shown()


TINY = [
    ((2, 3), ["AB"]),
    ((1, 2, 3), []),
    ((1, 2, 4), []),
    ((2, 3, 3), ["AB", "BC"]),
    ((2, 1, 2), ["AB", "BC"]),
    ((4, 2, 3), ["AB", "BC"]),
    ((2, 1, 2, 2), ["AB", "BC", "CD"]),
    ((1, 2, 1, 3), ["AB", "BC"]),
]
"""Sizes of the panels and theatres, k = 3, all with `equal_weight`. Without the last check most have breaches."""


@pytest.mark.parametrize(("sizes", "theatres"), TINY)
def test_whoever_lists_every_way_of_answering_is_certain_of_nothing_hidden(sizes, theatres):
    study = SmallStudy(dict(zip("ABCD", sizes, strict=False)), theatres, minimum=3)
    assert breaches_despite_last_check(study) == []


def test_a_hundred_items_of_seventeen_panels_take_less_than_ten_seconds():
    # Sizes 1 to 12, k = 5, nine categories: something is hidden in every item. The figures are made up by counting.
    letters = "ABCDEFGHIJKLMNOPQ"
    groups = [
        Group("all", "all", tuple(letters)),
        Group("equal_weight", "equal_weight", tuple(letters)),
        Group("theatre", "west", tuple(letters[:7])),
        Group("theatre", "east", tuple(letters[5:])),
        *(Group("panel", letter, (letter,)) for letter in letters),
    ]
    started = time.process_time()
    for item in range(100):
        histograms = {letter: [0] * 9 for letter in letters}
        for place, letter in enumerate(letters):
            for person in range(1 + (place * 5 + item * 7) % 12):
                histograms[letter][(person * person + place * item + item) % 9] += 1
        counts = {letter: sum(histogram) for letter, histogram in histograms.items()}
        one_value = {letter: h.index(max(h)) for letter, h in histograms.items() if max(h) == sum(h)}
        shown_groups(groups, counts, one_value, 5, histograms)
    assert time.process_time() - started < 10
