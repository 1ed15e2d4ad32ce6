"""Paths over the rounds: one axis for all groups, nothing drawn where nothing was published."""

from analysis.charts import Caption, Chart, Known, PathPoint, PathSeries, path_chart
from analysis.charts.shapes import Dot, Drawing, Outline, Placed, flat, texts

CAPTION = Caption("key", "Title", "Sentence")
STEADY = tuple(PathPoint(str(number), 5.0, 4.0, 6.0, 12) for number in (1, 2, 3))
HIDDEN = PathPoint("2", 7.77, 6.66, 8.88, 55, Known.PROTECTED)


def chart(*series: PathSeries) -> Chart:
    return path_chart(CAPTION, "Panel", series, (1, 9))


def multiples(drawn: Chart) -> list[Drawing]:
    return [shape.drawing for shape in drawn.wide.body.shapes if isinstance(shape, Placed)]


def test_the_middle_of_the_scale_lies_in_the_middle_of_the_plot():
    """A title of one line (18.2), 12 above the plot, which is 96 high: the middle is at 78.2."""
    dots = [shape for shape in flat(multiples(chart(PathSeries("Japan", STEADY)))[0]) if isinstance(shape, Dot)]
    assert [round(dot.y, 1) for dot in dots] == [78.2, 78.2, 78.2]


def test_the_band_goes_from_the_lower_to_the_upper_quartile():
    """One point of the scale is 12 pixels."""
    band = next(shape for shape in flat(multiples(chart(PathSeries("Japan", STEADY)))[0]) if isinstance(shape, Outline) and shape.closed)
    assert sorted({round(y, 1) for _x, y in band.points}) == [66.2, 90.2]


def test_all_groups_share_one_axis():
    low = PathSeries("Korea", (PathPoint("1", 1.0, 1.0, 2.0, 9), PathPoint("2", 1.0, 1.0, 2.0, 9)))
    drawn = multiples(chart(PathSeries("Japan", STEADY), low))
    assert [text for text in texts(drawn[0]) if text in ("1", "9")] == ["1", "9", "1"]  # the axis, and round 1
    assert max(shape.y for shape in flat(drawn[1]) if isinstance(shape, Dot)) - 78.2 == 48  # four points below the middle


def test_the_path_is_broken_where_a_round_is_protected():
    drawn = chart(PathSeries("Japan", (STEADY[0], HIDDEN, STEADY[2])))
    shapes = flat(multiples(drawn)[0])
    assert [shape for shape in shapes if isinstance(shape, Outline)] == []
    assert [shape.look for shape in shapes].count("chart-dot") == 2
    assert [shape.look for shape in shapes].count("chart-half") == 2
    assert [shape.look for shape in shapes].count("chart-hidden") == 1


def test_what_is_protected_stands_nowhere():
    drawn = chart(PathSeries("Japan", (STEADY[0], HIDDEN, STEADY[2])))
    everything = drawn.wide.body.markup + drawn.narrow.body.markup + str(drawn.table.rows)
    assert [number for number in ("7.77", "6.66", "8.88", ">55<") if number in everything] == []


def test_the_first_and_the_last_median_are_told_and_how_many_answered():
    series = PathSeries("Japan", (PathPoint("1", 3.5, 2.0, 5.0, 14), PathPoint("2", 4.0, 3.0, 5.0, 13), PathPoint("3", 4.5, 4.0, 5.0, 11)))
    said = texts(multiples(chart(series))[0])
    assert {"3.50", "4.50", "14", "13", "11"} <= set(said)
    assert "4.00" not in said


def test_the_twin_has_a_row_for_each_group_and_round():
    drawn = chart(PathSeries("Japan", (STEADY[0], HIDDEN)))
    assert drawn.table.rows == (("Japan", "1", "5.00", "4.00", "6.00", "12"), ("Japan", "2", "protected", "–", "–", "–"))
