"""The Celery application. Tasks are found in each app's tasks.py and named explicitly there."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deterrence_delphi.settings")
# Before numpy is there: its threads would only wait for each other over matrices as small as ours, and take the processor from the other processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
app = Celery("deterrence_delphi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
