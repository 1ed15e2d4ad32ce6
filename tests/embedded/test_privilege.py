"""As whom PostgreSQL runs."""

import os
from pathlib import Path

import pytest

from deterrence_delphi.embedded import privilege
from deterrence_delphi.embedded.privilege import NAMESPACE, NOBODY, OURSELVES, Guise, guise_for_postgres

PROGRAMS = Path("/opt/programs")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A Linux machine on which root may do nothing special, until a test allows it."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(privilege, "has_death_signal", lambda: True)
    monkeypatch.setattr(privilege, "may_make_namespace", lambda: False)
    monkeypatch.setattr(privilege, "can_reach", lambda user, paths: False)
    return monkeypatch


def test_an_ordinary_user_stays_who_he_is(machine: pytest.MonkeyPatch, tmp_path: Path) -> None:
    machine.setattr(os, "geteuid", lambda: 1000)
    assert guise_for_postgres(PROGRAMS, tmp_path / "pg18") == OURSELVES


def test_root_prefers_a_namespace(machine: pytest.MonkeyPatch, tmp_path: Path) -> None:
    machine.setattr(privilege, "may_make_namespace", lambda: True)
    assert guise_for_postgres(PROGRAMS, tmp_path / "pg18") == Guise(namespace=True)


def test_without_namespaces_root_becomes_nobody_if_nobody_gets_there(machine: pytest.MonkeyPatch, tmp_path: Path) -> None:
    machine.setattr(privilege, "can_reach", lambda user, paths: user == NOBODY and paths == [PROGRAMS / "postgres", tmp_path])
    assert guise_for_postgres(PROGRAMS, tmp_path / "pg18") == Guise(user=NOBODY)


def test_otherwise_there_is_no_way(machine: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert guise_for_postgres(PROGRAMS, tmp_path / "pg18") is None


def test_ourselves_only_adds_the_death_signal(machine: pytest.MonkeyPatch) -> None:
    assert OURSELVES.command(["valkey"], "TERM") == ["setpriv", "--pdeathsig=TERM", "--", "valkey"]
    assert OURSELVES.command(["valkey"]) == ["valkey"]


def test_the_death_signal_comes_after_the_change_of_user(machine: pytest.MonkeyPatch) -> None:
    """The kernel clears it when the user changes, so it is set inside the namespace, and in the call that drops root."""
    assert Guise(namespace=True).command(["postgres"], "INT") == [*NAMESPACE, "setpriv", "--pdeathsig=INT", "--", "postgres"]
    dropped = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--pdeathsig=INT", "--", "postgres"]
    assert Guise(user=NOBODY).command(["postgres"], "INT") == dropped


def test_without_setpriv_nothing_is_put_before_the_program(machine: pytest.MonkeyPatch) -> None:
    machine.setattr(privilege, "has_death_signal", lambda: False)
    assert OURSELVES.command(["valkey"], "TERM") == ["valkey"]
