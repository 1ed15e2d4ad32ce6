"""The demonstration: a finished study of real answers, and a small study in round 2 whose experts are simulated."""

import csv
import io
import random
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from analysis.aggregation import aggregate_round
from surveys import simulation
from surveys.enums import RationaleState, Role
from surveys.items import CANNOT_JUDGE, ItemSpec, kind_of
from surveys.models import AccessLink, Feedback, Panelist, Rationale, Round, Study
from surveys.queries import asked_items
from surveys.studyfile import read_study
from surveys.workflow.answer_files import import_answers
from surveys.workflow.invitations import find_link, give_consent, issue_link, link_status
from surveys.workflow.panels import import_panel
from surveys.workflow.rationales import decide_rationale
from surveys.workflow.rounds import close_round, finish_study, open_round
from surveys.workflow.studies import add_member, import_study

FOLDER = Path(settings.BASE_DIR) / "studies"
SEED = 2027
EXPERTS = {"us": 9, "jp": 8, "kr": 9, "pl": 7, "no": 4}  # Norway's panel is small on purpose: its figures are protected
LANGUAGES = {"kr": "ko", "jp": "ja"}
SHOWN = ("us", "kr", "jp")  # the panels whose first expert gets a link to try
REASONS = {  # each is given once
    "ts-grey-5y": [
        "Insurers would stop sailing long before a navy had to.", "Trade through the strait matters too much to both sides.",
        "Inspections by a coast guard would be enough, and hard to answer.", "A week is short; a slowdown of two days is far more likely.",
        "Pressure has grown every year, and nothing has pushed back.", "The cost to the one who starts it would show within days.",
    ],
    "bs-grey-5y": [
        "Damage to cables has become frequent; ports would be the next step.", "All shores but one now belong to one alliance.",
        "A shadow fleet gives cover for incidents that nobody owns up to.", "Traffic would be escorted within days.",
    ],
    "ts-severity": [
        "Most of our energy imports pass nearby.", "Ships can go round; it costs days, not a livelihood.", "Chips for our industry come from there.",
        "The signal to everybody else would weigh more than the cargo.", "Stocks would last for a week.",
    ],
    "intention": ["Institutions are being filled with its own people first.", "Loans and ports came before ships.", "Exercises look like rehearsals."],
    "linked": [
        "Stocks of munitions are shared between the theatres.", "Allies draw lessons from each other's resolve.", "Each challenger follows its own calendar.",
        "The guarantor has one budget.", "Distance still matters: forces can't be in two places.",
    ],
}
LATER_REASONS = {
    "ts-grey-5y": [
        "The point about insurers persuades me.", "I stay low: a week is long for both economies.", "Higher, after reading what exercises look like.",
    ],
    "ts-severity": ["Energy weighs more than I had allowed for.", "I keep it: our trade goes another way."],
    "linked": ["One budget, so yes.", "I still see two separate calendars."],
}


def load_demo(people: dict[str, Any]) -> dict[str, Any]:
    """Load what is missing and return the sign-ins and links; what is there already is kept, passwords and links too.

    `people` is what an earlier call returned, or {}.
    """
    organizer, analyst = _user(people.get("organizer"), "organizer", True), _user(people.get("analyst"), "analyst", False)
    real = _load_replicats()
    simulated = load_every_kind()
    for study in (real, simulated):
        add_member(study, User.objects.get(email=organizer["email"]), Role.OWNER)
        add_member(study, User.objects.get(email=analyst["email"]), Role.ANALYST)
    links = {entry["panel"]: entry["link"] for entry in people.get("experts", [])}
    return {"organizer": organizer, "analyst": analyst, "experts": [_expert(simulated, panel, links.get(panel)) for panel in SHOWN]}


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


def _expert(study: Study, panel: str, path: str | None) -> dict[str, str]:
    panelist = study.panelists.get(code=f"sim-{panel}-1")
    link = find_link(path.strip("/").split("/")[-1]) if path else None
    if link is None or link_status(link) != "valid":
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
    closed = close_round(study_round.pk, reason="demonstration")
    aggregate_round(closed.pk, closed.closing)


@transaction.atomic
def load_every_kind() -> Study:
    """A question of every kind, in round 2; experts are simulated, and three of them are left to whoever tries it."""
    definition = read_study((FOLDER / "every-kind" / "study.yaml").read_bytes())
    study, _changed = import_study(definition, is_simulated=True)
    if study.rounds.filter(number=2).exclude(state="draft").exists():
        return study
    rows = [[f"sim-{panel}-{number}", panel, LANGUAGES.get(panel, "en")] for panel, count in EXPERTS.items() for number in range(1, count + 1)]
    import_panel(study, _csv(["panelist", "panel", "language"], rows))
    for panelist in study.panelists.select_related("study"):
        if panelist.code not in {f"sim-{panel}-1" for panel in SHOWN}:
            give_consent(panelist)
    first = open_round(study, 1)
    import_answers(first, simulated_answers(first, list(study.panelists.select_related("panel"))))
    closed = close_round(first.pk, reason="demonstration")
    aggregate_round(closed.pk, closed.closing)
    _approve_reasons(first)
    second = open_round(study, 2, deadline_at=timezone.now() + timedelta(days=14))
    early = [panelist for panelist in study.panelists.select_related("panel").order_by("pk") if int(panelist.code.split("-")[-1]) % 3 == 0]
    import_answers(second, simulated_answers(second, early))
    return study


def _approve_reasons(study_round: Round) -> None:
    """All simulated reasons but one for each item are let through; those wait, so that moderation has something to show."""
    waiting: set[int] = set()
    for rationale in Rationale.objects.filter(response__round=study_round, state=RationaleState.PENDING).order_by("response__panelist__code"):
        if rationale.asked_item_id in waiting:
            decide_rationale(rationale.pk, RationaleState.APPROVED, by=None)
        waiting.add(rationale.asked_item_id)


def simulated_answers(study_round: Round, panelists: Sequence[Panelist]) -> str:
    """A file of answers by simulated experts, as import_answers takes it; from round 2 on they have seen the feedback."""
    study = study_round.study
    shown = _shown_figures(study, study_round.number)
    unsaid = {code: list(texts) for code, texts in (REASONS if study_round.number == 1 else LATER_REASONS).items()}
    rows = []
    for panelist in panelists:
        for asked in asked_items(study_round):
            spec = asked.item_version.spec(study.settings)
            chance = _chance(study_round.number, panelist, spec)
            values = _simulated_values(spec, panelist, study_round.number, shown.get(spec.code, {}), chance)
            if values is not None:
                cannot_judge = CANNOT_JUDGE in values.values()
                confidence = str(10 * chance.randint(3, 9)) if spec.confidence and not cannot_judge else ""
                reason = unsaid[spec.code].pop(0) if unsaid.get(spec.code) and not cannot_judge and chance.random() < 0.3 else ""
                rows += [[panelist.code, spec.code, code, "" if cannot_judge else value, "1" if cannot_judge else "", confidence, reason]
                         for code, value in values.items()]
    return _csv(["panelist", "item", "component", "value", "cannot_judge", "confidence", "rationale"], rows)


def _chance(number: int, panelist: Panelist, spec: ItemSpec) -> random.Random:
    return random.Random(f"{SEED}|{number}|{panelist.code}|{spec.code}")  # noqa: S311


def _simulated_values(spec: ItemSpec, panelist: Panelist, number: int, shown: Mapping[str, Any], chance: random.Random) -> dict[str, str] | None:
    """In a later round a single number follows the opinion that moved; several numbers move from those of the first round."""
    opinion = simulation.first_opinion(spec, panelist.panel.code, panelist.code, SEED)
    if number == 1:
        return simulation.simulated_answer(spec, opinion, chance)
    if "" in shown and "" in {component.code for component in kind_of(spec).components(spec)}:
        moved = simulation.later_opinion(opinion, simulation.opinion_of(spec, shown[""].get("median")), chance)
        return simulation.simulated_answer(spec, moved, chance)
    first = simulation.simulated_answer(spec, opinion, _chance(1, panelist, spec))
    return None if first is None else simulation.later_answer(spec, first, shown, chance)


def _shown_figures(study: Study, number: int) -> dict[str, dict[str, Any]]:
    """Item → component → figures over everybody, as the round before showed them."""
    feedback = Feedback.objects.filter(round__study=study, round__number=number - 1).select_related("asked_item__item_version__item")
    return {
        row.asked_item.item_version.item.code: {code: groups["all/all"] for code, groups in row.figures["components"].items() if "all/all" in groups}
        for row in feedback
    }


def _csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerows([header, *rows])
    return stream.getvalue()
