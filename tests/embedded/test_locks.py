"""Waiting between processes, and what happens to a lock whose holder is killed."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deterrence_delphi.embedded.locks import HELD, exclusive, take

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from deterrence_delphi.embedded.locks import exclusive
with exclusive(Path(sys.argv[1]), lambda: "waiting"):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@contextmanager
def other_process_holding(path: Path, seconds: float) -> "Iterator[subprocess.Popen[str]]":
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path), str(seconds)], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_lock_is_taken_once(tmp_path: Path) -> None:
    first = take(tmp_path / "lock")
    assert first is not None
    assert take(tmp_path / "lock") is None
    os.close(first)


def test_a_folder_can_be_the_lock(tmp_path: Path) -> None:
    with exclusive(tmp_path, str):
        assert take(tmp_path) is None


def test_the_second_waits_for_the_first_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with other_process_holding(tmp_path / "lock", 1.8):
        began = time.monotonic()
        with exclusive(tmp_path / "lock", lambda: "Waiting for the other one ..."):
            waited = time.monotonic() - began
    assert waited > 1
    assert capsys.readouterr().err == "Waiting for the other one ...\n"


def test_a_short_wait_is_silent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with other_process_holding(tmp_path / "lock", 0.1), exclusive(tmp_path / "lock", lambda: "Waiting ..."):
        assert capsys.readouterr().err == ""


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    with other_process_holding(tmp_path / "lock", 60) as process:
        process.kill()
        process.wait()
        descriptor = take(tmp_path / "lock")
    assert descriptor is not None
    os.close(descriptor)


def test_a_child_that_was_given_the_lock_keeps_it(tmp_path: Path) -> None:
    """An installer whose manage.py was killed still writes into `.venv`: the next one waits for it."""
    with exclusive(tmp_path / "lock", str):
        child = subprocess.Popen(["sleep", "60"], pass_fds=tuple(HELD))
    assert take(tmp_path / "lock") is None
    child.kill()
    child.wait()
    descriptor = take(tmp_path / "lock")
    assert descriptor is not None
    os.close(descriptor)
