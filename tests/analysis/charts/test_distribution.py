"""Distributions on one axis: bars, halves and middles at their numbers' places, the earlier round below, the same numbers in the table."""

import pytest

from analysis.charts import Bars, Caption, Chart, Known, Spread, SpreadAxis, SpreadNames, SpreadRow, distribution_chart
from analysis.charts.shapes import Box, Dot, Stroke, Words, flat, texts

CAPTION = Caption("key", "Title", "Sentence")
NAMES = SpreadNames("Group", "Round 2", "Round 1", "Round", "Experts", "Median", "Lower quartile", "Upper quartile", "Middle half", "Answers")
BARS = Bars(tuple((place - 0.4, place + 0.4) for place in range(1, 6)), ("1", "2", "3", "4", "5"))
AXIS = SpreadAxis(0.5, 5.5, (1, 2, 3, 4, 5))
NOW = Spread(3, 2, 4, 10, (0.1, 0.2, 0.4, 0.2, 0.1))
BEFORE = Spread(2, 1, 5, 12, (0.2, 0.4, 0.2, 0.1, 0.1))


def chart(*rows: SpreadRow, names: SpreadNames = NAMES, bars: Bars = BARS) -> Chart:
    return distribution_chart(CAPTION, names, rows, AXIS, bars)


def places(drawn: Chart) -> dict[str, float]:
    """Number under the axis → its place."""
    return {shape.lines[0]: shape.x for shape in drawn.wide.body.shapes if isinstance(shape, Words) and shape.look == "chart-number"}


def of_look(drawn: Chart, look: str) -> list:
    return [shape for shape in flat(drawn.wide.body) if shape.look == look]


def test_the_middle_and_the_middle_half_lie_at_their_numbers():
    drawn = chart(SpreadRow("Japan", NOW))
    at = places(drawn)
    [dot], [half] = of_look(drawn, "chart-dot"), of_look(drawn, "chart-half-bold")
    assert isinstance(dot, Dot)
    assert isinstance(half, Stroke)
    assert dot.x == pytest.approx(at["3"])
    assert (half.x1, half.x2) == pytest.approx((at["2"], at["4"]))


def test_the_earlier_round_lies_below_with_its_own_marks():
    drawn = chart(SpreadRow("Japan", NOW, BEFORE))
    [ring], [dot] = of_look(drawn, "chart-ring-small"), of_look(drawn, "chart-dot")
    assert ring.x == pytest.approx(places(drawn)["2"])
    assert ring.y > dot.y
    assert "Round 1" in texts(drawn.wide.legend)
    assert "Round 1" not in texts(chart(SpreadRow("Japan", NOW)).wide.legend)


def test_bars_have_heights_in_the_ratio_of_their_shares_over_all_rows():
    bars = of_look(chart(SpreadRow("Japan", NOW), SpreadRow("Norway", Spread(1, 1, 1, 5, (0.8, 0.2, 0.0, 0.0, 0.0)))), "chart-bar")
    assert all(isinstance(bar, Box) for bar in bars)
    assert [round(bar.height / bars[5].height, 9) for bar in bars] == [0.125, 0.25, 0.5, 0.25, 0.125, 1.0, 0.25]  # shares by 0.8; none for 0


def test_the_twin_has_a_line_for_each_round():
    drawn = chart(SpreadRow("Japan", NOW, BEFORE), SpreadRow("Norway", NOW))
    assert drawn.table.columns == ("Group", "Round", "Experts", "Median", "Lower quartile", "Upper quartile", "1", "2", "3", "4", "5")
    assert [row[:6] for row in drawn.table.values] == [
        ("Japan", "Round 1", 12, 2, 1, 5), ("Japan", "Round 2", 10, 3, 2, 4), ("Norway", "Round 2", 10, 3, 2, 4)]
    assert drawn.table.values[1][6:] == (0.1, 0.2, 0.4, 0.2, 0.1)


def test_a_middle_alone_has_no_ends():
    names = SpreadNames("Group", "Round 2", "Round 1", "Round", "Experts", "Ticked, %")
    drawn = chart(SpreadRow("Japan", Spread(4, n=10)), names=names, bars=Bars())
    assert drawn.table.columns == ("Group", "Round", "Experts", "Ticked, %")
    assert of_look(drawn, "chart-half-bold") == []


def test_figures_stand_beside_their_row():
    assert "3 (2 to 4)" in texts(chart(SpreadRow("Japan", NOW)).wide.body)


@pytest.mark.parametrize("given", [Spread(9, 8, 9, 3, (0.0, 0.0, 0.0, 0.0, 1.0), Known.PROTECTED), Spread(known=Known.PROTECTED)])
def test_a_protected_row_is_the_same_whatever_it_was_given(given: Spread):
    drawn = chart(SpreadRow("Japan", NOW, BEFORE), SpreadRow("Norway", given))
    assert drawn == chart(SpreadRow("Japan", NOW, BEFORE), SpreadRow("Norway", Spread(known=Known.PROTECTED)))
    assert drawn.table.values[2][:4] == ("Norway", "Round 2", None, "protected")
    assert len(of_look(drawn, "chart-hidden")) == 1
    hidden_before = chart(SpreadRow("Japan", NOW, given))
    assert of_look(hidden_before, "chart-ring-small") == []
    assert hidden_before.table.values[0][:4] == ("Japan", "Round 1", None, "protected")


def test_seventeen_rows_don_t_overlap_on_a_phone():
    rows = [SpreadRow(f"Ally {number}", NOW, BEFORE, "Panels") for number in range(17)]
    bars = sorted((shape.y, shape.y + shape.height) for shape in flat(chart(*rows).narrow.body) if shape.look == "chart-bar" and shape.height > 19)
    labels = sorted(shape.y for shape in flat(chart(*rows).narrow.body) if shape.look == "chart-label")
    assert len(bars) == len(labels) == 17
    assert all(label < top for label, (top, _foot) in zip(labels, bars, strict=True))
    assert all(foot < label - 10 for (_top, foot), label in zip(bars, labels[1:], strict=False))
