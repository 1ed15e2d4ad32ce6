"""Whatever happens to a real worker of several processes and to its broker, a round ends in the same rows and the same further tables.

The worker is the one that is deployed (`celery worker`, prefork), on the test's own database and broker. Each test disturbs the second of two
rounds, with people who left and joined, and compares the end with what the same answers give undisturbed, in one process and one block.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from analysis import tasks
from analysis.blocks import analyse_now, blocks_to_do
from analysis.models import AnalysisBlock, AnalysisRun, ItemResult, ItemTable
from surveys.enums import RoundState
from surveys.models import Round
from surveys.workflow.rounds import close_round, open_round, reopen_round
from tests.analysis.test_aggregation_faults import environment_of, python, wait_for
from tests.factories import a_study, add_experts, count, give, run_round

pytestmark = pytest.mark.django_db(transaction=True)
ITEMS = 12  # in blocks of 4 (held_worker.py) and the closing one; undisturbed it is one block
EXPERTS = {"us": 8, "jp": 8, "kr": 8}
Outcome = tuple[list[Any], list[Any]]


def opened_again() -> Round:
    """A second round whose answers are in: some changed, two experts left, two joined."""
    items = [{"code": f"q{number}", "kind": "rating", "scale": "five", "text": f"Question {number}"} for number in range(ITEMS)]
    study = a_study(questionnaire=[{"section": "main", "items": items}])
    experts = [panelist.code for panelist in add_experts(study, EXPERTS)]
    with override_settings(REDIS_URL=""):  # the worker is not told of the first round, which is counted here and whose tables nobody looks at
        run_round(study, 1, {code: answers(place, 1) for place, code in enumerate(experts) if place not in (3, 11)})
    AnalysisBlock.objects.update(state="done")
    second = open_round(study, 2)
    give(second, {code: answers(place, 2) for place, code in enumerate(experts) if place not in (5, 21)})
    return second


def answers(place: int, number: int) -> dict[str, int]:
    return {f"q{item}": (place * (item + 3) + (number - 1) * ((place + item) % 3 == 0)) % 5 + 1 for item in range(ITEMS)}


def outcome() -> Outcome:
    """All that the second round's published run holds: rows and further tables."""
    run = AnalysisRun.objects.get(round__number=2, is_published=True)
    fields = ("component", "group_type", "group", "suppressed", "pairs_suppressed", "figures")
    rows = ItemResult.objects.filter(run=run).order_by("asked_item__position", "component_position", "group_position")
    tables = ItemTable.objects.filter(run=run).order_by("asked_item__position", "name")
    return list(rows.values_list("asked_item__position", *fields)), list(tables.values_list("asked_item__position", "name", "content"))


@pytest.fixture(scope="module")
def undisturbed(django_db_setup: None, django_db_blocker: Any) -> Outcome:
    with django_db_blocker.unblock():
        analyse_now(count(opened_again()))
        found = outcome()
        call_command("flush", interactive=False, verbosity=0)
    rows, tables = found
    assert len(rows) == ITEMS * 5
    assert {"distributions", "convergence", "gaps"} <= {name for _position, name, _content in tables}
    return found


@pytest.fixture
def second(undisturbed: Outcome) -> Round:
    broker().flushdb()
    return opened_again()


def broker() -> redis.Redis:
    address, _question, number = settings.CELERY_BROKER_URL.removeprefix("redis+socket://").partition("?virtual_host=")
    return redis.Redis(unix_socket_path=address, db=int(number))


class Worker:
    """`celery worker` as it is deployed, with two processes, and a folder by which it is held (tests/analysis/held_worker.py)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        options = ["--pool", "prefork", "--concurrency", "2", "--queues", "celery,background", "--loglevel", "critical",
                   "--without-gossip", "--without-mingle", "--without-heartbeat", "--include", "tests.analysis.held_worker"]
        return subprocess.Popen([sys.executable, "-m", "celery", "-A", "deterrence_delphi", "worker", *options], cwd=settings.BASE_DIR,
                                env={**environment_of(), "DELPHI_TEST_HOLD": os.fspath(self.folder)}, start_new_session=True)

    def be_there(self) -> None:
        if self.process.poll() is not None:
            self.process = self.start()

    def hold(self, place: str) -> None:
        self.release(place)
        (self.folder / place).touch()

    def is_held_at(self, place: str) -> bool:
        return any(self.folder.glob(f"{place}-*"))

    def held_at(self, place: str) -> int:
        """The number of the process that is held there."""
        wait_for(lambda: self.is_held_at(place))
        return int(next(self.folder.glob(f"{place}-*")).name.rpartition("-")[2])

    def release(self, place: str) -> None:
        for file in self.folder.glob(f"{place}*"):
            file.unlink()

    def kill(self) -> None:
        """All its processes at once, as when the machine loses its power."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=30)
        for place in ("counting", "tables"):
            self.release(place)


@pytest.fixture(scope="module")
def one_worker(undisturbed: Outcome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    """One for all tests: most of its time is its start."""
    found = Worker(tmp_path_factory.mktemp("hold"))
    yield found
    found.kill()


@pytest.fixture
def worker(second: Round, one_worker: Worker) -> Iterator[Worker]:
    """At rest again before the database is emptied."""
    one_worker.be_there()
    yield one_worker
    try:
        wait_for(nothing_is_on_its_way)
    except AssertionError:
        one_worker.kill()  # so that one test's trouble is not the next one's
        raise


def nothing_is_on_its_way() -> bool:
    return not broker().exists("celery", "background", "unacked")


def all_is_done() -> bool:
    """Every block of every run that is wanted, the closing ones too."""
    states = set(AnalysisBlock.objects.filter(run__round__number=2, run__is_published=True).values_list("state", flat=True))
    return states == {"done"} and Round.objects.get(number=2).state == RoundState.AGGREGATED


def the_dead_have_been_silent_for_long() -> None:
    """Two minutes and more pass: a test does not wait for them."""
    long_ago = timezone.now() - timedelta(minutes=5)
    AnalysisRun.objects.filter(state="running").update(heartbeat_at=long_ago)
    AnalysisBlock.objects.filter(state="running").update(heartbeat_at=long_ago)


def beat() -> None:
    """What the beat sends every 15 seconds."""
    tasks.sweep_closed_rounds.delay()
    tasks.sweep_blocks.delay()


def beat_until(condition: Callable[[], bool]) -> None:
    """With the clock's sweeps going on: a single message may go to a connection that has just died."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        beat()
        pause = time.monotonic() + 3
        while not condition() and time.monotonic() < pause:
            time.sleep(0.05)


def test_a_killed_process_of_the_worker_is_replaced_and_its_task_runs_again(second: Round, worker: Worker, undisturbed: Outcome) -> None:
    """Nobody sweeps here: the broker itself gives out again what a killed process had not finished."""
    worker.hold("counting")
    worker.hold("tables")
    close_round(second.pk)
    os.kill(worker.held_at("counting"), signal.SIGKILL)
    killed_later = worker.held_at("tables")
    assert ItemTable.objects.filter(run__round=second).count() == 0
    os.kill(killed_later, signal.SIGKILL)
    wait_for(all_is_done, 60)
    assert AnalysisRun.objects.get(round=second).attempts == 2
    assert AnalysisBlock.objects.get(run__round=second, number=1).attempts == 2
    assert outcome() == undisturbed


def test_with_the_broker_down_at_closing_rows_and_tables_come_when_it_is_back(second: Round, worker: Worker, undisturbed: Outcome) -> None:
    code = f"from surveys.workflow.rounds import close_round; close_round({second.pk})"
    assert python(code, REDIS_URL="redis+socket:///nowhere/valkey.sock").wait(timeout=60) == 0
    assert Round.objects.get(pk=second.pk).state == RoundState.CLOSED
    assert broker().llen("celery") == 0
    beat_until(all_is_done)
    assert outcome() == undisturbed


def test_tasks_that_come_several_times_at_once_do_their_work_once(second: Round, worker: Worker, undisturbed: Outcome) -> None:
    worker.hold("counting")
    closed = close_round(second.pk)
    worker.held_at("counting")  # one is in the middle of it while the others come
    for _time in range(3):
        tasks.aggregate_round.delay(closed.pk, closed.closing)
    wait_for(lambda: Round.objects.get(pk=second.pk).state == RoundState.AGGREGATED)
    worker.release("counting")
    for run_id, number in blocks_to_do(closed.pk) * 3:
        tasks.analyse_block.delay(run_id, number)
    wait_for(all_is_done, 60)
    wait_for(nothing_is_on_its_way)  # the last of them has come and gone
    assert outcome() == undisturbed


def test_a_task_that_is_late_does_not_write_over_what_was_counted_after_a_reopening(second: Round, worker: Worker, undisturbed: Outcome) -> None:
    give(second, {"us-1": {**answers(0, 2), "q7": 5}})
    worker.hold("counting")
    late = close_round(second.pk)
    worker.held_at("counting")
    reopen_round(second.pk, reason="One answer was entered wrongly")
    give(Round.objects.get(pk=second.pk), {"us-1": answers(0, 2)})
    closed = close_round(second.pk)
    wait_for(all_is_done, 60)
    worker.release("counting")
    tasks.aggregate_round.delay(late.pk, late.closing)
    wait_for(nothing_is_on_its_way)
    assert closed.closing == late.closing + 1
    assert outcome() == undisturbed
    assert not ItemResult.objects.filter(run__round=second, run__closing=late.closing).exists()


def test_a_worker_that_is_killed_as_a_whole_is_followed_by_another(second: Round, worker: Worker, undisturbed: Outcome) -> None:
    """The broker keeps its message back for an hour: what is silent for long is found in the database, by the beat."""
    worker.hold("counting")
    close_round(second.pk)
    worker.held_at("counting")
    worker.kill()
    assert not ItemResult.objects.filter(run__round=second).exists()
    worker.hold("tables")
    worker.be_there()
    the_dead_have_been_silent_for_long()
    beat_until(lambda: worker.is_held_at("tables"))
    worker.kill()
    assert Round.objects.get(pk=second.pk).state == RoundState.AGGREGATED
    worker.be_there()
    the_dead_have_been_silent_for_long()
    beat_until(all_is_done)
    assert outcome() == undisturbed
    broker().delete("unacked", "unacked_index")  # what the two took with them


def test_a_flushed_broker_loses_only_time(second: Round, worker: Worker, undisturbed: Outcome) -> None:
    """Emptied between closing and counting, and again under the worker that is at work."""
    worker.kill()
    close_round(second.pk)
    assert broker().llen("celery") == 1
    broker().flushdb()
    worker.hold("counting")
    worker.be_there()
    beat_until(lambda: worker.is_held_at("counting"))
    broker().flushdb()
    os.kill(worker.held_at("counting"), signal.SIGKILL)  # the broker no longer knows of its task
    the_dead_have_been_silent_for_long()
    beat_until(all_is_done)
    assert outcome() == undisturbed
