"""Simulated rounds: opened, answered, closed and counted one after the other, by the same acts as real ones.

Every step is safe to repeat: a simulation that was interrupted goes on where it stopped, and ends in the same answers.
"""

import csv
import io
import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from analysis.aggregation import aggregate_round
from surveys.enums import RoundState
from surveys.exceptions import Refused
from surveys.items import CANNOT_JUDGE
from surveys.models import Feedback, Panel, Panelist, Round, Simulation, Study
from surveys.queries import asked_items
from surveys.simulation import Expert, Model, SimulatedAnswer, answers_of, has_left
from surveys.simulation.texts import marked
from surveys.workflow.answer_files import import_answers
from surveys.workflow.rounds import close_round
from surveys.workflow.simulated import Plan, approve_simulated_reasons, open_simulated_round, start_simulation
from surveys.workflow.simulation_progress import claim_simulation, fail_simulation, finish_simulation, note_round_done
from surveys.workflow.text_reviews import gaps

logger = logging.getLogger(__name__)
DAYS_OPEN = 14  # of a round that is left open
ANSWERED_EARLY = 3  # in a round that is left open, one expert in so many has answered
COLUMNS = ("panelist", "item", "component", "value", "cannot_judge", "confidence", "expertise", "rationale")
Reasons = Mapping[int, Mapping[str, Sequence[str]]]  # round → item → texts that are given before any others, each once


def simulate_study(study: Study, experts_per_panel: int | Mapping[str, int], rounds: int, seed: int, model: Model | None = None, *,
                   leave_open: bool = False, by: Any = None, reasons: Reasons | None = None) -> tuple[Simulation, bool]:
    """Simulate a draft study through its rounds, here and now. Returns the simulation, and False when all of it was there already.

    `leave_open`: the last round stays open, answered in part. Raises Refused where the study can't be simulated, or a round can't open.
    """
    plan = Plan(experts_per_panel, rounds, seed, model or Model(), leave_open)
    simulation, _created = start_simulation(study, plan, by=by)
    if simulation.state == Simulation.State.DONE:
        return simulation, False
    Simulation.objects.filter(pk=simulation.pk, state=Simulation.State.FAILED).update(state=Simulation.State.QUEUED, attempts=0)
    run_simulation(simulation.pk, reasons)
    simulation.refresh_from_db()
    return simulation, True


def run_simulation(simulation_id: int, reasons: Reasons | None = None) -> bool:
    """Carry out what is left of a simulation. Returns False when somebody else is at it, or it is gone."""
    if not claim_simulation(simulation_id):
        return False
    simulation = Simulation.objects.select_related("study").get(pk=simulation_id)
    try:
        for number in range(1, simulation.rounds + 1):
            if not _simulate_round(simulation, number, reasons or {}):
                return False
            note_round_done(simulation_id, number)
    except Exception as error:
        fail_simulation(simulation_id, str(error) if isinstance(error, Refused) else f"{type(error).__name__} while simulating")
        logger.error("simulation %s failed: %s", simulation_id, type(error).__name__)
        raise
    finish_simulation(simulation_id)
    return True


def _simulate_round(simulation: Simulation, number: int, reasons: Reasons) -> bool:
    """Returns False where the simulation was removed meanwhile."""
    is_last = number == simulation.rounds
    stays_open = is_last and simulation.leaves_open
    study_round = _opened(simulation, number, stays_open)
    if study_round is None:
        return False
    if study_round.is_open:
        panelists = _who_answers(simulation, study_round, only_early=stays_open)
        import_answers(study_round, answers_file(study_round, panelists, simulation.seed, Model(**simulation.model), reasons.get(number, {})))
    if stays_open:
        return True
    closed = close_round(study_round.pk, reason="simulation")
    aggregate_round(closed.pk, closed.closing)
    if not is_last:  # those of the last round wait for whoever tries moderation
        approve_simulated_reasons(closed)
    return True


def _opened(simulation: Simulation, number: int, stays_open: bool) -> Round | None:
    """The round, opened in the languages in which no text is missing or outdated, if it has not been opened yet."""
    study = simulation.study
    present = Round.objects.filter(study=study, number=number).exclude(state=RoundState.DRAFT).select_related("study").first()
    if present is not None:
        return present
    incomplete = gaps(study)
    languages = [language for language in study.languages if language not in incomplete]
    deadline_at = timezone.now() + timedelta(days=DAYS_OPEN) if stays_open else None
    return open_simulated_round(simulation, number, deadline_at=deadline_at, languages=languages or [study.source_language])


def _who_answers(simulation: Simulation, study_round: Round, *, only_early: bool) -> list[Panelist]:
    invited = Panelist.objects.filter(invitations__round=study_round, is_simulated=True).select_related("panel").order_by("pk")
    model = Model(**simulation.model)
    staying = [panelist for panelist in invited if not has_left(_expert(panelist), study_round.number, simulation.seed, model)]
    return [panelist for panelist in staying if not only_early or int(panelist.code.rpartition("-")[2]) % ANSWERED_EARLY == 0]


def _expert(panelist: Panelist, theatres: Mapping[int, tuple[str, ...]] | None = None) -> Expert:
    return Expert(panelist.code, panelist.panel.code, (theatres or {}).get(panelist.panel_id, ()), panelist.language)


def answers_file(study_round: Round, panelists: Sequence[Panelist], seed: int, model: Model, reasons: Mapping[str, Sequence[str]]) -> str:
    """A file of answers by simulated experts, as import_answers takes it; from round 2 on they have seen the feedback.

    `reasons`: item → texts that the first experts who give a reason take, before the general ones.
    """
    study = study_round.study
    specs = [asked.item_version.spec(study.settings) for asked in asked_items(study_round)]
    shown = [shown_figures(study, number) for number in range(1, study_round.number)]
    theatres = {panel.pk: tuple(theatre.code for theatre in panel.theatres.all()) for panel in Panel.objects.filter(study=study).prefetch_related("theatres")}
    unsaid = {code: list(texts) for code, texts in reasons.items()}
    rows: list[Sequence[str]] = [COLUMNS]
    for panelist in panelists:
        for code, answer in answers_of(_expert(panelist, theatres), specs, shown, seed, model).items():
            reason = marked(unsaid[code].pop(0), "en") if answer.reason and unsaid.get(code) else answer.reason
            rows += _rows(panelist.code, code, answer, reason)
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue()


def _rows(panelist: str, item: str, answer: SimulatedAnswer, reason: str) -> list[Sequence[str]]:
    extras = (answer.confidence, answer.expertise, reason)
    return [(panelist, item, component, *_said(value), *extras) for component, value in answer.values.items()]


def _said(value: str) -> tuple[str, str]:
    """Value and cannot_judge, as their columns have them."""
    return ("", "1") if value == CANNOT_JUDGE else (value, "")


def shown_figures(study: Study, number: int) -> dict[str, dict[str, Any]]:
    """Item → component → figures over everybody, as the round's feedback shows them."""
    feedback = Feedback.objects.filter(round__study=study, round__number=number).select_related("asked_item__item_version__item")
    return {
        row.asked_item.item_version.item.code: {code: groups["all/all"] for code, groups in row.figures["components"].items() if "all/all" in groups}
        for row in feedback
    }
