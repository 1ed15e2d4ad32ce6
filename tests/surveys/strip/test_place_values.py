"""Where values, ticks and markers stand on the axis. Expected places are worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.strip import Axis, Published, numeric_axis, ordinal_axis, own_mark, tick_values


@pytest.mark.parametrize(("points", "position", "share"), [(5, 1, 0.1), (5, 3, 0.5), (5, 5, 0.9), (9, 5, 0.5), (7, 4.5, 4 / 7), (10, 10, 0.95)])
def test_a_position_stands_in_the_middle_of_its_cell(points, position, share):
    assert ordinal_axis(points).share(position) == pytest.approx(share)


@given(st.floats(-1e9, 1e9), st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_no_place_lies_outside_the_picture(value, low, width):
    assert 0 <= Axis(low, low + width).share(value) <= 1


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 100, [0, 20, 40, 60, 80, 100]),
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0, 365, [0, 100, 200, 300]),  # 365 / 5 = 73, so steps of 100
        (-50, 50, [-40, -20, 0, 20, 40]),
        (1, 9, [2, 4, 6, 8]),
        (0, 0.001, [0, 0.0002, 0.0004, 0.0006, 0.0008, 0.001]),
        (0, 2_000_000, [0, 1_000_000, 2_000_000]),  # seven digits: few ticks, so that their texts do not touch
    ],
)
def test_ticks_are_round_values(low, high, ticks):
    assert tick_values(Axis(low, high)) == pytest.approx(ticks)


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_there_are_a_few_ticks_and_all_of_them_lie_on_the_axis(low, width):
    axis = Axis(low, low + width)
    ticks = tick_values(axis)
    assert 1 <= len(ticks) <= 7
    assert all(axis.low - 1e-6 * width <= tick <= axis.high + 1e-6 * width for tick in ticks)


def test_an_axis_keeps_the_items_own_limits():
    assert numeric_axis(0, 365, Published(5, None, 400, 1, 500)) == Axis(0, 365)


def test_an_axis_without_limits_spans_what_is_shown():
    assert numeric_axis(None, None, Published(5, None, 2.0, 1.0, 3.0), own=11.0) == Axis(0.0, 12.0)


def test_an_axis_with_one_limit_keeps_that_end():
    assert numeric_axis(0, None, Published(5, None, 5.0, 2.0, 10.0)) == Axis(0, 11.0)


def test_an_axis_of_one_value_still_has_a_width():
    axis = numeric_axis(None, None, Published(5, None, 7.0, 7.0, 7.0))
    assert axis.low < 7 < axis.high


def test_an_axis_of_nothing_still_has_a_width():
    assert numeric_axis(None, None, Published(0)) == Axis(-1.0, 1.0)


def test_the_own_word_stands_beside_the_ring_and_inside_the_picture():
    assert own_mark(Axis(0, 100), 10).anchor == "start"
    assert own_mark(Axis(0, 100), 95).anchor == "end"
