"""What an expert said before: never an answer whose question a later change hid."""

from typing import Any

import pytest
from django.test import Client

from surveys.models import Answer, Panelist, Round, Study
from surveys.workflow.earlier import previous_answers, previous_values
from surveys.workflow.responses import record_answers
from surveys.workflow.rounds import finish_study, open_round
from tests.factories import a_study, add_experts, count, give, given, public, questions
from tests.surveys.views.expert.expert_studies import enter

pytestmark = pytest.mark.django_db

ITEMS: list[dict[str, Any]] = [
    {"code": "likely", "kind": "probability", "text": "How likely is it?"},
    {"code": "grave", "kind": "rating", "scale": "five", "text": "How grave?", "shown_if": {"item": "likely", "at_least": 50}},
]


@pytest.fixture
def study() -> Study:
    """In round 1 us-1 rated what a later change hid; us-2 was asked and rated it."""
    study = a_study(public(panels=[{"code": "us", "name": "US"}], questionnaire=[{"section": "main", "title": "Main", "items": ITEMS}]))
    add_experts(study, {"us": 2})
    first = open_round(study, 1)
    give(first, {"us-1": {"likely": 80, "grave": 5}, "us-2": {"likely": 80, "grave": 4}})
    give(first, {"us-1": {"likely": 20}})
    count(first)
    return study


def previous(study_round: Round, code: str) -> dict[str, Any]:
    lines = {question.line_id: item for item, question in questions(study_round).items()}
    found = previous_answers(Panelist.objects.get(code=code), study_round, list(lines))
    return {lines[line]: answer.value for line, answer in found.items()}


def test_a_hidden_answer_is_none_said_before(study: Study) -> None:
    second = open_round(study, 2)
    assert previous(second, "us-1") == {"likely": 20}
    assert previous(second, "us-2") == {"likely": 80, "grave": 4}


def test_the_answer_of_an_earlier_round_stands_behind_a_hidden_one(study: Study) -> None:
    second = open_round(study, 2)
    give(second, {"us-2": {"likely": 90, "grave": 1}})
    give(second, {"us-2": {"likely": 10}})
    count(second)
    assert previous(open_round(study, 3), "us-2") == {"likely": 10, "grave": 4}


def test_saving_and_importing_find_the_same(study: Study) -> None:
    second = open_round(study, 2)
    asked = questions(second)
    assert {key[0]: value for key, value in previous_values(second, [asked["grave"].line_id]).items()} == {
        Panelist.objects.get(code="us-2").pk: (4, False)}
    record_answers(Panelist.objects.get(code="us-1"), second, [(asked["grave"], given(5))])
    give(second, {"us-2": {"likely": 80, "grave": 4}})
    assert {answer.response.panelist.code: answer.decision for answer in Answer.objects.filter(asked_item=asked["grave"].asked_item_id)} == {
        "us-1": "new", "us-2": "kept"}


def test_the_page_shows_it_to_nobody_as_said_before(study: Study) -> None:
    open_round(study, 2)
    pages = {}
    for code in ("us-1", "us-2"):
        client = Client()
        home = enter(client, study.panelists.get(code=code))
        pages[code] = client.get(f"{home}section/main/").content.decode().count("You said")
    assert pages["us-2"] - pages["us-1"] == 1


def test_the_released_results_have_no_own_answer_to_what_was_not_asked(study: Study) -> None:
    finish_study(study)
    said = {}
    for code in ("us-1", "us-2"):
        client = Client()
        home = enter(client, study.panelists.get(code=code))
        said[code] = "You gave no answer to this item." in client.get(f"{home}results/1/").content.decode().split("How grave?")[1]
    assert said == {"us-1": True, "us-2": False}
