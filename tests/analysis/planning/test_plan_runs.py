"""Plans survive what happens to them: a dead broker, a killed worker, repeated and late tasks. The figures are always the same."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from analysis.management.commands.sweep import sweep
from analysis.models import PlanRun
from analysis.planning.parameters import PlanParameters
from analysis.planning.plan_runs import KEPT, MOST_ATTEMPTS, plans_of, plans_to_run, request_plan
from analysis.planning.plan_worker import run_plan
from analysis.tasks import run_plan as task
from surveys.models import Study
from tests.factories import a_study

pytestmark = pytest.mark.django_db(transaction=True)
SMALL = PlanParameters(experts=(6, 12), runs=200)


@pytest.fixture
def study() -> Study:
    return a_study()


def a_plan(study: Study, **fields: Any) -> PlanRun:
    plan, _new = request_plan(study, SMALL, by=None)
    if fields:
        PlanRun.objects.filter(pk=plan.pk).update(**fields)
    return plan


def test_a_plan_is_worked_out_once(study: Study) -> None:
    plan = a_plan(study)
    assert run_plan(plan.pk) is True
    plan.refresh_from_db()
    assert (plan.state, plan.attempts, plan.steps_done) == ("done", 1, plan.steps_total)
    before = plan.result
    assert run_plan(plan.pk) is True  # a late or repeated message
    plan.refresh_from_db()
    assert (plan.attempts, plan.result) == (1, before)


def test_a_study_has_one_plan_in_the_works(study: Study) -> None:
    first, is_new = request_plan(study, SMALL, by=None)
    second, is_second_new = request_plan(study, PlanParameters(), by=None)
    assert (is_new, is_second_new, second.pk) == (True, False, first.pk)
    run_plan(first.pk)
    assert request_plan(study, SMALL, by=None)[1] is True


def test_without_a_broker_the_sweeper_does_it(study: Study) -> None:
    plan = a_plan(study)
    sweep()
    assert PlanRun.objects.get(pk=plan.pk).state == "done"
    assert plans_to_run() == []


def test_the_task_has_its_name() -> None:
    assert task.name == "analysis.run_plan"
    assert settings.CELERY_BEAT_SCHEDULE["run-waiting-plans"]["task"] == "analysis.sweep_plans"


def test_a_plan_in_another_workers_hands_is_left_alone(study: Study) -> None:
    plan = a_plan(study, state="running", attempts=1, heartbeat_at=timezone.now())
    assert plans_to_run() == []
    assert run_plan(plan.pk) is False
    assert PlanRun.objects.get(pk=plan.pk).attempts == 1


def test_a_silent_workers_plan_is_taken_up_again(study: Study) -> None:
    plan = a_plan(study, state="running", attempts=1, heartbeat_at=timezone.now() - timedelta(minutes=5))
    assert plans_to_run() == [plan.pk]
    assert run_plan(plan.pk) is True
    assert PlanRun.objects.get(pk=plan.pk).attempts == 2


def test_a_plan_that_kills_its_workers_is_given_up(study: Study) -> None:
    plan = a_plan(study, state="running", attempts=MOST_ATTEMPTS, heartbeat_at=timezone.now() - timedelta(minutes=5))
    assert run_plan(plan.pk) is False
    plan.refresh_from_db()
    assert (plan.state, plan.problem) == ("failed", "stopped without a word, several times")
    assert plans_to_run() == []


def test_a_plan_that_fails_rests_and_is_tried_again_and_then_tells(study: Study) -> None:
    plan = a_plan(study, parameters={**SMALL.as_json(), "experts": [-1]})
    for attempt in range(1, MOST_ATTEMPTS + 1):
        with pytest.raises(ValueError, match=r".*"):
            run_plan(plan.pk)
        plan.refresh_from_db()
        assert plan.state == ("queued" if attempt < MOST_ATTEMPTS else "failed")
        assert plans_to_run() == []
    assert plan.problem == "ValueError while planning"


def test_what_a_slow_first_worker_finds_is_not_stored_over_a_second_ones(study: Study) -> None:
    """The first worker wakes after the second has finished: its attempt is not the last one any more."""
    from analysis.planning import plan_worker

    plan = a_plan(study)
    attempt = plan_worker._take(plan.pk)
    PlanRun.objects.filter(pk=plan.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=5))
    assert run_plan(plan.pk) is True
    finished_at = PlanRun.objects.get(pk=plan.pk).finished_at
    assert attempt == 1
    assert plan_worker._work_out(plan.pk, attempt) is False
    assert PlanRun.objects.get(pk=plan.pk).finished_at == finished_at


def test_old_plans_make_room(study: Study) -> None:
    for _time in range(KEPT + 3):
        a_plan(study, state="failed")
    assert len(plans_of(study)) == KEPT


def test_a_killed_worker_leaves_a_plan_that_another_ends_the_same(study: Study) -> None:
    plan = a_plan(study, parameters=PlanParameters(experts=tuple(range(10, 26)), runs=10_000).as_json())
    process = python(f"from analysis.planning.plan_worker import run_plan; run_plan({plan.pk})")
    wait_for(lambda: PlanRun.objects.get(pk=plan.pk).steps_done >= 1)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert PlanRun.objects.get(pk=plan.pk).state == "running"
    PlanRun.objects.filter(pk=plan.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=5))
    sweep()
    interrupted = PlanRun.objects.get(pk=plan.pk)
    assert (interrupted.state, interrupted.attempts) == ("done", 2)
    again, _new = request_plan(study, PlanParameters.from_json(plan.parameters | PlanRun.objects.get(pk=plan.pk).parameters), by=None)
    run_plan(again.pk)
    assert PlanRun.objects.get(pk=again.pk).result == interrupted.result


def python(code: str) -> subprocess.Popen[bytes]:
    """A process of its own on the test's database."""
    database = connection.settings_dict
    url = f"sqlite:///{database['NAME']}" if connection.vendor == "sqlite" else os.environ["DATABASE_URL"].replace(
        f"/{os.environ['DATABASE_URL'].split('?')[0].rsplit('/', 1)[1]}", f"/{database['NAME']}", 1)
    return subprocess.Popen([sys.executable, "-c", f"import django; django.setup()\n{code}"], cwd=settings.BASE_DIR,
                            env={**os.environ, "DJANGO_SETTINGS_MODULE": "deterrence_delphi.settings", "DATABASE_URL": url})


def wait_for(condition: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
