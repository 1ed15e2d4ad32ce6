"""Reports of studies that have little to tell: every chapter is left out, or says what there is."""

import pytest

from analysis.blocks import analyse_now
from analysis.publication import published_run
from analysis.report.document import Document, Figure, Finding, Paragraph
from analysis.report.html import html_of
from analysis.report.making import FORMS, set_as
from analysis.report.writing import write_report
from analysis.results.record import record_of
from analysis.results.record_words import rules_locked
from surveys.models import Study
from surveys.workflow.answer_files import import_answers
from surveys.workflow.rounds import close_round, open_round, prepare_round
from surveys.workflow.wordings import add_item
from tests.analysis.report.studied import cells, keys, section, table, texts
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
    document = set_in_every_form(study)
    assert not {"gaps", "roles", "pools", "dissent", "paths", "reasons"} & {*keys(document)}
    assert texts(section(document, "methods-rules"), Finding) == ["This study registered no rule of consensus or stability: nothing in it is judged by one."]
    first = study.rounds.get()
    found = record_of(Study.objects.get(), first, published_run(first))
    assert rules_locked(found) == "No rule of consensus or stability was registered, so nothing is judged by one."
    said = html_of(document).decode()
    for claim in ("anonymous", "Cliff", "Scheibe", "without each ally", "Satterthwaite", "rules that were fixed", "same figures", "tested and corrected",
                  "Only those", "starts empty, nobody", "asked alone"):
        assert claim not in said, claim


def test_a_round_of_open_questions_alone() -> None:
    study = a_study(public(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [NEXT]}]))
    add_experts(study, {"us": 2, "jp": 2})
    study_round = open_round(study, 1)
    import_answers(study_round, csv_text(["panelist", "item", "value"], [{"panelist": "us-1", "item": "next", "value": "The straits"}]), approve_reasons=True)
    count(study_round)
    document = set_in_every_form(study)
    assert not {"agreement", "gaps", "questions"} & {*keys(document)}
    assert cells(table(document, "study-rounds-table"))[0][3:] == ["1", "4", "1"]
    assert "reasons" in keys(document)


def test_a_round_that_nobody_answered() -> None:
    study = a_study(public())
    add_experts(study, {"us": 2, "jp": 2, "kr": 1})
    count(open_round(study, 1))
    document = set_in_every_form(study)
    assert "questions" in keys(document)
    assert texts(section(document, "summary"), Finding)[0] == (
        "1 question was asked. Not judged, without a rule or without answers to which it can be applied: 1.")
    assert "After it" not in " ".join(texts(section(document, "story-1"), Paragraph)), "it is neither settled nor open"


def test_a_question_that_is_asked_again_after_a_pause_is_not_new() -> None:
    """Both questions, the first alone, both again: nobody asked anything new after round 1."""
    items = [RATING, {**RATING, "code": "later"}]
    study = a_study(public(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": items}], rounds={"invite": "respondents"}))
    add_experts(study, {"us": 2, "jp": 2})
    for number, codes in enumerate((["grave", "later"], ["grave"], ["grave", "later"]), start=1):
        prepare_round(study, number, items=codes)
        analyse_now(run_round(study, number, {expert: dict.fromkeys(codes, 3) for expert in ("us-1", "us-2", "jp-1", "jp-2")}))
    document = write_report(study, "en")
    second, third = (texts(section(document, f"story-{number}"), Paragraph) for number in (2, 3))
    assert second[0].endswith("It asked 1 question: 0 new, 0 reworded; 1 of the round before were not asked again.")
    assert third[0].endswith("It asked 2 questions: 0 new, 1 taken up again from an earlier round, 0 reworded; 0 of the round before were not asked again.")
    assert "New questions:" not in third
    assert "Of the 4 experts who answered round 2, 4 answered again (100 %) and 0 did not; 0 joined." in third
    assert texts(section(document, "methods-design"), Paragraph)[2].endswith("experts who were added while a round was open were invited to it, too.")
    assert texts(section(document, "methods-feedback"), Paragraph)[0].startswith("The study is set to show experts")  # answers came from a file
    check_a_round_that_is_not_counted_yet(study)


def check_a_round_that_is_not_counted_yet(study: Study) -> None:
    """Round 4 is closed: neither it, nor what it asked, nor what was decided before it stands in the record."""
    add_item(study, "main", {**RATING, "code": "new"}, reason="It was missing")
    prepare_round(study, 4, items=["grave", "new"])
    close_round(open_round(study, 4).pk)
    document = write_report(study, "en")
    assert [row[1:4] for row in cells(table(document, "record-wordings-table"))] == [["grave", "1", "1, 2, 3"], ["later", "1", "1, 3"]]
    decided = cells(table(document, "record-decisions-table")) if "record-decisions" in document.names() else []
    assert "4" not in {row[1] for row in decided}
    (flow,) = (block.chart for block in section(document, "flow").blocks if isinstance(block, Figure))
    assert flow.note == "Left and joined: round 2 against round 1, round 3 against round 2."
