"""Joining a running demo, or waiting until the data folder is free."""

import os
import subprocess
from pathlib import Path

import pytest

from deterrence_delphi.embedded.folders import DataFolder
from deterrence_delphi.embedded.holder import Holder, announce, demo_to_join, held, held_or_joined, present_holder, waiting_text


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path)
    folder.make()
    return folder


def dead_process() -> int:
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def demo(pid: int) -> Holder:
    return Holder(pid, "demo", "http://127.0.0.1:8000", "postgres://delphi@//run/postgres", "redis+socket:///run/valkey.sock")


def test_a_free_folder_is_ours_for_the_block(data: DataFolder) -> None:
    with held_or_joined(data, "import_study") as joined:
        assert joined is None
        assert present_holder(data) == Holder(os.getpid(), "import_study")
    assert present_holder(data) is None


def test_a_running_demo_is_joined(data: DataFolder) -> None:
    with held(data, "demo"):
        announce(data, demo(os.getpid()))
        with held_or_joined(data, "import_study") as joined:
            assert joined == demo(os.getpid())


def test_a_demo_that_is_still_starting_cannot_be_joined(data: DataFolder) -> None:
    with held(data, "demo"):
        assert demo_to_join(data) is None


def test_the_note_of_a_killed_demo_means_nothing(data: DataFolder) -> None:
    announce(data, demo(dead_process()))
    with held_or_joined(data, "import_study") as joined:
        assert joined is None


def test_a_damaged_note_means_nothing(data: DataFolder) -> None:
    data.holder.write_text('{"pid": 1')
    assert present_holder(data) is None


def test_the_note_is_for_its_owner_only(data: DataFolder) -> None:
    announce(data, demo(os.getpid()))
    assert data.holder.stat().st_mode & 0o777 == 0o600


def test_waiting_names_who_is_waited_for(data: DataFolder) -> None:
    announce(data, Holder(os.getpid(), "close_round"))
    assert waiting_text(data) == f"Waiting for manage.py close_round (process {os.getpid()}), which uses {data.path} ..."
