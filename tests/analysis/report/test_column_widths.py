"""Columns of a printed table: as wide as they wish where there is room, no narrower than a word, never wider than the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.lettering import width_of
from analysis.report.column_widths import PADDING, POINTS, SCALES, column_widths

WORDS = st.text("ab 語", max_size=60)


def test_a_small_table_takes_what_it_needs():
    widths, scale = column_widths(["Code", "Median"], [["Q1", "4.50"]], 459)
    assert widths == [pytest.approx(width_of(text, POINTS) + PADDING, abs=0.01) for text in ("Code", "Median")]
    assert scale == 1


def test_short_columns_keep_their_lines_where_a_long_one_must_break():
    text = "a long sentence " * 12
    widths, scale = column_widths(["Code", "Question", "Verdict"], [["Q1", text, "stable dissent"]], 250)
    assert sum(widths) == pytest.approx(250, abs=0.1)
    assert widths[2] == pytest.approx(width_of("stable dissent", POINTS) + PADDING, abs=0.01)
    assert scale == 1


def test_letters_shrink_where_words_have_no_room_and_never_below_reading():
    heads = ["protected"] * 12
    widths, scale = column_widths(heads, [heads], 459)
    assert SCALES[-1] < scale < 1
    assert sum(widths) <= 459.1
    assert column_widths(["protected"] * 60, [], 459)[1] == SCALES[-1]


def test_smaller_letters_save_a_column_from_becoming_a_strip():
    """Nine columns of figures leave some 80 points for the questions at full size: a question of 200 letters would take over 6 lines."""
    heads, row = ["Question", *["Ally"] * 9], ["which ally should do what " * 8, *["protected"] * 9]
    widths, scale = column_widths(heads, [row] * 3, 459)
    assert scale < 1
    assert sum(widths) <= 459.1
    assert widths[0] > 1.5 * widths[1]


def test_of_two_long_columns_the_longer_has_more_room():
    widths, _scale = column_widths(["Asked", "Answer"], [["short text of an item " * 3, "a long answer to it " * 14]], 300)
    assert 1.5 < widths[1] / widths[0] < 3


def test_a_japanese_sentence_is_no_single_word():
    sentence = "二つの戦域で誰が何を担うべきかについて、専門家に三回尋ねました。" * 3
    widths, scale = column_widths(["設問", "回答"], [[sentence, "そう思わない"]], 300)
    assert scale == 1
    assert widths[1] == pytest.approx(width_of("そう思わない", POINTS) + PADDING, abs=0.01)


@given(st.lists(WORDS, min_size=1, max_size=9), st.integers(0, 3))
def test_no_table_is_wider_than_the_page(heads, count):
    widths, scale = column_widths(heads, [heads] * count, 200)
    assert len(widths) == len(heads)
    assert sum(widths) <= 200.1
    assert SCALES[-1] <= scale <= 1
