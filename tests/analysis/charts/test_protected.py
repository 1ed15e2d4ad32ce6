"""Whatever a protected row was given by mistake, the chart is the same as without it: no mark, no word, no end of an axis tells it."""

from analysis.charts import (
    Caption,
    Estimate,
    HeatCell,
    HeatRow,
    IntervalRow,
    Known,
    MapAxis,
    MapPoint,
    MapWords,
    PathPoint,
    PathSeries,
    Range,
    Sequential,
    SplitNames,
    SplitRow,
    heat_map,
    interval_chart,
    map_chart,
    path_chart,
    split_chart,
)

CAPTION, HIDDEN = Caption("key", "Title", "Sentence"), Known.PROTECTED


def test_heat_map():
    scale, signs = Sequential(1, 9, ("little", "much")), [("▲", "beyond chance")]
    given, bare = (heat_map(CAPTION, "Ally", ["A", "B"], [HeatRow("Japan", (HeatCell(2.0), cell))], scale, signs)
                   for cell in (HeatCell(123456.78, HIDDEN, "▲"), HeatCell(known=HIDDEN)))
    assert given == bare


def test_intervals():
    given, bare = (interval_chart(CAPTION, ("Ally", "Gap"), [IntervalRow("Japan", 1.0, 0.0, 2.0), row])
                   for row in (IntervalRow("Norway", 99.0, -99.0, 999.0, known=HIDDEN), IntervalRow("Norway", known=HIDDEN)))
    assert given == bare


def test_split():
    shown = SplitRow("Round 1", 2.0, 1.0, Estimate(3.0, 2.0, 4.0), Estimate(0.3, 0.1, 0.5))
    given, bare = (split_chart(CAPTION, SplitNames("Round", "within", "between"), [shown, row])
                   for row in (SplitRow("Round 2", 99.0, 98.0, Estimate(197.0, 1.0, 999.0), Estimate(0.5), HIDDEN), SplitRow("Round 2", known=HIDDEN)))
    assert given == bare


def test_paths():
    shown = PathPoint("1", 5.0, 4.0, 6.0, 9)
    given, bare = (path_chart(CAPTION, "Panel", [PathSeries("Japan", (shown, point))], (1, 9))
                   for point in (PathPoint("2", 9.0, 8.0, 9.0, 3, HIDDEN), PathPoint("2", known=HIDDEN)))
    assert given == bare


def test_point_map():
    axis = MapAxis("Fear", 1, 9, "none", "strong")
    given, bare = (map_chart(CAPTION, MapWords("Ally"), axis, axis, [MapPoint("Japan", Range(5), Range(5)), point])
                   for point in (MapPoint("Norway", Range(2), Range(8), 0, HIDDEN), MapPoint("Norway", known=HIDDEN)))
    assert given == bare
