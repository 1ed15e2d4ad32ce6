"""The personal link: reading it changes nothing, its button opens the study, and no answer tells what exists."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from surveys.enums import PanelistState
from surveys.models import AccessLink, Message
from surveys.workflow.invitations import issue_link, revoke_links
from tests.surveys.views.expert.expert_studies import an_open_round, asked_ids, enter, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def expert():
    return an_open_round()[2][0]


def test_reading_the_link_shows_the_study_and_redeems_nothing(client: Client, expert) -> None:
    page = client.get(f"/i/{issue_link(expert)}/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "A small study" in text and "Organizers see" in text and "How long" in text
    assert AccessLink.objects.get().redeemed_at is None
    assert "links" not in client.session
    assert page["Cache-Control"] == "no-store, private"
    assert page["Referrer-Policy"] in ("no-referrer", "strict-origin")  # either way the path, which holds the token, stays here


def test_a_scanner_that_only_asks_for_the_head_redeems_nothing(client: Client, expert) -> None:
    assert client.head(f"/i/{issue_link(expert)}/").status_code == 200
    assert AccessLink.objects.get().redeemed_at is None


def test_the_button_exchanges_the_token_for_a_session_and_a_clean_address(client: Client, expert) -> None:
    token = issue_link(expert)
    answer = client.post(f"/i/{token}/")
    assert (answer.status_code, answer.url) == (303, "/s/small/")
    link = AccessLink.objects.get()
    assert client.session["links"] == {"small": link.pk}
    assert link.redeemed_at is not None
    assert token not in str(dict(client.session))


def test_the_token_is_stored_as_a_digest_only(client: Client, expert) -> None:
    token = issue_link(expert)
    client.post(f"/i/{token}/")
    assert all(token not in str(value) for value in AccessLink.objects.values_list().get())


def test_a_session_key_known_before_is_worth_nothing_afterwards(client: Client, expert) -> None:
    session = client.session
    session["before"] = "known"
    session.save()
    planted = session.session_key
    client.post(f"/i/{issue_link(expert)}/")
    assert client.session.session_key != planted
    other = Client()
    other.cookies["delphi_session"] = planted
    assert other.get("/s/small/").status_code == 403


def test_the_button_needs_the_page_it_stands_on(expert) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/i/{issue_link(expert)}/").status_code == 403


def test_the_link_opens_the_study_on_a_second_device_too(client: Client, expert) -> None:
    token = issue_link(expert)
    for device in (client, Client()):
        assert device.post(f"/i/{token}/").status_code == 303
        assert device.get("/s/small/consent/").status_code == 200


def test_unknown_revoked_and_gone_links_look_alike(client: Client, expert) -> None:
    token = issue_link(expert)
    unknown = client.get("/i/abcdefghijklmnopqrstuvwx/")
    revoke_links(expert)
    revoked = client.get(f"/i/{token}/")
    AccessLink.objects.update(revoked_at=None)
    expert.state = PanelistState.DECLINED
    expert.save()
    gone = client.get(f"/i/{token}/")
    assert [page.status_code for page in (unknown, revoked, gone)] == [404, 404, 404]
    texts = [page.content.decode() for page in (unknown, revoked, gone)]
    texts = [text.replace("/i/abcdefghijklmnopqrstuvwx/", "").replace(f"/i/{token}/", "") for text in texts]
    assert len({without_token(text) for text in texts}) == 1
    assert "A small study" not in texts.pop()


def without_token(text: str) -> str:
    """The page without Django's token, which differs each time."""
    start = text.find('name="csrfmiddlewaretoken" value="')
    return text[:start] + text[start + 110:]


def test_an_unknown_link_can_not_be_redeemed(client: Client, expert) -> None:
    assert client.post("/i/abcdefghijklmnopqrstuvwx/").status_code == 404
    assert "links" not in client.session


def test_an_expired_link_says_so_and_mails_a_new_one_on_request(client: Client, expert) -> None:
    token = issue_link(expert)
    AccessLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    page = client.get(f"/i/{token}/")
    assert page.status_code == 410 and "expired" in page.content.decode()
    assert not Message.objects.filter(kind="new_link").exists()
    page = client.post(f"/i/{token}/")
    assert "on its way" in page.content.decode()
    assert Message.objects.filter(kind="new_link", panelist=expert).count() == 1
    client.post(f"/i/{token}/")
    assert Message.objects.filter(kind="new_link").count() == 1
    assert "links" not in client.session


def test_the_page_speaks_the_language_on_the_list_of_experts(client: Client, expert) -> None:
    expert.language = "ko"
    expert.save()
    assert '<html lang="ko">' in client.get(f"/i/{issue_link(expert)}/").content.decode()
    client.post(f"/i/{issue_link(expert)}/")
    assert client.cookies["delphi_language"].value == "ko"


def test_declining_asks_once_more_and_then_closes_the_link(client: Client, expert) -> None:
    token = issue_link(expert)
    page = client.post(f"/i/{token}/", {"act": "decline"})
    assert page.status_code == 200 and "Do you not want to take part?" in page.content.decode()
    expert.refresh_from_db()
    assert expert.state == PanelistState.INVITED
    client.post(f"/i/{token}/", {"act": "decline", "confirm": "yes"})
    expert.refresh_from_db()
    assert expert.state == PanelistState.DECLINED
    assert client.get(f"/i/{token}/").status_code == 404


def test_who_has_answered_is_told_to_withdraw_instead_of_declining(client: Client, expert) -> None:
    home = enter(client, expert)
    save(client, home, asked_ids(expert.study.rounds.get())["grave"], value={"": "3"})
    page = client.post(f"/i/{issue_link(expert)}/", {"act": "decline", "confirm": "yes"})
    assert page.status_code == 409 and "Withdraw" in page.content.decode()


def test_a_simulated_study_is_labelled_before_it_is_opened(client: Client, expert) -> None:
    expert.study.is_simulated = True
    expert.study.save()
    assert "Simulated experts — demonstration" in client.get(f"/i/{issue_link(expert)}/").content.decode()
