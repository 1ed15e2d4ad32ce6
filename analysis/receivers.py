"""What happens here when surveys announces something: a task or one call, no logic."""

from typing import Any

from django.db.models.signals import post_delete

from analysis import tasks
from analysis.models import Snapshot
from deterrence_delphi.queue import enqueue
from surveys import signals


def connect() -> None:
    """Called once, when the application is ready."""
    signals.round_closed.connect(count_closed_round, dispatch_uid="analysis.count_closed_round")
    signals.answers_erased.connect(erase_from_snapshots, dispatch_uid="analysis.erase_from_snapshots")
    signals.results_shown.connect(remember_shown, dispatch_uid="analysis.remember_shown")
    post_delete.connect(delete_snapshot_file, sender=Snapshot, dispatch_uid="analysis.delete_snapshot_file")


def count_closed_round(*, round_id: int, closing: int, **_: Any) -> None:
    enqueue(tasks.aggregate_round, round_id, closing)


def erase_from_snapshots(*, round_id: int, panelist_codes: list[str], **_: Any) -> None:
    from analysis.snapshot import erase_panelists

    erase_panelists(round_id, panelist_codes)


def remember_shown(*, round_id: int, **_: Any) -> None:
    from analysis.publication import remember_shown as remember

    remember(round_id)


def delete_snapshot_file(*, instance: Snapshot, **_: Any) -> None:
    from analysis.snapshot import delete_file_after_commit

    delete_file_after_commit(instance.file)
