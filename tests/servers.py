"""Early pytest plugin (`-p tests.servers`): a real PostgreSQL and a real Valkey for the run, before settings are read.

The controller starts both once; the workers of pytest-xdist inherit their addresses. Each worker has its own database
(pytest-django's suffix) and its own numbers on Valkey. DELPHI_TEST_DB=sqlite runs the suite on SQLite.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from deterrence_delphi.embedded.entrance import let_children_share_what_they_compile
from deterrence_delphi.embedded.folders import private_folder, redis_url, sqlite_url
from deterrence_delphi.embedded.holder import Holder
from deterrence_delphi.embedded.postgresql import PostgreSQL, open_database, postgresql_for
from deterrence_delphi.embedded.processes import Child
from deterrence_delphi.embedded.refusal import MEGABYTE, say
from deterrence_delphi.embedded.valkey import start_valkey

PREFIX = "delphi-test-"
MEMORY = Path("/dev/shm")
MEMORY_NEEDED = 1024 * MEGABYTE
DATABASES_PER_WORKER = 4  # broker, results, cache, one to spare
RUNNING: list[Child] = []
FOLDERS: list[Path] = []


def is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """A wrapper runs before every plain hook, so also before pytest-django reads the settings."""
    if is_worker():
        number = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw")) + 1
        os.environ["DELPHI_VALKEY_DB"] = str(number * DATABASES_PER_WORKER)
    else:
        start_servers()
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """PostgreSQL before Valkey, then their folder. Says nothing: the last line is pytest's own."""
    while RUNNING:
        RUNNING.pop().stop()
    while FOLDERS:
        shutil.rmtree(FOLDERS.pop(), ignore_errors=True)


def start_servers() -> None:
    let_children_share_what_they_compile()
    remove_what_killed_runs_left()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=fast_folder()))
    FOLDERS.append(folder)
    if not os.geteuid():
        folder.chmod(0o711)  # root's PostgreSQL may run as another user, who has to get through to its own folder
    os.environ["DELPHI_MODE"] = "test"
    os.environ["DELPHI_VAR"] = os.fspath(folder / "var")
    os.environ["REDIS_URL"] = start_broker(folder)
    os.environ["DATABASE_URL"] = start_database(folder)
    (folder / "var").mkdir()


def start_broker(folder: Path) -> str:
    unix_socket = folder / "valkey.sock"
    broker = start_valkey(unix_socket, folder / "valkey", folder / "valkey.log", durable=False)
    if broker is None:
        return ""
    RUNNING.append(broker)
    return redis_url(unix_socket)


def start_database(folder: Path) -> str:
    server = None if os.environ.get("DELPHI_TEST_DB") == "sqlite" else postgresql_for(folder / "pg18", durable=False)
    if not isinstance(server, PostgreSQL):
        say(f"The tests use SQLite{f': {server}' if server else ''}.")
        return sqlite_url(folder / "db.sqlite3")
    sockets = private_folder(folder / "run", server.guise.user)
    child, url = open_database(server, sockets, folder / "postgres.log")
    RUNNING.append(child)
    return url


def fast_folder() -> Path:
    """Memory, where there is enough of it; containers often have 64 MB."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > MEMORY_NEEDED:
        return MEMORY
    return Path(tempfile.gettempdir())


def remove_what_killed_runs_left() -> None:
    """A run that was killed can't clean up; its servers died with it, and its memory would stay taken."""
    for place in {MEMORY, Path(tempfile.gettempdir())}:
        for folder in place.glob(f"{PREFIX}*-*"):
            if folder.lstat().st_uid == os.geteuid() and not is_alive(folder):
                shutil.rmtree(folder, ignore_errors=True)


def is_alive(folder: Path) -> bool:
    """The process that made the folder is part of its name."""
    return Holder(int(folder.name.removeprefix(PREFIX).split("-")[0]), "test").is_alive()


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """On SQLite the test database is a file: real writers in several processes can't share one in memory."""
    from django.conf import settings

    settings.WHITENOISE_AUTOREFRESH = True  # each test client would list all static files anew; so they are looked up when asked for
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        database.setdefault("TEST", {})["NAME"] = f"{database['NAME']}-test"
