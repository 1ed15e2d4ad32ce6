"""Orders by mean position, and the heights of their rows. Expected values are worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.strip.paired import part_width
from surveys.strip.slope import mean_order, slope_height

CODES = ("a", "b", "c")


def test_the_smallest_mean_position_comes_first() -> None:
    assert mean_order(CODES, {"a": 2.5, "b": 1.0, "c": 2.4}) == ("b", "c", "a")


def test_equal_means_stand_in_the_order_of_the_questionnaire() -> None:
    assert mean_order(CODES, {"c": 2.0, "b": 2.0, "a": 2.0}) == CODES


def test_means_that_differ_by_a_rounding_error_are_equal() -> None:
    assert 0.1 + 0.2 > 0.3
    assert mean_order(CODES, {"a": 0.1 + 0.2, "b": 0.3, "c": 9.0}) == CODES


@pytest.mark.parametrize("means", [{}, {"a": 1.0, "b": 2.0}, {"a": 1.0, "b": 2.0, "c": None}])
def test_without_a_mean_for_every_option_there_is_no_order(means: dict[str, float | None]) -> None:
    assert mean_order(CODES, means) == ()


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.floats(1, 12), min_size=1, max_size=12))
def test_an_order_holds_every_option_once_and_never_goes_down(means: dict[str, float]) -> None:
    ordered = mean_order(list(means), means)
    assert sorted(ordered) == sorted(means)
    rounded = [round(means[code], 9) for code in ordered]
    assert rounded == sorted(rounded)


@pytest.mark.parametrize(("position", "options", "height"), [(1, 4, "12.5%"), (4, 4, "87.5%"), (2, 3, "50%"), (1, 12, "4.16667%")])
def test_a_position_stands_in_the_middle_of_its_row(position: int, options: int, height: str) -> None:
    assert slope_height(position, options) == height


@pytest.mark.parametrize(("part", "total", "width"), [
    (0, 100, "0%"), (40, 100, "40%"), (100 / 3, 100, "33.3333%"), (1, 1, "100%"), (120, 100, "100%"), (-1, 100, "0%"),
])
def test_a_part_s_bar_fills_its_share_of_the_whole_and_never_more(part: float, total: float, width: str) -> None:
    assert part_width(part, total) == width
