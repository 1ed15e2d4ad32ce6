"""One at a time: a lock that the kernel releases when its holder dies, however it dies."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from .refusal import say

PATIENCE = 1.0  # seconds of silence before we say what we wait for
PAUSE = 0.1
Found = TypeVar("Found")
HELD: set[int] = set()  # locks of this process; an installer keeps them, should it outlive us, until it is done writing


def take(path: Path) -> int | None:
    """The lock's descriptor, or None while somebody else holds it. A folder can be locked too."""
    is_folder = path.is_dir()
    descriptor = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def wait_for(attempt: Callable[[], Found | None], waiting: Callable[[], str]) -> Found:
    """Tries until `attempt` gives something; after a second it says, once, what it waits for."""
    began, told = time.monotonic(), False
    while (found := attempt()) is None:
        if not told and time.monotonic() - began > PATIENCE:
            say(waiting())
            told = True
        time.sleep(PAUSE)
    return found


@contextmanager
def exclusive(path: Path, waiting: Callable[[], str]) -> Iterator[None]:
    descriptor = wait_for(lambda: take(path), waiting)
    HELD.add(descriptor)
    try:
        yield
    finally:
        HELD.discard(descriptor)
        os.close(descriptor)
