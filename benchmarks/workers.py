"""Celery workers for benchmarks: what they take of the processor and of memory.

Each is one process, in a session of its own: where Linux shares the processor out by sessions (autogroup), as it does on
most machines, two workers otherwise get no more of a busy one than a single worker does.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.stage import ROOT

READY_WITHIN = 120
EVERYTHING = "celery,background"


@contextmanager
def workers(*queues: str) -> Iterator[list[int]]:
    """One for each list of queues, listening. Yields all their processes."""
    from deterrence_delphi import celery_app

    started = [start(f"worker{place}", served) for place, served in enumerate(queues)]
    try:
        until = time.monotonic() + READY_WITHIN
        while len(celery_app.control.ping(timeout=1) or ()) < len(queues):
            if any(each.poll() is not None for each in started) or time.monotonic() > until:
                raise SystemExit("a worker does not start")
        yield [member for each in started for member in (each.pid, *children_of(each.pid))]
    finally:
        for each in started:
            each.terminate()
        for each in started:
            each.wait(timeout=120)


def start(name: str, queues: str) -> subprocess.Popen[bytes]:
    options = ["--queues", queues, "--concurrency", "1", "--hostname", f"{name}@%h", "--without-mingle", "--without-gossip", "--loglevel", "ERROR"]
    command = [sys.executable, "-W", "ignore", "-m", "celery", "-A", "deterrence_delphi", "worker", *options]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL, start_new_session=True)


def children_of(pid: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]


def peak_megabytes(pids: list[int]) -> list[int]:
    """The most that each process ever held (Linux)."""
    return [_high_water(pid) for pid in pids]


def _high_water(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM:"))


def processor_seconds(pids: list[int]) -> float:
    """Of these processes so far."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
