"""Ends one process group when the process that started us is gone (macOS has no parent-death signal).

Run as a program: watchdog.py PROCESS SIGNAL, with a pipe as standard input that nobody ever writes to.
"""

import os
import signal
import sys
import time

PATIENCE = 15.0


def group_exists(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def end(process: int, asked: signal.Signals) -> None:
    """The leader gets the signal that it understands, and what is left of its group the end."""
    try:
        os.kill(process, asked)
        deadline = time.monotonic() + PATIENCE
        while group_exists(process) and time.monotonic() < deadline:
            time.sleep(0.1)
        os.killpg(process, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def main(arguments: list[str]) -> None:
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    while sys.stdin.buffer.read(1):
        continue
    end(int(arguments[0]), signal.Signals[arguments[1]])


if __name__ == "__main__":
    main(sys.argv[1:])
