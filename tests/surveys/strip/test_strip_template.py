"""The strip as HTML: words beside the picture, a table twin, nothing styled inline, hostile texts harmless."""

import re

from django.template.loader import render_to_string
from django.utils import translation

from surveys.strip import Published, nominal_strip, ordinal_strip

PUBLISHED = Published(41, (0, 1, 3, 7, 12, 9, 5, 3, 1), 5, 4, 6, n_cannot_judge=2)


def drawn(strip, **context):
    return render_to_string("components/_strip.html", {"strip": strip, "key": "q1", "title": "The group", **context})


def test_the_sentence_says_what_the_picture_shows():
    text = " ".join(drawn(ordinal_strip(9, PUBLISHED)).split())
    assert text.count("The middle half of the 41 answers lies between 4 and 6; the middle answer is 5. Another 2 could not judge it.") == 2


def test_a_single_value_half_is_not_said_as_between():
    text = drawn(ordinal_strip(5, Published(20, (0, 1, 2, 16, 1), 4, 4, 4)))
    assert "At least half of the 20 experts answered 4." in text
    assert "between" not in text


def test_nobody_has_answered():
    assert "Nobody has answered this yet." in drawn(ordinal_strip(5, Published(0, (0,) * 5)))


def test_the_picture_has_a_name_and_a_description_for_screen_readers():
    html = drawn(ordinal_strip(9, PUBLISHED))
    assert 'role="img" aria-labelledby="q1-title q1-text"' in html
    assert '<title id="q1-title">The group</title>' in html
    assert '<desc id="q1-text">' in html


def test_the_table_twin_has_the_same_numbers():
    html = drawn(ordinal_strip(9, PUBLISHED))
    assert re.findall(r'<td class="num">(\d+)</td><td class="num">', html) == ["0", "1", "3", "7", "12", "9", "5", "3", "1"]


def test_you_is_said_in_the_picture_only_with_an_own_answer():
    assert "strip__own" not in drawn(ordinal_strip(9, PUBLISHED))
    assert re.search(r'class="strip__own">.*>you</text>', drawn(ordinal_strip(9, PUBLISHED, own=4)))


def test_an_own_answer_can_be_filled_in_later():
    assert "@@own@@" in drawn(ordinal_strip(9, PUBLISHED, own_lane=True), own_marker="@@own@@")


def test_the_own_option_is_named_beside_its_bar():
    html = drawn(nominal_strip([("a", "Alpha"), ("b", "Beta")], Published(10, (3, 7)), own="b"))
    assert html.count("strip__row--own") == 1
    assert 'data-code="b"' in html


def test_places_keep_their_point_in_languages_that_write_a_comma():
    with translation.override("de"):
        html = drawn(ordinal_strip(9, PUBLISHED, own=4))
    assert not re.findall(r'(?:x|y|width|height|x1|x2|y1|y2|cx|cy)="[^"]*,', html)


def test_nothing_is_styled_inline():
    html = drawn(ordinal_strip(9, PUBLISHED, own=4)) + drawn(nominal_strip([("a", "A")], Published(3, (3,)), own="a"))
    assert "style=" not in html


def test_hostile_texts_stay_texts():
    hostile = '<script>alert("1")</script>'
    html = drawn(ordinal_strip(2, Published(9, (4, 5), 2, 1, 2), words=(hostile, hostile)), title=hostile)
    html += drawn(nominal_strip([(hostile, hostile)], Published(3, (3,))), title=hostile)
    assert "<script" not in html
