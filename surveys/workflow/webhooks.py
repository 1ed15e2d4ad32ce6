"""Telling other programs that a round is closed or counted: never a figure, only that there is something to fetch.

What is to be told is written with the transition itself, and told after its commit. Whoever raises `attempts` does that attempt, nobody
else. An attempt that an answer of 2xx follows is the last one; only a worker that dies between that answer and its note tells the same thing again.
"""

import hashlib
import hmac
import json
import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from surveys.enums import DeliveryState, RoundState, WebhookEvent
from surveys.exceptions import Refused
from surveys.models import Round, Study, Webhook, WebhookDelivery
from surveys.signals import deliveries_queued
from surveys.workflow.locks import lock_study
from surveys.workflow.posting import NotPosted, post
from surveys.workflow.record import record_act

PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6), timedelta(hours=12))
MOST_ATTEMPTS = len(PAUSES) + 1
AT_MOST = 10
STATES = {WebhookEvent.ROUND_CLOSED: RoundState.CLOSED, WebhookEvent.ROUND_AGGREGATED: RoundState.AGGREGATED}


def secret_of(webhook: Webhook) -> str:
    return "whsec_" + salted_hmac("surveys.webhook", webhook.nonce, algorithm="sha256").hexdigest()


@transaction.atomic
def add_webhook(study: Study, url: str, *, by: Any = None) -> Webhook:
    """One that is there already is refused: its secret was given to somebody."""
    lock_study(study.pk)
    if Webhook.objects.filter(study=study, url=url).exists():
        raise Refused(_("This address is told already."))
    if Webhook.objects.filter(study=study).count() >= AT_MOST:
        raise Refused(_("A study tells at most %(count)s addresses. Remove one first.") % {"count": AT_MOST})
    webhook = Webhook.objects.create(study=study, url=url, nonce=secrets.token_hex(16), created_by=by)
    record_act(study, "add_webhook", by=by, host=urlsplit(url).hostname)
    return webhook


@transaction.atomic
def remove_webhook(study: Study, webhook_id: int, *, by: Any = None) -> bool:
    """With what it still was to be told. False when there is no such one."""
    lock_study(study.pk)
    webhook = Webhook.objects.filter(study=study, pk=webhook_id).first()
    if webhook is None:
        return False
    record_act(study, "remove_webhook", by=by, host=urlsplit(webhook.url).hostname)
    webhook.delete()
    return True


def queue_event(study_round: Round, event: WebhookEvent) -> None:
    """Inside the transition's transaction. Once for each closing, however often it is said."""
    webhooks = Webhook.objects.filter(study=study_round.study_id)
    found = [WebhookDelivery(webhook=webhook, event=event, round=study_round, closing=study_round.closing) for webhook in webhooks]
    if found:
        WebhookDelivery.objects.bulk_create(found, ignore_conflicts=True)
        queued = WebhookDelivery.objects.filter(webhook__in=webhooks, event=event, round=study_round, closing=study_round.closing, state=DeliveryState.QUEUED)
        deliveries_queued.send(sender=WebhookDelivery, delivery_ids=list(queued.values_list("pk", flat=True)))


@transaction.atomic
def queue_trial(webhook: Webhook) -> WebhookDelivery:
    """Something to try the address with."""
    delivery = WebhookDelivery.objects.create(webhook=webhook, event=WebhookEvent.TRIAL)
    deliveries_queued.send(sender=WebhookDelivery, delivery_ids=[delivery.pk])
    return delivery


def due_deliveries(limit: int = 200) -> list[int]:
    """What the sweeper hands out: whatever is due and not told yet."""
    due = WebhookDelivery.objects.filter(state=DeliveryState.QUEUED, due_at__lte=timezone.now())
    return list(due.order_by("attempts", "pk").values_list("pk", flat=True)[:limit])


def deliver(delivery_id: int) -> bool:
    """One attempt, if it is due. Returns whether the address took it."""
    now = timezone.now()
    queued = WebhookDelivery.objects.filter(pk=delivery_id, state=DeliveryState.QUEUED, due_at__lte=now)
    delivery = queued.select_related("webhook__study", "round").first()
    if delivery is None:
        return False
    attempts = delivery.attempts + 1
    pause = PAUSES[min(delivery.attempts, len(PAUSES) - 1)]
    if not queued.filter(attempts=delivery.attempts).update(attempts=attempts, due_at=now + pause, tried_at=now):
        return False
    status, problem = _attempt(delivery)
    is_taken = status is not None and 200 <= status < 300
    state = DeliveryState.SENT if is_taken else DeliveryState.FAILED if attempts >= MOST_ATTEMPTS else DeliveryState.QUEUED
    WebhookDelivery.objects.filter(pk=delivery.pk, attempts=attempts).update(state=state, status=status, problem="" if is_taken else problem)
    return is_taken


def _attempt(delivery: WebhookDelivery) -> tuple[int | None, str]:
    body = body_of(delivery)
    try:
        return post(delivery.webhook.url, body, headers_of(delivery, body)), "refused"
    except NotPosted as error:
        return None, str(error)


def body_of(delivery: WebhookDelivery) -> bytes:
    """The same bytes at every attempt."""
    said: dict[str, Any] = {"delivery": delivery.pk, "event": str(delivery.event), "study": delivery.webhook.study.slug,
                            "happened_at": delivery.happened_at.isoformat()}
    if delivery.round is not None:
        said |= {"round": delivery.round.number, "closing": delivery.closing, "state": str(STATES[WebhookEvent(delivery.event)])}
    return json.dumps(said, sort_keys=True).encode()


def headers_of(delivery: WebhookDelivery, body: bytes) -> dict[str, str]:
    """The signature covers the time, so that an old message can't be played again much later."""
    timestamp = str(int(timezone.now().timestamp()))
    return {
        "Content-Type": "application/json", "User-Agent": "deterrence-delphi", "Delphi-Delivery": str(delivery.pk),
        "Delphi-Timestamp": timestamp, "Delphi-Signature": signature(secret_of(delivery.webhook), timestamp, body),
    }


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 of `<timestamp>.<body>`, in hexadecimal."""
    return "sha256=" + hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
