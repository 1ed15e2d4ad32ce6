"""Sending e-mails, each at most once: whoever moves a message from queued to sending sends it, nobody else.

A worker killed between the two leaves the message `sending`; it is then marked failed, not repeated: it may have gone out.
The same goes for whatever breaks once the server was reached. Only a server that could not be reached is tried again.
"""

import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from surveys.enums import MessageKind, MessageState, ResponseState, RoundState
from surveys.models import Message, Response
from surveys.workflow.identities import Person, person_of
from surveys.workflow.invitations import issue_link

PAUSES = (timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4))  # before each attempt
MOST_ATTEMPTS = len(PAUSES)
INTERRUPTED_AFTER = timedelta(minutes=10)
BROKEN = (smtplib.SMTPException, OSError, ValueError)


def send_message(message_id: int) -> bool:
    """Send one queued e-mail. Returns False when it was not queued (any more), is no longer needed, or could not be sent."""
    taken = Message.objects.filter(pk=message_id, state=MessageState.QUEUED).update(
        state=MessageState.SENDING, changed_at=timezone.now()
    )
    if not taken:
        return False
    message = Message.objects.select_related("panelist__study", "panelist__panel", "round").get(pk=message_id)
    person = person_of(message.panelist)
    if not person.email or not is_still_needed(message):
        _settle(message, MessageState.NOT_NEEDED)
        return False
    return _deliver(message, person)


def _deliver(message: Message, person: Person) -> bool:
    """Reach the server first: until then nothing can have gone out."""
    server = get_connection()
    try:
        server.open()
    except BROKEN as error:
        message.attempts += 1
        state = MessageState.FAILED if message.attempts >= MOST_ATTEMPTS else MessageState.QUEUED
        _settle(message, state, f"mail server not reached ({type(error).__name__})")
        return False
    try:
        server.send_messages([compose(message, person)])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        _settle(message, MessageState.FAILED, f"refused by the mail server ({type(error).__name__})")
        return False
    except BROKEN as error:
        _settle(message, MessageState.FAILED, f"broken off while sending ({type(error).__name__}); it may have gone out")
        return False
    finally:
        server.close()
    _settle(message, MessageState.SENT)
    return True


def send_waiting_messages(limit: int = 200) -> int:
    """The sweeper: mark interrupted messages, then send what is due. Returns how many were sent.

    A server that is not reached is left in peace until the next sweep: two hundred time-outs in a row would outlast the task.
    """
    stale = timezone.now() - INTERRUPTED_AFTER
    Message.objects.filter(state=MessageState.SENDING, changed_at__lt=stale).update(
        state=MessageState.FAILED, problem="interrupted while sending; it may have gone out", changed_at=timezone.now()
    )
    sent = 0
    for pk in list(_due().order_by("attempts", "pk").values_list("pk", flat=True)[:limit]):
        sent += send_message(pk)
        if Message.objects.filter(pk=pk, state=MessageState.QUEUED).exists():
            break
    return sent


def _due() -> QuerySet[Message]:
    """Queued messages whose pause is over; it grows with each attempt."""
    now, over = timezone.now(), Q()
    for attempts, pause in enumerate(PAUSES):
        over |= Q(attempts=attempts, changed_at__lt=now - pause)
    return Message.objects.filter(over, state=MessageState.QUEUED)


def is_still_needed(message: Message) -> bool:
    """A reminder stops when the answer came in between, any message when the expert left or the round closed."""
    if not message.panelist.takes_part:
        return False
    if message.kind == MessageKind.NEW_LINK:
        return True
    if message.round.state != RoundState.OPEN:
        return False
    if message.kind == MessageKind.INVITATION:
        return True
    return not Response.objects.filter(round=message.round, panelist=message.panelist, state=ResponseState.SUBMITTED).exists()


def compose(message: Message, person: Person) -> EmailMessage:
    """The e-mail in the expert's language, plain text, with a fresh personal link."""
    panelist, study = message.panelist, message.panelist.study
    with translation.override(panelist.language):
        path = reverse("surveys:link", args=[issue_link(panelist)])
        context = {
            "study": study, "title": study.title_in(panelist.language), "name": person.name, "round": message.round,
            "organisation": study.text(study.settings.get("organisation", {}).get("name"), panelist.language),
            "contact": study.settings.get("organisation", {}).get("contact", ""),
            "link": f"{settings.SITE_URL}{path}", "site": settings.SITE_URL, "deadline": deadline_text(message), "message": message,
        }
        subject = " ".join(render_to_string(f"emails/{message.kind}_subject.txt", context).split())
        body = render_to_string(f"emails/{message.kind}.txt", context)
    sender = study.settings.get("organisation", {}).get("sender") or settings.DEFAULT_FROM_EMAIL
    return EmailMessage(subject, body, sender, [person.email])


def deadline_text(message: Message) -> str:
    """The deadline in the study's time zone, with the zone's name; "" without one."""
    deadline = message.round.deadline_at
    if deadline is None:
        return ""
    study = message.panelist.study
    local = deadline.astimezone(study.zone)
    return f"{date_format(local, 'DATETIME_FORMAT')} ({study.settings.get('time_zone', 'UTC')})"


def _settle(message: Message, state: str, problem: str = "") -> None:
    message.state, message.problem, message.changed_at = state, problem, timezone.now()
    message.save(update_fields=["state", "problem", "changed_at", "attempts"])
