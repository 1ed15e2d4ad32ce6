"""Reports of studies that have little to tell: every chapter is left out, or says what there is."""

import pytest

from analysis.report.document import Document
from analysis.report.making import FORMS, set_as
from analysis.report.writing import write_report
from surveys.models import Study
from surveys.workflow.answer_files import import_answers
from surveys.workflow.rounds import open_round
from tests.analysis.report.studied import keys
from tests.factories import a_study, add_experts, by_panel, count, csv_text, public, run_round

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
