"""Autosave: acknowledged means stored; everything else is told apart and told plainly."""

from datetime import datetime

import pytest
from django.test import Client

from surveys.models import Answer, Rationale, Response
from surveys.workflow.rounds import close_round, open_round
from tests.factories import count
from tests.surveys.views.expert.expert_studies import a_second_round, an_open_round, asked_ids, enter, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(client: Client):
    """An expert in round 1: the study's address and the items' ids."""
    _study, study_round, experts = an_open_round()
    return enter(client, experts[0]), asked_ids(study_round)


def test_a_value_is_stored_and_acknowledged_with_its_time(client: Client, first) -> None:
    home, ids = first
    reply = save(client, home, ids["grave"], value={"": "4"}, seen_revision=0)
    answer = Answer.objects.get()
    assert reply.status_code == 200
    found = reply.json()
    assert datetime.fromisoformat(found.pop("saved_at")) == answer.saved_at.replace(microsecond=0)
    assert found == {"revision": 1, "answered": 1, "total": 5, "minutes": 3, "words": "Much (4 of 5)", "left_open": ""}
    assert (answer.value, answer.cannot_judge, answer.decision) == (4, False, "new")


def test_everything_that_belongs_to_an_item_is_stored(client: Client, first) -> None:
    home, ids = first
    save(client, home, ids["likely"], value={"": "0.001"}, confidence="80", expertise="4", rationale="Because.")
    answer = Answer.objects.get()
    assert (answer.value, answer.confidence, answer.expertise) == (0.001, 80, 4)
    assert Rationale.objects.get().text == "Because."


def test_cannot_judge_is_an_answer_of_its_own(client: Client, first) -> None:
    home, ids = first
    reply = save(client, home, ids["grave"], value={"": ""}, cannot_judge=True)
    assert (reply.status_code, reply.json()["words"]) == (200, "Cannot judge")
    assert Answer.objects.get().cannot_judge


def test_cannot_judge_is_refused_where_the_item_does_not_offer_it(client: Client, first) -> None:
    home, ids = first
    reply = save(client, home, ids["way"], cannot_judge=True)
    assert (reply.status_code, reply.json()["reason"]) == (422, "refused")


def test_a_value_taken_back_leaves_no_answer(client: Client, first) -> None:
    home, ids = first
    save(client, home, ids["days"], value={"": "30"}, seen_revision=0)
    reply = save(client, home, ids["days"], value={"": ""}, seen_revision=1)
    assert (reply.status_code, reply.json()["revision"], reply.json()["answered"]) == (200, 0, 0)
    assert not Answer.objects.exists()


@pytest.mark.parametrize(("item", "value", "words"), [
    ("grave", "6", "positions 1 to 5"), ("likely", "101", "from 0 to 100"), ("days", "1.5", "whole number"), ("days", "many", "is not a number"),
    ("way", "magic", "Choose one of the options"),
])
def test_a_value_that_does_not_fit_is_refused_in_words(client: Client, first, item: str, value: str, words: str) -> None:
    home, ids = first
    reply = save(client, home, ids[item], value={"": value})
    assert reply.status_code == 422
    assert words in reply.json()["error"]
    assert not Answer.objects.exists()


@pytest.mark.parametrize("body", ["", "[]", "nonsense", '{"value": 3}', '{"value": {"": []}}', '{"rationale": 4}', '{"confidence": {}}'])
def test_what_our_script_never_sends_is_turned_away(client: Client, first, body: str) -> None:
    home, ids = first
    reply = client.post(f"{home}answers/{ids['grave']}/", body, content_type="application/json", headers={"Accept": "application/json"})
    assert (reply.status_code, reply.json()["reason"]) == (400, "malformed")


def test_a_body_beyond_measure_is_turned_away(client: Client, first) -> None:
    home, ids = first
    assert save(client, home, ids["next"], value={"": "x" * 400_000}).status_code == 400


def test_reading_the_address_saves_nothing(client: Client, first) -> None:
    home, ids = first
    assert client.get(f"{home}answers/{ids['grave']}/").status_code == 405


def test_a_save_from_elsewhere_is_refused(first, client: Client) -> None:
    home, ids = first
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    reply = save(strict, home, ids["grave"], value={"": "3"})
    assert (reply.status_code, reply.json()) == (403, {"error": "csrf"})


def test_an_ended_session_is_told_as_such(first) -> None:
    home, ids = first
    reply = save(Client(), home, ids["grave"], value={"": "3"})
    assert (reply.status_code, reply.json()["reason"]) == (401, "session")
    assert "personal link" in reply.json()["error"]


def test_nothing_is_saved_before_consent(client: Client) -> None:
    _study, study_round, experts = an_open_round()
    home = enter(client, experts[0], consents=False)
    reply = save(client, home, asked_ids(study_round)["grave"], value={"": "3"})
    assert (reply.status_code, reply.json()["reason"]) == (403, "consent")
    assert not Answer.objects.exists()


def test_a_round_that_closed_meanwhile_refuses_and_keeps_what_was_there(client: Client) -> None:
    _study, study_round, experts = an_open_round()
    home, ids = enter(client, experts[0]), asked_ids(study_round)
    save(client, home, ids["grave"], value={"": "2"})
    close_round(study_round.pk)
    reply = save(client, home, ids["grave"], value={"": "5"}, seen_revision=1)
    assert (reply.status_code, reply.json()["reason"]) == (410, "closed")
    assert "can't be counted any more" in reply.json()["error"]
    assert Answer.objects.get().value == 2


def test_another_device_s_answer_is_not_overwritten_but_shown(client: Client, first) -> None:
    home, ids = first
    save(client, home, ids["grave"], value={"": "2"}, rationale="The other device.", seen_revision=0)
    reply = save(client, home, ids["grave"], value={"": "5"}, seen_revision=0)
    assert reply.status_code == 409
    stored = reply.json()["stored"]
    assert (stored["words"], stored["value"], stored["revision"], stored["rationale"]) == ("Little (2 of 5)", {"": "2"}, 1, "The other device.")
    assert Answer.objects.get().value == 2
    assert save(client, home, ids["grave"], value={"": "5"}, seen_revision=stored["revision"]).status_code == 200
    assert Answer.objects.get().value == 5


def test_a_repeated_request_whose_reply_was_lost_is_no_conflict(client: Client, first) -> None:
    home, ids = first
    body = {"value": {"": "4"}, "rationale": "Once.", "seen_revision": 0}
    assert save(client, home, ids["grave"], **body).status_code == 200
    again = save(client, home, ids["grave"], **body)
    assert (again.status_code, again.json()["revision"]) == (200, 1)
    assert Answer.objects.count() == 1


def test_a_change_after_submitting_counts_at_once(client: Client, first) -> None:
    home, ids = first
    save(client, home, ids["grave"], value={"": "4"})
    client.post(f"{home}submit/")
    assert save(client, home, ids["grave"], value={"": "5"}, seen_revision=1).status_code == 200
    response = Response.objects.get()
    assert (response.state, Answer.objects.get().value) == ("submitted", 5)


@pytest.fixture
def second(client: Client):
    """An expert in round 2 who said 1 in round 1."""
    _study, study_round, experts = a_second_round()
    return enter(client, experts[0]), asked_ids(study_round)


def test_keeping_is_an_answer_with_the_earlier_value(client: Client, second) -> None:
    home, ids = second
    reply = save(client, home, ids["grave"], decision="kept", value={"": ""})
    answer = Answer.objects.get(asked_item=ids["grave"])
    assert reply.status_code == 200
    assert (answer.value, answer.decision) == (1, "kept")


def test_changing_is_recorded_as_deliberate(client: Client, second) -> None:
    home, ids = second
    save(client, home, ids["grave"], decision="changed", value={"": "3"})
    answer = Answer.objects.get(asked_item=ids["grave"])
    assert (answer.value, answer.decision) == (3, "changed")


def test_a_preselected_value_alone_is_no_answer(client: Client, second) -> None:
    home, ids = second
    reply = save(client, home, ids["grave"], value={"": "1"})
    assert reply.status_code == 422
    assert "keep" in reply.json()["error"]
    assert not Answer.objects.filter(asked_item=ids["grave"]).exists()


def test_a_repeated_keep_whose_reply_was_lost_is_no_conflict(client: Client) -> None:
    """The kept answer took the earlier confidence over, which the form left blank."""
    study, study_round, experts = an_open_round()
    home, ids = enter(client, experts[0]), asked_ids(study_round)
    save(client, home, ids["likely"], value={"": "30"}, confidence="70")
    count(study_round)
    later = asked_ids(open_round(study, 2))["likely"]
    for _try in range(2):
        reply = save(client, home, later, decision="kept", value={"": ""}, confidence="", seen_revision=0)
        assert (reply.status_code, reply.json()["revision"]) == (200, 1)
    assert Answer.objects.get(asked_item=later).confidence == 70


def test_a_repeated_taking_back_is_no_conflict(client: Client, first) -> None:
    home, ids = first
    save(client, home, ids["days"], value={"": "30"}, seen_revision=0)
    for _try in range(2):
        assert save(client, home, ids["days"], value={"": ""}, seen_revision=1).status_code == 200
