"""simulate SLUG: a draft study is answered by simulated experts; twice is once; --remove makes it a draft again."""

import pytest

from surveys.models import Answer, AuditEvent, Panelist, Response, Round, Study
from surveys.workflow.rounds import open_round
from tests.commands.running import Ran, run
from tests.factories import a_study, add_experts

pytestmark = pytest.mark.django_db
SMALL = ("simulate", "small", "--experts-per-panel", 5, "--rounds", 2, "--seed", 7)


@pytest.fixture
def study() -> Study:
    return a_study()


def test_the_rounds_are_answered_and_counted(study: Study) -> None:
    assert run(*SMALL) == Ran(0, "small: 15 simulated experts, round 2 is aggregated.\n", "")
    assert list(Round.objects.order_by("number").values_list("number", "state")) == [(1, "released"), (2, "aggregated")]
    assert set(Panelist.objects.values_list("code", flat=True)) == {f"sim-{panel}-{number}" for panel in ("us", "jp", "kr") for number in range(1, 6)}
    assert Study.objects.get().is_simulated and not Panelist.objects.filter(is_simulated=False).exists()


def test_the_same_command_again_says_that_it_holds_already(study: Study) -> None:
    run(*SMALL)
    before = (list(Answer.objects.order_by("pk").values()), AuditEvent.objects.count())
    ran = run(*SMALL)
    assert (ran.status, ran.out) == (0, "small: 15 simulated experts, round 2 is aggregated.\n")
    assert ran.err == "The study holds this simulation already; nothing changed.\n"
    assert (list(Answer.objects.order_by("pk").values()), AuditEvent.objects.count()) == before


def test_another_simulation_is_refused_until_the_first_is_removed(study: Study) -> None:
    run(*SMALL)
    ran = run(*SMALL[:-1], 8)
    assert (ran.status, ran.out) == (1, "")
    assert "differs in: seed. Remove that one first." in ran.err
    run("simulate", "small", "--remove")
    assert run(*SMALL[:-1], 8).status == 0


def test_the_last_round_can_be_left_open(study: Study) -> None:
    assert run(*SMALL, "--leave-open").out == "small: 15 simulated experts, round 2 is open.\n"
    second = Round.objects.get(number=2)
    assert second.deadline_at is not None and set(second.responses.values_list("panelist__code", flat=True)) <= {f"sim-{p}-3" for p in ("us", "jp", "kr")}


def test_drift_moves_everybody(study: Study) -> None:
    assert run(*SMALL, "--drift", 0.5, "--gap", 0).status == 0
    means = [sum(values) / len(values) for number in (1, 2)
             for values in [list(Answer.objects.filter(response__round__number=number, cannot_judge=False).values_list("value", flat=True))]]
    assert means[1] - means[0] > 1  # of the four steps of the scale, half a range is two, less what its end cuts off


@pytest.mark.parametrize(("arguments", "said"), [
    (("--rounds", 0), "1 to 9 rounds"), (("--experts-per-panel", 0), "1 to 60 simulated experts"), (("--experts-per-panel", 61), "1 to 60"),
    (("--gap", 2), "gap"), (("--seed", -1), "The seed is a whole number"),
])
def test_a_plan_that_makes_no_sense_is_refused_and_nothing_is_marked(study: Study, arguments: tuple[str, int], said: str) -> None:
    ran = run("simulate", "small", *arguments)
    assert (ran.status, ran.out) == (1, "") and said in ran.err
    assert not Study.objects.get().is_simulated and not Panelist.objects.exists()


def test_more_rounds_than_the_study_has_are_refused() -> None:
    a_study(rounds={"maximum": 2})
    assert "1 to 2 rounds, not 3" in run("simulate", "small", "--rounds", 3).err


def test_a_study_with_real_experts_or_an_opened_round_is_refused(study: Study) -> None:
    add_experts(study, {"us": 5})
    ran = run(*SMALL)
    assert ran.status == 1 and "has experts" in ran.err and "dry run" in ran.err
    open_round(study, 1)
    ran = run(*SMALL)
    assert ran.status == 1 and "has opened a round" in ran.err
    assert not Study.objects.get().is_simulated


def test_a_copy_is_simulated_beside_a_study_that_has_experts(study: Study) -> None:
    add_experts(study, {"us": 5})
    assert run(*SMALL, "--copy") == Ran(0, "small-dry-run: 15 simulated experts, round 2 is aggregated.\n", "")
    assert (study.panelists.count(), study.rounds.count(), Study.objects.get(pk=study.pk).is_simulated) == (5, 0, False)
    assert run("simulate", "small-dry-run", "--remove").out == "small-dry-run, the copy of a dry run, is gone.\n"
    assert list(Study.objects.all()) == [study]


def test_removing_makes_a_draft_again_and_twice_is_once(study: Study) -> None:
    run(*SMALL)
    assert run("simulate", "small", "--remove") == Ran(0, "small is a draft again; everything simulated is gone.\n", "")
    assert run("simulate", "small", "--remove") == Ran(0, "small has nothing simulated.\n", "")
    assert not Response.objects.exists() and not Study.objects.get().is_simulated


def test_removing_never_touches_real_answers(study: Study) -> None:
    add_experts(study, {"us": 5})
    open_round(study, 1)
    assert run("simulate", "small", "--remove").out == "small has nothing simulated.\n"
    assert Round.objects.exists() and Panelist.objects.count() == 5
