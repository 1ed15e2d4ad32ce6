"""disagreement_change: does the disagreement between panels narrow, and because experts revised, left or joined?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, disagreement, disagreement_change
from tests.analysis.statistics.strategies import few, rating, rating_or_missing

PANELS = ["KOR"] * 3 + ["POL"] * 4
BEFORE = [1, 2, 2, 4, 5, 5, 5]
AFTER = [1, 2, 3, 3, 4, None, 4]


@st.composite
def two_rounds(draw):
    """Experts of two panels; two of each answer in both rounds, so that no stage is empty."""
    rows = [(draw(rating), draw(rating), panel) for panel in ("a", "b") for _ in range(2)]
    rows += draw(st.lists(st.tuples(rating_or_missing, rating_or_missing, st.sampled_from(["a", "b"])), max_size=8))
    return [list(column) for column in zip(*rows, strict=True)]


def between(before_or_after, panels, keep):
    groups = {}
    for answer, panel, kept in zip(before_or_after, panels, keep, strict=True):
        groups.setdefault(panel, []).append(answer if kept else None)
    return disagreement(groups, (1, 9), draws=0).between


def test_the_change_and_its_causes_by_hand():
    # By hand (Rao 1982), in quarters of the scale. Before, all: W 2/3 and 1/2, C (3+4+4+4+2+3+3+3+2+3+3+3)/12 = 37/12.
    # Before, stayers: W 2/3 and 2/3 (POL 4, 5, 5), C (3+4+4+2+3+3+2+3+3)/9 = 3.
    # After: KOR 1, 2, 3: W 4/3; POL 3, 4, 4: W 2/3; C (2+3+3+1+2+2+0+1+1)/9 = 15/9.
    # between = (C - mean W)/2: (37/12 - 7/12)/2 = 5/4, (3 - 2/3)/2 = 7/6, (5/3 - 1)/2 = 1/3
    result = disagreement_change(BEFORE, AFTER, PANELS, scale=(1, 5))
    assert result.between.left == pytest.approx((7 / 6 - 5 / 4) / 4)
    assert result.between.revision == pytest.approx((1 / 3 - 7 / 6) / 4)
    assert result.between.joined == 0
    assert result.between.change == pytest.approx((1 / 3 - 5 / 4) / 4)
    # within: from 7/12 to 2/3 to 1
    assert (result.within.left, result.within.revision) == (pytest.approx(1 / 48), pytest.approx(1 / 12))
    # share: before (5/4)/(7/12 + 5/4) = 15/22, after (1/3)/(1 + 1/3) = 1/4
    assert result.between_share_change == pytest.approx(1 / 4 - 15 / 22)
    assert (result.n, result.n_left, result.n_joined, result.left_out) == (6, 1, 0, ())


def test_a_gap_that_narrows_because_answers_were_revised():
    result = disagreement_change(BEFORE, AFTER, PANELS, scale=(1, 5))
    assert (result.verdict, result.main_cause) == ("narrows", "revision")
    assert result.between.interval[1] < 0


def test_a_gap_that_narrows_because_those_far_off_left():
    before = [1, 1, 1, 1, 1, 3, 3, 3, 3, 3] + [4, 4, 4, 4, 4, 5, 5, 5, 5, 5]
    after = [None] * 5 + [3] * 5 + [4] * 5 + [None] * 5
    result = disagreement_change(before, after, ["a"] * 10 + ["b"] * 10, scale=(1, 5))
    assert (result.verdict, result.main_cause) == ("narrows", "left")
    assert (result.between.revision, result.between.joined) == (0, 0)


def test_a_gap_that_widens_because_of_those_who_joined():
    before = [3, 3, 2, 3, None, None, None, None] + [3, 3, 4, 3, None, None, None, None]
    after = [3, 3, 2, 3, 1, 1, 1, 1] + [3, 3, 4, 3, 5, 5, 5, 5]
    result = disagreement_change(before, after, ["a"] * 8 + ["b"] * 8, scale=(1, 5))
    assert (result.verdict, result.main_cause) == ("widens", "joined")
    assert result.n_joined == 8


def test_nobody_changed_anything():
    result = disagreement_change([1, 2, 4, 5], [1, 2, 4, 5], ["a", "a", "b", "b"], scale=(1, 5))
    assert (result.between.change, result.between.interval, result.verdict, result.main_cause) == (0, (0, 0), "no_clear_change", None)


def test_one_convert_is_no_clear_change():
    # By hand: of 12 experts 11 are drawn; the one who moved is not among them in (11/12)^11 = 38 % of the draws
    before, after = [1] * 6 + [2] * 6 + [4] * 6 + [5] * 6, [1] * 6 + [2] * 6 + [4] * 6 + [5] * 5 + [1]
    result = disagreement_change(before, after, ["a"] * 12 + ["b"] * 12, scale=(1, 5))
    assert result.between.change < 0
    assert (result.between.interval[1], result.verdict) == (0, "no_clear_change")


def test_draws_that_miss_a_panels_few_joiners_leave_its_other_figures_as_they_are():
    # Two of twelve experts of "a" answered before: many draws hold fewer than two of them
    before = [1, 2, *[None] * 10, 4, 4, 5, 5]
    after = [1, 2, *[2] * 10, 4, 4, 5, 5]
    result = disagreement_change(before, after, ["a"] * 12 + ["b"] * 4, scale=(1, 5))
    assert None not in result.between.interval


def test_options_without_order():
    # By hand: before W 0, 0 and C 1, between 1/2; after all the same
    result = disagreement_change(["deny"] * 5 + ["punish"] * 5, ["deny"] * 10, ["a"] * 5 + ["b"] * 5)
    assert (result.between.change, result.verdict) == (-1 / 2, "narrows")


def test_causes_are_not_told_where_a_panel_has_one_stayer_only():
    result = disagreement_change([1, 2, None, 4, 5, 5], [1, None, 2, 4, 5, 5], ["a"] * 3 + ["b"] * 3, scale=(1, 5))
    assert result.between.change is not None
    assert (result.between.left, result.between.revision, result.main_cause) == (None, None, None)
    assert result.reason


def test_a_panel_that_did_not_answer_twice_is_left_out():
    result = disagreement_change([1, 2, 4, 5, 3, 3], [1, 2, 4, 5, None, 3], ["a", "a", "b", "b", "c", "c"], scale=(1, 5))
    assert (result.left_out, result.between.change) == (("c",), 0)


@pytest.mark.parametrize("arguments", [([], [], []), ([1, 2], [1, 2], ["a", "a"]), ([1, 2, 3, 4], [None] * 4, ["a", "a", "b", "b"])])
def test_fewer_than_two_panels(arguments):
    result = disagreement_change(*arguments, scale=(1, 5))
    assert (result.between.change, result.verdict, result.status) == (None, None, Status.INSUFFICIENT_N)
    assert result.reason


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([1, 2], [1], ["a", "a"]), "before, after and panels"),
        (([1, 9], [1, 2], ["a", "a"], (1, 5)), "before"),
        (([1, 2], [1, "x"], ["a", "a"], (1, 5)), "after"),
        (([1, 2], [1, 2], "ab", (1, 5)), "panels"),
    ],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        disagreement_change(*arguments)


@few
@given(two_rounds())
def test_the_causes_add_up_and_each_is_a_difference_of_splits(rounds):
    before, after, panels = rounds
    result = disagreement_change(before, after, panels, (1, 9), draws=0)
    for parts in (result.between, result.within, result.total):
        assert parts.left + parts.revision + parts.joined == pytest.approx(parts.change, abs=1e-11)
    everyone, stayers = [True] * len(panels), [None not in pair for pair in zip(before, after, strict=True)]
    at_stages = [between(before, panels, everyone), between(before, panels, stayers), between(after, panels, stayers), between(after, panels, everyone)]
    assert [result.between.left, result.between.revision, result.between.joined] == pytest.approx(np.diff(at_stages), abs=1e-11)


@few
@given(two_rounds(), st.randoms())
def test_who_gave_the_answers_changes_nothing_not_even_the_interval(rounds, random):
    rows = list(zip(*rounds, strict=True))
    random.shuffle(rows)
    one, other = (disagreement_change(*columns, (1, 9), draws=30) for columns in (rounds, zip(*rows, strict=True)))
    assert other == one


@few
@given(two_rounds())
def test_going_back_turns_every_sign(rounds):
    before, after, panels = rounds
    there, back = disagreement_change(before, after, panels, (1, 9), draws=0), disagreement_change(after, before, panels, (1, 9), draws=0)
    assert back.between.change == pytest.approx(-there.between.change, abs=1e-11)
    assert back.between.left == pytest.approx(-there.between.joined, abs=1e-11)
