"""What every expert's page shows around its own matter."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime

from surveys.models import Round, Study
from surveys.views.expert.promises import who_sees_what
from surveys.views.expert.sessions import Expert
from surveys.views.expert.wording import Wording


def expert_page(request: HttpRequest, expert: Expert, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, f"surveys/expert/{template}.html", {**surroundings(expert), **context}, status=status)


def surroundings(expert: Expert) -> dict[str, Any]:
    """The study's name, the perspective to answer from, who sees what, and whether all this is a demonstration."""
    return {
        **study_texts(expert.study, expert.wording),
        "expert": expert, "is_simulated": expert.is_simulated,
        "panel_name": expert.wording(expert.panelist.panel.name), "who_sees_what": who_sees_what(expert.study),
    }


def study_texts(study: Study, wording: Wording) -> dict[str, Any]:
    organisation = study.settings.get("organisation", {})
    return {
        "study": study, "study_title": wording(study.settings["title"]), "aim": wording(study.settings.get("aim")),
        "information": wording(study.settings.get("information")), "perspective": wording(study.settings.get("perspective")),
        "organisation": wording(organisation.get("name")), "contact": organisation.get("contact", ""),
        "consent": wording(study.settings.get("consent", {}).get("text")),
    }


def moment_of(at: datetime | None, study: Study) -> dict[str, str] | None:
    """A time in the study's zone, the zone named; a script adds the same in the reader's own zone."""
    if at is None:
        return None
    local = localtime(at, study.zone)
    return {"text": date_format(local, "DATETIME_FORMAT"), "zone": study.settings.get("time_zone", "UTC"), "iso": at.isoformat(timespec="seconds")}


def deadline_of(study_round: Round) -> dict[str, str] | None:
    return moment_of(study_round.deadline_at, study_round.study)
