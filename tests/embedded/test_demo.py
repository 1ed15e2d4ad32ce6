"""The whole demo, as a user starts it: ready, joined by a command, stopped, killed."""

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.embedded.test_commands_on_a_bare_machine import ROOT, bare_environment, typed
from tests.embedded.test_processes import eventually

pytestmark = pytest.mark.slow


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o711)  # as root the server may run as another user
    return tmp_path / "var"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_demo(data: Path, port: int) -> "Iterator[tuple[subprocess.Popen[str], str]]":
    """The process, and what it printed until it was ready."""
    command = [sys.executable, "manage.py", "demo", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=bare_environment(data), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = ""
        while "Stop everything with Ctrl-C" not in said:
            line = process.stdout.readline()
            assert line, process.stderr.read() if process.stderr else said
            said += line
        try:
            yield process, said
        finally:
            process.kill()


def left_over(data: Path) -> list[str]:
    """Everything that still runs with this data folder in its environment or command."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.status() != psutil.STATUS_ZOMBIE and (process.environ().get("DELPHI_VAR") == str(data) or str(data) in " ".join(process.cmdline())):
                found.append(" ".join(process.cmdline()))
        except psutil.Error:
            continue
    return found


def links_in(said: str) -> list[str]:
    return re.findall(r"http://127\.0\.0\.1:\d+(/i/\S+)", said)


def test_it_runs_is_joined_stops_when_asked_keeps_its_data_and_killed_leaves_nobody(data: Path) -> None:
    """One test, because each start takes seconds: started and stopped, then started again and killed."""
    port = free_port()
    with running_demo(data, port) as (process, said):
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}{links_in(said)[0]}", timeout=10)
        assert (len(links_in(said)), page.status) == (3, 200)
        studies = typed(data, "shell", "-v", "0", "-c", "from surveys.models import Study; print(Study.objects.count())")
        assert int(studies.stdout) >= 2, studies.stderr
        process.send_signal(signal.SIGINT)
        assert process.wait(40) == 0
    assert left_over(data) == []
    with running_demo(data, port) as (process, again):
        assert links_in(again) == links_in(said)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert eventually(lambda: left_over(data) == [], 60)
