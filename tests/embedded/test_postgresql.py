"""PostgreSQL from its wheel: starts, answers, survives a kill, says nothing of answers in its log."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from deterrence_delphi.embedded import postgresql as module
from deterrence_delphi.embedded.folders import private_folder
from deterrence_delphi.embedded.postgresql import PostgreSQL, postgresql_for, process_in, runs_on
from deterrence_delphi.embedded.processes import Child


@pytest.fixture
def server(tmp_path: Path) -> PostgreSQL:
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o711)  # as root the server may run as another user
    found = postgresql_for(tmp_path / "pg18", durable=False)
    assert isinstance(found, PostgreSQL)
    found.make_data()
    return found


@pytest.fixture
def sockets(server: PostgreSQL, tmp_path: Path) -> Path:
    return private_folder(tmp_path / "run", server.guise.user)


@pytest.fixture
def running(server: PostgreSQL, sockets: Path, tmp_path: Path) -> Iterator[Child]:
    child = server.start(sockets, tmp_path / "log")
    yield child
    child.stop()


def ask(sockets: Path, question: str) -> object:
    with psycopg.connect(host=str(sockets), user="delphi", dbname="postgres") as connection:
        row = connection.execute(question.encode()).fetchone()
    return row[0] if row else None


def test_it_answers_in_utf8_with_room_for_a_hundred(running: Child, sockets: Path) -> None:
    assert ask(sockets, "select upper('é한') || current_setting('max_connections')") == "É한100"


def test_it_listens_on_no_port(running: Child, sockets: Path) -> None:
    assert ask(sockets, "show listen_addresses") == ""


def test_it_stops_quickly_with_a_client_connected(running: Child, sockets: Path) -> None:
    with psycopg.connect(host=str(sockets), user="delphi", dbname="postgres"):
        running.patience = 10
        running.stop()
    assert running.process.returncode == 0


def test_it_starts_again_after_a_kill(server: PostgreSQL, running: Child, sockets: Path, tmp_path: Path) -> None:
    running.process.kill()
    running.process.wait()
    again = server.start(sockets, tmp_path / "log")
    try:
        assert ask(sockets, "select 1") == 1
    finally:
        again.stop()


def test_a_refused_row_does_not_reach_the_log(running: Child, sockets: Path, tmp_path: Path) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        ask(sockets, "create temporary table answers (value text check (length(value) < 3)); insert into answers values ('my secret answer')")
    log = (tmp_path / "log").read_text()
    assert "violates check constraint" in log
    assert "secret" not in log


def test_a_half_made_data_folder_is_made_anew(server: PostgreSQL, tmp_path: Path) -> None:
    (tmp_path / "second.new").mkdir()
    (tmp_path / "second.new" / "PG_VERSION").write_text("18")
    second = PostgreSQL(tmp_path / "second", server.programs, server.guise, durable=False)
    second.make_data()
    assert (tmp_path / "second" / "postgresql.conf").exists()
    assert not (tmp_path / "second.new").exists()


def test_a_process_number_of_somebody_else_is_stale(tmp_path: Path) -> None:
    """After a reboot, or in a new container, the number in postmaster.pid belongs to anybody."""
    with subprocess.Popen(["sleep", "30"]) as stranger:
        (tmp_path / "postmaster.pid").write_text(f"{stranger.pid}\n{tmp_path}\n")
        assert process_in(tmp_path / "postmaster.pid") == stranger.pid
        assert not runs_on(stranger.pid, tmp_path)
        stranger.kill()


def test_without_a_wheel_the_reason_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "postgres_programs", lambda: None)
    assert postgresql_for(tmp_path / "pg18") == "there is no PostgreSQL wheel for this platform"
