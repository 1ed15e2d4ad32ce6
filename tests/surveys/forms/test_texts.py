"""A text in every language: read, tidied, shown with the source language first."""

from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import override

from surveys.forms.texts import TextsField, language_in_words


class Form(forms.Form):
    text = TextsField(languages=["en", "ko"], label="Question", rows=3, help_text="One idea")
    name = TextsField(languages=["en", "ko"], label="Name", required=False, most=10)


def sent(**given: str) -> Form:
    form = Form(given)
    form.is_valid()
    return form


def shown(form: forms.Form, **context: Any) -> str:
    return render_to_string("components/_texts.html", {"field": form["text"], **context})


def test_it_is_a_mapping_without_empty_texts() -> None:
    form = sent(**{"text-en": " What next? ", "text-ko": "  ", "name-ko": "이름"})
    assert form.cleaned_data == {"text": {"en": "What next?"}, "name": {"ko": "이름"}}


def test_nothing_typed_is_an_empty_mapping() -> None:
    assert sent(**{"text-en": "What next?"}).cleaned_data["name"] == {}


def test_a_required_text_is_needed_in_the_source_language() -> None:
    assert sent(**{"text-ko": "다음은?"}).errors["text"] == ["Write it in English at least."]


def test_a_text_that_is_too_long_is_refused_and_kept() -> None:
    form = sent(**{"text-en": "What?", "name-en": "a" * 11})
    assert "at most 10" in form.errors["name"][0]
    assert form["name"].value()["en"] == "a" * 11


def test_one_string_is_shown_in_the_source_language() -> None:
    assert [(line["language"], line["text"]) for line in Form(initial={"text": "What?"})["text"].lines] == [("en", "What?"), ("ko", "")]


def test_what_is_no_text_is_shown_as_none() -> None:
    assert [line["text"] for line in Form(initial={"text": {"en": 3, "ko": "네"}})["text"].lines] == ["", "네"]
    assert [line["text"] for line in Form(initial={"text": ["en"]})["text"].lines] == ["", ""]


def test_every_control_has_a_label_and_its_language() -> None:
    html = shown(Form(initial={"text": {"ko": "<b>"}}))
    assert '<textarea name="text-ko" id="id_text-ko" lang="ko"' in html
    assert html.index('for="id_text-en"') < html.index('for="id_text-ko"')
    assert "source language" in html
    assert "&lt;b&gt;" in html


def test_what_is_wrong_is_tied_to_the_group() -> None:
    html = shown(sent(), problems=["is missing."])
    assert 'aria-describedby="id_text_helptext id_text_problems"' in html
    assert "<li>is missing.</li>" in html
    assert "<li>Write it in English at least.</li>" in html


def test_typing_the_same_is_no_change() -> None:
    assert not TextsField(languages=["en"]).has_changed("What?", {"en": " What? "})
    assert TextsField(languages=["en"]).has_changed("What?", {"en": "Why?"})


@pytest.mark.parametrize(("language", "names"), [("en", ["English", "Korean"]), ("ko", ["영어", "한국어"]), ("ja", ["英語", "韓国語"])])
def test_languages_are_named_in_the_readers_language_and_english_is_nobodys_own(language: str, names: list[str]) -> None:
    with override(language):
        assert [language_in_words(code) for code in ("en", "ko")] == names
