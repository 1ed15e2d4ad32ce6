"""Ends one process group when the process that started us is gone, whether its leader listens or not.

Run as a program: watchdog.py PROCESS SIGNAL SECONDS, with a pipe as standard input that nobody ever writes to.
"""

import contextlib
import os
import signal
import sys
import time


def group_exists(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def end(process: int, asked: signal.Signals, patience: float) -> None:
    """The leader gets the signal that it understands, and what is left of its group the end, be the leader gone or not."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(process, asked)
    deadline = time.monotonic() + patience
    while group_exists(process) and time.monotonic() < deadline:
        time.sleep(0.1)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process, signal.SIGKILL)


def main(arguments: list[str]) -> None:
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    while sys.stdin.buffer.read(1):
        continue
    end(int(arguments[0]), signal.Signals[arguments[1]], float(arguments[2]))


if __name__ == "__main__":
    main(sys.argv[1:])
