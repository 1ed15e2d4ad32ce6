"""The flow of experts: heights in proportion, streams of those who stayed, signs for who left and joined."""

import pytest

from analysis.charts import Caption, Chart, FlowLane, FlowStep, Known, flow_chart
from analysis.charts.shapes import Box, Ribbon, texts

JAPAN = FlowLane("Japan", (FlowStep(20, 16), FlowStep(20, 14, left=4, joined=2)))


def chart(*lanes: FlowLane) -> Chart:
    return flow_chart(Caption("key", "Title", "Sentence"), "Panel", ("Round 1", "Round 2"), lanes)


def heights(drawn: Chart, look: str) -> list[float]:
    return [shape.height for shape in drawn.wide.body.shapes if isinstance(shape, Box) and shape.look == look]


def test_bars_are_as_high_as_their_numbers():
    """The largest number of the panels, 20 invited, is 26 high."""
    drawn = chart(JAPAN)
    assert heights(drawn, "chart-invited") == pytest.approx([26, 26])
    assert heights(drawn, "chart-answered") == pytest.approx([26 * 16 / 20, 26 * 14 / 20])


def test_the_stream_is_as_wide_as_those_who_answered_both_times():
    """14 answered, 2 of them had not answered before: 12 stayed."""
    stream = next(shape for shape in chart(JAPAN).wide.body.shapes if isinstance(shape, Ribbon))
    assert stream.left[2] - stream.left[1] == pytest.approx(26 * 12 / 20)
    assert stream.right[2] - stream.right[1] == pytest.approx(26 * 12 / 20)


def test_who_left_and_who_joined_is_told_with_signs():
    assert {"16 of 20", "14 of 20", "−4 +2"} <= set(texts(chart(JAPAN).wide.body))


def test_all_experts_have_a_scale_of_their_own_and_the_key_says_so():
    total = FlowLane("All", (FlowStep(200, 200), FlowStep(200, 100, 100, 0)), is_total=True)
    drawn = chart(total, JAPAN)
    assert heights(drawn, "chart-answered") == pytest.approx([26, 13, 26 * 16 / 20, 26 * 14 / 20])
    assert drawn.wide.legend is not None
    assert "All experts are drawn to a scale of their own" in texts(drawn.wide.legend)


def test_nothing_flows_into_a_round_that_is_protected():
    drawn = chart(FlowLane("Norway", (FlowStep(8, 7), FlowStep(77, 66, 55, 44, Known.PROTECTED))))
    assert not [shape for shape in drawn.wide.body.shapes if isinstance(shape, Ribbon)]
    assert "protected" in texts(drawn.wide.body)
    assert drawn.table.rows[1] == ("Norway", "Round 2", "protected", "protected", "–", "–")
    assert not [number for number in (">77", ">66", "55", "44") if number in " ".join(texts(drawn.wide.body))]


def test_the_twin_has_a_row_for_each_panel_and_round():
    assert chart(JAPAN).table.rows == (("Japan", "Round 1", "20", "16", "–", "–"), ("Japan", "Round 2", "20", "14", "4", "2"))


def test_a_protected_number_does_not_tell_itself_through_the_scale():
    hidden = FlowLane("Norway", (FlowStep(8, 7), FlowStep(77, 66, 55, 44, Known.PROTECTED)))
    bare = FlowLane("Norway", (FlowStep(8, 7), FlowStep(known=Known.PROTECTED)))
    assert chart(hidden, JAPAN) == chart(bare, JAPAN)


def test_with_many_rounds_numbers_are_shortened_before_they_touch():
    steps = tuple(FlowStep(240, 214 - place, 3, 2) for place in range(6))
    drawn = flow_chart(Caption("key", "Title", "Sentence"), "Panel", [f"Round {number}" for number in range(1, 7)], [FlowLane("All", steps)])
    assert "214" in texts(drawn.narrow.body)
    assert "214 of 240" in texts(drawn.wide.body)
