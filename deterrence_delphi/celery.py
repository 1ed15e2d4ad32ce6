"""The Celery application. Tasks are found in each app's tasks.py and named explicitly there."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deterrence_delphi.settings")
app = Celery("deterrence_delphi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
