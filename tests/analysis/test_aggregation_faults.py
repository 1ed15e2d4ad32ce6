"""Counting survives what happens to it: a dead broker, a killed worker, repeated and late tasks. The rows are always the same."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from django.conf import settings
from django.db import connection
from django.utils import timezone

from analysis.aggregation import aggregate_round, retry_failed, rounds_to_count
from analysis.management.commands.sweep import sweep
from analysis.models import AnalysisRun, ItemResult
from deterrence_delphi.celery import app
from surveys.enums import RoundState
from surveys.models import Round
from surveys.workflow.rounds import close_round, open_round
from tests.factories import a_study, add_experts, by_panel, give

pytestmark = pytest.mark.django_db(transaction=True)
SETUP = "import django; django.setup()\n"


@pytest.fixture
def open_one() -> Round:
    items = [{"code": f"q{number}", "kind": "rating", "scale": "five", "text": f"Question {number}"} for number in range(40)]
    study = a_study(questionnaire=[{"section": "main", "items": items}])
    add_experts(study, {"us": 8, "jp": 8, "kr": 8})
    study_round = open_round(study, 1)
    answers = by_panel("q0", {"us": [1, 2, 3, 4, 5, 3, 3, 2], "jp": [3] * 7 + [4], "kr": [2, 3] * 4})
    for number, given in enumerate(answers.values()):
        given.update({f"q{item}": (number * item) % 5 + 1 for item in range(1, 40)})
    give(study_round, answers)
    return study_round


def rows() -> list[tuple[Any, ...]]:
    return list(ItemResult.objects.order_by("asked_item", "group_position").values_list("asked_item", "group_type", "group", "suppressed", "figures"))


def python(code: str, **environment: str) -> subprocess.Popen[bytes]:
    """A process of its own on the test's database."""
    return subprocess.Popen([sys.executable, "-c", SETUP + code], cwd=settings.BASE_DIR, env={**environment_of(), **environment})


def environment_of() -> dict[str, str]:
    """With it a process works on the test's database."""
    database = connection.settings_dict
    url = f"sqlite:///{database['NAME']}" if connection.vendor == "sqlite" else os.environ["DATABASE_URL"].replace(
        f"/{os.environ['DATABASE_URL'].split('?')[0].rsplit('/', 1)[1]}", f"/{database['NAME']}", 1)
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "deterrence_delphi.settings", "DATABASE_URL": url}


def wait_for(condition: Any, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_a_real_worker_counts_a_closed_round(open_one: Round) -> None:
    with start_worker(app, perform_ping_check=False, pool="threads", concurrency=1):
        close_round(open_one.pk)
        wait_for(lambda: Round.objects.get(pk=open_one.pk).state == RoundState.AGGREGATED)
    assert len(rows()) == 40 * 5


def test_with_the_broker_down_the_round_closes_at_once_and_the_sweeper_counts_it_later(open_one: Round) -> None:
    code = f"import time; from surveys.workflow.rounds import close_round; t = time.monotonic(); close_round({open_one.pk}); assert time.monotonic() - t < 15"
    assert python(code, REDIS_URL="redis+socket:///nowhere/valkey.sock").wait(timeout=60) == 0
    assert Round.objects.get(pk=open_one.pk).state == RoundState.CLOSED
    sweep()
    assert Round.objects.get(pk=open_one.pk).state == RoundState.AGGREGATED


def test_a_task_that_runs_twice_or_late_leaves_the_same_rows(open_one: Round) -> None:
    closed = close_round(open_one.pk)
    assert aggregate_round(closed.pk, closed.closing)
    first = rows()
    assert aggregate_round(closed.pk, closed.closing)
    assert rows() == first
    assert aggregate_round(closed.pk, closed.closing + 1) is False
    assert rows() == first


def test_a_worker_killed_half_way_leaves_nothing_half_written_and_the_sweeper_finishes(open_one: Round) -> None:
    closed = close_round(open_one.pk)
    slow = (
        "import time, analysis.aggregation as a\nreal = a.item_results\n"
        "def slow(*args):\n    time.sleep(0.05)\n    return real(*args)\na.item_results = slow\n"
    )
    worker = python(slow + f"a.aggregate_round({closed.pk}, {closed.closing})")
    wait_for(lambda: AnalysisRun.objects.filter(state="running", items_done__gte=5).exists())
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait(timeout=30)
    assert rows() == []
    assert rounds_to_count() == []  # it may still be alive
    AnalysisRun.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=5))
    assert rounds_to_count() == [(closed.pk, closed.closing)]
    sweep()
    assert len(rows()) == 40 * 5
    assert Round.objects.get(pk=closed.pk).state == RoundState.AGGREGATED


def test_many_at_once_are_not_taken_for_many_deaths(open_one: Round) -> None:
    closed = close_round(open_one.pk)
    AnalysisRun.objects.create(round=closed, closing=closed.closing, state="running", attempts=3, heartbeat_at=timezone.now())
    assert aggregate_round(closed.pk, closed.closing)
    assert AnalysisRun.objects.get().state == "done"


def test_a_job_that_always_dies_ends_visibly_and_can_be_tried_again(open_one: Round) -> None:
    closed = close_round(open_one.pk)
    AnalysisRun.objects.create(round=closed, closing=closed.closing, state="running", attempts=3, heartbeat_at=timezone.now() - timedelta(minutes=5))
    assert aggregate_round(closed.pk, closed.closing) is False
    run = AnalysisRun.objects.get()
    assert (run.state, run.problem) == ("failed", "stopped without a word, several times")
    assert rounds_to_count() == []
    assert retry_failed(closed)
    assert aggregate_round(closed.pk, closed.closing)
