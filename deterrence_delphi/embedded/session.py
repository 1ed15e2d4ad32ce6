"""An ordinary command on a bare machine: its settings, its database, and its migrations.

With DATABASE_URL set (a server), or DELPHI_MODE=production, nothing here happens: the environment says it all.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from .binaries import postgres_programs
from .classification import Need, command_name
from .databases import running_database
from .folders import DataFolder
from .holder import held_or_joined
from .keys import keys_in

MIGRATES_BY_ITSELF = frozenset({"migrate", "showmigrations", "sqlmigrate", "sqlflush", "sqlsequencereset", "dbshell"})


def is_configured() -> bool:
    """True where somebody has said which database to use, or that this is production."""
    return bool(os.environ.get("DATABASE_URL")) or os.environ.get("DELPHI_MODE") == "production"


def demo_settings(data: DataFolder, database_url: str, redis_url: str) -> dict[str, str]:
    """What deterrence_delphi.settings reads, for the data folder's own database."""
    mode = os.environ.get("DELPHI_MODE") or "demo"
    given = {
        "DELPHI_MODE": mode,
        "DELPHI_VAR": os.fspath(data.path),
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
    }
    keys = {name: os.environ.get(name) or key for name, key in keys_in(data.keys).items()}
    return {**keys, **given}


@contextmanager
def settings_for_command(data: DataFolder, need: Need, arguments: list[str]) -> Iterator[None]:
    """The environment of one command for as long as it runs."""
    if is_configured():
        yield
        return
    data.make()
    if need is Need.NO_DATABASE:
        os.environ.update(demo_settings(data, "sqlite://:memory:", ""))
        yield
        return
    with database_for_command(data, command_name(arguments)):
        yield


@contextmanager
def database_for_command(data: DataFolder, name: str) -> Iterator[None]:
    """The running demo's database, else the embedded one, started for this command and stopped after it."""
    with held_or_joined(data, name) as demo:
        if demo is not None:
            os.environ.update(demo_settings(data, demo.database_url, demo.redis_url))
            prepare(name)
            yield
            return
        with stopped_by_signal(), running_database(data) as url:
            os.environ.update(demo_settings(data, url, ""))
            prepare(name)
            yield


def prepare(name: str) -> None:
    """Makes psql findable for `dbshell`, and the tables for everything else."""
    programs = postgres_programs()
    if programs is not None:
        os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", os.defpath), os.fspath(programs)])
    if name not in MIGRATES_BY_ITSELF:
        migrate_when_needed()


def migrate_when_needed() -> None:
    """Silent, and nothing at all when the tables are as the code wants them."""
    import django
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deterrence_delphi.settings")
    django.setup()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def stopped_by_signal() -> Iterator[None]:
    """SIGTERM and a closed terminal end the command through its `finally` blocks, which stop the database."""

    def leave(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, action in before.items():
            signal.signal(number, action)
