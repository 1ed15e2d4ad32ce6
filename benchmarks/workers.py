"""Celery workers for benchmarks: prefork as in the demonstration, without its clock; what they take of the processor and of memory."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.stage import ROOT, cpu_seconds

READY_WITHIN = 60


@contextmanager
def worker(processes: int) -> Iterator[int]:
    """A worker that listens. Yields its process id."""
    from deterrence_delphi import celery_app

    command = [sys.executable, "-m", "celery", "-A", "deterrence_delphi", "worker", "--concurrency", str(processes), "--without-mingle",
               "--without-gossip", "--loglevel", "ERROR"]
    child = subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + READY_WITHIN
        while not celery_app.control.ping(timeout=0.5):
            if child.poll() is not None or time.monotonic() > until:
                raise SystemExit("the worker does not start")
        yield child.pid
    finally:
        child.terminate()
        child.wait(timeout=120)


def children_of(pid: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]


def peak_megabytes(pid: int) -> list[int]:
    """The most that the process, and each of its children, ever held (Linux)."""
    return [_high_water(member) for member in [pid, *children_of(pid)]]


def _high_water(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM:"))


def processor_time(pid: int) -> float:
    return cpu_seconds(pid)
