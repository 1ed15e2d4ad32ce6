"""Moderation: pending reasons per item, without name or panel, shuffled; approve, publish a part, or withhold."""

import hashlib
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from surveys.enums import RationaleState
from surveys.exceptions import Refused
from surveys.forms import DecisionForm
from surveys.models import Rationale, Round
from surveys.permissions import Access
from surveys.views.organizer.scope import REFUSED, round_of, study_page, study_response
from surveys.workflow.rationales import decide_rationale, pending_rationales

MOST_SHOWN = 100  # on one page; decided ones make room


@study_page("moderate")
def pending_reasons(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    return _page(request, access, round_of(access.study, number))


def _page(request: HttpRequest, access: Access, study_round: Round, *, refused: dict[str, Any] | None = None) -> HttpResponse:
    """The queue; `refused` is the decision that was not taken, shown again as it was typed."""
    pending = pending_rationales(study_round)
    context = {
        "study_round": study_round, "total": len(pending), "items": by_item(pending[:MOST_SHOWN], refused),
        "decided": decided_counts(study_round), "released": study_round.state == "released", "refused": refused,
        "language_next": reverse("surveys:reasons", args=[access.study.slug, study_round.number]),  # a decision's own address is no page
    }
    return study_response(request, access, "surveys/organizer/reasons.html", context, status=REFUSED if refused else 200)


def by_item(pending: list[Rationale], refused: dict[str, Any] | None) -> list[dict[str, Any]]:
    items: dict[int, dict[str, Any]] = {}
    for rationale in pending:
        version = rationale.asked_item.item_version
        entry = items.setdefault(rationale.asked_item_id, {"code": version.item.code, "text": version.definition["text"], "reasons": []})
        typed = refused if refused and refused["pk"] == rationale.pk else {}
        entry["reasons"].append({"pk": rationale.pk, "text": rationale.text, "seen": digest_of(rationale.text),
                                 "published_text": typed.get("published_text") or rationale.text, "reason": typed.get("reason", ""),
                                 "error": typed.get("error", "")})
    return list(items.values())


def digest_of(text: str) -> str:
    """What tells the text that was read from one that the expert has changed since."""
    return hashlib.sha256(text.encode()).hexdigest()


def decided_counts(study_round: Round) -> list[tuple[str, int]]:
    counted = dict(Rationale.objects.filter(response__round=study_round).values_list("state").annotate(n=Count("pk")))
    return [(str(RationaleState(state).label), counted.get(state, 0)) for state in ("approved", "redacted", "withheld")]


@study_page("moderate", "POST")
def decide(request: HttpRequest, access: Access, number: int, rationale_id: int) -> HttpResponse:
    study_round = round_of(access.study, number)
    rationale = get_object_or_404(Rationale, pk=rationale_id, response__round=study_round)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, access, study_round, refused={"pk": rationale_id, "error": _("Choose a decision.")})
    given = form.cleaned_data
    try:
        decide_rationale(rationale.pk, given["decision"], by=request.user, published_text=given["published_text"], reason=given["reason"],
                         seen_text=rationale.text if digest_of(rationale.text) == given["seen"] else "")
    except Refused as refusal:
        return _page(request, access, study_round, refused={**given, "pk": rationale_id, "error": str(refusal)})
    messages.success(request, _("Decided: %(state)s.") % {"state": RationaleState(given["decision"]).label})
    return redirect("surveys:reasons", access.study.slug, number)
