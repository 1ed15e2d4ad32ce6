"""A study with everything that organizers' pages show, brought to any state through the real workflow."""

from typing import Any

from django.test import Client

from accounts.models import User
from analysis.models import PlanRun
from analysis.planning.parameters import PlanParameters
from analysis.planning.plan_runs import request_plan
from analysis.planning.plan_worker import run_plan
from surveys.enums import Role
from surveys.models import Panelist, Round, Study, StudyMember
from surveys.workflow.answer_files import import_answers
from surveys.workflow.panels import import_panel
from surveys.workflow.responses import Given, record_answers, submit_response
from surveys.workflow.rounds import close_round, open_round
from tests.factories import a_study, a_user, count, csv_text

DEFINITION: dict[str, Any] = {
    "study": "staged",
    "title": {"en": "Threats across two theatres", "ko": "두 전구의 위협"},
    "languages": ["en", "ko"],
    "time_zone": "Asia/Seoul",
    "organisation": {"name": {"en": "Institute for Alliance Studies"}, "contact": "delphi@example.org", "sender": "Alliance Delphi <delphi@example.org>"},
    "rounds": {"maximum": 3},
    "disclosure": {"minimum": 3},
    "consensus": {"ordinal": {"rule": "iqr", "at_most": 1}, "probability": {"rule": "iqr", "at_most": 20}, "nominal": {"rule": "modal_share", "at_least": 0.7}},
    "stability": {"rule": "scheibe", "below": 15},
    "panels": [{"code": code, "name": {"en": name}} for code, name in (("us", "United States"), ("jp", "Japan"), ("kr", "South Korea"))],
    "scales": {"five": {"labels": {"en": ["None", "Little", "Some", "Much", "Extreme"]}}},
    "questionnaire": [
        {"section": "threats", "title": {"en": "Threats"}, "items": [
            {"code": "grave", "kind": "rating", "scale": "five", "rationale": "optional", "text": {"en": "How grave is a blockade for your country?"}},
            {"code": "chance", "kind": "probability", "text": {"en": "A blockade lasts a week or more within five years"}},
        ]},
        {"section": "aims", "title": {"en": "Aims"}, "items": [
            {"code": "aim", "kind": "choice", "text": {"en": "How does the challenger mean to change the order?"},
             "options": [{"code": "within", "text": {"en": "From within"}}, {"code": "force", "text": {"en": "By force"}}]},
        ]},
    ],
}


def staged(**changes: Any) -> Study:
    """The study with five experts a panel, each with a name and an address."""
    study = a_study({**DEFINITION, **changes})
    import_panel(study, panel_csv(study))
    return study


def panel_csv(study: Study, per_panel: int = 5) -> str:
    lines = ["panelist,panel,name,email,language"]
    for panel in study.panels.all():
        lines += [f"{panel.code}-{n},{panel.code},Expert {n} of {panel.code},{panel.code}{n}@{study.slug}.example,en" for n in range(1, per_panel + 1)]
    return "\n".join(lines)


def planned(study: Study) -> PlanRun:
    """A plan that is worked out."""
    plan, _new = request_plan(study, PlanParameters(experts=(6, 30), runs=100), by=None)
    run_plan(plan.pk)
    return plan


def opened(study: Study, **options: Any) -> Round:
    last = study.rounds.order_by("-number").first()
    return open_round(study, last.number + 1 if last else 1, **options)


def answered(study_round: Round, reason: str = "Because of geography") -> None:
    """Everybody answers everything; the first expert of each panel gives a reason."""
    rows = []
    for place, panelist in enumerate(Panelist.objects.filter(study=study_round.study).select_related("panel").order_by("pk")):
        said = f"{reason} ({panelist.panel.code})" if place % 5 == 0 else ""
        rows += [{"panelist": panelist.code, "item": item, "value": value, "rationale": said if item == "grave" else ""}
                 for item, value in values_of(place).items()]
    import_answers(study_round, csv_text(["panelist", "item", "value", "rationale"], rows))


def values_of(place: int) -> dict[str, Any]:
    """What the expert at a place says: gravity 1, 2, 3 in turn, chances 0 to 40, every fourth "by force"."""
    return {"grave": 1 + place % 3, "chance": 10 * (place % 5), "aim": "within" if place % 4 else "force"}


def answer(panelist: Panelist, study_round: Round, asked: Any, place: int, *, reason: str | None = None, submit: bool = True) -> None:
    values = values_of(place)
    given = [(asked[code], Given(raw={"": str(values[code])}, decision="changed", rationale=reason if code == "grave" else None)) for code in asked]
    record_answers(panelist, study_round, given)
    if submit:
        submit_response(panelist, study_round, list(asked.values()))


def counted(study: Study) -> Round:
    """Round 1 opened, answered, closed and counted."""
    study_round = opened(study)
    answered(study_round)
    return count(study_round)


def closed(study_round: Round) -> Round:
    return close_round(study_round.pk)


def somebody(study: Study | None = None, *roles: str, email: str = "", **fields: Any) -> User:
    """A user with these roles in the study."""
    user = a_user(email or f"{'-'.join(roles) or 'nobody'}@example.org", **fields)
    for role in roles:
        StudyMember.objects.create(study=study, user=user, role=role)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def organizer_of(study: Study) -> Client:
    return signed_in(somebody(study, Role.ORGANIZER))
