"""--reset deletes what the demo made, and nothing else."""

from pathlib import Path

import pytest

from deterrence_delphi.demo.reset import reset
from deterrence_delphi.embedded.folders import DataFolder
from deterrence_delphi.embedded.refusal import Refused


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "var")
    folder.make()
    (folder.postgres / "base").mkdir(parents=True)
    folder.keys.touch()
    return folder


def test_the_demo_data_are_gone_and_other_files_stay(data: DataFolder) -> None:
    (data.path / "thesis.txt").touch()
    reset(data)
    assert sorted(path.name for path in data.path.iterdir()) == [".deterrence-delphi", "thesis.txt"]


def test_a_link_is_deleted_not_followed(data: DataFolder, tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "letter").touch()
    data.outbox.rmdir()
    data.outbox.symlink_to(tmp_path / "mail")
    reset(data)
    assert (tmp_path / "mail" / "letter").exists()
    assert not data.outbox.is_symlink()


def test_a_folder_that_was_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    theirs = DataFolder(tmp_path)
    theirs.make()
    with pytest.raises(Refused, match="held other files before"):
        reset(theirs)
    assert theirs.log.exists()
