"""The demonstration: a finished study of real answers, and two whose experts are simulated: one in round 2, one finished after three."""

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from analysis.demonstration_reasons import OF_DETERRENCE_LABOUR, OF_THREAT_PERCEPTION
from surveys.enums import Role, RoundState
from surveys.exceptions import Refused
from surveys.models import AccessLink, Round, Simulation, Study
from surveys.simulation import Model
from surveys.studyfile import read_study
from surveys.workflow.answer_files import import_answers
from surveys.workflow.invitations import find_link, issue_link, link_status
from surveys.workflow.members import add_member
from surveys.workflow.panels import import_panel
from surveys.workflow.rounds import close_round, finish_study, open_round
from surveys.workflow.simulated import approve_simulated_reasons
from surveys.workflow.studies import import_study

logger = logging.getLogger(__name__)
Reasons = Mapping[int, Mapping[str, Sequence[str]]]  # as `simulate_study` takes them
FOLDER = Path(settings.BASE_DIR) / "studies"
SEED = 2027
MODEL = Model(gap=0.1, reasons=0.12)  # reasons: enough to read, few enough to decide on
SHOWN = ("us", "kr", "jp")  # the panels whose first expert gets a link to try


@dataclass(frozen=True)
class Simulated:
    """A bundled study and the panel that answers it."""

    slug: str
    experts: Mapping[str, int]
    rounds: int
    leave_open: bool = False
    reasons: Reasons = field(default_factory=dict)


THREAT_PERCEPTION = Simulated(  # Norway's panel is small on purpose: its figures are protected
    "threat-perception", {"us": 9, "jp": 8, "kr": 9, "au": 7, "ph": 6, "gb": 7, "fr": 6, "de": 7, "pl": 8, "no": 4}, 2, True, OF_THREAT_PERCEPTION)
DETERRENCE_LABOUR = Simulated(
    "deterrence-labour", {"us": 9, "jp": 8, "kr": 8, "au": 7, "ph": 7, "gb": 7, "de": 8, "pl": 8, "fr": 7}, 3, False, OF_DETERRENCE_LABOUR)


def load_demo(people: dict[str, Any]) -> dict[str, Any]:
    """Load what is missing and return the sign-ins and links; what is there already is kept, passwords and links too.

    `people` is what an earlier call returned, or {}.
    """
    organizer, analyst = _user(people.get("organizer"), "organizer", True), _user(people.get("analyst"), "analyst", False)
    studies = [_load_replicats(), load_deterrence_labour(), load_threat_perception()]
    for study in studies:
        add_member(study, User.objects.get(email=organizer["email"]), Role.OWNER)
        add_member(study, User.objects.get(email=analyst["email"]), Role.ANALYST)
    links = {entry["panel"]: entry["link"] for entry in people.get("experts", [])}
    experts = (_expert(studies[-1], panel, links.get(panel)) for panel in SHOWN)
    return {"organizer": organizer, "analyst": analyst, "experts": [expert for expert in experts if expert]}


def _user(known: dict[str, str] | None, name: str, may_create: bool) -> dict[str, str]:
    """An account for the demonstration; its password is kept from start to start."""
    email = f"{name}@demo.example"
    user = User.objects.filter(email=email).first()
    if user is not None and known and user.check_password(known["password"]):
        return known
    password = "-".join(secrets.token_hex(3) for _ in range(3))
    if user is None:
        user = User(email=email, name=f"Demo {name}", may_create_studies=may_create)
    user.set_password(password)
    user.save()
    return {"email": email, "password": password}


def _expert(study: Study, panel: str, path: str | None) -> dict[str, str] | None:
    """The first simulated expert of a panel; None where somebody made a study of real people of the bundled one."""
    panelist = study.panelists.filter(code=f"sim-{panel}-1", is_simulated=True).first()
    if panelist is None:
        return None
    link = find_link(path.strip("/").split("/")[-1]) if path else None
    if link is None or link_status(link) != "valid" or link.panelist_id != panelist.pk:
        AccessLink.objects.filter(panelist=panelist).delete()
        path = reverse("surveys:link", args=[issue_link(panelist)])
    return {"name": panelist.code, "panel": panel, "link": str(path)}


@transaction.atomic
def _load_replicats() -> Study:
    folder = FOLDER / "replicats"
    study, _changed = import_study(read_study((folder / "study.yaml").read_bytes()))
    import_panel(study, (folder / "panel.csv").read_bytes())
    for number in (1, 2):
        if not study.rounds.filter(number=number).exclude(state="draft").exists():
            study_round = open_round(study, number)
            import_answers(study_round, (folder / f"round{number}.csv").read_bytes())
            _count(study_round)
    return finish_study(study)


def _count(study_round: Round) -> None:
    from analysis.aggregation import aggregate_round  # with numpy and scipy: a start that finds all studies there needs them for nothing

    closed = close_round(study_round.pk, reason="demonstration")
    aggregate_round(closed.pk, closed.closing)


def load_threat_perception() -> Study:
    """In round 2; the first expert of each panel is left to whoever tries it."""
    return _load(THREAT_PERCEPTION)


def load_deterrence_labour() -> Study:
    """Finished after three rounds."""
    study = _load(DETERRENCE_LABOUR)
    last = study.rounds.filter(number=DETERRENCE_LABOUR.rounds, state=RoundState.AGGREGATED).first()
    if last is None or study.finished_at is not None or not study.is_simulated:
        return study
    approve_simulated_reasons(last)
    return finish_study(study)


def _load(wanted: Simulated) -> Study:
    """The bundled study, simulated; what was interrupted goes on, and what somebody made of the study since is left alone."""
    study = Study.objects.filter(slug=wanted.slug).first()
    if study is not None and _is_begun(study):
        _go_on(study, wanted.reasons)
    else:
        from analysis.simulated_rounds import simulate_study

        study, _changed = import_study(read_study((FOLDER / wanted.slug / "study.yaml").read_bytes()))
        try:
            simulate_study(study, wanted.experts, wanted.rounds, SEED, MODEL, leave_open=wanted.leave_open, reasons=wanted.reasons)
        except Refused as refusal:
            logger.warning("%s stays as it is: %s", wanted.slug, refusal)
    study.refresh_from_db()
    return study


def _is_begun(study: Study) -> bool:
    """Has a round been opened, or was the simulation removed on purpose?"""
    return study.rounds.exclude(state=RoundState.DRAFT).exists() or study.audit_events.filter(act="remove_simulation").exists()


def _go_on(study: Study, reasons: Reasons) -> None:
    for simulation in Simulation.objects.filter(study=study).exclude(state=Simulation.State.DONE):
        from analysis.simulated_rounds import run_simulation

        run_simulation(simulation.pk, reasons)
