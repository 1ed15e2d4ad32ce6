"""Folders that are short enough and ours alone, and addresses that survive any path."""

import os
from pathlib import Path

import environ
import pytest
from kombu.utils.url import parse_url
from redis import ConnectionPool

from deterrence_delphi.embedded.folders import LONGEST_SOCKET_FOLDER, DataFolder, postgres_url, private_folder, redis_url, socket_folder, sqlite_url
from deterrence_delphi.embedded.refusal import Refused

AWKWARD = Path("/a folder/with spaces/and+plus/50% off/Ünïcode ?#@:")


def test_a_short_data_folder_holds_its_sockets() -> None:
    assert socket_folder(Path("/srv/delphi/var")) == Path("/srv/delphi/var/run")


def test_a_long_one_gets_a_short_name_that_stays_the_same() -> None:
    long = Path("/srv") / ("x" * LONGEST_SOCKET_FOLDER)
    short = socket_folder(long, "/tmp")
    assert short == socket_folder(long, "/tmp") != socket_folder(long / "other", "/tmp")
    assert len(os.fsencode(short)) <= LONGEST_SOCKET_FOLDER


def test_length_is_counted_in_bytes_not_letters() -> None:
    assert socket_folder(Path("/") / ("한" * 30), "/tmp").parent == Path("/tmp")


def test_a_long_temporary_folder_is_passed_over() -> None:
    assert socket_folder(Path("/") / ("x" * 200), "/" + "t" * 100).parent == Path("/tmp")


def test_the_folder_of_the_sockets_is_closed_to_others(tmp_path: Path) -> None:
    assert private_folder(tmp_path / "run").stat().st_mode & 0o777 == 0o700


def test_one_that_was_open_is_closed(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir(mode=0o755)
    assert private_folder(tmp_path / "run").stat().st_mode & 0o777 == 0o700


def test_a_link_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="is not a folder of this user"):
        private_folder(tmp_path / "run")


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").touch()
    with pytest.raises(Refused):
        private_folder(tmp_path / "run")


def test_an_empty_data_folder_becomes_ours_and_a_full_one_does_not(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").touch()
    ours, theirs = DataFolder(tmp_path / "new" / "var"), DataFolder(tmp_path / "full")
    ours.make()
    theirs.make()
    assert (ours.mark.exists(), theirs.mark.exists()) == (True, False)


def test_data_folder_is_not_open_to_others(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "var")
    data.make()
    assert data.path.stat().st_mode & 0o066 == 0
    assert [folder.stat().st_mode & 0o777 for folder in (data.log, data.outbox, data.snapshots)] == [0o700] * 3


def test_django_finds_the_socket_folder_in_the_address() -> None:
    found = environ.Env.db_url_config(postgres_url(AWKWARD))
    assert (found["ENGINE"], found["HOST"], found["NAME"], found["USER"]) == ("django.db.backends.postgresql", str(AWKWARD), "postgres", "delphi")


def test_django_finds_the_sqlite_file_in_the_address() -> None:
    assert environ.Env.db_url_config(sqlite_url(AWKWARD / "db.sqlite3"))["NAME"] == str(AWKWARD / "db.sqlite3")


def test_celery_finds_the_broker_in_the_address() -> None:
    assert "/" + parse_url(redis_url(AWKWARD))["virtual_host"].lstrip("/") == str(AWKWARD)


def test_the_cache_finds_it_too() -> None:
    path = redis_url(AWKWARD).removeprefix("redis+socket://")
    assert ConnectionPool.from_url(f"unix://{path}?db=2").connection_kwargs["path"] == str(AWKWARD)
