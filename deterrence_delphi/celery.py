"""The Celery application. Tasks are found in each app's tasks.py and named explicitly there."""

import os
from typing import Any

from celery import Celery
from celery.signals import celeryd_after_setup

from deterrence_delphi.niceness import make_way

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deterrence_delphi.settings")
# Before numpy is there: its threads would only wait for each other over matrices as small as ours, and take the processor from the other processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
app = Celery("deterrence_delphi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_after_setup.connect
def make_way_for_those_who_wait(instance: Any, **_more: Any) -> None:
    """Before a worker has children."""
    make_way(frozenset(instance.app.amqp.queues.consume_from))
