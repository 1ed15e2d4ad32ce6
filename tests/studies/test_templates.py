"""The templates: one working study for each method, whose texts say what to replace."""

import re

import pytest

from surveys.enums import RoundState
from surveys.studyfile import missing_texts, read_study, write_study
from surveys.studyfile.templates import FOLDER, StudyTemplate, study_templates
from surveys.workflow.rounds import open_round
from surveys.workflow.studies import import_study
from tests.factories import add_experts, count
from tests.studies.reading import evaluated_items, items_of, items_without_rule

TEMPLATES = {template.code: template for template in study_templates()}
LANGUAGES = ["en", "ko", "ja"]
BRACKETS = re.compile(r"\[[^]]+\]|［[^］]+］")

each = pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)


def test_every_study_file_in_the_folder_is_offered() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {*TEMPLATES, "index"}


def test_the_definitions_are_the_callers_own() -> None:
    study_templates()[0].definition["panels"].clear()
    assert study_templates()[0].definition["panels"]


@each
def test_it_is_complete_in_three_languages(template: StudyTemplate) -> None:
    assert template.definition["languages"] == LANGUAGES
    assert missing_texts(template.definition) == {"ko": [], "ja": []}
    assert list(template.title) == list(template.summary) == LANGUAGES


@each
def test_it_reads_back_as_it_was_written(template: StudyTemplate) -> None:
    assert read_study(write_study(template.definition)) == template.definition


@each
def test_it_starts_with_two_allies_an_information_sheet_consent_and_retention(template: StudyTemplate) -> None:
    definition = template.definition
    assert len(definition["panels"]) == 2
    assert {"information", "consent", "retention", "perspective", "anonymity", "rounds", "disclosure"} <= definition.keys()


@each
@pytest.mark.parametrize("key", ["consensus", "stability"])
def test_every_answer_is_judged_by_a_rule(template: StudyTemplate, key: str) -> None:
    assert items_without_rule(template.definition, key) == []


@each
@pytest.mark.parametrize("language", LANGUAGES)
def test_title_aim_and_information_say_in_brackets_what_to_replace(template: StudyTemplate, language: str) -> None:
    for key in ("title", "aim", "information"):
        assert BRACKETS.search(template.definition[key][language]), (key, template.definition[key][language])


@each
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_says_so(template: StudyTemplate, language: str) -> None:
    """Practice items and open questions serve in any study as they stand."""
    examples = [item for item in evaluated_items(template.definition) if item["kind"] != "text"]
    assert [item["code"] for item in examples if not BRACKETS.match(item["text"][language])] == []


@each
def test_its_first_item_is_for_practice(template: StudyTemplate) -> None:
    assert items_of(template.definition)[0].get("practice") is True


@each
@pytest.mark.django_db
def test_it_opens_rounds_as_it_stands(template: StudyTemplate) -> None:
    """As many as it allows, in every language, each closed and counted before the next."""
    study, _changed = import_study(template.definition)
    add_experts(study, {panel["code"]: 1 for panel in template.definition["panels"]})
    for number in range(1, template.definition["rounds"]["maximum"] + 1):
        study_round = open_round(study, number)
        assert (study_round.state, study_round.languages) == (RoundState.OPEN, LANGUAGES)
        assert count(study_round).state == RoundState.AGGREGATED
