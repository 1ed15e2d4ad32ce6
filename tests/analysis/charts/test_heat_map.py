"""The heat map: colours by steps, the number in the cell, the twin."""

import itertools

import pytest

from analysis.charts import Caption, Diverging, HeatCell, HeatRow, Known, Sequential, heat_map
from analysis.charts.chart import Chart
from analysis.charts.shapes import Box, Words, flat, texts

NINE = Sequential(1, 9, ("little", "much"))
CAPTION = Caption("key", "Title", "Sentence")


def chart(*cells: HeatCell, scale: Sequential | Diverging = NINE) -> Chart:
    return heat_map(CAPTION, "Ally", [f"Item {place}" for place in range(len(cells))], [HeatRow("Japan", cells)], scale)


def looks(drawn: Chart) -> list[str]:
    return [shape.look for shape in drawn.wide.body.shapes if isinstance(shape, Box)]


@pytest.mark.parametrize(("value", "step"), [(1, 0), (2.1, 0), (2.2, 1), (5, 3), (8, 6), (9, 6), (12, 6), (-1, 0)])
def test_seven_steps_share_the_scale_evenly(value, step):
    """From 1 to 9 a step is 8/7 wide: the second begins at 2.142..., the last at 7.857..."""
    assert NINE.step(value) == step


@pytest.mark.parametrize(("value", "step"), [(-3, 0), (-2, 1), (-1.4, 2), (-0.4, 3), (0, 3), (0.6, 4), (2, 5), (3, 6), (7, 6)])
def test_a_diverging_scale_has_three_steps_on_both_sides_of_its_middle(value, step):
    assert Diverging(3, ("less", "more")).step(value) == step


def test_the_number_stands_in_the_cell_with_its_sign_where_the_scale_has_a_middle():
    about_zero = chart(HeatCell(1.2), HeatCell(-0.5, sign="▲"), HeatCell(0.0), scale=Diverging(3, ("less", "more")))
    assert "8.34" in texts(chart(HeatCell(8.34)).wide.body)
    assert {"+1.20", "−0.50 ▲", "0.00"} <= set(texts(about_zero.wide.body))


def test_protected_and_undefined_cells_say_so_and_have_no_colour_of_the_scale():
    drawn = chart(HeatCell(known=Known.PROTECTED), HeatCell(known=Known.UNDEFINED), HeatCell(5))
    assert looks(drawn) == ["chart-hidden", "chart-empty", "chart-seq-3"]
    assert {"protected", "–"} <= set(texts(drawn.wide.body))


def test_what_is_protected_never_shows_its_value_even_if_it_is_passed():
    drawn = chart(HeatCell(7.77, known=Known.PROTECTED))
    assert "7.77" not in drawn.wide.body.markup + drawn.narrow.body.markup + str(drawn.table.rows)


def test_cells_stand_in_a_row_without_gaps_and_below_the_heads():
    boxes = [shape for shape in chart(HeatCell(1), HeatCell(2), HeatCell(3)).wide.body.shapes if isinstance(shape, Box)]
    steps = [right.x - left.x for left, right in itertools.pairwise(boxes)]
    assert steps[0] == pytest.approx(steps[1])
    assert steps[0] == pytest.approx(boxes[0].width + 3)  # 1.5 on each side


def test_names_of_rows_and_cells_are_as_high_as_each_other():
    drawn = heat_map(CAPTION, "Pair", ["A"], [HeatRow("United States – Bosnia and Herzegovina and more", (HeatCell(1),))], NINE)
    assert drawn.wide.labels is not None
    assert drawn.wide.labels.height == drawn.wide.body.height


def test_a_group_has_its_heading_once():
    rows = [HeatRow(name, (HeatCell(1),), group) for name, group in (("Japan", "Asia"), ("Korea", "Asia"), ("Poland", "Europe"))]
    labels = heat_map(CAPTION, "Ally", ["A"], rows, NINE).wide.labels
    assert labels is not None
    assert [shape.lines[0] for shape in flat(labels) if isinstance(shape, Words) and shape.look == "chart-heading"] == ["Asia", "Europe"]


def test_the_twin_has_the_same_numbers():
    drawn = chart(HeatCell(8.34), HeatCell(known=Known.PROTECTED), HeatCell(known=Known.UNDEFINED))
    assert drawn.table.columns == ("Ally", "Item 0", "Item 1", "Item 2")
    assert drawn.table.rows == (("Japan", "8.34", "protected", "–"),)


def test_a_very_large_one_is_drawn_once_for_all_pages():
    rows = [HeatRow(f"Item {place}", (HeatCell(1.0),) * 17) for place in range(200)]
    columns = [f"Ally {place}" for place in range(17)]
    assert heat_map(CAPTION, "Item", columns, rows, NINE).has_one_width
    assert not heat_map(CAPTION, "Item", columns, rows[:17], NINE).has_one_width


def test_the_key_explains_the_signs_that_occur():
    row = HeatRow("Japan", (HeatCell(1.0, sign="▲"),))
    legend = heat_map(CAPTION, "Ally", ["A"], [row], NINE, [("▲", "beyond chance"), ("○", "not told apart")]).wide.legend
    assert legend is not None
    assert "beyond chance" in texts(legend)
    assert "not told apart" not in texts(legend)
