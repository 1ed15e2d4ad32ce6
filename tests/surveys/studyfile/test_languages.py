"""A study in other languages: nothing is lost but the texts of languages that go."""

from typing import Any

import pytest

from surveys.studyfile.languages import value_at, with_languages, with_value_at


def definition(title: Any) -> dict[str, Any]:
    return {"study": "small", "title": title, "languages": ["en", "ko"], "panels": [{"code": "kr", "name": {"en": "South Korea", "ko": "대한민국"}}],
            "scales": {"three": {"labels": {"en": ["a", "b", "c"], "ko": ["가", "나", "다"]}}},
            "questionnaire": [{"section": "main", "title": "Main", "items": [{"code": "one", "kind": "text", "text": "One?"}]}]}


def test_a_language_that_goes_takes_its_texts_along() -> None:
    found = with_languages(definition({"en": "Small", "ko": "작은"}), ["en"])
    assert (found["languages"], found["title"], found["panels"][0]["name"]) == (["en"], {"en": "Small"}, {"en": "South Korea"})
    assert found["scales"]["three"]["labels"] == {"en": ["a", "b", "c"]}


def test_a_language_that_comes_leaves_all_texts() -> None:
    given = definition("Small")
    assert with_languages(given, ["en", "ko", "ja"]) == {**given, "languages": ["en", "ko", "ja"]}


def test_plain_texts_keep_their_language_when_another_becomes_the_source() -> None:
    found = with_languages(definition("Small"), ["ko", "en"])
    assert (found["title"], found["questionnaire"][0]["items"][0]["text"]) == ({"en": "Small"}, {"en": "One?"})


def test_a_text_without_any_of_the_languages_is_missing_then() -> None:
    found = with_languages(definition("Small"), ["ja"])
    assert "title" not in found
    assert found["questionnaire"] == [{"section": "main", "items": [{"code": "one", "kind": "text"}]}]


@pytest.mark.parametrize(("path", "new", "expected"), [
    (("a", "b"), 1, {"a": {"b": 1}, "c": [{"d": 2}]}),
    (("c", 0, "d"), 3, {"c": [{"d": 3}]}),
    (("c", 0, "d"), None, {"c": [{}]}),
    (("c",), None, {}),
    (("a", "b"), None, {"c": [{"d": 2}]}),
])
def test_a_value_is_set_or_removed_at_its_path(path: tuple[str | int, ...], new: Any, expected: Any) -> None:
    given = {"c": [{"d": 2}]}
    assert with_value_at(given, path, new) == expected
    assert given == {"c": [{"d": 2}]}


def test_values_are_found_by_their_path() -> None:
    assert value_at({"c": [{"d": 2}]}, ("c", 0, "d")) == 2
