"""From numbers to places; every expected number is worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.scale import LinearScale, covering, nice_step


def test_the_ends_of_the_axis_lie_at_its_ends_and_the_middle_between():
    scale = LinearScale(1, 9, 100, 500)
    assert [scale.place(number) for number in (1, 5, 9)] == [100, 300, 500]


def test_an_axis_that_goes_up_turns_the_places_round():
    assert LinearScale(0, 10, 200, 0).place(2.5) == 150


def test_numbers_outside_lie_on_the_end():
    scale = LinearScale(0, 1, 0, 100)
    assert (scale.place(-3), scale.place(7)) == (0, 100)


@pytest.mark.parametrize(("span", "most", "step"), [(8, 5, 2), (1, 6, 0.2), (10, 6, 2), (100, 5, 25), (3, 7, 0.5), (0.04, 5, 0.01)])
def test_steps_are_one_two_two_and_a_half_or_five_times_a_power_of_ten(span, most, step):
    assert nice_step(span, most) == pytest.approx(step)


def test_ticks_begin_at_the_low_end_where_whole_steps_reach_the_other():
    assert LinearScale(1, 9, 0, 1).ticks(5) == [1, 3, 5, 7, 9]
    assert LinearScale(-1.5, 2, 0, 1).ticks(5) == [-1, 0, 1, 2]


def test_an_axis_covers_all_numbers_that_are_known_at_round_ends():
    assert covering([-1.98, None, 2.56], 0) == pytest.approx((-2, 3))
    assert covering([]) == (0, 1)
    assert covering([4]) == pytest.approx((3.4, 4.6), abs=0.2)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1))
def test_every_number_has_room_on_the_axis_that_covers_it(numbers):
    low, high = covering(numbers)
    slack = 1e-9 * max(1, abs(low), abs(high))
    assert low - slack <= min(numbers)
    assert high + slack >= max(numbers)
    assert low < high
