"""Personal links, consent, declining, and which e-mails are due to whom."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.enums import MessageKind, MessageState, PanelistState, ResponseState
from surveys.exceptions import NotInvited, NotReady, Refused
from surveys.models import AccessLink, Message, Panelist, Round
from surveys.signals import messages_queued
from surveys.workflow.identities import people_of
from surveys.workflow.locks import lock_study
from surveys.workflow.record import record_act

TOKEN_BYTES = 18  # 144 bits; 24 characters
LINK_DAYS = 90
MOST_REMINDERS = 3


def digest_of(token: str) -> str:
    """What is stored of a token: it is random and long, so a plain SHA-256 can't be reversed."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue_link(panelist: Panelist, *, days: int = LINK_DAYS) -> str:
    """Make a personal link and return its token, which is stored nowhere. Earlier links stay valid until they expire."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    AccessLink.objects.create(panelist=panelist, token_digest=digest_of(token), expires_at=timezone.now() + timedelta(days=days))
    return token


def find_link(token: str) -> AccessLink | None:
    return (
        AccessLink.objects.select_related("panelist__study", "panelist__panel").filter(token_digest=digest_of(token)).first()
    )


def link_status(link: AccessLink) -> str:
    """`valid`, `expired`, `revoked`, or `gone` when the panelist declined or withdrew."""
    if link.revoked_at is not None:
        return "revoked"
    if not link.panelist.takes_part:
        return "gone"
    return "expired" if link.expires_at <= timezone.now() else "valid"


def redeem_link(link: AccessLink) -> None:
    """Remember that the link was used; it can be used again, on another device too."""
    if link.redeemed_at is None:
        AccessLink.objects.filter(pk=link.pk, redeemed_at=None).update(redeemed_at=timezone.now())


def revoke_links(panelist: Panelist) -> int:
    return AccessLink.objects.filter(panelist=panelist, revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def request_new_link(link: AccessLink) -> None:
    """An expired link asks for a fresh one, sent to the address on file; at most one waits at a time, one an hour."""
    latest = link.panelist.study.rounds.exclude(state="draft").order_by("-number").first()
    if latest is None or link_status(link) != "expired":
        raise NotReady(_("This link can't be renewed."))
    earlier = Message.objects.filter(panelist=link.panelist, kind=MessageKind.NEW_LINK)
    if earlier.filter(created_at__gt=timezone.now() - timedelta(hours=1)).exists():
        return
    number = earlier.filter(round=latest).count() + 1
    message = Message.objects.create(panelist=link.panelist, round=latest, kind=MessageKind.NEW_LINK, number=number)
    messages_queued.send(sender=Message, message_ids=[message.pk])


@transaction.atomic
def give_consent(panelist: Panelist) -> None:
    """Record consent to the current text, and that the expert takes part."""
    version = int(panelist.study.settings.get("consent", {}).get("version", 1))
    if panelist.consent_version == version and panelist.state == PanelistState.ACTIVE:
        return
    now, takes_part = timezone.now(), [PanelistState.INVITED, PanelistState.ACTIVE]
    if not Panelist.objects.filter(pk=panelist.pk, state__in=takes_part).update(
        consent_version=version, consented_at=now, state=PanelistState.ACTIVE
    ):
        return  # left in another window, or was replaced, since this page was read: the next page says so
    panelist.consent_version, panelist.consented_at, panelist.state = version, now, PanelistState.ACTIVE


@transaction.atomic
def decline(panelist: Panelist) -> None:
    """The expert does not want to take part. Possible as long as nothing was answered; after that it is a withdrawal."""
    lock_study(panelist.study_id)
    present = Panelist.objects.select_for_update(no_key=True).get(pk=panelist.pk)  # nobody answers in another window meanwhile
    if panelist.responses.exists():
        raise Refused(_("You have answers in this study. To take them back, use “Withdraw”."))
    if not present.takes_part:
        return
    panelist.state = PanelistState.DECLINED
    panelist.save(update_fields=["state"])
    record_act(panelist.study, "decline", subject=f"panelist {panelist.code}")


@transaction.atomic
def queue_messages(study_round: Round, kind: str, *, by: Any = None, panelists: Iterable[Panelist] | None = None,
                   seen_number: int | None = None) -> int:
    """Queue e-mails to those invited (reminders: not yet submitted). Returns how many were queued; nobody gets the same one twice.

    `seen_number`: the number of the reminder that the organizer was shown; nothing is queued when somebody else sent it in between.
    """
    lock_study(study_round.study_id)  # two organizers come one after the other
    number, wanted = messages_due(study_round, kind, panelists=panelists)
    if seen_number is not None and seen_number != number:
        return 0
    created = Message.objects.bulk_create(
        Message(panelist=panelist, round=study_round, kind=kind, number=number) for panelist in wanted
    )
    if created:
        record_act(study_round.study, f"queue_{kind}", by=by, subject=f"round {study_round.number}", messages=len(created))
        messages_queued.send(sender=Message, message_ids=[message.pk for message in created])
    return len(created)


def messages_due(study_round: Round, kind: str, *, panelists: Iterable[Panelist] | None = None) -> tuple[int, list[Panelist]]:
    """The number of the next e-mail of this kind, and to whom it would go: due, with an address, without having had it (3 queries).

    Raises NotReady when experts have had as many reminders as they may.
    """
    number = 1 if kind == MessageKind.INVITATION else _next_number(study_round, kind)
    if kind == MessageKind.REMINDER and number > MOST_REMINDERS:
        raise NotReady(_("Experts have had %(most)s reminders in this round; that is the most.") % {"most": MOST_REMINDERS})
    had = Message.objects.filter(round=study_round, kind=kind, number=number).values_list("panelist_id", flat=True)
    known = set(had) if kind == MessageKind.INVITATION else set()  # of any other kind nobody has had the next number
    invited = [p for p in (panelists if panelists is not None else _due_for(study_round, kind)) if p.pk not in known]
    people = people_of(invited)
    return number, [panelist for panelist in invited if panelist.pk in people and people[panelist.pk].email]


def _due_for(study_round: Round, kind: str) -> list[Panelist]:
    panelists = Panelist.objects.filter(
        invitations__round=study_round, state__in=[PanelistState.INVITED, PanelistState.ACTIVE]
    ).select_related("study")
    if kind != MessageKind.INVITATION:
        panelists = panelists.exclude(responses__in=study_round.responses.filter(state=ResponseState.SUBMITTED))
    return list(panelists)


def _next_number(study_round: Round, kind: str) -> int:
    last = Message.objects.filter(round=study_round, kind=kind).order_by("-number").first()
    return last.number + 1 if last else 1


@transaction.atomic
def resend_message(message: Message, *, by: Any = None) -> Message:
    """An organizer's answer to a failed e-mail: a new one of the same kind."""
    if message.state != MessageState.FAILED:
        raise NotReady(_("Only a failed e-mail can be sent again."))
    lock_study(message.round.study_id)
    numbers = Message.objects.filter(panelist=message.panelist, round=message.round, kind=message.kind)
    if numbers.filter(number__gt=message.number).exists():
        raise NotReady(_("A later e-mail of this kind has gone to this expert already; if that one failed, send that one again."))
    fresh = Message.objects.create(
        panelist=message.panelist, round=message.round, kind=message.kind, number=max(numbers.values_list("number", flat=True)) + 1
    )
    record_act(message.round.study, "resend_message", by=by, subject=f"panelist {message.panelist.code}", kind=message.kind)
    messages_queued.send(sender=Message, message_ids=[fresh.pk])
    return fresh


def lock_panelist(panelist: Panelist, study_round: Round) -> Panelist:
    """The panelist, locked, so that two windows of one expert save one after the other and nobody saves while withdrawing.

    Raises NotInvited unless the panelist is invited to the round and still takes part.
    """
    found = (
        Panelist.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=panelist.pk, state__in=[PanelistState.INVITED, PanelistState.ACTIVE], invitations__round=study_round)
        .first()
    )
    if found is None:
        raise NotInvited
    return found
