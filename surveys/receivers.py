"""What happens when surveys announces something to itself: hand it to Celery, no logic."""

from typing import Any

from deterrence_delphi.queue import enqueue
from surveys import signals, tasks


def connect() -> None:
    """Called once, when the application is ready."""
    signals.messages_queued.connect(send_queued_messages, dispatch_uid="surveys.send_queued_messages")
    signals.deliveries_queued.connect(tell_webhooks, dispatch_uid="surveys.tell_webhooks")


def send_queued_messages(*, message_ids: list[int], **_: Any) -> None:
    for message_id in message_ids:
        enqueue(tasks.send_message, message_id)


def tell_webhooks(*, delivery_ids: list[int], **_: Any) -> None:
    for delivery_id in delivery_ids:
        enqueue(tasks.deliver_to_webhook, delivery_id)
