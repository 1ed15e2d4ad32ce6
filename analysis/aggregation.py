"""Snapshot → statistics → result rows. The only writer of results.

The database is the queue: a closed round without a finished run of its closing is the to-do list. Counting twice, late, or after
being killed half way ends in the same rows, for they are written in one transaction that is fenced by the closing's version.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from analysis.blocks import lay_out_blocks
from analysis.loading import load
from analysis.models import AnalysisRun, ItemResult, Snapshot
from analysis.publication import publish, published_run
from analysis.published_rounds import erased_answers
from analysis.rows import Before, ComponentRows, Names, Row, with_outcome
from analysis.snapshot import RoundData, freeze_round, item_key, unpack
from analysis.whole import WholeRows
from surveys.enums import RoundState
from surveys.models import Round
from surveys.queries import asked_items
from surveys.workflow.feedback import replace_feedback
from surveys.workflow.locks import lock_round_for_changing
from surveys.workflow.rounds import mark_aggregated

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 3
SILENT_FOR = timedelta(seconds=90)  # a worker without a sign of life for so long is taken for dead
PAUSE_BETWEEN_ATTEMPTS = timedelta(seconds=30)
State = AnalysisRun.State


def aggregate_round(round_id: int, closing: int) -> bool:
    """Count a closing. Returns True when its results are stored, now or before; False when the round has moved on."""
    run, _created = AnalysisRun.objects.get_or_create(round_id=round_id, closing=closing)
    if run.state == State.DONE:
        return mark_aggregated(round_id, closing) or Round.objects.filter(pk=round_id, closing=closing).exists()
    if run.state == State.FAILED or not Round.objects.filter(pk=round_id, closing=closing, state=RoundState.CLOSED).exists():
        return False
    if run.attempts >= MOST_ATTEMPTS and not _is_alive(run):
        AnalysisRun.objects.filter(pk=run.pk).update(state=State.FAILED, problem="stopped without a word, several times", finished_at=timezone.now())
        return False
    AnalysisRun.objects.filter(pk=run.pk).update(
        state=State.RUNNING, started_at=timezone.now(), heartbeat_at=timezone.now(), attempts=F("attempts") + 1, items_done=0, problem=""
    )
    try:
        return _count(run.pk, round_id, closing)
    except Exception as error:
        _remember_failure(run.pk, error)
        raise


def _remember_failure(run_id: int, error: Exception) -> None:
    """After the last attempt the failure stays visible, with a way to try again; never an answer in its text."""
    run = AnalysisRun.objects.get(pk=run_id)
    run.state = State.FAILED if run.attempts >= MOST_ATTEMPTS else State.QUEUED
    run.problem = f"{type(error).__name__} while counting"
    run.finished_at = timezone.now()
    run.save(update_fields=["state", "problem", "finished_at"])
    logger.error("counting of round %s closing %s failed: %s", run.round_id, run.closing, type(error).__name__)


def _count(run_id: int, round_id: int, closing: int) -> bool:
    run = AnalysisRun.objects.select_related("round").get(pk=run_id)
    AnalysisRun.objects.filter(pk=run_id).update(erased_before=erased_answers(run))  # read before the snapshots: rather too few than too many
    snapshot = freeze_round(round_id, closing)
    if snapshot is None:
        return False
    data = unpack(snapshot.content)
    comparisons = comparisons_of(Round.objects.get(pk=round_id), data)
    items = [item for item in data.meta["items"] if item["components"] and not item["practice"]]
    asked_ids = {item_key(asked): asked.pk for asked in asked_items(Round(pk=round_id))}
    AnalysisRun.objects.filter(pk=run_id).update(items_total=len(items))
    results: list[ItemResult] = []
    for done, item in enumerate(items, start=1):
        results += item_results(run_id, asked_ids[item["key"]], data, item, comparisons.get(item["key"]))
        if done % 5 == 0 or done == len(items):
            AnalysisRun.objects.filter(pk=run_id).update(items_done=done, heartbeat_at=timezone.now())
    return _store(run_id, round_id, closing, snapshot, results, items)


def item_results(run_id: int, asked_item_id: int, data: RoundData, item: Mapping[str, Any], before: Before | None) -> list[ItemResult]:
    """The rows of one item, unsaved."""
    compared = compared_with(before)
    return [
        _result((run_id, asked_item_id), component, position, place, with_outcome(row), compared)
        for position, (component, rows) in enumerate(rows_of_item(data, item, before)) for place, row in enumerate(rows)
    ]


def rows_of_item(data: RoundData, item: Mapping[str, Any], before: Before | None) -> list[tuple[Mapping[str, Any], list[Row]]]:
    """Each component with its rows; before them the whole answer's, for kinds that are judged as a whole.

    Ranks and points add up to a constant, so there a group is shown only where every component may be.
    """
    parts = [ComponentRows(data, item, component, before) for component in item["components"]]
    shown, pairs_shown = groups_shown(data, item, parts), [part.pairs_shown() for part in parts]
    if item["together"]:
        pairs_shown = [frozenset.intersection(*pairs_shown)] * len(parts)
    rows = [part.rows(names, paired) for part, names, paired in zip(parts, shown, pairs_shown, strict=True)]
    found: list[tuple[Mapping[str, Any], list[Row]]] = list(zip(item["components"], rows, strict=True))
    if item["whole_level"]:
        found.insert(0, ({"code": "", "level": item["whole_level"]}, WholeRows(parts, rows).rows(shown[0], pairs_shown[0])))
    return found


def groups_shown(data: RoundData, item: Mapping[str, Any], parts: Sequence[ComponentRows]) -> list[Names]:
    """For each component the groups whose rows may be shown.

    How many were asked an item that waits for an answer tells how many gave that answer: so its row is shown only where
    the row of what it waits for may be. (ADR 11)
    """
    shown = [part.shown() for part in parts]
    if item["together"] or uses_up_all_ticks(data, item, parts, shown):
        shown = [frozenset.intersection(*shown)] * len(parts)
    condition = item["shown_if"]
    source = next((other for other in data.meta["items"] if condition and other["code"] == condition["item"]), None)
    if source is None:
        return shown
    decisive = [component for component in source["components"] if source["together"] or component["code"] == condition["component"]]
    waited_for = groups_shown(data, source, [ComponentRows(data, source, component, None) for component in decisive])
    return [frozenset.intersection(names, *waited_for) for names in shown]


def uses_up_all_ticks(data: RoundData, item: Mapping[str, Any], parts: Sequence[ComponentRows], shown: Sequence[Names]) -> bool:
    """Do a group's shown options have all the ticks that its experts may give? Then nobody ticked one that is hidden there. (ADR 11)"""
    most = item.get("at_most")
    if not most:
        return False
    for group in data.groups:
        present = data.members[group.kind, group.code] & parts[0].has_after
        visible = [part.after[present] for part, names in zip(parts, shown, strict=True) if (group.kind, group.code) in names]
        if present.any() and 0 < len(visible) < len(parts) and np.sum(visible) == most * present.sum():
            return True
    return False


def _result(ids: tuple[int, int], component: Mapping[str, Any], position: int, place: int, row: Row, compared: Mapping[str, int]) -> ItemResult:
    return ItemResult(
        run_id=ids[0], asked_item_id=ids[1], component=component["code"], component_position=position,
        level=component["level"], group_type=row.group.kind, group=row.group.code, group_position=place,
        suppressed=row.suppressed, pairs_suppressed=row.pairs_suppressed, figures={**row.figures, **compared},
    )


def compared_with(before: Before | None) -> dict[str, int]:
    """Which round, and which version of the item, the figures between rounds look back to; empty where there is none."""
    if before is None:
        return {}
    return {"previous_round": before.data.meta["round"], "previous_version": int(before.key.rpartition("/")[2])}


@transaction.atomic
def _store(run_id: int, round_id: int, closing: int, snapshot: Snapshot, results: list[ItemResult], items: Sequence[Mapping[str, Any]]) -> bool:
    """Write the rows of a run, all or none, unless the round has moved on or another worker was faster."""
    study_round = lock_round_for_changing(round_id)
    run = AnalysisRun.objects.select_for_update().get(pk=run_id)
    if run.state == State.DONE:
        return True
    if study_round.closing != closing or study_round.state != RoundState.CLOSED:
        return False
    ItemResult.objects.filter(run=run).delete()
    load(ItemResult, results)
    run.state, run.finished_at, run.snapshot_sha256 = State.DONE, timezone.now(), snapshot.sha256
    run.items_done = run.items_total
    run.save(update_fields=["state", "finished_at", "snapshot_sha256", "items_done"])
    lay_out_blocks(run, items)
    if publish(run):
        replace_feedback(round_id, closing, feedback_figures(results), outcomes_over_everybody(results))
    mark_aggregated(round_id, closing)
    return True


SHOWN_TO_EXPERTS = ("n", "n_cannot_judge", "median", "q1", "q3", "mean", "histogram", "modal", "modal_share", "rule_value")


def feedback_figures(results: list[ItemResult]) -> dict[int, dict[str, Any]]:
    """Asked item id → what experts may see: the published figures of everybody and of each panel, by component."""
    found: dict[int, dict[str, Any]] = {}
    for result in results:
        components = found.setdefault(result.asked_item_id, {"components": {}})["components"]
        groups = components.setdefault(result.component, {})
        if result.suppressed or result.group_type not in ("all", "panel"):
            continue
        groups[f"{result.group_type}/{result.group}"] = {name: result.figures.get(name) for name in SHOWN_TO_EXPERTS}
    return found


def outcomes_over_everybody(results: list[ItemResult]) -> dict[int, dict[str, str]]:
    """Asked item id → component → its published outcome: what is proposed for the next round rests on it."""
    found: dict[int, dict[str, str]] = {}
    for result in results:
        if result.group_type == "all":
            outcome = "protected" if result.suppressed else result.figures.get("outcome") or "not_assessed"
            found.setdefault(result.asked_item_id, {})[result.component] = outcome
    return found


def comparisons_of(study_round: Round, data: RoundData) -> dict[str, Before]:
    """Item key → the latest earlier counted round that asked it or an equivalent version, with its published figures."""
    found: dict[str, Before] = {}
    lines = {item["key"]: item["line"] for item in data.meta["items"]}
    for earlier in Round.objects.filter(study=study_round.study_id, number__lt=study_round.number).order_by("-number"):
        run = published_run(earlier)
        missing = lines.keys() - found.keys()
        if run is None or not missing:
            continue
        snapshot = Snapshot.objects.get(round=earlier, closing=run.closing)
        earlier_data, published = unpack(snapshot.content), _published_figures(run)
        earlier_keys = {item["line"]: item["key"] for item in earlier_data.meta["items"]}
        found.update({key: Before(earlier_data, published, earlier_keys[lines[key]]) for key in missing if lines[key] in earlier_keys})
    return found


def _published_figures(run: AnalysisRun) -> Any:
    rows = ItemResult.objects.filter(run=run, suppressed=False).select_related("asked_item__item_version__item")
    figures = {(item_key(row.asked_item), row.component, row.group_type, row.group): row.figures for row in rows}

    def look_up(key: str, component: str, group_type: str, group: str) -> Mapping[str, Any] | None:
        return figures.get((key, component, group_type, group))

    return look_up


def rounds_to_count() -> list[tuple[int, int]]:
    """The to-do list: closed rounds whose closing has no finished run, is not being counted, and has not failed for good."""
    waiting = []
    for study_round in Round.objects.filter(state=RoundState.CLOSED):
        run = AnalysisRun.objects.filter(round=study_round, closing=study_round.closing).first()
        if run is None or _is_waiting(run):
            waiting.append((study_round.pk, study_round.closing))
    return waiting


def _is_waiting(run: AnalysisRun) -> bool:
    now = timezone.now()
    if run.state == State.RUNNING:
        return not _is_alive(run)
    if run.state == State.QUEUED:
        return run.finished_at is None or run.finished_at < now - PAUSE_BETWEEN_ATTEMPTS
    return run.state == State.DONE  # stored, but the round was not marked: marking is repeated


def _is_alive(run: AnalysisRun) -> bool:
    """Did a worker give a sign of life lately? The same closing may well be counted by several at once: the first one stores."""
    return run.state == State.RUNNING and run.heartbeat_at is not None and run.heartbeat_at >= timezone.now() - SILENT_FOR


def retry_failed(study_round: Round) -> bool:
    """An organizer's button: put a failed counting back on the list."""
    return bool(
        AnalysisRun.objects.filter(round=study_round, closing=study_round.closing, state=State.FAILED).update(
            state=State.QUEUED, attempts=0, finished_at=None, problem=""
        )
    )
