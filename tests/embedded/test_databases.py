"""PostgreSQL, or SQLite where it can't run; and never an empty database beside one that holds the data."""

from pathlib import Path

import pytest

from deterrence_delphi.embedded import databases
from deterrence_delphi.embedded.databases import choose_database, running_database
from deterrence_delphi.embedded.folders import DataFolder, sqlite_url
from deterrence_delphi.embedded.refusal import Refused

REASON = "there is no PostgreSQL wheel for this platform"


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "var")
    folder.make()
    return folder


@pytest.fixture
def without_postgres(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "postgresql_for", lambda folder: REASON)


@pytest.mark.usefixtures("without_postgres")
def test_where_postgresql_cannot_run_sqlite_is_used_and_named(data: DataFolder, capsys: pytest.CaptureFixture[str]) -> None:
    with running_database(data) as url:
        assert url == sqlite_url(data.sqlite)
    assert capsys.readouterr().err == f"Using SQLite ({data.sqlite}): {REASON}.\n"
    assert data.sqlite.stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("without_postgres")
def test_data_in_postgresql_is_not_left_behind(data: DataFolder) -> None:
    data.postgres.mkdir()
    with pytest.raises(Refused, match="needs PostgreSQL, but there is no PostgreSQL wheel"):
        choose_database(data)


def test_data_in_sqlite_stays_there_when_postgresql_could_run(data: DataFolder) -> None:
    data.sqlite.touch()
    assert choose_database(data) is None
