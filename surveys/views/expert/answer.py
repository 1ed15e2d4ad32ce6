"""Autosave: one item at a time, as JSON. What is acknowledged here is in the snapshot of the round's closing."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from surveys.enums import RoundState
from surveys.exceptions import NotInvited, RoundNotOpen
from surveys.models import Round
from surveys.views.expert.given import given_in_json, is_stored
from surveys.views.expert.kinds import answer_in_words
from surveys.views.expert.own_item import OwnItem, own_items, state_of
from surveys.views.expert.questionnaire import Asked, Questionnaire, questionnaire_of
from surveys.views.expert.sessions import Expert, for_expert
from surveys.views.expert.standing import own_answers, progress_of
from surveys.views.expert.wording import raw_of
from surveys.workflow.responses import Given, Saved, record_answers

LONGEST_BODY = 300_000


@require_POST
@for_expert
def save_answer(request: HttpRequest, expert: Expert, asked_item_id: int) -> HttpResponse:
    """200 saved; 409 changed on another device; 410 the round is closed; 422 refused; 400 not from our script; 404 not this expert's."""
    study_round = Round.objects.filter(study_id=expert.study.pk, asked_items=asked_item_id).exclude(state=RoundState.DRAFT).first()
    if study_round is None:
        return _refusal("unknown", _("There is no such item."), 404)
    if not expert.has_consented:
        return _refusal("consent", _("Please agree to taking part first."), 403)
    expert = expert.reading(study_round)
    questionnaire = questionnaire_of(study_round, expert.study.settings)
    asked = questionnaire.by_id[asked_item_id]
    try:
        given = given_in_json(read_body(request))
        saved = record_answers(expert.panelist, study_round, [(asked.question, given)])[asked_item_id]
    except ValueError:
        return _refusal("malformed", _("This could not be read."), 400)
    except RoundNotOpen as refusal:
        return _refusal("closed", str(refusal), 410)
    except NotInvited as refusal:
        return _refusal("not_invited", str(refusal), 403)
    return _reply(expert, study_round, questionnaire, asked, given, saved)


def read_body(request: HttpRequest) -> dict[str, Any]:
    """The body as an object. Raises ValueError for anything else."""
    if len(request.body) > LONGEST_BODY:
        raise ValueError("too long")
    try:
        body = json.loads(request.body)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(body, dict):
        raise ValueError("not an object")
    return body


def _refusal(reason: str, text: str, status: int) -> JsonResponse:
    return JsonResponse({"error": text, "reason": reason}, status=status)


def _reply(expert: Expert, study_round: Round, questionnaire: Questionnaire, asked: Asked, given: Given, saved: Saved) -> JsonResponse:
    own = own_answers(expert.panelist)
    progress = progress_of(questionnaire, own.given_in(study_round.number))
    item = own_items((asked,), own, study_round)[0]
    found = {"revision": saved.revision, "answered": progress.answered, "total": progress.total, "minutes": progress.minutes}
    if saved.conflict and not is_stored(asked.question.spec, given, item.stored, item.reason):
        return JsonResponse({**found, "error": saved.error, "reason": "conflict", "stored": stored_state(expert, item)}, status=409)
    if saved.error and not saved.conflict:
        return JsonResponse({**found, "error": saved.error, "reason": "refused"}, status=422)
    # A repeated request whose first reply was lost meets its own answer: that is no conflict.
    at = item.stored.saved_at if item.stored else saved.at
    return JsonResponse({**found, "saved_at": at.isoformat(timespec="seconds"), "words": words_of(expert, item), "left_open": saved.left_open})


def words_of(expert: Expert, item: OwnItem) -> str:
    stored = item.stored
    return answer_in_words(item.asked.question.spec, stored.value, stored.cannot_judge, expert.wording) if stored else ""


def stored_state(expert: Expert, item: OwnItem) -> dict[str, Any]:
    """What the other device saved: in words to choose by, and as fields to take over."""
    state = state_of(item, expert)
    return {
        "words": words_of(expert, item), "saved_at": state.get("saved_at", ""), "revision": item.stored.revision if item.stored else 0,
        "value": raw_of(item.asked.question.spec, item.stored.value) if item.stored else {},
        "cannot_judge": bool(item.stored and item.stored.cannot_judge), "decision": state.get("decision", ""),
        "confidence": state.get("confidence", ""), "expertise": state.get("expertise", ""), "rationale": item.reason,
    }
