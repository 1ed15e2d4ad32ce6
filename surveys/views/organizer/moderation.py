"""Moderation: pending reasons and answers to open questions per item, without name or panel, shuffled; approve, publish a part, or withhold."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from surveys.enums import RationaleState
from surveys.exceptions import Refused
from surveys.forms import DecisionForm
from surveys.models import Answer, OpenAnswerDecision, Rationale, Round
from surveys.permissions import Access
from surveys.views.organizer.scope import REFUSED, round_of, study_page, study_response
from surveys.workflow.open_answers import decide_open_answer, find_open_answer, key_of, pending_open_answers
from surveys.workflow.rationales import decide_rationale, pending_rationales

MOST_SHOWN = 100  # on one page, of each; decided ones make room
Written = tuple[str, Any, str]  # its address on the page, the asked item, the text


@study_page("moderate")
def pending_reasons(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    return _page(request, access, round_of(access.study, number))


def _page(request: HttpRequest, access: Access, study_round: Round, *, refused: dict[str, Any] | None = None) -> HttpResponse:
    """The queue; `refused` is the decision that was not taken, shown again as it was typed. After the release only open answers wait."""
    released, slug, number = study_round.state == "released", access.study.slug, study_round.number
    reasons = [] if released else pending_rationales(study_round)
    open_answers = pending_open_answers(study_round)
    context = {
        "study_round": study_round, "total": len(reasons) + len(open_answers), "decided": decided_counts(study_round), "released": released,
        "items": by_item(map(of_reason(slug, number), reasons[:MOST_SHOWN]), refused),
        "open_items": by_item(map(of_open_answer(slug, number), open_answers[:MOST_SHOWN]), refused),
        "language_next": reverse("surveys:reasons", args=[slug, number]),  # a decision's own address is no page
    }
    return study_response(request, access, "surveys/organizer/reasons.html", context, status=REFUSED if refused else 200)


def of_reason(slug: str, number: int) -> Callable[[Rationale], Written]:
    return lambda reason: (reverse("surveys:reason-decide", args=[slug, number, reason.pk]), reason.asked_item, reason.text)


def of_open_answer(slug: str, number: int) -> Callable[[Answer], Written]:
    return lambda answer: (reverse("surveys:open-answer-decide", args=[slug, number, key_of(answer.pk)]), answer.asked_item, str(answer.value))


def by_item(pending: Iterable[Written], refused: dict[str, Any] | None) -> list[dict[str, Any]]:
    items: dict[int, dict[str, Any]] = {}
    for address, asked_item, text in pending:
        version = asked_item.item_version
        entry = items.setdefault(asked_item.pk, {"code": version.item.code, "text": version.definition["text"], "reasons": []})
        typed = refused if refused and refused["address"] == address else {}
        entry["reasons"].append({"address": address, "name": address.rstrip("/").rpartition("/")[2], "text": text, "seen": digest_of(text),
                                 "published_text": typed.get("published_text") or text, "reason": typed.get("reason", ""),
                                 "error": typed.get("error", "")})
    return list(items.values())


def digest_of(text: str) -> str:
    """What tells the text that was read from one that the expert has changed since."""
    return hashlib.sha256(text.encode()).hexdigest()


def decided_counts(study_round: Round) -> list[tuple[str, int]]:
    """How many texts were decided on, and how (1 query)."""
    reasons = Rationale.objects.filter(response__round=study_round).order_by().values_list("state").annotate(n=Count("pk"))
    answers = OpenAnswerDecision.objects.filter(answer__response__round=study_round).order_by().values_list("state").annotate(n=Count("pk"))
    counted: Counter[str] = Counter()
    for state, number in reasons.union(answers, all=True):
        counted[state] += number
    return [(str(RationaleState(state).label), counted[state]) for state in ("approved", "redacted", "withheld")]


@study_page("moderate", "POST")
def decide(request: HttpRequest, access: Access, number: int, rationale_id: int) -> HttpResponse:
    study_round = round_of(access.study, number)
    rationale = get_object_or_404(Rationale, pk=rationale_id, response__round=study_round)
    return _decide(request, access, study_round, rationale.text, lambda **said: decide_rationale(rationale.pk, **said))


@study_page("moderate", "POST")
def decide_on_open_answer(request: HttpRequest, access: Access, number: int, key: str) -> HttpResponse:
    study_round = round_of(access.study, number)
    answer = find_open_answer(study_round, key)
    if answer is None:
        raise Http404
    return _decide(request, access, study_round, str(answer.value), lambda **said: decide_open_answer(answer.pk, **said))


def _decide(request: HttpRequest, access: Access, study_round: Round, text: str, act: Callable[..., object]) -> HttpResponse:
    """One decision on one text; what is refused is shown again as it was typed."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, access, study_round, refused={"address": request.path, "error": _("Choose a decision.")})
    given = form.cleaned_data
    try:
        act(state=given["decision"], by=request.user, published_text=given["published_text"], reason=given["reason"],
            seen_text=text if digest_of(text) == given["seen"] else "")
    except Refused as refusal:
        return _page(request, access, study_round, refused={**given, "address": request.path, "error": str(refusal)})
    messages.success(request, _("Decided: %(state)s.") % {"state": RationaleState(given["decision"]).label})
    return redirect("surveys:reasons", access.study.slug, study_round.number)
