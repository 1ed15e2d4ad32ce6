"""Which state `.venv` is in, and what follows from it: on folders that look like environments."""

import os
import sys
from pathlib import Path

import pytest

from deterrence_delphi.embedded import environment as module
from deterrence_delphi.embedded.environment import ENTERED, MARKER, STAMP, Condition, Environment, minor, restart, will_do_as_it_is
from deterrence_delphi.embedded.refusal import Refused
from deterrence_delphi.embedded.requirements import Stamp, this_python, wanted_stamp

PYTHON = this_python()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text(f"one==1  # {name}\n")
    return tmp_path


def fake(root: Path, stamp: Stamp | None = None, *, marker: bool = False, python: bool = True) -> Environment:
    environment = Environment(root)
    environment.python.parent.mkdir(parents=True)
    if python:
        environment.python.symlink_to(sys.executable)
    if stamp:
        (environment.folder / STAMP).write_text(stamp.as_text())
    if marker:
        (environment.folder / MARKER).touch()
    return environment


def test_no_folder_or_an_empty_one_is_absent(root: Path) -> None:
    assert Environment(root).condition("run") is Condition.ABSENT
    Environment(root).folder.mkdir()
    assert Environment(root).condition("run") is Condition.ABSENT


def test_made_from_this_lock_is_ready(root: Path) -> None:
    assert fake(root, wanted_stamp(root, "run", PYTHON)).condition("run") is Condition.READY


def test_made_for_running_is_outdated_for_the_tests(root: Path) -> None:
    assert fake(root, wanted_stamp(root, "run", PYTHON)).condition("test") is Condition.OUTDATED


def test_made_for_the_tests_is_ready_for_running(root: Path) -> None:
    assert fake(root, wanted_stamp(root, "test", PYTHON)).condition("run") is Condition.READY


def test_a_changed_lock_makes_it_outdated(root: Path) -> None:
    environment = fake(root, wanted_stamp(root, "run", PYTHON))
    (root / "requirements.txt").write_text("one==2\n")
    assert environment.condition("run") is Condition.OUTDATED


def test_half_built_is_broken_whatever_the_stamp_says(root: Path) -> None:
    assert fake(root, wanted_stamp(root, "run", PYTHON), marker=True).condition("run") is Condition.BROKEN


def test_without_its_interpreter_it_is_broken(root: Path) -> None:
    assert fake(root, wanted_stamp(root, "run", PYTHON), python=False).condition("run") is Condition.BROKEN


def test_made_on_another_kind_of_machine_it_is_broken(root: Path) -> None:
    assert fake(root, wanted_stamp(root, "run", (PYTHON[0], "plan9-mips"))).condition("run") is Condition.BROKEN


def test_an_interpreter_of_another_version_outside_says_nothing(root: Path) -> None:
    """A second Python on the machine runs manage.py: `.venv` keeps the one it was made with."""
    assert fake(root, wanted_stamp(root, "run", ("3.99.0", PYTHON[1]))).condition("run") is Condition.READY


def test_inside_another_minor_version_is_broken(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's Python went from one version to the next under `.venv`: its packages are out of reach."""
    environment = fake(root, wanted_stamp(root, "run", ("3.99.0", PYTHON[1])))
    monkeypatch.setattr(sys, "prefix", os.fspath(environment.folder))
    assert environment.condition("run") is Condition.BROKEN


def test_one_without_our_stamp_is_hand_made(root: Path) -> None:
    assert fake(root).condition("run") is Condition.HAND_MADE


def test_our_own_interpreter_has_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment that runs this test is sufficient for it, if it counts as somebody's own."""
    monkeypatch.setattr(module, "is_foreign", lambda: True)
    repository = Path(__file__).parents[2]
    elsewhere = Environment(repository)
    elsewhere.folder = repository / "no such folder"
    assert will_do_as_it_is(elsewhere, "test")


def test_it_gives_up_instead_of_restarting_for_ever(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENTERED, "3")
    with pytest.raises(Refused, match="does not become usable"):
        restart(fake(root), ["manage.py", "check"])


def test_a_minor_version_is_its_first_two_numbers() -> None:
    assert minor("3.11.7") == "3.11"
