"""The map of points: places, names that can be read, and what is protected not on it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.charts import Caption, Chart, Known, MapAxis, MapPoint, MapWords, Range, map_chart
from analysis.charts.labels import Area, is_readable, placed
from analysis.charts.lettering import SMALL, width_of
from analysis.charts.shapes import LINE_HEIGHT, Box, Dot, Stroke, Words, flat, texts
from tests.analysis.charts.samples import points

CAPTION = Caption("key", "Title", "Sentence")
ACROSS, UP = MapAxis("Abandonment", 1, 9, "none", "strong", 5), MapAxis("Entrapment", 1, 9, "none", "strong", 5)


def chart(*given: MapPoint) -> Chart:
    return map_chart(CAPTION, MapWords("Ally", ("a", "b", "c", "d")), ACROSS, UP, given)


def test_the_middle_of_both_axes_is_where_the_halves_part():
    drawn = chart(MapPoint("Japan", Range(5), Range(5)))
    dot = next(shape for shape in drawn.wide.body.shapes if isinstance(shape, Dot))
    splits = [shape for shape in drawn.wide.body.shapes if isinstance(shape, Stroke) and shape.look == "chart-reference"]
    assert (splits[0].x1, splits[1].y1) == pytest.approx((dot.x, dot.y))


def test_more_lies_to_the_right_and_higher_up():
    drawn = chart(MapPoint("Japan", Range(2), Range(2)), MapPoint("Korea", Range(8), Range(8)))
    first, second = (shape for shape in drawn.wide.body.shapes if isinstance(shape, Dot))
    assert second.x > first.x
    assert second.y < first.y


def test_crosses_reach_from_low_to_high():
    """From 1 to 9 the wide map has 612 pixels: half a point on each side is 76.5."""
    drawn = chart(MapPoint("Japan", Range(5, 4.5, 5.5), Range(5)))
    cross = next(shape for shape in drawn.wide.body.shapes if shape.look == "chart-cross")
    assert isinstance(cross, Stroke)
    assert cross.x2 - cross.x1 == pytest.approx(76.5)


def test_names_stand_on_the_wide_map_and_numbers_on_one_that_is_too_small_for_them():
    drawn = points(17)
    names = [shape.lines[0] for shape in flat(drawn.narrow.body) if isinstance(shape, Words) and shape.look == "chart-name"]
    assert "Bosnia and Herzegovina" in texts(drawn.wide.body)
    assert names == [str(number) for number in range(1, 17)]
    assert drawn.narrow.legend is not None
    assert {"Bosnia and Herzegovina", "Japan"} <= set(texts(drawn.narrow.legend))


def test_points_that_are_protected_are_named_and_not_drawn():
    drawn = chart(MapPoint("Japan", Range(5, 4, 6), Range(5, 4, 6)), MapPoint("Norway", Range(7.77), Range(6.66), known=Known.PROTECTED))
    assert len([shape for shape in drawn.wide.body.shapes if isinstance(shape, Dot)]) == 1
    assert drawn.wide.legend is not None
    assert texts(drawn.wide.legend) == ["Intervals", "Protected: Norway"]
    assert drawn.table.rows[1] == ("Norway", "protected", "–", "–", "protected", "–", "–")


def test_the_words_of_an_axis_stay_within_the_picture_and_off_the_map():
    """Of a dimension with a long name: in one line it is wider than a phone."""
    up = MapAxis("Risk that the adversary misreads the intention", 1, 5, "None", "Very great", 3)
    drawn = map_chart(CAPTION, MapWords("Ally"), replace(up, name="Gain in deterrence " * 4), up, [MapPoint("Japan", Range(2), Range(2))])
    words = [shape for shape in drawn.narrow.body.shapes if isinstance(shape, Words) and shape.look == "chart-label"]
    assert [len(word.lines) for word in words] == [2, 2]
    assert all(width_of(line, SMALL) <= drawn.narrow.body.width for word in words for line in word.lines)
    frame = next(shape for shape in drawn.narrow.body.shapes if isinstance(shape, Box))
    assert words[1].y + SMALL * LINE_HEIGHT < frame.y
    assert words[0].y + SMALL * LINE_HEIGHT < drawn.narrow.body.height


def test_an_axis_may_fall_to_the_right_and_upwards():
    """Where less is better, the better end still lies right and above."""
    falling = MapAxis("Change", 100, 0, "much", "little", 15)
    drawn = map_chart(CAPTION, MapWords("Question"), falling, falling, [MapPoint("a", Range(90), Range(90)), MapPoint("b", Range(10), Range(10))])
    first, second = (shape for shape in drawn.wide.body.shapes if isinstance(shape, Dot))
    assert second.x > first.x
    assert second.y < first.y


def test_where_a_point_stood_before_is_drawn_and_told():
    drawn = chart(MapPoint("Japan", Range(5), Range(5), before=(3.0, 4.0)), MapPoint("Norway", Range(2), Range(2)))
    way = next(shape for shape in drawn.wide.body.shapes if shape.look == "chart-between")
    now = next(shape for shape in drawn.wide.body.shapes if shape.look == "chart-dot")
    assert isinstance(way, Stroke) and isinstance(now, Dot)
    assert (way.x2, way.y2) == (now.x, now.y)
    assert way.x1 < way.x2 and way.y1 > way.y2
    assert [row[-2:] for row in drawn.table.values] == [(3.0, 4.0), (None, None)]


def test_short_labels_stand_for_names_that_are_listed_below():
    drawn = chart(MapPoint("q1", Range(2), Range(2), name="How grave is it?"), MapPoint("q2", Range(8), Range(8), name="How likely is it?"))
    assert drawn.wide.legend is not None
    assert {"How grave is it?", "How likely is it?"} <= set(texts(drawn.wide.legend))
    assert [row[0] for row in drawn.table.rows] == ["q1: How grave is it?", "q2: How likely is it?"]


def test_of_a_crowd_those_are_named_that_have_room_and_the_table_has_all():
    """Forty points at one place, and one far from them: that one has room for its label."""
    crowd = [MapPoint(f"q{number}", Range(2), Range(2), name="In the crowd") for number in range(40)]
    drawn = chart(*crowd, MapPoint("alone", Range(8), Range(8), name="By itself"))
    names = [shape.lines[0] for shape in flat(drawn.wide.body) if isinstance(shape, Words) and shape.look == "chart-name"]
    assert "alone" in names
    assert len(names) < 41
    assert len(drawn.table.rows) == 41


def test_sorts_have_shapes_of_their_own():
    sorts = MapWords("Ally", sorts=("Asia", "Europe", "America"))
    drawn = map_chart(CAPTION, sorts, ACROSS, UP, [MapPoint("x", Range(2 + place), Range(2 + place), place) for place in range(3)])
    looks = ["chart-dot", "chart-square", "chart-ring"]
    assert [shape.look for shape in drawn.wide.body.shapes if shape.look in looks] == looks
    assert drawn.table.columns[-1] == "Kind"


def test_areas_overlap_by_what_they_share():
    assert Area(0, 0, 10, 10).overlap(Area(6, 7, 20, 20)) == 12
    assert Area(0, 0, 10, 10).overlap(Area(10, 0, 20, 10)) == 0


def test_a_name_goes_to_the_left_where_the_right_edge_is_near():
    label = placed(["Japan"], [(95, 50)], Area(0, 0, 100, 100))[0]
    assert label.anchor == "end"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=17, unique=True))
def test_numbers_of_points_on_different_places_can_always_be_read(places):
    at = [(60 * x, 45 * y) for x, y in places]
    inside = Area(0, 0, 640, 470)
    assert is_readable(placed([str(number) for number in range(len(at))], at, inside), inside)
