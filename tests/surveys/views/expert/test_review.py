"""The review: everything in words, what is missing by name, and one button."""

import pytest
from django.test import Client

from surveys.models import Response
from surveys.workflow.rounds import close_round
from tests.surveys.views.expert.expert_studies import an_open_round, asked_ids, enter, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(client: Client):
    _study, study_round, experts = an_open_round()
    return enter(client, experts[0]), asked_ids(study_round), study_round


def test_answers_stand_in_words_and_gaps_by_name(client: Client, first) -> None:
    home, ids, _round = first
    save(client, home, ids["grave"], value={"": "4"}, rationale="Because of <this>.")
    save(client, home, ids["likely"], value={"": "0.001"}, confidence="80", expertise="4")
    save(client, home, ids["days"], cannot_judge=True)
    page = client.get(f"{home}review/").content.decode()
    for text in ("Much (4 of 5)", "0.001 %", "Sure to 80 %", "Expertise 4 of 5", "Cannot judge", "Because of &lt;this&gt;.", "2 items have no answer"):
        assert text in page
    assert f'href="{home}section/more/#i{ids["way"]}"' in page
    assert page.count("Not answered") == 2


def test_submitting_is_refused_while_nothing_is_answered(client: Client, first) -> None:
    home, _ids, _round = first
    page = client.post(f"{home}submit/")
    assert page.status_code == 409 and "Nothing is answered yet." in page.content.decode()


def test_submitting_is_refused_while_a_required_reason_is_missing(client: Client, first) -> None:
    home, ids, _round = first
    save(client, home, ids["way"], value={"": "force"})
    page = client.post(f"{home}submit/")
    assert page.status_code == 409
    assert "A reason is needed for 1 of your answers." in page.content.decode()
    assert f'href="{home}section/more/#i{ids["way"]}">Item 4</a>' in page.content.decode()
    save(client, home, ids["way"], value={"": "force"}, rationale="Here it is.", seen_revision=1)
    assert client.post(f"{home}submit/").status_code == 303
    assert Response.objects.get().state == "submitted"


def test_submitting_twice_is_submitting_once(client: Client, first) -> None:
    home, ids, _round = first
    save(client, home, ids["grave"], value={"": "4"})
    client.post(f"{home}submit/")
    at = Response.objects.get().submitted_at
    assert client.post(f"{home}submit/").url == home
    assert Response.objects.get().submitted_at == at


def test_submitting_after_the_round_closed_leads_to_where_things_stand(client: Client, first) -> None:
    home, ids, study_round = first
    save(client, home, ids["grave"], value={"": "4"})
    close_round(study_round.pk)
    assert client.post(f"{home}submit/").url == home
    assert "Round 1 has closed." in client.get(home).content.decode()


def test_reading_the_submit_address_submits_nothing(client: Client, first) -> None:
    home, ids, _round = first
    save(client, home, ids["grave"], value={"": "4"})
    assert client.get(f"{home}submit/").url == f"{home}review/"
    assert Response.objects.get().state == "draft"
