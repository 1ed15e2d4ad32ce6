"""Celery tasks of surveys: one id in, one call, safe to repeat. The database holds what is to be done."""

from celery import shared_task

from surveys.workflow import messages, retention, rounds, webhooks


@shared_task(name="surveys.send_message")
def send_message(message_id: int) -> None:
    messages.send_message(message_id)


@shared_task(name="surveys.sweep_messages")
def sweep_messages() -> None:
    messages.send_waiting_messages()


@shared_task(name="surveys.close_due_rounds")
def close_due_rounds() -> None:
    rounds.close_due_rounds()


@shared_task(name="surveys.delete_what_is_due")
def delete_what_is_due() -> None:
    retention.delete_what_is_due()


@shared_task(name="surveys.count_studies", ignore_result=False)
def count_studies() -> int:
    """The health page's round trip: a worker that answers has the database too."""
    from surveys.models import Study

    return Study.objects.count()


@shared_task(name="surveys.deliver_to_webhook", soft_time_limit=30)
def deliver_to_webhook(delivery_id: int) -> None:
    """The limit is for addresses that answer a byte at a time; the attempt then counts as one that failed."""
    webhooks.deliver(delivery_id)


@shared_task(name="surveys.sweep_webhooks")
def sweep_webhooks() -> None:
    for delivery_id in webhooks.due_deliveries():
        deliver_to_webhook.apply_async(args=(delivery_id,), retry=False)
