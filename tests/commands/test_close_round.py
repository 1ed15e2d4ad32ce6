"""close_round SLUG NUMBER [--wait]: twice is once; with --wait the results are there, also without a broker."""

import pytest

from analysis.models import AnalysisRun, ItemResult
from surveys.enums import RoundState
from surveys.models import Round, Study
from surveys.workflow.rounds import open_round, prepare_round
from tests.commands.running import Ran, run
from tests.factories import a_study, add_experts, by_panel, give

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    study = a_study()
    add_experts(study, {"us": 5})
    give(open_round(study, 1), by_panel("grave", {"us": [1, 2, 3, 4, 5]}))
    return study


def state() -> str:
    return str(Round.objects.get().state)


def test_without_waiting_the_round_is_closed_and_on_the_list(study: Study) -> None:
    assert run("close_round", "small", 1) == Ran(0, "Round 1 of small is closed.\n", "")
    assert state() == RoundState.CLOSED


def test_waiting_ends_with_results(study: Study) -> None:
    assert run("close_round", "small", 1, "--wait") == Ran(0, "Round 1 of small is closed.\nIts results are there.\n", "")
    assert state() == RoundState.AGGREGATED
    assert ItemResult.objects.get(group="all").figures["median"] == 3


def test_closing_twice_changes_nothing(study: Study) -> None:
    run("close_round", "small", 1, "--wait")
    before = list(ItemResult.objects.order_by("pk").values_list("pk", flat=True))
    for arguments in ((), ("--wait",)):
        assert run("close_round", "small", 1, *arguments).out.startswith("Round 1 of small is closed already.")
    assert (Round.objects.get().closing, AnalysisRun.objects.count()) == (1, 1)
    assert list(ItemResult.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_waiting_later_counts_a_round_that_was_closed_before(study: Study) -> None:
    run("close_round", "small", 1)
    assert run("close_round", "small", 1, "--wait").out == "Round 1 of small is closed already.\nIts results are there.\n"


def test_a_counting_that_was_given_up_is_tried_again_on_command(study: Study) -> None:
    run("close_round", "small", 1)
    AnalysisRun.objects.create(round=Round.objects.get(), closing=1, state="failed", attempts=3, problem="MemoryError while counting")
    assert run("close_round", "small", 1, "--wait").status == 0
    assert (state(), AnalysisRun.objects.get().problem) == (RoundState.AGGREGATED, "")


def test_a_round_that_was_never_opened_is_refused() -> None:
    study = a_study()
    assert run("close_round", "small", 1).status == 1
    prepare_round(study, 1)
    ran = run("close_round", "small", 1, "--wait")
    assert (ran.status, ran.out) == (1, "") and "has not been opened" in ran.err


def test_a_round_without_any_answer_closes_with_empty_rows() -> None:
    study = a_study()
    open_round(study, 1)
    assert run("close_round", "small", 1, "--wait").status == 0
    assert {(row.figures["n"], row.figures["median"], row.suppressed) for row in ItemResult.objects.all()} == {(0, None, False)}
