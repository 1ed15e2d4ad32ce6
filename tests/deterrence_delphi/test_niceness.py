"""A worker of the background queue makes way for those whom somebody waits for."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AUTOGROUP = Path("/proc/self/autogroup")
TELL = """
import os, pathlib
from deterrence_delphi.niceness import make_way
made = make_way(frozenset({queues}))
switch = pathlib.Path("/proc/self/autogroup")
words = switch.read_text().split() if switch.exists() else []
print(made, os.nice(0), words[-1] if words else "-", sep=";")
"""


def a_worker_of(*queues: str, own_session: bool = True) -> tuple[bool, int, str]:
    """Did it make way, its own niceness, and its session's ("-" where sessions have none)."""
    command = [sys.executable, "-c", TELL.format(queues=repr(set(queues)))]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, start_new_session=own_session).stdout
    made, nice, session = told.strip().split(";")
    return made == "True", int(nice), session


def test_the_worker_of_the_background_queue_makes_way() -> None:
    assert a_worker_of("background")[:2] == (True, os.nice(0) + 10)


def test_its_session_makes_way_too_where_sessions_share_the_processor() -> None:
    assert a_worker_of("background")[2] == ("10" if AUTOGROUP.exists() else "-")


def test_a_session_that_it_shares_with_others_is_left_alone() -> None:
    words = AUTOGROUP.read_text().split() if AUTOGROUP.exists() else []  # without words where this session is in no group of its own
    assert a_worker_of("background", own_session=False)[2] == (words[-1] if words else "-")


def test_a_worker_that_somebody_waits_for_does_not() -> None:
    assert a_worker_of("celery") == (False, os.nice(0), "0" if AUTOGROUP.exists() else "-")
    assert a_worker_of("celery", "background")[0] is False
