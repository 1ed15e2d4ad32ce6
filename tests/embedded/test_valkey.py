"""Valkey from its wheel: answers, keeps its queue through a kill, and is done without where it can't run."""

from pathlib import Path

import pytest
import redis

from deterrence_delphi.embedded import valkey as module
from deterrence_delphi.embedded.processes import Child
from deterrence_delphi.embedded.valkey import start_valkey


def running(folder: Path) -> Child:
    child = start_valkey(folder / "v.sock", folder / "data", folder / "log")
    assert child is not None
    return child


def client(folder: Path) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(folder / "v.sock"), db=63)


def test_it_answers_on_its_socket_only(tmp_path: Path) -> None:
    child = running(tmp_path)
    try:
        assert client(tmp_path).config_get("port") == {b"port": b"0"} or client(tmp_path).config_get("port") == {"port": "0"}
        assert (tmp_path / "v.sock").stat().st_mode & 0o777 == 0o700
    finally:
        child.stop()


def test_a_queue_survives_a_kill(tmp_path: Path) -> None:
    child = running(tmp_path)
    client(tmp_path).rpush("celery", "task")
    child.process.kill()
    child.process.wait()
    again = running(tmp_path)
    try:
        assert client(tmp_path).llen("celery") == 1
    finally:
        again.stop()


def test_without_a_wheel_it_is_told_and_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(module, "valkey_server", lambda: None)
    assert start_valkey(tmp_path / "v.sock", tmp_path / "data", tmp_path / "log") is None
    assert "going on without a broker" in capsys.readouterr().err


def test_a_server_that_ends_at_once_is_told_and_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(module, "valkey_server", lambda: Path("/bin/false"))
    assert start_valkey(tmp_path / "v.sock", tmp_path / "data", tmp_path / "log") is None
    assert "Valkey does not run here" in capsys.readouterr().err
