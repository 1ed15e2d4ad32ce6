"""Answers to open questions: read by a moderator before anybody else, decided on the record, undecided again when the expert changes them."""

import pytest
from django.db import IntegrityError, transaction

from surveys.exceptions import Refused
from surveys.models import Answer, AuditEvent, OpenAnswerDecision, Round, Study
from surveys.workflow.answer_files import import_answers
from surveys.workflow.open_answers import (
    decide_open_answer,
    find_open_answer,
    key_of,
    let_through_unread,
    open_answers_let_through,
    pending_open_answers,
)
from surveys.workflow.responses import Given, record_answers, withdraw
from surveys.workflow.rounds import open_round
from tests.factories import a_study, a_user, add_experts, count, csv_text, give, questions

pytestmark = pytest.mark.django_db
ITEMS = [
    {"code": "try", "kind": "text", "text": "Try it", "practice": True},
    {"code": "grave", "kind": "rating", "scale": "five", "text": "How grave?"},
    {"code": "why", "kind": "text", "text": "What is missing?"},
]
SAID = {"us-1": {"grave": 1, "why": "More ships", "try": "hello"}, "us-2": {"grave": 2, "why": "Fewer words"}, "us-3": {"grave": 3}}


@pytest.fixture
def study() -> Study:
    study = a_study(questionnaire=[{"section": "main", "title": "Main", "items": ITEMS}])
    add_experts(study, {"us": 3})
    return study


@pytest.fixture
def study_round(study: Study) -> Round:
    found = open_round(study, 1)
    give(found, SAID)
    return found


def waiting(study_round: Round) -> set[str]:
    return {answer.value for answer in pending_open_answers(study_round)}


def answer_of(text: str) -> Answer:
    return Answer.objects.get(value=text)


def let_through(study_round: Round) -> set[tuple[str, str]]:
    return {(panelist, text) for _item, panelist, text in open_answers_let_through(study_round)}


def test_texts_wait_until_they_are_decided_on_and_practice_never_does(study_round: Round) -> None:
    assert waiting(study_round) == {"More ships", "Fewer words"}
    decide_open_answer(answer_of("More ships").pk, "approved", by=a_user())
    assert waiting(study_round) == {"Fewer words"}
    assert let_through(study_round) == {("us-1", "More ships")}


def test_a_part_is_published_with_a_reason_and_on_the_record(study_round: Round) -> None:
    answer = answer_of("More ships")
    with pytest.raises(Refused, match="Say why"):
        decide_open_answer(answer.pk, "redacted", by=None, published_text="ships")
    with pytest.raises(Refused, match="Write what is to be shown"):
        decide_open_answer(answer.pk, "redacted", by=None, published_text=" ", reason="names a person")
    decision = decide_open_answer(answer.pk, "redacted", by=a_user(), published_text="ships", reason="names a person")
    assert let_through(study_round) == {("us-1", "ships")}
    event = AuditEvent.objects.get(act="redacted_open_answer")
    assert (event.subject, event.details) == ("round 1 · why", {"open_answer": decision.pk, "reason": "names a person"})


def test_what_is_withheld_is_nobodys_to_read(study_round: Round) -> None:
    decide_open_answer(answer_of("More ships").pk, "withheld", by=None, reason="insults somebody")
    assert (waiting(study_round), let_through(study_round)) == ({"Fewer words"}, set())


def test_a_changed_text_waits_again_and_the_earlier_one_is_not_published(study: Study, study_round: Round) -> None:
    decide_open_answer(answer_of("More ships").pk, "approved", by=None)
    expert = study.panelists.get(code="us-1")
    record_answers(expert, study_round, [(questions(study_round)["why"], Given(raw={"": "More ships, says my minister"}))])
    assert waiting(study_round) == {"More ships, says my minister", "Fewer words"}
    assert let_through(study_round) == set()


def test_saving_the_same_text_again_changes_no_decision(study: Study, study_round: Round) -> None:
    decide_open_answer(answer_of("More ships").pk, "approved", by=None)
    record_answers(study.panelists.get(code="us-1"), study_round, [(questions(study_round)["why"], Given(raw={"": "More ships"}))])
    assert let_through(study_round) == {("us-1", "More ships")}


def test_a_text_changed_while_reading_is_not_decided(study_round: Round) -> None:
    with pytest.raises(Refused, match="changed this answer while you were reading"):
        decide_open_answer(answer_of("More ships").pk, "approved", by=None, seen_text="More shi")


def test_after_the_release_it_may_still_be_decided(study: Study, study_round: Round) -> None:
    count(study_round)
    open_round(study, 2)
    decide_open_answer(answer_of("More ships").pk, "approved", by=None)
    assert let_through(study_round) == {("us-1", "More ships")}


def test_withdrawing_takes_text_and_decision_back(study: Study, study_round: Round) -> None:
    decide_open_answer(answer_of("More ships").pk, "approved", by=None)
    withdraw(study.panelists.get(code="us-1"))
    assert (OpenAnswerDecision.objects.count(), let_through(study_round)) == (0, set())


def test_a_key_names_an_answer_of_its_round_alone(study: Study, study_round: Round) -> None:
    answer = answer_of("More ships")
    assert find_open_answer(study_round, key_of(answer.pk)) == answer
    assert find_open_answer(study_round, key_of(Answer.objects.get(value=3).pk)) is None
    count(study_round)
    assert find_open_answer(open_round(study, 2), key_of(answer.pk)) is None


def test_public_texts_may_be_let_through_on_import() -> None:
    study = a_study(questionnaire=[{"section": "main", "title": "Main", "items": ITEMS}], public_data=True, disclosure={"minimum": 1})
    add_experts(study, {"us": 2})
    first = open_round(study, 1)
    file = csv_text(["panelist", "item", "value"], [{"panelist": "us-1", "item": "why", "value": "More ships"}])
    import_answers(first, file, approve_reasons=True)
    import_answers(first, file, approve_reasons=True)
    assert let_through(first) == {("us-1", "More ships")}


def test_letting_through_twice_is_letting_through_once(study_round: Round) -> None:
    answers = Answer.objects.filter(response__round=study_round)
    assert (let_through_unread(answers), let_through_unread(answers)) == (2, 0)


def test_the_database_keeps_withheld_texts_unpublished(study_round: Round) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OpenAnswerDecision.objects.create(answer=answer_of("More ships"), text="More ships", state="withheld", published_text="More ships")
