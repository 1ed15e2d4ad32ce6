"""The demo's keys."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from deterrence_delphi.embedded.keys import keys_in


def test_keys_are_made_once_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    assert keys_in(file) == keys_in(file)


def test_keys_are_long_and_different(tmp_path: Path) -> None:
    keys = keys_in(tmp_path / "keys.json")
    assert set(keys) == {"SECRET_KEY", "IDENTITY_KEY"}
    assert len(set(keys.values())) == 2
    assert min(len(key) for key in keys.values()) >= 50


def test_nobody_else_can_read_them(tmp_path: Path) -> None:
    keys_in(tmp_path / "keys.json")
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600


def test_starts_at_the_same_moment_agree(tmp_path: Path) -> None:
    """Threads share a process number, so each gets a folder's file under its own link."""
    files = [tmp_path / "keys.json"] * 2
    keys_in(files[0])
    with ThreadPoolExecutor(8) as threads:
        assert len({keys["SECRET_KEY"] for keys in threads.map(keys_in, files * 10)}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]
