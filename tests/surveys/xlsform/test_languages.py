"""Languages of a form, by whatever name its columns give them."""

from typing import Any

import pytest

from surveys.xlsform import read_xlsform
from surveys.xlsform.languages import language_code
from tests.surveys.xlsform.forms import SETTINGS, form, imported, items_of, workbook


@pytest.mark.parametrize(("name", "code"), [
    ("English (en)", "en"), ("한국어 (ko)", "ko"), ("日本語（ja）", "ja"), ("fr", "fr"), ("FR", "fr"), ("French", "fr"), ("français", "fr"), ("Deutsch", "de"),
    ("pt_br", "pt-BR"), ("zh-hans", "zh-Hans"), ("Chinese (zh-Hant-TW)", "zh-Hant-TW"), ("fil", "fil"), ("Klingon", None), ("Elvish (old)", "old"), ("", None),
])
def test_the_code_of_a_language(name: str, code: str | None) -> None:
    assert language_code(name) == code


@pytest.mark.parametrize("header", ["label::한국어 (ko)", "label:ko", "Label :: Korean", "label::ko", "caption::한국어"])
def test_columns_of_labels_in_every_known_form(header: str) -> None:
    found = imported({"type": "text", "name": "q", "label::English (en)": "Why?", header: "왜입니까?"})
    assert found.definition["languages"] == ["en", "ko"]
    assert items_of(found)[0]["text"] == {"en": "Why?", "ko": "왜입니까?"}


def in_two(settings: list[list[Any]]) -> list[str]:
    question = {"type": "text", "name": "q", "label::English (en)": "Why?", "label::French": "Pourquoi ?"}
    return imported(question, choices=[], settings=settings).definition["languages"]


@pytest.mark.parametrize(("default", "languages"), [(None, ["en", "fr"]), ("French", ["fr", "en"]), ("fr", ["fr", "en"]), ("English (en)", ["en", "fr"]),
                                                    ("German", ["en", "fr"])])
def test_the_default_language_is_the_source(default: str | None, languages: list[str]) -> None:
    assert in_two([["form_title", "default_language"], ["A form", default]]) == languages


def test_a_plain_label_is_in_the_default_language() -> None:
    found = imported({"type": "text", "name": "q", "label": "Warum?", "label::French": "Pourquoi ?"}, settings=[["default_language"], ["German (de)"]])
    assert items_of(found)[0]["text"] == {"de": "Warum?", "fr": "Pourquoi ?"}


@pytest.mark.parametrize(("label", "code"), [("Why?", "en"), ("왜입니까?", "ko"), ("なぜですか。", "ja")])
def test_a_form_that_names_no_language_is_told_by_its_script(label: str, code: str) -> None:
    found = read_xlsform(form({"type": "text", "name": "q", "label": label}, choices=[], settings=SETTINGS))
    assert found.definition["languages"] == [code]
    assert any("names no language" in remark and code in remark for remark in found.report.remarks)


def test_a_language_that_nobody_knows_gets_a_code_for_own_use() -> None:
    found = imported({"type": "text", "name": "q", "label::English": "Why?", "label::Klingon": "qatlh?"})
    assert found.definition["languages"] == ["en", "qaa"]
    assert any("Klingon" in remark and "qaa" in remark for remark in found.report.remarks)


def test_a_text_missing_in_the_source_language_is_filled_and_told() -> None:
    found = imported({"type": "text", "name": "q", "label::English": None, "label::French": "Pourquoi ?"})
    assert items_of(found)[0]["text"] == {"en": "Pourquoi ?", "fr": "Pourquoi ?"}
    assert any("source language" in remark for remark in found.report.remarks)


def test_hints_and_choices_have_their_languages_too() -> None:
    choices = [["list_name", "name", "label::English (en)", "label::한국어 (ko)"], ["l", "a", "One", "하나"], ["l", "b", "Two", None]]
    question = {"type": "select_one l", "name": "q", "label::English (en)": "Which?", "label::한국어 (ko)": "어느 것?", "hint::한국어 (ko)": "도움말"}
    item = items_of(imported(question, choices=choices))[0]
    assert item["help"] == {"en": "도움말", "ko": "도움말"}
    assert item["options"] == [{"code": "a", "text": {"en": "One", "ko": "하나"}}, {"code": "b", "text": {"en": "Two"}}]


def test_a_scale_speaks_only_the_languages_in_which_all_its_labels_are() -> None:
    choices = [["list_name", "name", "label::en", "label::ko"], *(["s", number, f"Level {number}", "높음" if number == 3 else None] for number in (1, 2, 3))]
    found = imported({"type": "select_one s", "name": "q", "label::en": "Which?", "label::ko": "어느 것?"}, choices=choices)
    assert found.definition["scales"]["s"] == {"labels": {"en": ["Level 1", "Level 2", "Level 3"]}}


def test_title_slug_and_the_placeholder_panel() -> None:
    content = workbook([["type", "name", "label::ko"], ["text", "q", "왜?"]], [], [["form_title", "id_string"], ["나의 설문", "My Form 2027"]])
    found = read_xlsform(content)
    assert (found.definition["study"], found.definition["title"]) == ("my-form-2027", {"ko": "나의 설문"})
    assert found.definition["panels"] == [{"code": "experts", "name": {"ko": "전문가"}}]
    assert any("experts" in remark for remark in found.report.remarks)


def test_a_form_called_new_takes_another_name_for_that_is_an_address() -> None:
    question = {"type": "text", "name": "q", "label": "Why?"}
    assert imported(question, settings=[["form_title", "form_id"], ["The next", "new"]]).definition["study"] == "the-next"
    assert imported(question, settings=[["form_title", "form_id"], ["New", "new"]]).definition["study"] == "xlsform"


def test_a_form_without_settings_has_a_title_all_the_same() -> None:
    found = read_xlsform(workbook([["type", "name", "label"], ["text", "q", "Why?"]], [], []))
    assert (found.definition["study"], found.definition["title"]) == ("xlsform", {"en": "Questionnaire"})
    assert read_xlsform(workbook([["type", "name", "label"], ["text", "q", "Why?"]], [], []), "own").definition["study"] == "own"
