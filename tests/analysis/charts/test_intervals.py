"""Intervals: every mark at its number's place, verdicts told by shape and sign."""

import itertools

import pytest

from analysis.charts import ABOVE, UNCLEAR, Caption, Chart, IntervalRow, Known, Reference, interval_chart
from analysis.charts.intervals import interval_marks
from analysis.charts.rows import PlacedRow
from analysis.charts.scale import LinearScale
from analysis.charts.shapes import Dot, Stroke, Words, flat, texts
from tests.analysis.charts.samples import intervals

CAPTION = Caption("key", "Title", "Sentence")
PLACE = PlacedRow(top=0, height=30, mark=15)
SCALE = LinearScale(-1, 3, 100, 500)  # a hundred pixels for one


def chart(*rows: IntervalRow) -> Chart:
    return interval_chart(CAPTION, ("Ally", "Difference"), rows, Reference(0, "no difference"), [(ABOVE, "more"), (UNCLEAR, "not told apart")])


def test_the_dot_lies_at_the_estimate_and_the_whisker_from_low_to_high():
    whisker, left, right, dot = interval_marks(IntervalRow("Japan", 1.0, 0.5, 2.25, ABOVE), PLACE, SCALE)
    assert isinstance(whisker, Stroke)
    assert (whisker.x1, whisker.x2, whisker.y1) == (250, 425, 15)
    assert [end.x1 for end in (left, right) if isinstance(end, Stroke)] == [250, 425]
    assert dot == Dot(300, 15, 5, "chart-dot")


def test_what_is_not_told_apart_from_the_reference_is_hollow():
    dot = interval_marks(IntervalRow("Japan", 0.2, -0.3, 0.7, UNCLEAR), PLACE, SCALE)[-1]
    assert dot.look == "chart-dot-open"


def test_an_estimate_without_an_interval_is_a_dot_alone():
    assert interval_marks(IntervalRow("Japan", 1.0), PLACE, SCALE) == [Dot(300, 15, 5, "chart-dot")]


def test_figures_stand_beside_their_row_with_the_sign_of_the_verdict():
    assert "▲ 1.20 (0.30 to 2.10)" in texts(chart(IntervalRow("Japan", 1.2, 0.3, 2.1, ABOVE)).wide.body)


def test_a_protected_row_has_a_frame_and_no_marks_and_shows_nothing_it_was_given():
    drawn = chart(IntervalRow("Japan", 1.0, 0.5, 1.5), IntervalRow("Norway", 7.77, 6.66, 8.88, known=Known.PROTECTED))
    assert "protected" in texts(drawn.wide.body)
    assert [shape.look for shape in flat(drawn.wide.body)].count("chart-dot") == 1
    assert drawn.table.rows[1] == ("Norway", "protected", "–", "–")
    assert not [number for number in ("7.77", "6.66", "8.88") if number in drawn.wide.body.markup + drawn.narrow.body.markup]


def test_the_reference_runs_through_all_rows_at_its_number():
    drawn = chart(IntervalRow("Japan", 1.0, 0.5, 1.5), IntervalRow("Norway", -1.0, -1.5, -0.5))
    line = next(shape for shape in drawn.wide.body.shapes if shape.look == "chart-reference")
    ticks = {shape.lines[0]: shape.x for shape in drawn.wide.body.shapes if isinstance(shape, Words) and shape.look == "chart-number"}
    assert isinstance(line, Stroke)
    assert line.x1 == pytest.approx(ticks["0"])


def test_the_twin_has_the_numbers_of_the_picture():
    drawn = intervals(17)
    assert drawn.table.columns == ("Ally", "Difference", "Difference: lower end", "Difference: upper end", "Verdict")
    shown = texts(drawn.wide.body)
    for label, estimate, low, high, _verdict in drawn.table.rows:
        assert any(label in text for text in shown)
        assert estimate == "protected" or any(f"{estimate} ({low} to {high})" in text for text in shown)


def test_rows_don_t_overlap():
    tops = sorted({round(shape.y) for shape in flat(intervals(17).narrow.body) if isinstance(shape, Words) and shape.look == "chart-label"})
    assert len(tops) == 17
    assert min(after - before for before, after in itertools.pairwise(tops)) >= 40  # a label's line and its marks
