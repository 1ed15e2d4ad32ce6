"""How words break into lines."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.lettering import anchored, width_of, wrapped


def test_words_stay_on_a_line_while_there_is_room():
    assert wrapped("Bosnia and Herzegovina", 400) == ("Bosnia and Herzegovina",)


def test_lines_break_between_words():
    assert wrapped("Bosnia and Herzegovina", 110) == ("Bosnia and", "Herzegovina")


def test_a_word_that_is_too_long_alone_is_broken_and_nothing_of_it_is_lost():
    lines = wrapped("Wiederbewaffnung", 60)
    assert len(lines) > 1
    assert "".join(lines) == "Wiederbewaffnung"


def test_korean_and_japanese_letters_are_as_wide_as_they_are_high():
    assert width_of("억지력", 14) == 42
    assert width_of("抑止", 12) == 24


def test_japanese_breaks_between_letters_and_fills_the_line():
    """Of 14 each: five letters, a colon (5.2) and a space (4.2) are 79.4, six letters 84; the comma does not begin a line."""
    assert wrapped("保護: 回答が少なく表示しません", 90) == ("保護: 回答が", "少なく表示し", "ません")
    assert wrapped("抑止力の評価、同盟", 84) == ("抑止力の評", "価、同盟")


def test_korean_breaks_between_words_only():
    assert wrapped("동맹국 사이의 격차", 84) == ("동맹국", "사이의 격차")


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "Zs")), max_size=60), st.floats(30, 300))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text, width):
    lines = wrapped(text, width)
    assert all(width_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_words_at_an_edge_are_tied_to_it():
    assert [anchored(x, 100, 0, 300) for x in (10, 150, 290)] == ["start", "middle", "end"]
