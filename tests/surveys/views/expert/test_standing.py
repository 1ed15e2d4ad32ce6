"""Progress, and how long the rest may take at the expert's own pace."""

from datetime import UTC, datetime, timedelta

import pytest

from surveys.views.expert.standing import minutes_for, seconds_per_item

START = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


def at(*seconds: float) -> list[datetime]:
    return [START + timedelta(seconds=second) for second in seconds]


def test_before_a_pace_is_known_the_usual_one_holds() -> None:
    assert seconds_per_item([]) == seconds_per_item(at(0, 10, 20)) == 40.0


def test_the_pace_is_the_median_time_between_answers() -> None:
    assert seconds_per_item(at(0, 20, 40, 100)) == 20.0


def test_a_break_is_no_thinking_time() -> None:
    assert seconds_per_item(at(0, 20, 40, 60, 7200, 7220)) == 20.0


def test_answers_saved_together_share_the_time_before_them() -> None:
    assert seconds_per_item(at(0, 120, 120, 120, 120)) == 30.0


def test_a_very_fast_pace_is_not_believed() -> None:
    assert seconds_per_item(at(0, 1, 2, 3, 4)) == 5.0


@pytest.mark.parametrize(("items", "minutes"), [(0, 0), (1, 1), (20, 13), (100, 67)])
def test_minutes_are_rounded_and_never_none_while_something_is_left(items: int, minutes: int) -> None:
    assert minutes_for(items, []) == minutes
