"""Snapshot → further tables, in blocks of items. The only writer of tables.

As with the counting itself the database is the queue: a run's blocks that are not done are the to-do list, and the broker is only its
doorbell. Blocks of items go to whichever worker is free; whoever finishes the last of them does the closing block, which looks at all items
together. (ADR 15: why this is not a chord.) A block done twice, late or after being killed ends in the same rows.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from math import ceil
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from analysis.models import AnalysisBlock, AnalysisRun, ItemTable
from analysis.published import PublishedItem, PublishedRound
from analysis.published_rounds import erased_answers, published_round
from analysis.snapshot import item_key
from analysis.statistics import adjust_p_values
from analysis.tables import TABLES
from analysis.tables.base import Closing, Family, Table, Values, unpacked
from surveys.enums import RoundState
from surveys.models import Round
from surveys.queries import asked_items
from surveys.workflow.locks import lock_round_for_changing

logger = logging.getLogger(__name__)
COMPONENTS_A_BLOCK = 40  # a small study is one block, and so one task
FEWEST_A_BLOCK, SHARED_OUT = 10, 8  # a larger one has so many blocks at least, that two or more workers end at about the same time
MOST_ATTEMPTS = 3
SILENT_FOR = timedelta(seconds=90)
PAUSE_BETWEEN_ATTEMPTS = timedelta(seconds=30)
State = AnalysisRun.State
ERASED = "answers were erased before this was worked out"


def lay_out_blocks(run: AnalysisRun, items: Iterable[Any]) -> None:
    """The run's to-do list: items in the questionnaire's order, and the closing block at the end. Laid out once."""
    items, blocks, room = list(items), list[list[str]](), 0
    most = components_a_block(sum(len(item["components"]) for item in items))
    for item in items:
        size = len(item["components"])
        if size > room:
            blocks.append([])
            room = most
        blocks[-1].append(item["key"])
        room -= size
    numbered = enumerate([*blocks, []] if blocks else [])
    AnalysisBlock.objects.bulk_create([AnalysisBlock(run=run, number=number, item_keys=keys) for number, keys in numbered], ignore_conflicts=True)


def components_a_block(total: int) -> int:
    """Every block reads the whole snapshot, so they are not smaller than needed."""
    shared = COMPONENTS_A_BLOCK if total <= COMPONENTS_A_BLOCK else ceil(total / SHARED_OUT)
    return min(COMPONENTS_A_BLOCK, max(FEWEST_A_BLOCK, shared))


def lay_out_missing_blocks() -> None:
    """For rounds that were counted before there were further tables. (Commands and the sweeper call this; it costs one query when nothing is missing.)"""
    for run in AnalysisRun.objects.filter(is_published=True, state=State.DONE, blocks=None).exclude(results=None).select_related("round"):
        from analysis.published_rounds import data_of

        lay_out_blocks(run, [item for item in data_of(run).meta["items"] if item["components"] and not item["practice"]])


def analyse_block(run_id: int, number: int) -> bool:
    """Work out one block, and the closing block if that was the last. True when the block is done, now or before."""
    block = AnalysisBlock.objects.select_related("run__round").filter(run=run_id, number=number).first()
    if block is None or not is_wanted(block.run):
        return False
    if block.state != State.DONE and not _attempt(block):
        return False
    if not block.is_closing:
        closing = _closing_block_that_waits(block.run)
        if closing is not None:
            analyse_block(run_id, closing.number)
    return True


def is_wanted(run: AnalysisRun) -> bool:
    """Are this run's tables (still) wanted? Not when the round was reopened, unless what it counted is still shown."""
    moved_on = run.closing != run.round.closing or run.round.state == RoundState.OPEN
    return run.state == State.DONE and (run.is_published or not moved_on)


def _closing_block_that_waits(run: AnalysisRun) -> AnalysisBlock | None:
    waiting = list(AnalysisBlock.objects.filter(run=run).exclude(state=State.DONE))
    return waiting[0] if len(waiting) == 1 and waiting[0].is_closing else None


def _attempt(block: AnalysisBlock) -> bool:
    if block.state == State.FAILED or (block.is_closing and _closing_block_that_waits(block.run) is None):
        return False
    if block.attempts >= MOST_ATTEMPTS and not is_alive(block):
        _give_up(block, "stopped without a word, several times")
        return False
    now = timezone.now()
    AnalysisBlock.objects.filter(pk=block.pk).update(
        state=State.RUNNING, started_at=now, heartbeat_at=now, attempts=F("attempts") + 1, items_done=0, problem="")
    try:
        return _work_out(block)
    except Exception as error:
        _remember_failure(block, error)
        raise


def _give_up(block: AnalysisBlock, problem: str) -> None:
    AnalysisBlock.objects.filter(pk=block.pk).update(state=State.FAILED, problem=problem, finished_at=timezone.now())


def _remember_failure(block: AnalysisBlock, error: Exception) -> None:
    """After the last attempt the failure stays visible, with a way to try again; never an answer in its text."""
    block.refresh_from_db()
    state = State.FAILED if block.attempts >= MOST_ATTEMPTS else State.QUEUED
    problem = f"{type(error).__name__} while counting"
    AnalysisBlock.objects.filter(pk=block.pk).exclude(state=State.DONE).update(state=state, problem=problem, finished_at=timezone.now())
    logger.error("block %s of run %s failed: %s", block.number, block.run_id, type(error).__name__)


def _work_out(block: AnalysisBlock) -> bool:
    run = block.run
    published = published_round(run, None if block.is_closing else block.item_keys)
    # Read after the snapshots: tables over fewer people than the rows beside them would tell who is gone.
    if erased_answers(run) != run.erased_before:
        return _store(block, [], problem=ERASED)
    asked_ids = {item_key(asked): asked.pk for asked in asked_items(Round(pk=run.round_id))}
    if block.is_closing:
        correct_p_values(run)
        return _store(block, list(round_tables(run, published)))
    tables: list[ItemTable] = []
    for done, item in enumerate(published.items, start=1):
        tables += item_tables(run.pk, asked_ids[item.key], item)
        AnalysisBlock.objects.filter(pk=block.pk).update(items_done=done, heartbeat_at=timezone.now())
    return _store(block, tables)


def item_tables(run_id: int, asked_item_id: int, item: PublishedItem) -> Iterator[ItemTable]:
    """Every table's rows of one item, unsaved; tables without any are left out."""
    for table in TABLES:
        if table.of_item is not None:
            content = table.packed(table.of_item(item))
            if content["rows"]:
                yield ItemTable(run_id=run_id, asked_item_id=asked_item_id, name=table.name, content=content)


def correct_p_values(run: AnalysisRun) -> None:
    """Correct the item tables' p values over all items, one table at a time. Safe to repeat: what is corrected stays beside what is not."""
    for table in TABLES:
        if table.families:
            stored = ItemTable.objects.filter(run=run, name=table.name).exclude(asked_item=None).order_by("asked_item__position")
            for found in corrected(table, stored):
                found.save(update_fields=["content"])


def corrected(table: Table, stored: QuerySet[ItemTable]) -> Iterator[ItemTable]:
    """The tables with corrected p values, unsaved: read once for the p values, and once more to write what rests on all of them."""
    adjusted = [_adjusted(family, (row for found in stored.iterator(20) for row in unpacked(found.content))) for family in table.families]
    for found in stored.iterator(20):
        rows = list(unpacked(found.content))
        for family, values in zip(table.families, adjusted, strict=True):
            for row in rows:
                if family.take(row) is not None:
                    family.put(row, next(values))
        if table.beside is not None:
            table.beside.put(rows, _stored_rows(found, table.beside.name))
        found.content = table.packed(rows)
        yield found


def _stored_rows(beside: ItemTable, name: str) -> list[Values]:
    found = ItemTable.objects.filter(run=beside.run_id, asked_item=beside.asked_item_id, name=name).first()
    return [] if found is None else list(unpacked(found.content))


def _adjusted(family: Family, rows: Iterable[Values]) -> Iterator[float]:
    """The corrected p values, in the order of the rows that are in a family."""
    taken = [found for found in map(family.take, rows) if found is not None]
    by_name: dict[str, list[float | None]] = defaultdict(list)
    for name, p in taken:
        by_name[name].append(p)
    values = {name: iter(adjust_p_values(p, family.method)) for name, p in by_name.items()}
    return iter([next(values[name]) or 0.0 for name, _p in taken])


def round_tables(run: AnalysisRun, published: PublishedRound) -> Iterator[ItemTable]:
    """Every table's rows about all items together, unsaved."""
    codes = {asked.pk: (asked.item_version.item.code, asked.item_version.item.kind) for asked in asked_items(Round(pk=run.round_id))}

    def item_rows(name: str) -> Iterator[Values]:
        stored = ItemTable.objects.filter(run=run, name=name).exclude(asked_item=None).order_by("asked_item__position")
        for found in stored.iterator(20):
            code, kind = codes[found.asked_item_id or 0]
            yield from ({**row, "item": code, "kind": kind} for row in unpacked(found.content))

    for table in TABLES:
        if table.of_round is not None:
            content = table.packed(table.of_round(Closing(published, item_rows)))
            if content["rows"]:
                yield ItemTable(run=run, asked_item=None, name=table.name, content=content)


@transaction.atomic
def _store(block: AnalysisBlock, tables: list[ItemTable], problem: str = "") -> bool:
    """Write a block's tables, all or none, unless the round has moved on or another worker was faster."""
    lock_round_for_changing(block.run.round_id)
    stored = AnalysisBlock.objects.select_for_update().get(pk=block.pk)
    run = AnalysisRun.objects.select_related("round").get(pk=block.run_id)
    if stored.state == State.DONE:
        return True
    if not is_wanted(run):
        return False
    _replace(run, stored, tables)
    now = timezone.now()
    AnalysisBlock.objects.filter(pk=block.pk).update(state=State.DONE, finished_at=now, items_done=len(stored.item_keys), problem=problem)
    return True


def _replace(run: AnalysisRun, block: AnalysisBlock, tables: list[ItemTable]) -> None:
    present = ItemTable.objects.filter(run=run)
    if block.is_closing:
        present.filter(asked_item=None).delete()
    else:
        keys = set(block.item_keys)
        present.filter(asked_item__in=[asked.pk for asked in asked_items(run.round) if item_key(asked) in keys]).delete()
    ItemTable.objects.bulk_create(tables, batch_size=200)


def blocks_to_do(round_id: int | None = None) -> list[tuple[int, int]]:
    """The to-do list as (run, block): waiting blocks of runs that are wanted; a closing block when it alone is left."""
    blocks = AnalysisBlock.objects.exclude(state__in=[State.DONE, State.FAILED]).filter(run__state=State.DONE).select_related("run__round")
    waiting = [block for block in (blocks if round_id is None else blocks.filter(run__round=round_id)) if is_wanted(block.run)]
    with_items = {block.run_id for block in waiting if not block.is_closing}
    return [(block.run_id, block.number) for block in waiting if _is_waiting(block) and not (block.is_closing and block.run_id in with_items)]


def _is_waiting(block: AnalysisBlock) -> bool:
    if block.state == State.RUNNING:
        return not is_alive(block)
    return block.finished_at is None or block.finished_at < timezone.now() - PAUSE_BETWEEN_ATTEMPTS


def is_alive(block: AnalysisBlock) -> bool:
    """Did a worker give a sign of life lately?"""
    return block.state == State.RUNNING and block.heartbeat_at is not None and block.heartbeat_at >= timezone.now() - SILENT_FOR


def retry_failed_blocks(study_round: Round) -> bool:
    """An organizer's button: put failed blocks of the round back on the list."""
    failed = AnalysisBlock.objects.filter(run__round=study_round, state=State.FAILED)
    return bool(failed.update(state=State.QUEUED, attempts=0, finished_at=None, problem=""))


def analyse_now(study_round: Round) -> None:
    """Every block of the round's wanted runs that is not done, in this process; also what was given up before."""
    lay_out_missing_blocks()
    retry_failed_blocks(study_round)
    unfinished = AnalysisBlock.objects.filter(run__round=study_round).exclude(state=State.DONE).order_by("run", "number")
    for run_id, number in list(unfinished.values_list("run_id", "number")):
        analyse_block(run_id, number)
