"""Where am I: consent first, then the round, its deadline in a named zone, what is left, and what happens next."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from surveys.workflow.rounds import close_round, finish_study, move_deadline
from tests.factories import count
from tests.surveys.views.expert.expert_studies import an_open_round, asked_ids, enter, save

pytestmark = pytest.mark.django_db


def test_consent_is_asked_for_first_and_recorded_with_its_version(client: Client) -> None:
    _study, _round, experts = an_open_round()
    home = enter(client, experts[0], consents=False)
    assert client.get(home).url == f"{home}consent/"
    page = client.get(f"{home}consent/").content.decode()
    assert "I take part of my own will." in page
    assert client.post(f"{home}consent/", {"agree": "yes"}).status_code == 303
    experts[0].refresh_from_db()
    assert (experts[0].consent_version, experts[0].state) == (1, "active")
    assert client.get(home).status_code == 200


def test_without_the_tick_there_is_no_consent(client: Client) -> None:
    _study, _round, experts = an_open_round()
    home = enter(client, experts[0], consents=False)
    page = client.post(f"{home}consent/", {})
    assert page.status_code == 422 and "Tick the box" in page.content.decode()
    experts[0].refresh_from_db()
    assert experts[0].consent_version is None


def test_a_new_wording_of_the_consent_is_asked_for_again(client: Client) -> None:
    study, _round, experts = an_open_round()
    home = enter(client, experts[0])
    study.settings["consent"]["version"] = 2
    study.save()
    assert client.get(home).url == f"{home}consent/"


def test_a_study_without_consent_leads_straight_on(client: Client) -> None:
    _study, _round, experts = an_open_round(consent=None)
    assert client.get(enter(client, experts[0])).status_code == 200


@time_machine.travel(datetime(2027, 3, 1, tzinfo=UTC), tick=False)
def test_the_deadline_stands_in_the_study_s_zone_with_its_name(client: Client) -> None:
    """09:00 UTC is 18:00 in Seoul."""
    _study, study_round, experts = an_open_round()
    move_deadline(study_round.pk, datetime(2027, 3, 14, 9, 0, tzinfo=UTC))
    page = client.get(enter(client, experts[0])).content.decode()
    assert "March 14, 2027, 6 p.m." in page
    assert "(Asia/Seoul)" in page
    assert 'datetime="2027-03-14T09:00:00+00:00"' in page and 'data-local="moment"' in page


def test_progress_and_the_way_on(client: Client) -> None:
    _study, study_round, experts = an_open_round()
    home, ids = enter(client, experts[0]), asked_ids(study_round)
    page = client.get(home).content.decode()
    assert "0 of 5 answered" in page and ">Begin</a>" in page
    for code, value in (("grave", "1"), ("likely", "2"), ("days", "3")):
        save(client, home, ids[code], value={"": value})
    page = client.get(home).content.decode()
    assert "3 of 5 answered" in page
    assert f'href="{home}section/more/">Continue</a>' in page


def test_after_submitting_it_thanks_and_says_until_when_changes_are_possible(client: Client) -> None:
    _study, study_round, experts = an_open_round()
    move_deadline(study_round.pk, timezone.now() + timezone.timedelta(days=3))
    home = enter(client, experts[0])
    save(client, home, asked_ids(study_round)["grave"], value={"": "1"})
    client.post(f"{home}submit/")
    page = client.get(home).content.decode()
    assert "Thank you. Your answers are submitted." in page and "You can change them until" in page


def test_between_rounds_it_says_what_happens_next(client: Client) -> None:
    _study, study_round, experts = an_open_round()
    home = enter(client, experts[0])
    save(client, home, asked_ids(study_round)["grave"], value={"": "1"})
    close_round(study_round.pk)
    page = client.get(home).content.decode()
    assert "No round is open for you now" in page and "Round 1 has closed. Thank you for your part in it." in page


def test_a_finished_study_leads_to_its_results(client: Client) -> None:
    study, study_round, experts = an_open_round()
    home = enter(client, experts[0])
    save(client, home, asked_ids(study_round)["grave"], value={"": "1"})
    count(study_round)
    finish_study(study)
    page = client.get(home).content.decode()
    assert "The study is finished. Thank you." in page and f'href="{home}results/1/"' in page


def test_a_simulated_study_is_labelled_on_every_page(client: Client) -> None:
    study, _round, experts = an_open_round()
    study.is_simulated = True
    study.save()
    home = enter(client, experts[0])
    for page in ("", "section/main/", "review/", "my-answers/", "withdraw/", "consent/"):
        assert "Simulated experts — demonstration" in client.get(f"{home}{page}").content.decode(), page


def test_the_front_door_tells_experts_to_use_their_link(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "Open the personal link in your invitation." in page
