"""Paired values: a ring and a square at their places, the published gap beside them."""

import pytest

from analysis.charts import Caption, Chart, Known, PairedRow, PairNames, pair_chart
from analysis.charts.shapes import Box, Dot, Stroke, texts

NAMES = PairNames("Function", "of itself", "others of it")


def chart(*rows: PairedRow) -> Chart:
    return pair_chart(Caption("key", "Title", "Sentence"), NAMES, rows, (1, 9))


def marks(drawn: Chart) -> tuple[list[Dot], list[Box]]:
    shapes = drawn.wide.body.shapes
    rings = [shape for shape in shapes if isinstance(shape, Dot) and shape.look == "chart-ring"]
    return rings, [shape for shape in shapes if isinstance(shape, Box) and shape.look == "chart-square"]


def test_equal_values_lie_on_each_other():
    rings, squares = marks(chart(PairedRow("Lead", 5.0, 5.0, 0.0)))
    assert rings[0].x == pytest.approx(squares[0].x + squares[0].width / 2)


def test_the_line_between_is_as_long_as_the_gap():
    """Two gaps, one twice the other, on one axis."""
    drawn = chart(PairedRow("Lead", 3.0, 5.0, -2.0), PairedRow("Strike", 8.0, 4.0, 4.0))
    lines = [abs(shape.x2 - shape.x1) for shape in drawn.wide.body.shapes if isinstance(shape, Stroke) and shape.look == "chart-between"]
    assert lines[1] == pytest.approx(2 * lines[0])


def test_both_values_and_the_gap_with_its_sign_are_told():
    said = texts(chart(PairedRow("Lead", 3.0, 5.0, -2.0), PairedRow("Strike", 8.0, 4.0, 4.0)).wide.body)
    assert {"3.00 · 5.00 (−2.00)", "8.00 · 4.00 (+4.00)"} <= set(said)


def test_a_value_that_is_missing_leaves_the_other_one_standing():
    rings, squares = marks(chart(PairedRow("Lead", None, 5.0)))
    assert (len(rings), len(squares)) == (0, 1)


def test_a_protected_row_tells_nothing():
    drawn = chart(PairedRow("Lead", 7.77, 6.66, 1.11, Known.PROTECTED))
    assert marks(drawn) == ([], [])
    assert drawn.table.rows == (("Lead", "protected", "protected", "–"),)
    assert "7.77" not in drawn.wide.body.markup + drawn.narrow.body.markup


def test_a_protected_value_does_not_tell_itself_through_the_axis():
    shown = PairedRow("Lead", 3.0, 5.0, -2.0)
    caption = Caption("key", "Title", "Sentence")
    with_values = pair_chart(caption, NAMES, [shown, PairedRow("Strike", 99.0, 1.0, 98.0, Known.PROTECTED)])
    assert with_values == pair_chart(caption, NAMES, [shown, PairedRow("Strike", known=Known.PROTECTED)])
