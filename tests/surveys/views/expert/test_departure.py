"""Leaving a device, and withdrawing for good."""

import pytest
from django.test import Client

from surveys.models import AccessLink, Answer, Identity
from surveys.workflow.identities import Person, save_person
from tests.surveys.views.expert.expert_studies import a_second_round, an_open_round, asked_ids, enter, save

pytestmark = pytest.mark.django_db


def test_leaving_ends_the_session_here_and_nothing_else(client: Client) -> None:
    _study, study_round, experts = an_open_round()
    home = enter(client, experts[0])
    save(client, home, asked_ids(study_round)["grave"], value={"": "4"})
    page = client.post(f"{home}leave/")
    assert "You have left on this device" in page.content.decode()
    assert client.get(home).status_code == 403
    assert Answer.objects.count() == 1
    assert client.get(enter(client, experts[0])).status_code == 200


def test_reading_the_leave_address_ends_nothing(client: Client) -> None:
    _study, _round, experts = an_open_round()
    home = enter(client, experts[0])
    assert client.get(f"{home}leave/").url == home
    assert client.get(home).status_code == 200


def test_withdrawing_says_what_is_deleted_and_what_stays(client: Client) -> None:
    _study, _second, experts = a_second_round()
    page = client.get(f"{enter(client, experts[0])}withdraw/").content.decode()
    assert "your answers and reasons of 1 round" in page
    assert "the published figures of 1 round" in page
    assert "Type “withdraw” to confirm" in page


def test_without_the_typed_word_nothing_is_deleted(client: Client) -> None:
    _study, _second, experts = a_second_round()
    home = enter(client, experts[0])
    page = client.post(f"{home}withdraw/", {"word": "yes <b>"})
    assert page.status_code == 422 and "Nothing was deleted." in page.content.decode()
    assert "yes &lt;b&gt;" in page.content.decode()
    assert Answer.objects.filter(response__panelist=experts[0]).exists()


def test_withdrawing_deletes_answers_name_and_links(client: Client) -> None:
    _study, _second, experts = a_second_round()
    save_person(experts[0], Person("Ada", "ada@example.org"))
    home = enter(client, experts[0])
    page = client.post(f"{home}withdraw/", {"word": " Withdraw "})
    assert page.status_code == 200 and "You have withdrawn" in page.content.decode()
    experts[0].refresh_from_db()
    assert experts[0].state == "withdrawn"
    assert not Answer.objects.filter(response__panelist=experts[0]).exists()
    assert not Identity.objects.exists()
    assert not AccessLink.objects.filter(panelist=experts[0], revoked_at=None).exists()
    assert client.get(home).status_code == 403
