"""Disagreement within and between: lengths in proportion, parts told apart without colour."""

import pytest

from analysis.charts import Caption, Chart, Estimate, Known, SplitNames, SplitRow, split_chart
from analysis.charts.shapes import Box, Dot, flat, texts

CAPTION, NAMES = Caption("key", "Title", "Sentence"), SplitNames("Round", "within", "between")
FIRST = SplitRow("Round 1", 3.0, 1.0, Estimate(4.0, 3.5, 5.0), Estimate(0.25, 0.1, 0.4))
SECOND = SplitRow("Round 2", 1.5, 1.0, Estimate(2.5, 2.0, 3.0), Estimate(0.4, 0.2, 0.6))


def chart(*rows: SplitRow) -> Chart:
    return split_chart(CAPTION, NAMES, rows)


def widths(drawn: Chart, look: str) -> list[float]:
    return [shape.width for shape in drawn.wide.body.shapes if isinstance(shape, Box) and shape.look == look]


def test_parts_are_as_long_as_their_numbers():
    within, between = (widths(chart(FIRST, SECOND), look) for look in ("chart-within", "chart-between-part"))
    assert within[0] / between[0] == pytest.approx(3)
    assert within[0] / within[1] == pytest.approx(2)
    assert between[0] == pytest.approx(between[1])


def test_the_part_between_begins_where_the_part_within_ends():
    boxes = [shape for shape in chart(FIRST).wide.body.shapes if isinstance(shape, Box)]
    assert boxes[0].x + boxes[0].width == pytest.approx(boxes[1].x)


def test_the_part_between_is_hatched():
    assert "chart-hatch" in {shape.look for shape in flat(chart(FIRST).wide.body)}


def test_shares_lie_on_an_axis_from_nothing_to_all():
    dots = [shape.x for shape in chart(FIRST, SECOND).wide.body.shapes if isinstance(shape, Dot)]
    assert dots[1] - dots[0] == pytest.approx(0.15 * 168)  # the axis is 168 long: 672 - 176 to 672 - 8


def test_every_number_is_told_in_words_on_both_widths():
    for picture in (chart(FIRST).wide, chart(FIRST).narrow):
        said = " ".join(texts(picture.body))
        assert all(part in said for part in ("within 3.00 + between 1.00", "total 4.00 (3.50 to 5.00)", "25 % between (10 to 40)"))


def test_a_share_whose_estimate_lies_below_nothing_is_said_as_nothing_and_kept_in_the_table():
    drawn = split_chart(CAPTION, NAMES, [SplitRow("Round 1", 0.17, 0.0, Estimate(0.17, 0.16, 0.18), Estimate(-0.004, -0.04, 0.09))])
    assert "0 % between (0 to 9)" in " ".join(texts(drawn.wide.body))
    assert drawn.table.rows[0][-3:] == ("0.00", "−0.04", "0.09")


def test_a_protected_round_tells_nothing():
    drawn = chart(FIRST, SplitRow("Round 2", 7.77, 6.66, known=Known.PROTECTED))
    assert widths(drawn, "chart-within") == [pytest.approx(widths(chart(FIRST), "chart-within")[0])]
    assert "7.77" not in drawn.wide.body.markup + drawn.narrow.body.markup + str(drawn.table.rows)
    assert drawn.table.rows[1][1] == "protected"


def test_the_twin_has_both_parts_the_total_and_the_share_with_their_intervals():
    assert chart(FIRST).table.rows == (("Round 1", "3.00", "1.00", "4.00", "3.50", "5.00", "0.25", "0.10", "0.40"),)
