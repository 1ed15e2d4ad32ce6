"""A stage for benchmarks: PostgreSQL and Valkey of their own in a temporary folder, durable as in the demonstration, loopback only."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from deterrence_delphi.embedded.folders import private_folder, redis_url  # noqa: E402
from deterrence_delphi.embedded.postgresql import PostgreSQL, open_database, postgresql_for  # noqa: E402
from deterrence_delphi.embedded.valkey import start_valkey  # noqa: E402


@contextmanager
def servers() -> Iterator[Path]:
    """Start both servers and point this process's environment to them; Django is set up and migrated inside."""
    folder = Path(tempfile.mkdtemp(prefix="delphi-benchmark-"))
    folder.chmod(0o711)
    children = []
    try:
        broker = start_valkey(folder / "valkey.sock", folder / "valkey", folder / "valkey.log", durable=True)
        children += [broker] if broker else []
        server = postgresql_for(folder / "pg18", durable=True)
        if not isinstance(server, PostgreSQL):
            raise SystemExit(f"This benchmark needs PostgreSQL: {server}")
        child, url = open_database(server, private_folder(folder / "run", server.guise.user), folder / "postgres.log")
        children.append(child)
        os.environ.update(
            DATABASE_URL=url, REDIS_URL=redis_url(folder / "valkey.sock") if broker else "", DELPHI_MODE="demo",
            DELPHI_VAR=str(folder / "var"), DJANGO_SETTINGS_MODULE="deterrence_delphi.settings", LOG_LEVEL="ERROR",
        )  # fmt: skip
        (folder / "var").mkdir()
        for command in (["migrate"], ["collectstatic", "--no-input"]):
            subprocess.run([sys.executable, "-m", "django", *command, "--verbosity", "0"], cwd=ROOT, check=True)
        import django

        django.setup()
        yield folder
    finally:
        while children:
            children.pop().stop()
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def web(application: str, ready: str, environment: Mapping[str, str] | None = None) -> Iterator[tuple[int, int]]:
    """Serve a WSGI application with gunicorn, 2 processes of 4 threads. Yields its port and its process id."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4",
               "--no-control-socket", "--log-level", "error"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **(environment or {})})
    try:
        for _attempt in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{ready}", timeout=5).read()
                break
            except OSError:
                time.sleep(0.05)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def cpu_seconds(pid: int) -> float:
    """Processor time of a process and its children so far (Linux)."""
    family = [pid, *(int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split())]
    ticks = 0
    for member in family:
        fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
