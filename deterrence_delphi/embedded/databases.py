"""Which database a data folder has: PostgreSQL, or SQLite where PostgreSQL can't run. Once chosen, it stays."""

from collections.abc import Iterator
from contextlib import contextmanager

from .folders import DataFolder, sqlite_url
from .postgresql import PostgreSQL, open_database, postgresql_for
from .processes import Child
from .refusal import Refused, say


def choose_database(data: DataFolder) -> PostgreSQL | None:
    """None means SQLite. Data that is there is never left behind for an empty database of the other kind."""
    server = postgresql_for(data.postgres)
    if data.postgres.exists():
        if isinstance(server, str):
            raise Refused(f"The data in {data.postgres} needs PostgreSQL, but {server}.", "Use it where PostgreSQL runs.")
        return server
    if data.sqlite.exists():
        return None
    if isinstance(server, str):
        say(f"Using SQLite ({data.sqlite}): {server}.")
        return None
    try:
        server.make_data()
    except Refused as refusal:
        if refusal.remedy:  # a full disk would fill SQLite's file too
            raise
        say(f"Using SQLite ({data.sqlite}). {refusal}")
        return None
    return server


def start_database(data: DataFolder) -> tuple[Child | None, str]:
    """The running server (none with SQLite) and DATABASE_URL."""
    server = choose_database(data)
    if server is None:
        data.sqlite.touch(mode=0o600)
        return None, sqlite_url(data.sqlite)
    return open_database(server, data.sockets(), data.log / "postgres.log")


@contextmanager
def running_database(data: DataFolder) -> Iterator[str]:
    """DATABASE_URL of a database that runs for the block."""
    child, url = start_database(data)
    try:
        yield url
    finally:
        if child is not None:
            child.stop()
