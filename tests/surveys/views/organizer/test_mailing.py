"""Invitations and reminders from the pages: to whom they are due, never twice, and no list that tells who was silent."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from surveys.models import Message, Study
from surveys.workflow.identities import forget_person
from surveys.workflow.messages import send_message
from tests.factories import questions
from tests.surveys.views.organizer.stage import answer, opened, organizer_of, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    return staged()


@pytest.fixture
def client(study: Study) -> Client:
    return organizer_of(study)


def url(study: Study, kind: str) -> str:
    return reverse(f"surveys:{kind}", args=[study.slug, 1])


def send_all() -> None:
    for pk in list(Message.objects.filter(state="queued").values_list("pk", flat=True)):
        send_message(pk)


def test_the_page_says_how_many_are_due(study: Study, client: Client) -> None:
    opened(study)
    assert "15 experts get an invitation, each with a personal link." in client.get(url(study, "invitations")).content.decode()
    assert not Message.objects.exists()


def test_invitations_pressed_twice_go_out_once(study: Study, client: Client) -> None:
    opened(study)
    first = client.post(url(study, "invitations"), {"number": "1"}, follow=True).content.decode()
    again = client.post(url(study, "invitations"), {"number": "1"}, follow=True).content.decode()
    send_all()
    assert "15 e-mails are on their way." in first
    assert "Nothing was left to send" in again
    assert sorted(message.to[0] for message in mail.outbox) == sorted(f"{p}{n}@staged.example" for p in ("us", "jp", "kr") for n in range(1, 6))


def test_a_reminder_pressed_twice_goes_out_once_to_those_who_have_not_submitted(study: Study, client: Client) -> None:
    study_round = opened(study)
    for place, panelist in enumerate(study.panelists.order_by("pk")[:5]):
        answer(panelist, study_round, questions(study_round), place)
    assert "10 experts who have not submitted get a reminder." in client.get(url(study, "reminders")).content.decode()
    client.post(url(study, "reminders"), {"number": "1"})
    client.post(url(study, "reminders"), {"number": "1"})
    send_all()
    assert len(mail.outbox) == 10


def test_there_are_at_most_three_reminders(study: Study, client: Client) -> None:
    opened(study)
    for number in (1, 2, 3, 4):
        client.post(url(study, "reminders"), {"number": str(number)})
    assert Message.objects.filter(kind="reminder").count() == 45
    assert "Experts have had 3 reminders" in client.get(url(study, "reminders")).content.decode()


@pytest.mark.parametrize("number", ["", "x", "-1", "99999999999999999999", "2"])
def test_a_wrong_number_sends_nothing(study: Study, client: Client, number: str) -> None:
    opened(study)
    client.post(url(study, "reminders"), {"number": number})
    assert not Message.objects.exists()


def test_nobody_is_written_to_outside_an_open_round(study: Study, client: Client) -> None:
    study_round = opened(study)
    client.post(reverse("surveys:round-close", args=[study.slug, study_round.number]))
    assert "is not open, so nobody is written to" in client.get(url(study, "reminders")).content.decode()
    client.post(url(study, "reminders"), {"number": "1"})
    assert not Message.objects.exists()


def test_the_status_page_lists_no_reminder_by_name(study: Study, client: Client) -> None:
    opened(study)
    client.post(url(study, "reminders"), {"number": "1"})
    text = client.get(url(study, "messages")).content.decode()
    assert '<td class="num">15</td>' in text
    assert "us-1" not in text


def test_a_failed_e_mail_can_be_sent_again(study: Study, client: Client) -> None:
    opened(study)
    client.post(url(study, "invitations"), {"number": "1"})
    failed = Message.objects.first()
    Message.objects.filter(pk=failed.pk).update(state="failed", problem="refused by the mail server (SMTPRecipientsRefused)")
    page = client.get(url(study, "messages")).content.decode()
    assert "refused by the mail server" in page
    text = client.post(reverse("surveys:message-resend", args=[study.slug, 1, failed.pk]), follow=True).content.decode()
    assert "A new e-mail is on its way." in text
    assert Message.objects.filter(panelist=failed.panelist, kind="invitation", state="queued").count() == 1


def test_only_a_failed_e_mail_can_be_sent_again(study: Study, client: Client) -> None:
    opened(study)
    client.post(url(study, "invitations"), {"number": "1"})
    waiting = Message.objects.first()
    text = client.post(reverse("surveys:message-resend", args=[study.slug, 1, waiting.pk]), follow=True).content.decode()
    assert "Only a failed e-mail can be sent again." in text
    assert Message.objects.count() == 15


def test_experts_without_an_address_are_not_counted_as_due() -> None:
    study = staged(study="silent")
    client = organizer_of(study)
    opened(study)
    forget_person(study.panelists.first())
    assert "14 experts get an invitation" in client.get(url(study, "invitations")).content.decode()
