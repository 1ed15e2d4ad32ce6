"""The charts of results and reports: published figures in, pictures with their tables out.

Every chart function takes a `Caption` and rows of figures, and returns a `Chart`, which templates/components/charts/_chart.html
draws and `analysis.charts.files` writes as SVG, PNG and CSV. Nothing here reads the database or knows a request; the only
part of Django it uses is the translation of words, and in files where the faces lie.
"""

from analysis.charts.chart import Caption, Chart, Download, Known, Picture, Table
from analysis.charts.distribution import Bars, Spread, SpreadAxis, SpreadNames, SpreadRow, distribution_chart
from analysis.charts.flow import FlowLane, FlowStep, flow_chart
from analysis.charts.heat_map import Diverging, HeatCell, HeatRow, Sequential, heat_map
from analysis.charts.intervals import ABOVE, BELOW, UNCLEAR, IntervalRow, Reference, interval_chart
from analysis.charts.pairs import PairedRow, PairNames, pair_chart
from analysis.charts.paths import PathPoint, PathSeries, path_chart
from analysis.charts.point_map import MapAxis, MapPoint, MapWords, Range, map_chart
from analysis.charts.split import Estimate, SplitNames, SplitRow, split_chart

__all__ = [
    "ABOVE", "BELOW", "UNCLEAR", "Bars", "Caption", "Chart", "Diverging", "Download", "Estimate", "FlowLane", "FlowStep", "HeatCell", "HeatRow",
    "IntervalRow", "Known", "MapAxis", "MapPoint", "MapWords", "PairNames", "PairedRow", "PathPoint", "PathSeries", "Picture", "Range",
    "Reference", "Sequential", "SplitNames", "SplitRow", "Spread", "SpreadAxis", "SpreadNames", "SpreadRow", "Table", "distribution_chart",
    "flow_chart", "heat_map", "interval_chart", "map_chart", "pair_chart", "path_chart", "split_chart",
]
