"""Children stop when asked, end when they do not listen, and never outlive a killed parent."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from deterrence_delphi.embedded import processes
from deterrence_delphi.embedded.processes import Child, start, wait_until
from deterrence_delphi.embedded.refusal import Refused

ROOT = Path(__file__).parents[2]
# A worker with a child of its own, both deaf to SIGTERM if asked to be.
DEAF = "trap '' TERM; sh -c \"trap '' TERM; sleep 60 & wait\" & echo started; wait; sleep 60"
# What its child leaves behind, or a child that does not listen, gets less time than in earnest.
PARENT = """
import os, sys, time
from dataclasses import replace
from pathlib import Path
from deterrence_delphi.embedded import processes, privilege
if sys.argv[3] == "watchdog":
    privilege.has_death_signal = lambda: False
watch = processes.watch
processes.watch = lambda child: watch(replace(child, patience=0.5))
child = processes.start("worker", ["sh", "-c", sys.argv[2]], log=Path(sys.argv[1]), environment=dict(os.environ))
processes.wait_until(lambda: "started" in child.last_words(), child)
print(child.process.pid, flush=True)
time.sleep(60)
"""
# Killed in the moment in which the child is there and its watchdog is not.
PARENT_KILLED_AT_ONCE = """
import os, signal, sys
from pathlib import Path
from deterrence_delphi.embedded import processes
processes.watch = lambda child: (print(child.process.pid, flush=True), os.kill(os.getpid(), signal.SIGKILL))
processes.start("worker", ["sh", "-c", "echo started; sleep 60"], log=Path(sys.argv[1]), environment=dict(os.environ))
"""
# Looked at again and again while signals come that end each row of looks, as Ctrl-C does.
ASKED_WHILE_LOOKING = """
import os, signal, sys
from pathlib import Path
from deterrence_delphi.embedded.processes import start
class Asked(BaseException): ...
def ask(number, frame): raise Asked
signal.signal(signal.SIGALRM, ask)
child = start("worker", ["sleep", "60"], log=Path(sys.argv[1]), environment=dict(os.environ))
for microseconds in 100 * list(range(1, 41)):
    try:
        signal.setitimer(signal.ITIMER_REAL, microseconds / 1e6)
        while child.is_running(): ...
    except Asked: ...
child.stop()
print(child.process.returncode)
"""


def eventually(is_so: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.05)
    return is_so()


def group_members(group: int) -> list[int]:
    return [process.pid for process in psutil.process_iter() if group_of(process.pid) == group and is_running(process)]


def is_running(process: psutil.Process) -> bool:
    """Also of a process that ends while it is looked at."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def group_of(process: int) -> int:
    try:
        return os.getpgid(process)
    except OSError:
        return -1


def started(tmp_path: Path, script: str) -> Child:
    return start("worker", ["sh", "-c", script], log=tmp_path / "log", environment=dict(os.environ))


def test_a_child_stops_when_asked(tmp_path: Path) -> None:
    child = started(tmp_path, "exec sleep 60")
    child.stop()
    assert not child.is_running()


def test_a_deaf_child_is_ended_with_its_children(tmp_path: Path) -> None:
    child = started(tmp_path, DEAF)
    wait_until(lambda: "started" in child.last_words(), child)
    child.patience = 0.3
    child.stop()
    assert eventually(lambda: group_members(child.process.pid) == [])


def test_what_a_killed_child_leaves_is_ended(tmp_path: Path) -> None:
    child = started(tmp_path, "sleep 60 & echo started; wait")
    wait_until(lambda: "started" in child.last_words(), child)
    child.process.kill()
    child.process.wait()
    child.stop()
    assert eventually(lambda: group_members(child.process.pid) == [])


def test_a_child_that_dies_is_reported_with_its_last_words_of_this_run(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("an earlier run\n")
    child = started(tmp_path, "echo no such table; exit 3")
    with pytest.raises(Refused, match=r"worker stopped by itself \(status 3\)(?s:.*)no such table") as refused:
        wait_until(lambda: False, child)
    assert "an earlier run" not in refused.value.message


def test_a_large_log_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "LARGEST_LOG", 10)
    (tmp_path / "log").write_text("twelve bytes")
    started(tmp_path, "true").process.wait()
    assert (tmp_path / "log.1").read_text() == "twelve bytes"
    assert (tmp_path / "log").read_text() == ""


def killed_parent(script: str, *arguments: str) -> int:
    """The group of the child of a process that was killed, or killed itself."""
    parent = subprocess.Popen([sys.executable, "-c", script, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    group = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    return group


@pytest.mark.parametrize("way", ["kernel and watchdog", "watchdog"])
def test_a_killed_parent_leaves_nobody(tmp_path: Path, way: str) -> None:
    """On Linux the kernel tells the child too; elsewhere (macOS) the watchdog is alone. Here both are tried."""
    group = killed_parent(PARENT, str(tmp_path / "log"), "sleep 60 & echo started; wait", way)
    assert eventually(lambda: group_members(group) == [])


def test_a_killed_parent_leaves_no_deaf_child(tmp_path: Path) -> None:
    group = killed_parent(PARENT, str(tmp_path / "log"), DEAF, "kernel and watchdog")
    assert eventually(lambda: group_members(group) == [])


def test_a_child_without_a_watchdog_never_becomes_its_program(tmp_path: Path) -> None:
    group = killed_parent(PARENT_KILLED_AT_ONCE, str(tmp_path / "log"))
    assert eventually(lambda: group_members(group) == [])
    assert (tmp_path / "log").read_text() == ""


def test_whoever_is_asked_to_stop_while_looking_can_stop(tmp_path: Path) -> None:
    """A look that ended half way would leave the child's lock taken."""
    program = [sys.executable, "-c", ASKED_WHILE_LOOKING, str(tmp_path / "log")]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert (done.stdout, done.stderr) == (f"{-signal.SIGTERM}\n", "")
