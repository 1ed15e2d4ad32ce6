"""Making way: what nobody waits for takes only the processor that pages leave."""

import os
from pathlib import Path

BACKGROUND = frozenset({"background"})
NICE = 10


def make_way(queues: frozenset[str]) -> bool:
    """A worker of the background queue alone is nice, and its children with it; one that people wait for is not."""
    if queues != BACKGROUND:
        return False
    os.nice(NICE)
    _make_way_as_a_session()
    return True


def _make_way_as_a_session() -> None:
    """Where Linux shares the processor out by sessions, being nice counts only within one, so the session is made nice as well."""
    switch = Path("/proc/self/autogroup")
    if not switch.exists() or os.getsid(0) != os.getpid():
        return  # in a session with others: they are not to be slowed down
    try:
        switch.write_text(str(NICE))
    except OSError:
        return  # not allowed here, as in some containers; then the worker is nice within its session alone
