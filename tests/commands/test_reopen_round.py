"""reopen_round SLUG NUMBER --reason TEXT: until the next round opens; the reason becomes part of the record."""

import csv
from pathlib import Path

import pytest

from surveys.enums import RoundState
from surveys.models import AuditEvent, Round, Study
from tests.commands.running import Ran, run
from tests.factories import a_study, add_experts, by_panel, give, run_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    study = a_study()
    add_experts(study, {"us": 10})
    run_round(study, 1, by_panel("grave", {"us": [1, 2, 3, 4, 5]}))
    return study


def test_a_closed_round_opens_again_and_the_reason_is_recorded(study: Study) -> None:
    assert run("reopen_round", "small", 1, "--reason", "Korea was late") == Ran(0, "Round 1 of small is open again.\n", "")
    assert Round.objects.get().state == RoundState.OPEN
    assert AuditEvent.objects.get(act="reopen_round").details["reason"] == "Korea was late"


def test_an_open_round_is_open_already(study: Study) -> None:
    run("reopen_round", "small", 1, "--reason", "late")
    assert run("reopen_round", "small", 1, "--reason", "late") == Ran(0, "Round 1 of small is open already.\n", "")
    assert AuditEvent.objects.filter(act="reopen_round").count() == 1


def test_without_a_reason_nothing_happens(study: Study) -> None:
    assert run("reopen_round", "small", 1).status == 1
    assert run("reopen_round", "small", 1, "--reason", "  ").status == 1
    assert Round.objects.get().state == RoundState.AGGREGATED


def test_not_after_the_next_round_has_opened(study: Study) -> None:
    run("open_round", "small", 2)
    ran = run("reopen_round", "small", 1, "--reason", "late")
    assert ran.status == 1 and "Round 2 has opened" in ran.err
    assert Round.objects.get(number=1).state == RoundState.RELEASED


def test_a_deadline_can_be_set_anew(study: Study) -> None:
    assert run("reopen_round", "small", 1, "--reason", "late", "--closes-at", "soon").status == 1
    assert run("reopen_round", "small", 1, "--reason", "late", "--closes-at", "2099-01-01T12:00").status == 0
    assert str(Round.objects.get().deadline_at) == "2099-01-01 12:00:00+00:00"


def counted(folder: Path) -> str:
    run("export", "small", "--to", folder)
    with (folder / "aggregates.csv").open(newline="") as file:
        return next(row["n"] for row in csv.DictReader(file) if row["group"] == "all")


def test_results_that_nobody_saw_are_replaced_at_once(study: Study, tmp_path: Path) -> None:
    run("reopen_round", "small", 1, "--reason", "late")
    give(Round.objects.get(), {"us-6": {"grave": 5}})
    run("close_round", "small", 1, "--wait")
    assert counted(tmp_path) == "6"


@pytest.mark.parametrize(("latecomers", "shown"), [(4, "5"), (5, "10")])
def test_results_that_were_exported_are_replaced_when_nobody_or_k_people_differ(study: Study, tmp_path: Path, latecomers: int, shown: str) -> None:
    assert counted(tmp_path) == "5"
    run("reopen_round", "small", 1, "--reason", "late")
    give(Round.objects.get(), {f"us-{number}": {"grave": number % 5 + 1} for number in range(6, 6 + latecomers)})
    assert run("close_round", "small", 1, "--wait").status == 0
    assert Round.objects.get().state == RoundState.AGGREGATED
    assert counted(tmp_path) == shown
