"""Questions as labels of charts."""

from analysis.results.shortened import shortened, told_apart


def test_a_label_ends_after_a_whole_word() -> None:
    assert shortened("the outcome of a war in one theatre would change", 40) == "the outcome of a war in one theatre…"
    assert shortened("the United States, doubled", 19) == "the United States…"


def test_a_text_that_fits_stays_as_it_is() -> None:
    assert shortened("as it is", 8) == "as it is"


def test_a_text_without_spaces_near_its_end_ends_anywhere() -> None:
    assert shortened("抑止 " + "力" * 60, 40) == "抑止 " + "力" * 36 + "…"


def test_questions_that_begin_alike_can_be_told_apart() -> None:
    texts = ["a conflict costs 1,000 lives before 2028", "a conflict costs 1,000 lives before 2032", "another conflict costs nobody’s life at all"]
    assert told_apart(texts, 32) == [*texts[:2], "another conflict costs nobody’s…"]


def test_a_text_that_is_there_twice_is_one_text() -> None:
    assert told_apart(["one and the same question", "one and the same question"], 12) == ["one and the…"] * 2
