"""Reports of studies that have little to tell: every chapter is left out, or says what there is."""

import pytest

from analysis.blocks import analyse_now
from analysis.report.document import Document, Paragraph
from analysis.report.making import FORMS, set_as
from analysis.report.writing import write_report
from surveys.models import Study
from surveys.workflow.answer_files import import_answers
from surveys.workflow.rounds import open_round, prepare_round
from tests.analysis.report.studied import keys, section, texts
from tests.factories import RATING, a_study, add_experts, by_panel, count, csv_text, public, run_round

pytestmark = pytest.mark.django_db
NEXT = {"code": "next", "kind": "text", "text": {"en": "What should be asked next?"}}


def set_in_every_form(study: Study) -> Document:
    document = write_report(study, "en")
    assert all(set_as(document, form) for form in FORMS)
    return document


def test_one_panel_and_one_round_without_any_rule() -> None:
    study = a_study(public(panels=[{"code": "us", "name": "US"}], consensus=None, stability=None))
    add_experts(study, {"us": 3})
    run_round(study, 1, by_panel("grave", {"us": [1, 2, 5]}))
    assert not {"gaps", "roles", "pools", "dissent", "paths", "reasons"} & {*keys(set_in_every_form(study))}


def test_a_round_of_open_questions_alone() -> None:
    study = a_study(public(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [NEXT]}]))
    add_experts(study, {"us": 2, "jp": 2})
    study_round = open_round(study, 1)
    import_answers(study_round, csv_text(["panelist", "item", "value"], [{"panelist": "us-1", "item": "next", "value": "The straits"}]), approve_reasons=True)
    count(study_round)
    document = set_in_every_form(study)
    assert not {"agreement", "gaps", "questions"} & {*keys(document)}
    assert "reasons" in keys(document)


def test_a_round_that_nobody_answered() -> None:
    study = a_study(public())
    add_experts(study, {"us": 2, "jp": 2, "kr": 1})
    count(open_round(study, 1))
    assert "questions" in keys(set_in_every_form(study))


def test_a_question_that_is_asked_again_after_a_pause_is_not_new() -> None:
    """Both questions, the first alone, both again: nobody asked anything new after round 1."""
    study = a_study(public(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [RATING, {**RATING, "code": "later"}]}]))
    add_experts(study, {"us": 2, "jp": 2})
    for number, codes in enumerate((["grave", "later"], ["grave"], ["grave", "later"]), start=1):
        prepare_round(study, number, items=codes)
        analyse_now(run_round(study, number, {expert: {code: 3 for code in codes} for expert in ("us-1", "us-2", "jp-1", "jp-2")}))
    document = write_report(study, "en")
    second, third = (texts(section(document, f"story-{number}"), Paragraph) for number in (2, 3))
    assert second[0].endswith("It asked 1 question: 0 new, 0 reworded; 1 of the round before were not asked again.")
    assert third[0].endswith("It asked 2 questions: 0 new, 1 taken up again from an earlier round, 0 reworded; 0 of the round before were not asked again.")
    assert "New questions:" not in third
    assert "Of the 4 experts who answered round 2, 4 answered again (100 %) and 0 did not; 0 joined." in third
