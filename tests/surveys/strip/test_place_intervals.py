"""Where intervals and crosses stand: worked by hand, ends of the axis and missing numbers among them."""

import pytest

from surveys.strip import Published
from surveys.strip.intervals import interval_axis, interval_on
from surveys.strip.plane import cross_on, plane_map


def test_an_interval_runs_from_its_lowest_number_to_its_highest() -> None:
    """On 0 to 20: 2 is a tenth, 3.5 is 17.5 %, 5.5 is 27.5 %."""
    drawn = interval_on(interval_axis(0, 20, ()), [2, 3.5, 5.5])
    assert drawn is not None
    assert (drawn.start, drawn.end, drawn.places) == ("10%", "27.5%", ("10%", "17.5%", "27.5%"))
    assert not drawn.is_cut_left and not drawn.is_cut_right


def test_a_number_that_is_not_shown_has_no_place() -> None:
    drawn = interval_on(interval_axis(0, 20, ()), [None, 5, None, 10])
    assert drawn is not None
    assert (drawn.start, drawn.end, drawn.places) == ("25%", "50%", ("", "25%", "", "50%"))


def test_only_an_interval_with_both_ends_is_a_line() -> None:
    axis = interval_axis(0, 20, ())
    drawn = [interval_on(axis, numbers) for numbers in ([2, 3.5, 5.5], [2, None, 5.5], [2, 3.5, None], [None, 3.5, 5.5])]
    assert [found is not None and found.has_both_ends for found in drawn] == [True, True, False, False]


def test_without_any_number_nothing_is_drawn() -> None:
    assert interval_on(interval_axis(0, 20, ()), [None, None]) is None


def test_an_axis_without_limits_leaves_room_beside_what_is_shown() -> None:
    """1 to 8: a tenth of 7 on both sides is 0.3 to 8.7, and 0.35 times 8.4 more is −2.64 to 11.64."""
    axis = interval_axis(None, None, [1, 5, 8])
    assert (axis.low, axis.high) == pytest.approx((-2.64, 11.64))


def test_a_limit_on_one_side_stays_the_end() -> None:
    """0 to 8 with a tenth above is 8.8, and 0.35 times 8.8 more is 11.88."""
    axis = interval_axis(0, None, [1, 8])
    assert (axis.low, axis.high) == pytest.approx((0, 11.88))


def test_an_interval_that_leaves_the_picture_says_so() -> None:
    axis = interval_axis(None, None, [1, 5, 8])
    right, left = interval_on(axis, [5, 8, 20]), interval_on(axis, [-3, 5])
    assert right is not None and (right.end, right.is_cut_left, right.is_cut_right) == ("100%", False, True)
    assert left is not None and (left.start, left.is_cut_left, left.is_cut_right) == ("0%", True, False)


def test_an_axis_of_nothing_is_still_an_axis() -> None:
    axis = interval_axis(None, None, ())
    assert axis.low < axis.high


def test_a_place_on_the_map_counts_from_the_left_and_from_the_bottom() -> None:
    """Cells of a ninth and of a fifth: position 1 lies in the middle of the first, 1/18 from the left and 1/10 above the foot."""
    plane = plane_map(9, 5)
    assert (plane.across(1), plane.down(1)) == ("5.55556%", "90%")
    assert (plane.across(9), plane.down(5)) == ("94.4444%", "10%")
    assert plane.rows == ("20%", "40%", "60%", "80%")
    assert len(plane.columns) == 8


def test_a_cross_stands_on_the_middle_answers_with_the_middle_halves_as_arms() -> None:
    """4.5 on nine points is 4/9; its half from 4 to 6 is 3.5/9 to 5.5/9. 3 of five is the middle; 4 is 30 % from the top."""
    cross = cross_on(plane_map(9, 5), Published(18, None, 4.5, 4, 6), Published(18, None, 3, 3, 4))
    assert cross is not None
    assert (cross.x, cross.y) == ("44.4444%", "50%")
    assert cross.across == ("38.8889%", "61.1111%")
    assert cross.down == ("30%", "50%")


@pytest.mark.parametrize(("x", "y"), [(None, Published(5, None, 3)), (Published(5, None, 3), None), (Published(0), Published(5, None, 3))])
def test_one_scale_alone_is_no_place(x: Published | None, y: Published | None) -> None:
    assert cross_on(plane_map(9, 5), x, y) is None


def test_an_arm_without_quartiles_is_not_drawn() -> None:
    cross = cross_on(plane_map(9, 5), Published(2, None, 3), Published(2, None, 3, 2, 4))
    assert cross is not None and cross.across is None and cross.down == ("30%", "70%")
