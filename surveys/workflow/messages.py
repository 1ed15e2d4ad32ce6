"""Sending e-mails, each at most once: whoever moves a message from queued to sending sends it, nobody else.

A worker killed between the two leaves the message `sending`; it is then marked failed, not repeated: it may have gone out.
"""

import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from surveys.enums import MessageKind, MessageState, ResponseState, RoundState
from surveys.models import Message, Response
from surveys.workflow.identities import Person, person_of
from surveys.workflow.invitations import issue_link

MOST_ATTEMPTS = 5
INTERRUPTED_AFTER = timedelta(minutes=10)
NOT_DELIVERED = (ConnectionError, TimeoutError, smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)


def send_message(message_id: int) -> bool:
    """Send one queued e-mail. Returns False when it was not queued (any more) or is no longer needed."""
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
    try:
        compose(message, person).send()
    except NOT_DELIVERED as error:
        message.attempts += 1
        state = MessageState.FAILED if message.attempts >= MOST_ATTEMPTS else MessageState.QUEUED
        _settle(message, state, f"mail server not reached ({type(error).__name__})")
        return False
    except (smtplib.SMTPException, OSError, ValueError) as error:
        _settle(message, MessageState.FAILED, f"refused by the mail server ({type(error).__name__})")
        return False
    _settle(message, MessageState.SENT)
    return True


def send_waiting_messages(limit: int = 200) -> int:
    """The sweeper: mark interrupted messages, then send what is queued. Returns how many were sent."""
    stale = timezone.now() - INTERRUPTED_AFTER
    Message.objects.filter(state=MessageState.SENDING, changed_at__lt=stale).update(
        state=MessageState.FAILED, problem="interrupted while sending; it may have gone out", changed_at=timezone.now()
    )
    waiting = Message.objects.filter(state=MessageState.QUEUED, changed_at__lt=timezone.now() - timedelta(seconds=5))
    return sum(send_message(pk) for pk in list(waiting.order_by("pk").values_list("pk", flat=True)[:limit]))


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
