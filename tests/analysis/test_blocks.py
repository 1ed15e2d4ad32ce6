"""Further tables are worked out in blocks, survive what happens to the workers, and are always the same."""

import os
import signal
from datetime import timedelta
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from analysis import blocks
from analysis.aggregation import aggregate_round
from analysis.blocks import analyse_block, analyse_now, blocks_to_do, retry_failed_blocks
from analysis.management.commands.sweep import sweep
from analysis.models import AnalysisBlock, AnalysisRun, ItemTable
from analysis.tasks import send_blocks
from deterrence_delphi.celery import app
from surveys.enums import Role, RoundState
from surveys.models import Round
from surveys.workflow.responses import withdraw
from surveys.workflow.rounds import close_round, open_round, reopen_round
from tests.analysis.test_aggregation_faults import python, wait_for
from tests.factories import a_member, a_study, add_experts, give

pytestmark = pytest.mark.django_db(transaction=True)
ITEMS = 100
BLOCKS = 8  # of 13 components and one of 9; the closing block comes after them


@pytest.fixture
def counted() -> Round:
    items = [{"code": f"q{number}", "kind": "rating", "scale": "five", "text": f"Question {number}"} for number in range(ITEMS)]
    study = a_study(questionnaire=[{"section": "main", "items": items}])
    experts = [panelist.code for panelist in add_experts(study, {"us": 8, "jp": 8, "kr": 8})]
    study_round = open_round(study, 1)
    give(study_round, {code: {f"q{item}": (place * (item + 3)) % 5 + 1 for item in range(ITEMS)} for place, code in enumerate(experts)})
    closed = close_round(study_round.pk)
    aggregate_round(closed.pk, closed.closing)
    closed.refresh_from_db()
    return closed


def tables() -> list[tuple[Any, ...]]:
    return list(ItemTable.objects.order_by("asked_item__position", "name").values_list("asked_item", "name", "content"))


def states() -> list[str]:
    return list(AnalysisBlock.objects.order_by("number").values_list("state", flat=True))


def test_a_round_can_be_decided_on_before_its_further_tables_are_there(counted: Round) -> None:
    assert counted.state == RoundState.AGGREGATED
    assert [number for _run, number in blocks_to_do()] == list(range(BLOCKS))
    assert tables() == []


def test_real_workers_take_the_blocks_and_the_last_of_them_closes(counted: Round) -> None:
    with start_worker(app, perform_ping_check=False, pool="threads", concurrency=2):
        send_blocks()
        wait_for(lambda: states() == ["done"] * (BLOCKS + 1), 60)
    assert {asked for asked, name, _content in tables() if name == "distributions"} == set(counted.asked_items.values_list("pk", flat=True))
    assert blocks_to_do() == []


def test_a_small_study_is_one_task() -> None:
    study = a_study()
    experts = [panelist.code for panelist in add_experts(study, {"us": 8, "jp": 8, "kr": 8})]
    study_round = open_round(study, 1)
    give(study_round, {code: {"grave": place % 5 + 1} for place, code in enumerate(experts)})
    closed = close_round(study_round.pk)
    aggregate_round(closed.pk, closed.closing)
    [(run_id, number)] = blocks_to_do()
    assert analyse_block(run_id, number)
    assert states() == ["done", "done"]


def test_a_block_that_runs_twice_or_late_leaves_the_same_tables(counted: Round) -> None:
    analyse_now(counted)
    first = tables()
    run = AnalysisRun.objects.get()
    for number in (2, 0, BLOCKS, *range(3, BLOCKS), 1):
        assert analyse_block(run.pk, number)
    assert tables() == first
    AnalysisBlock.objects.update(state="queued")
    analyse_now(counted)
    assert tables() == first


def test_a_worker_killed_in_a_block_leaves_nothing_of_it_and_the_sweeper_finishes(counted: Round) -> None:
    slow = "import time, analysis.blocks as b\nreal = b.item_tables\ndef slow(*args):\n    time.sleep(0.05)\n    return real(*args)\nb.item_tables = slow\n"
    run = AnalysisRun.objects.get()
    worker = python(slow + f"b.analyse_block({run.pk}, 0)")
    wait_for(lambda: AnalysisBlock.objects.filter(state="running", items_done__gte=3).exists())
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait(timeout=30)
    assert tables() == []
    assert [number for _run, number in blocks_to_do()] == list(range(1, BLOCKS))  # it may still be alive
    AnalysisBlock.objects.filter(state="running").update(heartbeat_at=timezone.now() - timedelta(minutes=5))
    sweep()
    assert states() == ["done"] * (BLOCKS + 1)


def test_a_flushed_broker_loses_nothing(counted: Round) -> None:
    send_blocks()
    app.control.purge()
    assert tables() == []
    with start_worker(app, perform_ping_check=False, pool="threads", concurrency=1):
        send_blocks()  # what the sweeper does every 15 seconds
        wait_for(lambda: states() == ["done"] * (BLOCKS + 1), 60)


def test_a_block_that_always_dies_ends_visibly_and_can_be_tried_again(client: Client, counted: Round) -> None:
    AnalysisBlock.objects.filter(number=1).update(state="running", attempts=3, heartbeat_at=timezone.now() - timedelta(minutes=5))
    run = AnalysisRun.objects.get()
    assert analyse_block(run.pk, 1) is False
    client.force_login(a_member(counted.study, Role.ORGANIZER))
    page = client.get(reverse("surveys:study", args=[counted.study.slug])).content.decode()
    assert "The further figures could not be worked out" in page
    sweep()
    assert states() == ["done", "failed", *["done"] * (BLOCKS - 2), "queued"]  # nothing is closed over a part that is missing
    client.post(reverse("analysis:recount", args=[counted.study.slug, 1]))
    assert not retry_failed_blocks(counted)
    sweep()
    assert states() == ["done"] * (BLOCKS + 1)


def test_an_error_is_tried_three_times_and_its_text_tells_no_answer(counted: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any) -> list[ItemTable]:
        raise ValueError("the answer was 4")

    monkeypatch.setattr(blocks, "item_tables", broken)
    run = AnalysisRun.objects.get()
    for _attempt in range(3):
        with pytest.raises(ValueError, match="the answer"):
            analyse_block(run.pk, 0)
    block = AnalysisBlock.objects.get(number=0)
    assert (block.state, block.problem) == ("failed", "ValueError while counting")


def test_a_reopened_round_gets_no_tables_of_the_closing_before_unless_that_is_still_shown(counted: Round) -> None:
    run = AnalysisRun.objects.get()
    AnalysisRun.objects.update(is_published=False)
    reopen_round(counted.pk, reason="Somebody was forgotten")
    assert analyse_block(run.pk, 0) is False
    assert blocks_to_do() == []
    assert tables() == []


def test_tables_over_fewer_people_than_the_rows_beside_them_are_not_made(counted: Round) -> None:
    withdraw(counted.study.panelists.get(code="us-1"))
    analyse_now(counted)
    assert tables() == []
    assert set(AnalysisBlock.objects.values_list("state", "problem")) == {("done", blocks.ERASED)}
