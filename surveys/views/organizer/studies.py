"""The list of studies."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from surveys.models import Round, StudyMember
from surveys.permissions import may_create_studies


@require_safe
@login_required
def study_list(request: HttpRequest) -> HttpResponse:
    """The studies in which the user has a role, the newest first."""
    return render(request, "surveys/organizer/study_list.html",
                  {"entries": entries_for(request.user), "may_create": may_create_studies(request.user)})


def entries_for(user: Any) -> list[dict[str, Any]]:
    """One entry per study: the study, the user's roles, the latest round (2 queries)."""
    rounds = Prefetch("study__rounds", Round.objects.exclude(state="draft").order_by("number"))
    members = StudyMember.objects.filter(user=user).select_related("study").prefetch_related(rounds).order_by("-study__created_at", "pk")
    entries: dict[int, dict[str, Any]] = {}
    for member in members:
        entry = entries.setdefault(member.study_id, {"study": member.study, "roles": [], "rounds": list(member.study.rounds.all())})
        entry["roles"].append(member.get_role_display())
    for entry in entries.values():
        entry["latest"] = entry["rounds"][-1] if entry["rounds"] else None
    return list(entries.values())
