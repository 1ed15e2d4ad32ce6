"""Geometry of whole strips. Expected places are worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.strip import PANEL, Bar, Line, Mark, Published, ResponseBar, largest_share, nominal_strip, numeric_strip, ordinal_strip

AGREEMENT = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")


def test_bars_stand_on_the_axis_in_the_middle_of_their_cells():
    strip = ordinal_strip(5, Published(6, (0, 2, 4, 0, 0)))
    # A cell is 20 % wide and a bar 60 % of it; the plot is 4.75 em high, 0.35 em stay free above the tallest bar.
    assert strip.bars == (Bar("24%", "4.3em", "12%", "2.2em"), Bar("44%", "2.1em", "12%", "4.4em"))


def test_the_middle_half_covers_whole_categories():
    strip = ordinal_strip(5, Published(9, (1, 2, 3, 2, 1), median=3, q1=2, q3=4))
    assert (strip.band, strip.band_end) == (("20%", "60%"), "80%")


def test_a_single_value_half_is_one_category_wide():
    strip = ordinal_strip(5, Published(9, (0, 0, 1, 8, 0), median=4, q1=4, q3=4))
    assert strip.band == ("60%", "20%")
    assert strip.is_one_value


def test_a_single_number_half_is_still_seen_at_either_end():
    assert numeric_strip(0, 100, Published(9, None, 0, 0, 0)).band == ("0%", "1%")
    assert numeric_strip(0, 100, Published(9, None, 100, 100, 100)).band == ("99%", "1%")


def test_values_are_said_with_their_labels():
    strip = ordinal_strip(5, Published(9, (1, 2, 3, 2, 1), median=3, q1=2.5, q3=4), words=AGREEMENT)
    assert (strip.middle, strip.low, strip.high) == ("3 (Neither)", "2.5", "4 (Agree)")
    assert (strip.low_short, strip.high_short) == ("2.5", "4")
    assert strip.ends == ("Strongly disagree", "Strongly agree")


def test_two_words_are_ends_and_no_labels():
    strip = ordinal_strip(9, Published(9, median=5), words=("Negligible", "Existential"))
    assert (strip.middle, strip.ends) == ("5", ("Negligible", "Existential"))


def test_the_own_answer_is_a_mark_and_changes_nothing_else():
    published = Published(9, (1, 2, 3, 2, 1), median=3, q1=2, q3=4)
    without, marked = ordinal_strip(5, published, own_lane=True), ordinal_strip(5, published, own=1)
    assert marked.own == Mark("10%", "1", "start")
    assert (marked.bars, marked.band, marked.median, marked.heights) == (without.bars, without.band, without.median, without.heights)


def test_room_for_the_own_answer_is_kept_only_when_it_comes():
    published = Published(9, (1, 2, 3, 2, 1))
    heights = [ordinal_strip(5, published, **look).heights.whole for look in ({}, {"own": 3}, {"own_lane": True}, {"own": 3, "own_lane": False})]
    assert heights == [8.25, 9.9, 9.9, 8.25]


def test_numbers_carry_their_unit_and_the_callers_format():
    strip = numeric_strip(0, 2_000_000, Published(18, None, 420_000, 260_000, 700_000), unit="€", format_number=lambda value: f"{value:,.0f}")
    assert strip.middle == "420,000\u00a0€"
    assert [tick.text for tick in strip.ticks] == ["0", "1,000,000", "2,000,000"]
    assert [tick.anchor for tick in strip.ticks] == ["start", "middle", "end"]


def test_the_table_twin_names_the_bins():
    strip = numeric_strip(0, 100, Published(4, (3, 0, 0, 0, 1)))
    assert strip.lines[0] == Line("0–20", "3", "75")
    assert strip.lines[4] == Line("80–100", "1", "25")


def test_weighted_counts_are_no_numbers_of_experts():
    assert ordinal_strip(3, Published(5, (0.5, 1.25, 0.25))).lines[0] == Line("1", "", "25")


def test_nominal_options_keep_the_order_of_the_questionnaire():
    strip = nominal_strip([("a", "Alpha"), ("b", "Beta")], Published(10, (3, 7)), own="a")
    assert strip.lines == (Line("Alpha", "3", "30", "a", "30%", True), Line("Beta", "7", "70", "b", "70%", False))


def test_without_answers_there_is_an_axis_and_nothing_on_it():
    strip = ordinal_strip(5, Published(0, (0, 0, 0, 0, 0)))
    assert (strip.bars, strip.band, strip.median, len(strip.ticks)) == ((), None, None, 5)


def test_a_protected_histogram_leaves_the_quartiles():
    strip = numeric_strip(0, 100, Published(12, None, 50, 40, 60))
    assert (strip.bars, strip.lines, strip.band) == ((), (), ("40%", "20%"))


def test_small_multiples_share_their_height():
    histograms = [(0, 5, 5), (1, 8, 1), None, (0, 0, 0)]
    peak = largest_share(histograms)
    assert peak == 0.8
    flat = ordinal_strip(3, Published(10, histograms[0]), compact=True, peak=peak, role=PANEL)
    # 0.5 of 0.8 of a plot 2 em high
    assert flat.bars[0].height == "1.25em"
    assert flat.role == "panel"


def test_without_any_histogram_there_is_no_peak():
    assert largest_share([None, (0, 0)]) is None


@given(st.lists(st.integers(0, 500), min_size=2, max_size=11), st.floats(0.05, 1))
def test_every_bar_stays_inside_the_plot(counts, peak):
    strip = ordinal_strip(len(counts), Published(sum(counts), counts), peak=peak)
    assert len(strip.bars) == sum(1 for count in counts if count)
    for bar in strip.bars:
        top, height = float(bar.y[:-2]), float(bar.height[:-2])
        assert top >= strip.heights.top - 1e-6
        assert top + height == pytest.approx(strip.heights.axis, abs=2e-3)
        assert 0 <= float(bar.x[:-1]) <= 100 - float(bar.width[:-1]) + 1e-3


def test_a_response_bar_fills_the_width_and_an_empty_one_does_not_fail():
    assert (ResponseBar(9, 3, 0).answered_width, ResponseBar(9, 3, 0).started_x, ResponseBar(9, 3, 0).started_width) == ("75%", "75%", "25%")
    assert ResponseBar(0, 0, 0).answered_width == "0%"
