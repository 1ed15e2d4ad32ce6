"""Ring the alarm clock: hand a task to Celery once the transaction is committed, and never fail because the broker is down.

The database holds what is to be done; the beat's sweepers find it again. So a message that can't be sent costs seconds, not work.
"""

import logging
from typing import Any

from celery import Task
from django.conf import settings
from django.db import transaction

logger = logging.getLogger(__name__)


def enqueue(task: Task, *args: Any) -> None:
    """Send `task(*args)` to the broker after commit; when there is no broker or it does not answer, leave it to the sweeper."""
    transaction.on_commit(lambda: _send(task, args))


def _send(task: Task, args: tuple[Any, ...]) -> None:
    if not settings.REDIS_URL:
        return
    try:
        task.apply_async(args=args, retry=False)
    except Exception as error:  # kombu raises a different class for each transport; all mean the same here
        logger.warning("broker not reached for %s (%s); the sweeper will take over", task.name, type(error).__name__)
