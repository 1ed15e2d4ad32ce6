"""Every text of a study has a key that stays, and can be written in one language without touching the rest."""

from pathlib import Path
from typing import Any

import pytest

from surveys.studyfile import missing_texts, read_study
from surveys.studyfile.checking import problems_in
from surveys.studyfile.editing import with_item_moved, with_section_moved
from surveys.studyfile.study import STUDY
from surveys.studyfile.translating import as_typed, problem_of, study_texts, with_translations
from tests.factories import a_definition

STUDIES = Path(__file__).resolve().parents[3] / "studies"
FILES = sorted([*STUDIES.glob("*/study.yaml"), *(path for path in STUDIES.glob("templates/*.yaml") if path.stem != "index")])
GRID = {"code": "roles", "kind": "grid", "scale": "five", "text": "Who?", "rows": [{"code": "us", "text": "US"}], "columns": "aims"}
AIM = {"code": "aim", "kind": "choice", "text": {"en": "Which?", "ko": "무엇?"}, "help": "Choose.", "options": [
    {"code": "force", "text": "By force"}, {"code": "within", "text": "From within"}]}


def definition(**changes: Any) -> dict[str, Any]:
    return a_definition(languages=["en", "ko"], **{
        "theatres": [{"code": "strait", "name": "The strait"}], "consent": {"version": 1, "text": "I agree."},
        "option_lists": {"aims": [{"code": "order", "text": "Order"}, {"code": "gain", "text": "Gain"}]},
        "questionnaire": [{"section": "main", "title": "Main", "items": [dict(AIM), dict(GRID)]}], **changes})


def texts(study: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {text.key: dict(text.texts) for text in study_texts(study)}


def test_each_text_has_a_key_that_says_where_it_stands() -> None:
    found = texts(definition())
    assert list(found) == [
        "study:title", "study:consent.text", "theatre:strait", "panel:us", "panel:jp", "panel:kr", "scale:five:labels", "list:aims:order", "list:aims:gain",
        "section:main:title", "item:aim:text", "item:aim:help", "item:aim:options.force", "item:aim:options.within", "item:roles:text", "item:roles:rows.us",
    ]
    assert found["item:aim:text"] == {"en": "Which?", "ko": "무엇?"}
    assert found["scale:five:labels"] == {"en": "None\nLittle\nSome\nMuch\nExtreme"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_text_of_the_format_has_a_key_of_its_own(path: Path) -> None:
    study = read_study(path.read_text())
    found = study_texts(study)
    assert len(found) == len(list(STUDY.texts(study, ()))) == len({text.key for text in found})
    for language, paths in missing_texts(study).items():
        assert len(paths) == sum(not text.has(language) for text in found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_writing_what_stands_there_changes_nothing(path: Path) -> None:
    study = read_study(path.read_text())
    language = study["languages"][-1]
    written = with_translations(study, language, {text.key: text.texts[language] for text in study_texts(study)})
    assert texts(written) == texts(study)
    assert problems_in(written) == []


def test_keys_stay_when_questions_are_moved() -> None:
    study = definition()
    moved = with_section_moved(with_item_moved(study, "aim", 1), "main", -1)
    assert texts(moved) == texts(study)


def test_a_text_is_written_in_one_language_wherever_it_stands() -> None:
    new = {"study:title": "작은 연구", "study:consent.text": "동의합니다.", "theatre:strait": "해협", "panel:kr": "한국", "list:aims:gain": "이익",
           "scale:five:labels": "없음\n조금\n보통\n많이\n매우", "item:aim:options.force": "무력", "item:roles:rows.us": "미국"}
    written = with_translations(definition(), "ko", new)
    assert {key: texts(written)[key]["ko"] for key in new} == new
    assert written["scales"]["five"]["labels"]["ko"] == ["없음", "조금", "보통", "많이", "매우"]
    assert problems_in(written) == []


def test_an_empty_text_takes_the_language_away() -> None:
    assert texts(with_translations(definition(), "ko", {"item:aim:text": "", "item:roles:text": ""}))["item:aim:text"] == {"en": "Which?"}


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(KeyError):
        with_translations(definition(), "ko", {"item:gone:text": "?"})


def test_labels_are_a_translation_only_as_a_whole() -> None:
    scales = {"five": {"labels": {"en": ["None", "Little", "Some", "Much", "Extreme"], "ko": ["없음", "조금", "", "", ""]}}}
    text = next(text for text in study_texts(definition(scales=scales)) if text.kind == "scale")
    assert not text.has("ko")
    assert "5 labels" in problem_of(text, "없음\n조금")
    assert problem_of(text, as_typed(text, " 없음 \r\n조금\n보통\n많이\n매우\n\n")) == ""


@pytest.mark.parametrize("odd", [
    {"scales": {"five": {"labels": 5}}}, {"scales": {"five": "none"}}, {"option_lists": {"aims": [{"code": "order"}, {}]}}, {"consent": "yes"},
    {"panels": [{"code": "us"}]}, {"questionnaire": [{"section": "main", "items": [
        {"code": "a", "kind": "plane", "x": "left", "options": 3, "text": {"ko": 5}}]}]},
    {"title": None}, {"theatres": [{"code": "strait", "name": ["?"]}]},
])
def test_what_is_no_text_yet_is_left_out(odd: dict[str, Any]) -> None:
    assert all(text.source for text in study_texts({**definition(), **odd}))
