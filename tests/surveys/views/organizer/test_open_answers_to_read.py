"""Moderating answers to open questions in the browser: beside the reasons, by the same rule, without name or panel."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from surveys.models import Answer, OpenAnswerDecision, Round, Study
from surveys.views.organizer.moderation import digest_of
from surveys.workflow.open_answers import key_of
from surveys.workflow.rounds import open_round
from tests.factories import count, give
from tests.surveys.views.organizer.stage import DEFINITION, organizer_of, staged

pytestmark = pytest.mark.django_db
WHY = {"code": "why", "kind": "text", "text": {"en": "What is missing?", "ko": "무엇이 빠졌습니까?"}}


@pytest.fixture
def study() -> Study:
    return staged(questionnaire=[*DEFINITION["questionnaire"], {"section": "end", "title": {"en": "End"}, "items": [WHY]}])


@pytest.fixture
def client(study: Study) -> Client:
    return organizer_of(study)


@pytest.fixture
def study_round(study: Study) -> Round:
    found = open_round(study, 1)
    give(found, {"us-1": {"grave": 1, "why": "Our <b>ports</b>"}, "kr-1": {"grave": 2, "why": "Their patience"}})
    return count(found)


def queue(client: Client, study: Study) -> str:
    return client.get(reverse("surveys:reasons", args=[study.slug, 1])).content.decode()


def decide(client: Client, study: Study, text: str, **data: str) -> tuple[int, str]:
    address = reverse("surveys:open-answer-decide", args=[study.slug, 1, key_of(Answer.objects.get(value=text).pk)])
    response = client.post(address, {"seen": digest_of(text), **data}, follow=True)
    return response.status_code, response.content.decode()


def test_they_stand_under_their_question_without_name_pseudonym_or_number(study: Study, client: Client, study_round: Round) -> None:
    text = queue(client, study)
    assert "Answers to open questions" in text and "What is missing?" in text and "2 wait" in text
    assert "Our &lt;b&gt;ports&lt;/b&gt;" in text and "<b>ports</b>" not in text
    assert not any(said in text for said in ("us-1", "kr-1", "Expert 1"))
    numbers = {str(pk) for pk in Answer.objects.values_list("pk", flat=True)}
    assert numbers.isdisjoint(re.findall(r"/open-answers/(\w+)/", text))


def test_the_study_page_says_how_many_texts_wait(study: Study, client: Client, study_round: Round) -> None:
    page = reverse("surveys:study", args=[study.slug])
    assert '<span class="tag tag--warn">2</span>' in client.get(page).content.decode()
    decide(client, study, "Their patience", decision="approved")
    assert '<span class="tag tag--warn">1</span>' in client.get(page).content.decode()


def test_they_are_approved_in_part_or_withheld_like_reasons(study: Study, client: Client, study_round: Round) -> None:
    assert decide(client, study, "Their patience", decision="approved")[0] == 200
    status, text = decide(client, study, "Our <b>ports</b>", decision="redacted", published_text="Our harbours")
    assert (status, "Say why; it becomes part of the record." in text, "Our harbours" in text) == (422, True, True)
    assert "Nothing waits" in decide(client, study, "Our <b>ports</b>", decision="withheld", reason="names a place")[1]
    assert set(OpenAnswerDecision.objects.values_list("state", "published_text")) == {("approved", "Their patience"), ("withheld", "")}


def test_a_released_round_still_shows_those_that_wait(study: Study, client: Client, study_round: Round) -> None:
    open_round(study, 2)
    assert "Their patience" in queue(client, study)
    decide(client, study, "Their patience", decision="approved")
    assert OpenAnswerDecision.objects.get().published_text == "Their patience"


def test_the_longest_answer_can_be_decided_on(study: Study, client: Client) -> None:
    found = open_round(study, 1)
    give(found, {"us-1": {"why": "x" * 10_000}})
    assert decide(client, study, "x" * 10_000, decision="approved", published_text="x" * 10_000)[0] == 200
    assert OpenAnswerDecision.objects.get().state == "approved"


@pytest.mark.parametrize("key", ["1", "f" * 32])
def test_no_other_address_decides_anything(study: Study, client: Client, study_round: Round, key: str) -> None:
    address = reverse("surveys:open-answer-decide", args=[study.slug, 1, key])
    assert client.post(address, {"decision": "approved", "seen": ""}).status_code == 404


def test_who_does_not_moderate_finds_nothing_there(study: Study, study_round: Round) -> None:
    address = reverse("surveys:open-answer-decide", args=[study.slug, 1, key_of(Answer.objects.get(value="Their patience").pk)])
    assert Client().post(address, {"decision": "approved"}).status_code == 302
    assert OpenAnswerDecision.objects.count() == 0
