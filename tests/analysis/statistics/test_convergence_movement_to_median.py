"""movement_to_median: how far experts went towards the answer they were shown."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, movement_to_median
from tests.analysis.statistics.strategies import few, paired_ratings

BEFORE = [5, 3, 7, 6, 4, 8, 2, 5, 6, 7, 3, 5]
AFTER = [6, 4, 7, 5, 6, 8, 4, 6, 6, 9, 5, 4]


def test_the_regression_equals_r():
    # R 4.2.2: gap <- median(b) - b; mv <- a - b; coef(summary(lm(mv ~ gap))); coef(lm(mv ~ gap - 1))
    result = movement_to_median(BEFORE, AFTER)
    assert (result.slope, result.intercept) == (pytest.approx(0.318284424379), pytest.approx(0.776523702032))
    assert (result.p_value, result.slope_through_origin) == (pytest.approx(0.0885930921564), pytest.approx(0.297297297297))
    # by hand: of nine off the median five went toward it, one (7 to 9) away, three stayed
    assert (result.n_toward, result.n_away, result.n_unmoved, result.n_at_median) == (5, 1, 3, 3)


def test_each_expert_may_have_seen_the_others_median():
    # R 4.2.2: b <- c(1,4,6,7,9,2); a <- c(3,5,6,6,7,5); loo <- sapply(1:6, function(i) median(b[-i])); lm(mv ~ I(loo - b))
    result = movement_to_median([1, 4, 6, 7, 9, 2], [3, 5, 6, 6, 7, 5], shown="leave_one_out")
    assert (result.slope, result.intercept) == (pytest.approx(0.440643863179), pytest.approx(0.426559356137))
    assert (result.p_value, result.slope_through_origin) == (pytest.approx(0.00252638209932), pytest.approx(0.44578313253))
    assert (result.n_toward, result.n_away, result.n_unmoved, result.n_at_median) == (5, 0, 1, 0)


def test_what_was_shown_may_be_a_number_or_one_number_per_expert():
    shown = [6, 6, 4, 4, 4, 6]
    each = movement_to_median([1, 4, 6, 7, 9, 2], [3, 5, 6, 6, 7, 5], shown=shown)
    assert each.slope == pytest.approx(0.440643863179)
    assert movement_to_median(BEFORE, AFTER, shown=5) == movement_to_median(BEFORE, AFTER)


def test_the_median_shown_is_that_of_everybody_who_had_answered():
    # Without the expert who left, the median would be 3; with 9 it is 4, and everybody stood below or at it
    result = movement_to_median([2, 3, 5, 9], [4, 4, 4, None])
    assert (result.n, result.n_missing, result.n_toward) == (3, 1, 3)
    assert result.slope == pytest.approx(1)


def test_full_adoption_and_no_movement():
    adopted = movement_to_median([1, 9, 5], [5, 5, 5])
    assert (adopted.slope, adopted.intercept, adopted.p_value) == (1, 0, None)
    assert "perfectly" in adopted.reason
    assert movement_to_median([1, 9, 5], [1, 9, 5]).slope == 0


@pytest.mark.parametrize(
    ("before", "after", "slope", "counts", "status"),
    [
        ([], [], None, (None,) * 4, Status.INSUFFICIENT_N),
        ([None, 2], [1, None], None, (None,) * 4, Status.INSUFFICIENT_N),
        ([4, 4], [4, 5], None, (0, 0, 0, 2), Status.NO_VARIATION),
        ([4], [6], None, (0, 0, 0, 1), Status.NO_VARIATION),
        ([0, 1], [1, 0], 2, (2, 0, 0, 0), Status.OK),
    ],
    ids=["empty", "no pair", "all equal", "one expert", "two categories"],
)
def test_edges(before, after, slope, counts, status):
    result = movement_to_median(before, after)
    assert (result.slope, result.p_value, result.status) == (slope, None, status)
    assert (result.n_toward, result.n_away, result.n_unmoved, result.n_at_median) == counts


def test_one_expert_alone_has_no_others():
    assert movement_to_median([4], [6], shown="leave_one_out").status == Status.INSUFFICIENT_N


def test_experts_equally_far_from_the_median_draw_no_line():
    result = movement_to_median([3, 3, 3], [4, 3, 5], shown=5)
    assert (result.slope, result.slope_through_origin) == (None, pytest.approx(0.5))


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(([1], [1, 2]), "before and after"), (([1, 2], [1, 2], "mean"), "shown"), (([1, 2], [1, 2], [1]), "shown")],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        movement_to_median(*arguments)


@few
@given(paired_ratings(), st.randoms())
def test_mirrored_answers_and_other_orders_give_the_same_movement(answers, random):
    result = movement_to_median(*answers)
    pairs = [(10 - before, 10 - after) for before, after in zip(*answers, strict=True)]
    random.shuffle(pairs)
    other = movement_to_median([before for before, _ in pairs], [after for _, after in pairs])
    assert (other.slope, other.slope_through_origin) == (pytest.approx(result.slope), pytest.approx(result.slope_through_origin))
    assert (other.n_toward, other.n_away, other.n_unmoved) == (result.n_toward, result.n_away, result.n_unmoved)
    assert result.n_toward + result.n_away + result.n_unmoved + result.n_at_median == result.n


@few
@given(st.lists(st.one_of(st.integers(1, 9), st.none()), min_size=2, max_size=12).filter(lambda answers: len(answers) - answers.count(None) > 1))
def test_leaving_one_out_is_to_leave_that_one_out(before):
    answers = [np.nan if answer is None else answer for answer in before]
    medians = [np.nanmedian(answers[:place] + answers[place + 1 :]) for place in range(len(before))]
    after = [5] * len(before)
    assert movement_to_median(before, after, "leave_one_out") == movement_to_median(before, after, medians)
