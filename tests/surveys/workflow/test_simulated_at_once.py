"""Removal and simulation meet other acts in the same second: nothing real is lost, nothing simulated is left. Real connections."""

import pytest

from analysis.simulated_rounds import simulate_study
from surveys.exceptions import FileRefused, NotInvited, NotReady, Refused, RoundNotOpen
from surveys.models import Answer, Panelist, Response, Simulation, Study
from surveys.workflow.panels import import_panel
from surveys.workflow.responses import record_answers
from surveys.workflow.simulated import Plan, copy_for_dry_run, remove_simulation, start_simulation
from surveys.workflow.simulation_progress import claim_simulation
from tests.factories import a_study, given, questions
from tests.surveys.workflow.test_acts_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TURNS = 4


def test_who_answers_by_a_simulated_experts_link_while_all_is_removed_leaves_nothing() -> None:
    study = a_study()
    for seed in range(TURNS):
        simulate_study(study, 3, 1, seed, leave_open=True)
        study_round = study.rounds.get()
        expert, question = study.panelists.order_by("pk")[0], questions(study_round)["grave"]
        at_once(lambda: remove_simulation(study),
                lambda question=question, expert=expert, held=study_round: record_answers(expert, held, [(question, given(3))]),
                but=(RoundNotOpen, NotInvited, Panelist.DoesNotExist))
        assert not (Answer.objects.exists() or Response.objects.exists() or Panelist.objects.exists())
        study.refresh_from_db()
        assert not study.is_simulated


def test_a_list_of_real_experts_and_a_simulation_never_both_come_in() -> None:
    for turn in range(TURNS):
        study = a_study(study=f"meeting-{turn}")
        at_once(lambda study=study: start_simulation(study, Plan(3, 1, 1)), lambda study=study: import_panel(study, "panelist,panel\nreal,us"),
                but=(FileRefused, NotReady))
        assert len(set(study.panelists.values_list("is_simulated", flat=True))) == 1
        assert Study.objects.get(pk=study.pk).is_simulated == study.panelists.filter(is_simulated=True).exists()


def test_two_organizers_who_start_a_dry_run_at_once_have_the_same_one() -> None:
    for turn in range(TURNS):
        study = a_study(study=f"twice-{turn}")
        at_once(*[lambda study=study: copy_for_dry_run(study, Plan(3, 1, 1), by=None)] * 2)
        assert Simulation.objects.filter(source=study).count() == 1


def test_two_who_remove_at_once_remove_once() -> None:
    study = a_study()
    simulate_study(study, 3, 1, 1)
    at_once(*[lambda: remove_simulation(study)] * 2, but=(Refused,))
    assert list(study.audit_events.order_by("sequence").values_list("act", flat=True))[-1] == "remove_simulation"
    assert study.audit_events.filter(act="remove_simulation").count() == 1
    copy = copy_for_dry_run(study, Plan(3, 1, 1), by=None)[0].study
    at_once(*[lambda: remove_simulation(copy)] * 2)
    assert not Study.objects.filter(pk=copy.pk).exists() and study.audit_events.filter(act="remove_dry_run").count() == 1


def test_of_a_worker_and_the_sweeper_one_takes_a_simulation_up() -> None:
    for turn in range(4 * TURNS):
        simulation, _new = start_simulation(a_study(study=f"claimed-{turn}"), Plan(1, 1, 1))
        claims: list[bool] = []
        at_once(*[lambda pk=simulation.pk, claims=claims: claims.append(claim_simulation(pk))] * 4)
        simulation.refresh_from_db()
        assert (claims.count(True), simulation.attempts) == (1, 1)
