"""Who uses the data folder's database now: one command at a time, or a demo that all commands join."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from .folders import DataFolder
from .locks import take, wait_for


@dataclass(frozen=True)
class Holder:
    """Written by the process that has the lock; without a database's address, nobody can join it (yet)."""

    pid: int
    command: str
    address: str = ""
    database_url: str = ""
    redis_url: str = ""

    def is_alive(self) -> bool:
        """A killed holder leaves its note behind; the note of a dead process means nothing."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True


def announce(data: DataFolder, holder: Holder) -> None:
    new = data.holder.with_suffix(".new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        json.dump(asdict(holder), stream)
    new.replace(data.holder)


def present_holder(data: DataFolder) -> Holder | None:
    try:
        holder = Holder(**json.loads(data.holder.read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return holder if holder.is_alive() else None


def demo_to_join(data: DataFolder) -> Holder | None:
    holder = present_holder(data)
    return holder if holder is not None and holder.database_url else None


def take_over(data: DataFolder, command: str) -> int | None:
    """The lock, with our name on it; None while somebody else has it."""
    descriptor = take(data.lock)
    if descriptor is not None:
        announce(data, Holder(os.getpid(), command))
    return descriptor


def waiting_text(data: DataFolder) -> str:
    holder = present_holder(data)
    who = f"manage.py {holder.command} (process {holder.pid})" if holder else "another command"
    return f"Waiting for {who}, which uses {data.path} ..."


def hand_back(data: DataFolder, descriptor: int) -> None:
    Path(data.holder).unlink(missing_ok=True)
    os.close(descriptor)


@contextmanager
def held(data: DataFolder, command: str) -> Iterator[None]:
    """Waits until the data folder is free, and holds it for the block."""
    descriptor = wait_for(lambda: take_over(data, command), lambda: waiting_text(data))
    try:
        yield
    finally:
        hand_back(data, descriptor)


@contextmanager
def held_or_joined(data: DataFolder, command: str) -> Iterator[Holder | None]:
    """Yields the demo to join, or None when the data folder is ours for the block; waits for either."""
    lock, demo = wait_for(lambda: lock_or_demo(data, command), lambda: waiting_text(data))
    if lock is None:
        yield demo
        return
    try:
        yield None
    finally:
        hand_back(data, lock)


def lock_or_demo(data: DataFolder, command: str) -> tuple[int | None, Holder | None] | None:
    """One of the two, or None when neither can be had yet."""
    lock = take_over(data, command)
    demo = demo_to_join(data) if lock is None else None
    return (lock, demo) if lock is not None or demo is not None else None
