"""Simulated rounds go the way of real ones: opened, answered by import, closed, counted; safe to repeat, and labelled in every file."""

import csv
import io
import json
from typing import Any

import pytest

from analysis.exports.bundle import content_of
from analysis.exports.shown import what_is_shown
from analysis.models import ItemResult
from analysis.simulated_rounds import answers_file, run_simulation, simulate_study
from surveys.exceptions import NotReady
from surveys.models import Answer, Panelist, Rationale, Response, Round, Simulation, Study
from surveys.simulation import Model
from surveys.workflow.answer_files import import_answers
from surveys.workflow.rounds import close_round, open_round
from surveys.workflow.simulated import Plan, copy_for_dry_run, start_simulation
from surveys.workflow.simulation_progress import MOST_ATTEMPTS, claim_simulation, simulations_to_run
from surveys.workflow.studies import import_study
from tests.commands.running import run
from tests.factories import RATING, a_study
from tests.journeys.random_studies import random_study

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    return a_study()


def given(study: Study) -> list[tuple[Any, ...]]:
    """Everything that was answered, in an order that does not depend on keys."""
    names = ("response__round__number", "response__panelist__code", "asked_item__item_version__item__code", "value", "cannot_judge", "confidence", "decision")
    return sorted(Answer.objects.filter(response__round__study=study).values_list(*names), key=str)


@pytest.mark.parametrize("seed", range(8))
def test_every_answer_to_a_study_made_up_at_random_is_accepted_and_counted(seed: int) -> None:
    """All kinds with all their limits, conditions, practice; import_answers refuses a file with a single mistake."""
    study, _changed = import_study(random_study(seed))
    simulation, created = simulate_study(study, 6, 2, seed)
    assert created and simulation.state == Simulation.State.DONE and simulation.rounds_done == 2
    assert list(study.rounds.order_by("number").values_list("state", flat=True)) == ["released", "aggregated"]
    assert not Answer.objects.filter(response__round__study=study, is_complete=False).exists()
    assert not Answer.objects.filter(response__round__study=study, asked_item__item_version__definition__practice=True).exists()


def test_the_same_seed_gives_the_same_file_byte_for_byte_and_another_another(study: Study) -> None:
    other = a_study(study="other")
    for found in (study, other):
        start_simulation(found, Plan(5, 1, 7))
    first, second = (open_round(found, 1) for found in (study, other))
    files = [answers_file(study_round, list(study_round.study.panelists.select_related("panel").order_by("pk")), seed, Model(), {})
             for study_round, seed in ((first, 7), (second, 7), (first, 8))]
    assert files[0].encode() == files[1].encode() != files[2].encode()


def test_two_studies_simulated_alike_are_alike_in_every_answer_and_figure(study: Study) -> None:
    other = a_study(study="other")
    for found in (study, other):
        simulate_study(found, 6, 3, 7)
    assert given(study) == given(other)
    names = ("asked_item__position", "component", "group_type", "group", "suppressed", "figures")
    rows = [list(ItemResult.objects.filter(run__round__study=found).order_by("run__round__number", "pk").values_list(*names)) for found in (study, other)]
    assert rows[0] == rows[1]


def test_later_rounds_lie_nearer_to_the_median_that_was_shown_and_some_keep_their_answer(study: Study) -> None:
    simulate_study(study, 40, 3, 11, Model(left_out=0, unjudged=0, attrition=0))
    spread = [ItemResult.objects.get(run__round__number=number, group="all").figures["sd"] for number in (1, 2, 3)]
    assert spread[0] > spread[1] > spread[2]
    kept = Answer.objects.filter(response__round__number=2, decision="kept").count()
    assert 0.4 * 120 < kept < 120  # 45 per cent stay, and some who move do not leave their point of the scale


def test_responses_fall_by_attrition_and_nobody_comes_back(study: Study) -> None:
    simulate_study(study, 40, 3, 11, Model(attrition=0.15, left_out=0))
    who = [set(Response.objects.filter(round__number=number).values_list("panelist__code", flat=True)) for number in (1, 2, 3)]
    assert who[0] > who[1] > who[2]
    # of 120 experts 0.85 stay on average, a panel's own rate from half to one and a half times the loss
    assert 120 * (1 - 0.225) - 12 < len(who[1]) < 120 * (1 - 0.075) + 12


def test_a_wider_gap_between_allies_shows(study: Study) -> None:
    near, far = study, a_study(study="far")
    simulate_study(near, 40, 1, 3, Model(gap=0.0))
    simulate_study(far, 40, 1, 3, Model(gap=0.4))
    medians = [[row.figures["mean"] for row in ItemResult.objects.filter(run__round__study=found, group_type="panel")] for found in (near, far)]
    assert max(medians[1]) - min(medians[1]) > max(medians[0]) - min(medians[0]) + 0.5


def test_all_reasons_but_those_of_the_last_round_are_let_through() -> None:
    study = a_study(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [{**RATING, "rationale": "required"}]}])
    simulate_study(study, 5, 2, 7)
    assert {number: set(Rationale.objects.filter(response__round__number=number).values_list("state", flat=True)) for number in (1, 2)} == {
        1: {"approved"}, 2: {"pending"}}


def test_given_reasons_come_first_and_once() -> None:
    study = a_study(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [{**RATING, "rationale": "required"}]}])
    simulate_study(study, 5, 1, 7, reasons={1: {"grave": ["Geography.", "Trade."]}})
    texts = list(Rationale.objects.values_list("text", flat=True))
    assert texts.count("(simulated) Geography.") == texts.count("(simulated) Trade.") == 1 and len(texts) > 10


def test_a_round_opens_in_complete_languages_only() -> None:
    study = a_study(languages=["en", "ko"])
    simulate_study(study, 5, 1, 7)
    assert study.rounds.get().languages == ["en"]


def test_who_was_not_invited_again_does_not_answer_again() -> None:
    study = a_study(rounds={"invite": "respondents"})
    simulate_study(study, 20, 3, 7, Model(attrition=0.3))
    assert [Round.objects.get(number=number).invitations.count() for number in (2, 3)] == [
        Round.objects.get(number=number).responses.count() for number in (1, 2)]


@pytest.mark.parametrize("closed", [False, True])
def test_what_was_interrupted_goes_on_and_ends_in_the_same_answers(study: Study, closed: bool) -> None:
    other = a_study(study="other")
    simulate_study(other, 5, 2, 7)
    simulation, _created = start_simulation(study, Plan(5, 2, 7))
    claim_simulation(simulation.pk)
    first = open_round(study, 1)
    import_answers(first, answers_file(first, list(study.panelists.select_related("panel").order_by("pk")), 7, Model(), {}))
    if closed:
        close_round(first.pk)
    Simulation.objects.update(heartbeat_at=None)  # the worker died here
    again, changed = simulate_study(study, 5, 2, 7)
    assert changed and (again.state, again.attempts) == ("done", 2) and given(study) == given(other)


def test_a_round_that_cannot_open_leaves_the_reason_to_read_and_can_be_tried_again(study: Study) -> None:
    simulation, _created = start_simulation(study, Plan(5, 2, 7))
    Study.objects.update(settings={**study.settings, "rounds": {"maximum": 1}})
    with pytest.raises(NotReady, match="at most 1 rounds"):
        run_simulation(simulation.pk)
    simulation.refresh_from_db()
    assert (simulation.state, simulation.rounds_done) == ("failed", 1) and "round 2 can't open" in simulation.problem
    Study.objects.update(settings=study.settings)
    assert simulate_study(study, 5, 2, 7)[0].state == "done"


def test_the_sweeper_takes_up_what_waits_and_nobody_does_it_twice(study: Study) -> None:
    simulation, _created = copy_for_dry_run(study, Plan(5, 1, 7), by=None)
    assert simulations_to_run() == [simulation.pk]
    assert claim_simulation(simulation.pk) and not claim_simulation(simulation.pk)
    assert simulations_to_run() == [] and not run_simulation(simulation.pk)
    Simulation.objects.update(heartbeat_at=None)  # its worker fell silent
    assert run("sweep").status == 0
    simulation.refresh_from_db()
    assert (simulation.state, simulations_to_run()) == ("done", [])


def test_a_simulation_that_kills_its_workers_is_given_up(study: Study) -> None:
    simulation, _created = start_simulation(study, Plan(5, 1, 7))
    for _attempt in range(MOST_ATTEMPTS):
        assert claim_simulation(simulation.pk)
        Simulation.objects.update(heartbeat_at=None)
    assert not run_simulation(simulation.pk)
    simulation.refresh_from_db()
    assert (simulation.state, simulation.problem) == ("failed", "stopped without a word, several times")


def test_a_simulation_that_is_gone_is_nothing_to_do() -> None:
    assert not run_simulation(999)


def test_every_file_says_that_its_answers_are_simulated(study: Study) -> None:
    simulate_study(study, 6, 1, 7)
    shown = what_is_shown(Study.objects.get())
    rows = list(csv.DictReader(io.StringIO(b"".join(content_of(shown, "aggregates.csv")).decode())))
    assert rows and {row["simulated"] for row in rows} == {"yes"}
    assert json.loads(b"".join(content_of(shown, "provenance.json")))["simulated"] is True
    assert not Panelist.objects.filter(is_simulated=False).exists()
