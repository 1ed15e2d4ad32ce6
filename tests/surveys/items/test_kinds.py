"""Every kind: what is given comes back the same from its components, and nonsense is refused in words."""

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from surveys.items import KINDS, ItemSpec, Option, Scale, kind_of

SPECS = {
    "rating": ItemSpec("q", "rating", {"en": "?"}, scale=Scale(7)),
    "probability": ItemSpec("q", "probability", {"en": "?"}, decimals=3),
    "number": ItemSpec("q", "number", {"en": "?"}, minimum=-10, maximum=10, decimals=2),
    "choice": ItemSpec("q", "choice", {"en": "?"}, options=(Option("a", {"en": "A"}), Option("b", {"en": "B"}))),
    "text": ItemSpec("q", "text", {"en": "?"}),
}
GOOD = {
    "rating": st.integers(1, 7).map(str),
    "probability": st.integers(0, 100_000).map(lambda thousandths: f"{thousandths / 1000:.3f}"),
    "number": st.integers(-1000, 1000).map(lambda hundredths: f"{hundredths / 100:.2f}"),
    "choice": st.sampled_from(["a", "b"]),
}


def test_every_kind_is_tried_here() -> None:
    assert set(SPECS) == set(KINDS)


@pytest.mark.parametrize("name", sorted(GOOD))
@drawn(data=st.data())
def test_an_answer_comes_back_from_its_components(name: str, data: st.DataObject) -> None:
    spec, kind = SPECS[name], KINDS[name]
    value = kind.clean(spec, {"": data.draw(GOOD[name])})
    components = {code: str(number) for code, number in kind.to_components(spec, value).items()}
    assert list(components) == [component.code for component in kind.components(spec)]
    assert kind.from_components(spec, components) == value


@pytest.mark.parametrize("name", sorted(SPECS))
@drawn(text=st.text(max_size=40))
def test_whatever_is_typed_is_taken_or_refused_in_words(name: str, text: str) -> None:
    spec = SPECS[name]
    try:
        value = kind_of(spec).clean(spec, {"": text})
    except ValueError as refusal:
        assert str(refusal).endswith(".") and len(str(refusal)) > 15
    else:
        assert value is None or value == kind_of(spec).clean(spec, {"": str(value)})


@pytest.mark.parametrize("name", sorted(SPECS))
@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_typed_is_no_answer(name: str, text: str) -> None:
    assert KINDS[name].clean(SPECS[name], {"": text}) is None
    assert KINDS[name].clean(SPECS[name], {}) is None


@pytest.mark.parametrize(("text", "value"), [("0.001", 0.001), ("100", 100), ("12,5", 12.5), ("５０", 50), ("٥", 5), (" 7 ", 7), ("50%", 50), ("1e1", 10)])
def test_a_probability_as_people_type_it(text: str, value: float) -> None:
    assert KINDS["probability"].clean(SPECS["probability"], {"": text}) == value


@pytest.mark.parametrize("text", ["-0.001", "100.001", "1,000.5", "NaN", "inf", "1e308", "5 5x", "half"])
def test_what_is_no_probability(text: str) -> None:
    with pytest.raises(ValueError, match=r"\."):
        KINDS["probability"].clean(SPECS["probability"], {"": text})


def test_text_loses_what_no_screen_shows() -> None:
    assert KINDS["text"].clean(SPECS["text"], {"": "a\u202eb\x07c\ud800\r\nd"}) == "abc\nd"


def test_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        KINDS["text"].clean(SPECS["text"], {"": "x" * 10_001})
