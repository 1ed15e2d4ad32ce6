"""Snapshots as files in a storage: the same answers, erased for good, lost only loudly, and never to be had from outside."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from analysis import snapshot_files
from analysis.aggregation import aggregate_round
from analysis.models import ItemResult, Snapshot
from analysis.snapshot import delete_stray_files, digest_of, freeze_round, unpack
from surveys.models import Panelist, Round
from surveys.workflow.responses import withdraw
from surveys.workflow.rounds import close_round, open_round
from tests.factories import a_study, add_experts, by_panel, count, give

pytestmark = pytest.mark.django_db(transaction=True)
ANSWERS = {"us": [1, 2, 3, 4, 5, 5], "jp": [2] * 5 + [3], "kr": [4, 4, 4, 1, 1, 2]}


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    found = tmp_path / "snapshots"
    options = {"location": os.fspath(found), "base_url": None}
    settings.STORAGES = {**settings.STORAGES, "snapshots": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}}
    return found


def answered() -> Round:
    study = a_study()
    add_experts(study, {"us": 6, "jp": 6, "kr": 6})
    study_round = open_round(study, 1)
    give(study_round, by_panel("grave", ANSWERS))
    return study_round


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_snapshot_lies_in_the_storage_and_not_in_the_database(folder: Path) -> None:
    study_round = count(answered())
    snapshot = Snapshot.objects.get()
    assert snapshot.data is None and files(folder) == [snapshot.file]
    assert digest_of(unpack(snapshot.content)) == snapshot.sha256
    assert ItemResult.objects.filter(run__round=study_round).exists()


def test_without_a_storage_it_lies_in_the_database() -> None:
    count(answered())
    snapshot = Snapshot.objects.get()
    assert snapshot.file == "" and digest_of(unpack(snapshot.content)) == snapshot.sha256


def test_what_was_frozen_in_the_database_is_still_read(folder: Path, settings: Any) -> None:
    storages = settings.STORAGES
    settings.STORAGES = {name: one for name, one in storages.items() if name != "snapshots"}
    count(answered())
    settings.STORAGES = storages
    snapshot = Snapshot.objects.get()
    assert snapshot.file == "" and digest_of(unpack(snapshot.content)) == snapshot.sha256


def test_a_withdrawal_leaves_no_file_with_the_answers(folder: Path) -> None:
    count(answered())
    before = Snapshot.objects.get()
    withdraw(Panelist.objects.get(code="us-1"))
    after = Snapshot.objects.get()
    assert after.file != before.file and files(folder) == [after.file]
    assert "us-1" not in unpack(after.content).panelists and after.erased == {"us": 1}


def test_an_erasure_that_fails_leaves_the_file_that_the_row_points_to(folder: Path) -> None:
    count(answered())
    before = Snapshot.objects.get()
    with pytest.raises(RuntimeError), transaction.atomic():
        withdraw(Panelist.objects.get(code="us-1"))
        raise RuntimeError
    assert Snapshot.objects.get().file == before.file and before.file in files(folder)
    assert "us-1" in unpack(Snapshot.objects.get().content).panelists


def test_strays_are_deleted_and_files_in_use_or_just_being_written_are_not(folder: Path) -> None:
    count(answered())
    used = Snapshot.objects.get().file
    stray, fresh = (snapshot_files.write("7", content)[0] for content in (b"left by a worker that died", b"its row comes in a moment"))
    long_ago = (timezone.now() - timedelta(hours=2)).timestamp()
    for name in (used, stray):
        os.utime(folder / name, (long_ago, long_ago))
    assert delete_stray_files() == 1
    assert files(folder) == sorted([used, fresh])


def test_where_nothing_was_ever_written_nothing_is_a_stray(folder: Path) -> None:
    assert delete_stray_files() == 0


def test_a_lost_file_is_named(folder: Path) -> None:
    count(answered())
    snapshot = Snapshot.objects.get()
    (folder / snapshot.file).unlink()
    with pytest.raises(snapshot_files.SnapshotLost, match=snapshot.file):
        _ = snapshot.content


def test_a_damaged_file_is_named_and_not_counted(folder: Path) -> None:
    study_round = close_round(answered().pk)
    snapshot = freeze_round(study_round.pk, study_round.closing)
    assert snapshot is not None
    path = folder / snapshot.file
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(snapshot_files.SnapshotLost, match=snapshot.file):
        aggregate_round(study_round.pk, study_round.closing)
    assert not ItemResult.objects.exists()


def test_freezing_twice_leaves_one_file(folder: Path) -> None:
    study_round = close_round(answered().pk)
    first = freeze_round(study_round.pk, study_round.closing)
    assert freeze_round(study_round.pk, study_round.closing) == first
    assert freeze_round(study_round.pk, study_round.closing + 1) is None  # not this closing
    assert len(files(folder)) == 1


def test_with_its_row_a_file_goes(folder: Path) -> None:
    count(answered())
    Snapshot.objects.all().delete()
    assert files(folder) == []


def test_no_address_leads_to_a_file(folder: Path) -> None:
    count(answered())
    name = Snapshot.objects.get().file
    for address in (f"/{name}", f"/media/{name}", f"/static/{name}", f"/snapshots/{name}"):
        assert Client().get(address).status_code == 404


def test_a_row_is_in_one_place() -> None:
    count(answered())
    with pytest.raises(Exception, match="snapshot_in_one_place"), transaction.atomic():
        Snapshot.objects.update(file="elsewhere.npz", file_sha256="0")
    assert connection.is_usable()
