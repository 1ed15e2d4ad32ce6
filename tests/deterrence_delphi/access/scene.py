"""A study in each of its states, and somebody in each role: made once for all tests of a module, and rolled back after each look."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client

from accounts.models import User
from analysis.readiness import work_out
from surveys.enums import Role
from surveys.models import Round, Study, StudyMember
from surveys.workflow.answer_files import import_answers
from surveys.workflow.invitations import queue_messages
from surveys.workflow.rounds import finish_study, reopen_round
from tests.factories import a_user, count, csv_text
from tests.surveys.views.organizer.stage import DEFINITION, closed, opened, planned, staged

TELLTALE = 48271  # what everybody answers in round 2 to a question of round 2 alone: it can't be met by chance
NUMBER = {"code": "telltale", "kind": "number", "minimum": 0, "maximum": 99999, "text": {"en": "How many ships?"}}
OPEN_QUESTION = {"code": "why", "kind": "text", "text": {"en": "What else?"}}
STATES = ("draft", "open", "reopened", "closed", "aggregated", "finished")
ROLES = tuple(role.value for role in Role)


@dataclass
class Scene:
    """The studies by state, and who looks: the roles, a stranger with a study of their own, and an operator."""

    studies: dict[str, Study] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)


def scene() -> Scene:
    made = Scene()
    for state in STATES:
        made.studies[state] = study_in(state)
    elsewhere = staged(study="elsewhere")
    for name in (*ROLES, "stranger", "operator"):
        user = made.people[name] = a_user(f"{name}@house.example", is_staff=name == "operator", is_superuser=name == "operator")
        for study in [elsewhere] if name == "stranger" else made.studies.values() if name in ROLES else []:
            StudyMember.objects.create(study=study, user=user, role=name if name in ROLES else Role.OWNER)
        made.clients[name] = Client()
        made.clients[name].force_login(user)
    made.clients["signed out"] = Client()
    return made


def study_in(state: str) -> Study:
    """Each with a first round that is released, but for the draft; what is said of the state is said of the second."""
    sections = [dict(section) for section in DEFINITION["questionnaire"]]
    sections[0]["items"] = [*sections[0]["items"], NUMBER, OPEN_QUESTION]
    study = staged(study=f"is-{state}", questionnaire=sections, theatres=[{"code": "east", "name": {"en": "East"}}],
                   option_lists={"few": [{"code": "a", "text": {"en": "A"}}, {"code": "b", "text": {"en": "B"}}]})
    planned(study)
    if state == "draft":
        return study
    count(answered(opened(study, items=["grave", "chance", "aim"]), {}))
    second = answered(opened(study, items=["grave", "telltale", "why"]), {"telltale": TELLTALE, "why": "Mind the straits"})
    queue_messages(second, "invitation")
    LATER[state](second)
    work_out(study)
    study.refresh_from_db()
    return study


def counted_and_reopened(study_round: Round) -> None:
    reopen_round(count(study_round).pk, reason="Some had no time")


def counted_and_finished(study_round: Round) -> None:
    finish_study(count(study_round).study)


LATER: dict[str, Callable[[Round], Any]] = {
    "open": lambda study_round: None, "reopened": counted_and_reopened, "closed": closed, "aggregated": count, "finished": counted_and_finished,
}


def answered(study_round: Round, more: dict[str, Any]) -> Round:
    """Everybody answers: gravity in turn, reasons from the first of each panel; `more` is the same from all."""
    asked = {asked.item_version.item.code for asked in study_round.asked_items.select_related("item_version__item")}
    said: dict[str, Callable[[int], Any]] = {
        "grave": lambda place: 1 + place % 3, "chance": lambda place: 10 * (place % 5), "aim": lambda place: "within" if place % 4 else "force"}
    rows = []
    for place, panelist in enumerate(study_round.study.panelists.order_by("pk")):
        values = {**{code: value(place) for code, value in said.items() if code in asked}, **more}
        rows += [{"panelist": panelist.code, "item": item, "value": value, "rationale": "Because of geography" if item == "grave" and place % 5 == 0 else ""}
                 for item, value in values.items()]
    import_answers(study_round, csv_text(["panelist", "item", "value", "rationale"], rows))
    return study_round


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done inside is as if it had not been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
