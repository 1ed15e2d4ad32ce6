"""Every kind: what is given comes back the same from its components, and nonsense is refused in words."""

import json

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from surveys.items import KINDS, ItemSpec, Option, Scale, kind_of
from surveys.items.base import Axis

AB = (Option("a", {"en": "A"}), Option("b", {"en": "B"}))
ABC = (*AB, Option("c", {"en": "C"}))
SPECS = {
    "rating": ItemSpec("q", "rating", {"en": "?"}, scale=Scale(7)),
    "probability": ItemSpec("q", "probability", {"en": "?"}, decimals=3),
    "number": ItemSpec("q", "number", {"en": "?"}, minimum=-10, maximum=10, decimals=2),
    "choice": ItemSpec("q", "choice", {"en": "?"}, options=AB),
    "choices": ItemSpec("q", "choices", {"en": "?"}, options=ABC, at_most=2),
    "ranking": ItemSpec("q", "ranking", {"en": "?"}, options=ABC),
    "allocation": ItemSpec("q", "allocation", {"en": "?"}, options=ABC, total=100),
    "quantiles": ItemSpec("q", "quantiles", {"en": "?"}, quantiles=(0.05, 0.5, 0.95), minimum=0, maximum=100, decimals=1),
    "grid": ItemSpec("q", "grid", {"en": "?"}, scale=Scale(5), rows=AB, columns=ABC),
    "plane": ItemSpec("q", "plane", {"en": "?"}, x=Axis(Scale(9), {"en": "X"}), y=Axis(Scale(5), {"en": "Y"})),
    "text": ItemSpec("q", "text", {"en": "?"}),
}
ONE = {  # kinds of one number: what is typed
    "rating": st.integers(1, 7).map(str),
    "probability": st.integers(0, 100_000).map(lambda thousandths: f"{thousandths / 1000:.3f}"),
    "number": st.integers(-1000, 1000).map(lambda hundredths: f"{hundredths / 100:.2f}"),
    "choice": st.sampled_from(["a", "b"]),
}


def shares(cuts: tuple[int, int]) -> dict[str, str]:
    low, high = sorted(cuts)
    return {"a": str(low), "b": str(high - low), "c": str(100 - high)}


def rising(numbers: list[int]) -> list[str]:
    return [f"{number / 10:.1f}" for number in sorted(numbers)]


CELLS = [f"{row}.{column}" for row in "ab" for column in "abc"]
GOOD = {  # whole answers, as a file has them: component code → value
    **{name: texts.map(lambda text: {"": text}) for name, texts in ONE.items()},
    "choices": st.lists(st.sampled_from("abc"), max_size=2).map(lambda ticked: {code: str(int(code in ticked)) for code in "abc"}),
    "ranking": st.permutations(["1", "2", "3"]).map(lambda ranks: dict(zip("abc", ranks, strict=True))),
    "allocation": st.tuples(st.integers(0, 100), st.integers(0, 100)).map(shares),
    "quantiles": st.lists(st.integers(0, 1000), min_size=3, max_size=3, unique=True).map(
        lambda numbers: dict(zip(("0.05", "0.5", "0.95"), rising(numbers), strict=True))),
    "grid": st.lists(st.integers(1, 5), min_size=6, max_size=6).map(lambda cells: dict(zip(CELLS, map(str, cells), strict=True))),
    "plane": st.tuples(st.integers(1, 9), st.integers(1, 5)).map(lambda point: {"x": str(point[0]), "y": str(point[1])}),
}


@pytest.mark.parametrize("name", sorted(GOOD))
@drawn(data=st.data())
def test_an_answer_comes_back_from_its_components(name: str, data: st.DataObject) -> None:
    spec, kind = SPECS[name], KINDS[name]
    value = kind.clean(spec, data.draw(GOOD[name]))
    components = {code: str(number) for code, number in kind.to_components(spec, value).items()}
    assert kind.counts(spec, value) and kind.left_open(spec, value) == ""
    assert list(components) == [component.code for component in kind.components(spec)]
    assert kind.from_components(spec, components) == value
    assert kind.clean(spec, kind.raw_of(spec, value)) == value
    assert json.loads(json.dumps(value)) == value


@pytest.mark.parametrize("name", sorted(SPECS))
@drawn(data=st.data())
def test_whatever_is_typed_is_taken_or_refused_in_words(name: str, data: st.DataObject) -> None:
    spec, kind = SPECS[name], kind_of(SPECS[name])
    codes = [component.code for component in kind.components(spec)] or [""]
    raw = data.draw(st.dictionaries(st.sampled_from([*codes, ""]), st.one_of(st.text(max_size=40), st.sampled_from(["0", "1", "2", "3", "50", "99"]))))
    try:
        value = kind.clean(spec, raw)
    except ValueError as refusal:
        assert str(refusal).endswith(".") and len(str(refusal)) > 15
    else:
        assert value is None or value == kind.clean(spec, kind.raw_of(spec, value))
        assert value is None or kind.counts(spec, value) or kind.left_open(spec, value).endswith(".")


@pytest.mark.parametrize("name", sorted(SPECS))
@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_typed_is_no_answer(name: str, text: str) -> None:
    codes = [component.code for component in KINDS[name].components(SPECS[name])]
    assert KINDS[name].clean(SPECS[name], dict.fromkeys(["", *codes], text)) is None
    assert KINDS[name].clean(SPECS[name], {}) is None


@pytest.mark.parametrize(("text", "value"), [
    ("0.001", 0.001), ("100", 100), ("12,5", 12.5), ("５０", 50), ("٥", 5), (" 7 ", 7), ("50%", 50), ("１２．５％", 12.5), ("７，５", 7.5), ("1e1", 10)])
def test_a_probability_as_people_type_it(text: str, value: float) -> None:
    assert KINDS["probability"].clean(SPECS["probability"], {"": text}) == value


@pytest.mark.parametrize("text", ["-0.001", "100.001", "1,000.5", "NaN", "inf", "1e308", "5 5x", "half"])
def test_what_is_no_probability(text: str) -> None:
    with pytest.raises(ValueError, match=r"\."):
        KINDS["probability"].clean(SPECS["probability"], {"": text})


@pytest.mark.parametrize("text", ["1,000", "-12,345", "１,０００", "１，０００"])
def test_a_thousand_is_not_taken_for_one(text: str) -> None:
    spec = ItemSpec("q", "number", {"en": "?"})
    with pytest.raises(ValueError, match="is not a number"):
        KINDS["number"].clean(spec, {"": text})
    assert [KINDS["number"].clean(spec, {"": text}) for text in ("1000", "0,001", "1,5", "1000,125")] == [1000, 0.001, 1.5, 1000.125]


@pytest.mark.parametrize("text", ["NaN", "nan", "sNaN12", "inf", "-Infinity", "Infinity12"])
def test_words_that_programs_take_for_numbers_are_told_as_words(text: str) -> None:
    with pytest.raises(ValueError, match=f"“{text}” is not a number. Type digits only"):
        KINDS["number"].clean(ItemSpec("q", "number", {"en": "?"}), {"": text})


def test_a_number_beyond_all_quantities_is_told_as_that() -> None:
    with pytest.raises(ValueError, match="too large to be meant"):
        KINDS["number"].clean(ItemSpec("q", "number", {"en": "?"}), {"": "1e308"})


def test_text_loses_what_no_screen_shows() -> None:
    assert KINDS["text"].clean(SPECS["text"], {"": "a\u202eb\x07c\ud800\r\nd"}) == "abc\nd"


def test_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        KINDS["text"].clean(SPECS["text"], {"": "x" * 10_001})
