"""Questions as labels of charts."""

from analysis.results.shortened import shortened


def test_a_label_ends_after_a_whole_word() -> None:
    assert shortened("the outcome of a war in one theatre would change", 40) == "the outcome of a war in one theatre…"
    assert shortened("the United States, doubled", 19) == "the United States…"


def test_a_text_that_fits_stays_as_it_is() -> None:
    assert shortened("as it is", 8) == "as it is"


def test_a_text_without_spaces_near_its_end_ends_anywhere() -> None:
    assert shortened("抑止 " + "力" * 60, 40) == "抑止 " + "力" * 36 + "…"
