"""manage.py itself, as a user types it, with a data folder of its own: the database comes and goes with the command."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[2]
NAMES = ("DATABASE_URL", "REDIS_URL", "DELPHI_MODE", "DELPHI_VAR", "SECRET_KEY", "IDENTITY_KEY", "DELPHI_VALKEY_DB")


def bare_environment(data: Path) -> dict[str, str]:
    return {**{name: value for name, value in os.environ.items() if name not in NAMES}, "DELPHI_VAR": str(data)}


def typed(data: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=bare_environment(data), capture_output=True, text=True, timeout=120, check=False)


def servers_of(data: Path) -> list[int]:
    return [p.pid for p in psutil.process_iter(["cmdline"]) if str(data) in " ".join(p.info["cmdline"] or [])]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all: the first command makes the database, the others find it."""
    folder = tmp_path_factory.mktemp("commands")
    for closed in (folder, folder.parent, folder.parent.parent):
        closed.chmod(0o711)  # as root the server may run as another user
    return folder / "var with a space"


def test_help_starts_nothing(tmp_path: Path) -> None:
    done = typed(tmp_path / "var", "import_study", "--help")
    assert done.returncode == 0
    assert not (tmp_path / "var" / "pg18").exists()


def test_a_command_has_a_database_and_leaves_no_server(data: Path) -> None:
    count = "from accounts.models import User; from django.db import connection; print(User.objects.count(), connection.vendor)"
    done = typed(data, "shell", "-v", "0", "-c", count)
    assert (done.stdout, done.returncode) == ("0 postgresql\n", 0), done.stderr
    assert servers_of(data) == []


def test_its_exit_status_passes_through(data: Path) -> None:
    assert typed(data, "shell", "-v", "0", "-c", "raise SystemExit(7)").returncode == 7
    assert servers_of(data) == []


def test_a_second_command_waits_for_the_first(data: Path) -> None:
    slow = [sys.executable, "manage.py", "shell", "-v", "0", "-c", "import time; print('in', flush=True); time.sleep(4)"]
    with subprocess.Popen(slow, cwd=ROOT, env=bare_environment(data), stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "in\n"
        began = time.monotonic()
        done = typed(data, "showmigrations", "accounts")
    assert time.monotonic() - began > 2
    assert (done.returncode, "Waiting for manage.py shell" in done.stderr) == (0, True)


def test_with_production_settings_missing_it_refuses_and_starts_nothing(tmp_path: Path) -> None:
    environment = {**bare_environment(tmp_path / "var"), "DELPHI_MODE": "production"}
    done = subprocess.run([sys.executable, "manage.py", "migrate"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "SECRET_KEY is not set" in done.stderr
    assert not (tmp_path / "var").exists()
