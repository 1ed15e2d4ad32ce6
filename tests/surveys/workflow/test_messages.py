"""E-mails go out once, only to those whom they still concern, in their language, with a fresh link."""

import socket
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F
from django.utils import timezone

from surveys.enums import MessageKind, MessageState
from surveys.exceptions import NotReady
from surveys.models import AccessLink, Message, Round
from surveys.workflow.invitations import decline, digest_of, find_link, issue_link, link_status, queue_messages, request_new_link, resend_message, revoke_links
from surveys.workflow.messages import send_message, send_waiting_messages
from surveys.workflow.panels import import_panel
from surveys.workflow.rounds import close_round, move_deadline, open_round
from tests.factories import a_study, by_panel, give

pytestmark = pytest.mark.django_db
LIST = "panelist,panel,name,email,language\nus-1,us,Ann,ann@example.org,en\nus-2,us,Bo,bo@example.org,en\nus-3,us,,,en\n"


@pytest.fixture
def open_one(settings: object) -> Round:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    study = a_study()
    import_panel(study, LIST)
    return open_round(study, 1, deadline_at=timezone.now() + timedelta(days=7))


def send_all() -> None:
    for pk in Message.objects.filter(state="queued").values_list("pk", flat=True):
        send_message(pk)


def test_everybody_with_an_address_is_invited_once(open_one: Round) -> None:
    assert queue_messages(open_one, MessageKind.INVITATION) == 2
    assert queue_messages(open_one, MessageKind.INVITATION) == 0
    send_all()
    send_all()
    assert sorted(message.to[0] for message in mail.outbox) == ["ann@example.org", "bo@example.org"]
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def test_the_link_is_in_the_mail_and_only_its_digest_in_the_database(open_one: Round) -> None:
    queue_messages(open_one, MessageKind.INVITATION)
    send_all()
    token = mail.outbox[0].body.split("/i/")[1].split("/")[0]
    assert len(token) >= 22
    link = find_link(token)
    assert link is not None and link_status(link) == "valid"
    assert not AccessLink.objects.filter(token_digest__contains=token).exists()
    assert link.token_digest == digest_of(token)


def test_the_same_message_is_sent_by_one_worker_only(open_one: Round) -> None:
    queue_messages(open_one, MessageKind.INVITATION)
    pk = Message.objects.first().pk
    assert [send_message(pk), send_message(pk)] == [True, False]
    assert len(mail.outbox) == 1


def test_a_reminder_stops_when_the_answer_came_in_between(open_one: Round) -> None:
    queue_messages(open_one, MessageKind.REMINDER)
    give(open_one, by_panel("grave", {"us": [3]}))
    send_all()
    assert [message.to for message in mail.outbox] == [["bo@example.org"]]
    assert Message.objects.get(panelist__code="us-1").state == MessageState.NOT_NEEDED


def test_reminders_go_only_to_those_who_have_not_submitted_and_at_most_three_times(open_one: Round) -> None:
    give(open_one, by_panel("grave", {"us": [3]}))
    assert [queue_messages(open_one, MessageKind.REMINDER) for _ in range(3)] == [1, 1, 1]
    with pytest.raises(NotReady, match="3 reminders"):
        queue_messages(open_one, MessageKind.REMINDER)


def test_no_mail_goes_out_for_a_closed_round_or_to_somebody_who_declined(open_one: Round) -> None:
    queue_messages(open_one, MessageKind.INVITATION)
    decline(open_one.study.panelists.get(code="us-1"))
    close_round(open_one.pk)
    send_all()
    assert mail.outbox == []


def test_a_moved_deadline_is_told_to_those_who_have_not_submitted(open_one: Round) -> None:
    give(open_one, by_panel("grave", {"us": [3]}))
    move_deadline(open_one.pk, timezone.now() + timedelta(days=9))
    assert list(Message.objects.values_list("kind", "panelist__code")) == [("deadline", "us-2")]


def test_a_server_that_is_down_is_tried_again_and_failure_is_visible(open_one: Round, settings: object) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 1  # type: ignore[attr-defined]
    queue_messages(open_one, MessageKind.INVITATION)
    pk = Message.objects.first().pk
    for attempt in range(1, 6):
        send_message(pk)
        assert Message.objects.get(pk=pk).attempts == attempt
    message = Message.objects.get(pk=pk)
    assert (message.state, "mail server not reached" in message.problem) == ("failed", True)
    assert resend_message(message).number == 2
    with pytest.raises(NotReady, match="later e-mail"):
        resend_message(message)  # a second click


def test_a_server_that_stays_down_is_asked_less_and_less_often_and_once_a_sweep(open_one: Round, settings: object) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 1  # type: ignore[attr-defined]
    queue_messages(open_one, MessageKind.INVITATION)
    attempts = []
    for minutes in (0, 1, 2, 13, 74, 315):
        Message.objects.update(changed_at=F("changed_at") - timedelta(minutes=minutes, seconds=6))
        send_waiting_messages()
        attempts.append(sum(Message.objects.values_list("attempts", flat=True)))
    assert attempts == [1, 2, 3, 4, 5, 6]  # one of the two messages at a time


class DroppingServer(threading.Thread):
    """A mail server that takes a message whole and breaks off before it says so."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port, self.received = self.listener.getsockname()[1], 0

    def run(self) -> None:
        while True:
            connection, _address = self.listener.accept()
            with connection, connection.makefile("rwb") as stream:
                stream.write(b"220 here\r\n")
                stream.flush()
                is_body = False
                for line in stream:
                    if is_body and line == b".\r\n":
                        self.received += 1
                        break
                    if not is_body:
                        is_body = line[:4].upper() == b"DATA"
                        stream.write(b"354 go on\r\n" if is_body else b"250 ok\r\n")
                        stream.flush()


def test_a_message_that_broke_off_after_the_server_had_it_is_never_sent_again(open_one: Round, settings: object) -> None:
    server = DroppingServer()
    server.start()
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", server.port  # type: ignore[attr-defined]
    queue_messages(open_one, MessageKind.INVITATION, panelists=[open_one.study.panelists.get(code="us-1")])
    for _ in range(3):
        Message.objects.update(changed_at=timezone.now() - timedelta(minutes=5))
        send_waiting_messages()
    assert server.received == 1
    assert Message.objects.get().state == MessageState.FAILED
    assert "may have gone out" in Message.objects.get().problem


def test_a_message_interrupted_while_sending_is_not_repeated(open_one: Round) -> None:
    queue_messages(open_one, MessageKind.INVITATION)
    Message.objects.update(state="sending", changed_at=timezone.now() - timedelta(minutes=11))
    send_waiting_messages()
    assert mail.outbox == []
    assert set(Message.objects.values_list("state", "problem")) == {("failed", "interrupted while sending; it may have gone out")}


def test_an_expired_link_mails_a_new_one_and_a_revoked_one_does_not(open_one: Round) -> None:
    panelist = open_one.study.panelists.get(code="us-1")
    link = find_link(issue_link(panelist, days=-1))
    assert link_status(link) == "expired"
    request_new_link(link)
    request_new_link(link)
    send_all()
    assert [message.to for message in mail.outbox] == [["ann@example.org"]]
    revoke_links(panelist)
    with pytest.raises(NotReady):
        request_new_link(find_link(issue_link(panelist)))
