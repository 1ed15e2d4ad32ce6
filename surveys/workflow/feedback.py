"""Controlled feedback is written here: offered in by the analysis, completed with reasons, frozen when experts see it."""

import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from surveys.enums import RationaleState, ResponseState
from surveys.models import Answer, Feedback, Rationale, Round
from surveys.workflow.conditions import hidden_by_response, specs_of


@transaction.atomic
def replace_feedback(round_id: int, closing: int, figures: Mapping[int, Mapping[str, Any]], outcomes: Mapping[int, Mapping[str, str]]) -> None:
    """Store what is published of a closing: asked item id → figures, and → outcomes over everybody. Frozen feedback is never replaced."""
    if Feedback.objects.filter(round_id=round_id, frozen_at__isnull=False).exists():
        return
    Feedback.objects.filter(round_id=round_id).delete()
    Feedback.objects.bulk_create(
        Feedback(round_id=round_id, asked_item_id=asked_item_id, closing=closing, figures=dict(found), outcomes=dict(outcomes.get(asked_item_id, {})))
        for asked_item_id, found in figures.items()
    )


def freeze_feedback(study_round: Round) -> None:
    """Add the reasons that were let through and freeze the round's feedback: from now on experts see it."""
    reasons = _reasons_to_show(study_round) if study_round.study.feedback_settings["reasons"] == "moderated" else {}
    rows = list(Feedback.objects.filter(round=study_round))
    for row in rows:
        row.reasons = reasons.get(row.asked_item_id, [])
        row.frozen_at = timezone.now()
        said = json.dumps([row.figures, row.reasons], sort_keys=True, ensure_ascii=False)
        row.sha256 = hashlib.sha256(said.encode()).hexdigest()
    Feedback.objects.bulk_update(rows, ["reasons", "frozen_at", "sha256"], batch_size=500)


def _reasons_to_show(study_round: Round) -> dict[int, list[dict[str, Any]]]:
    """Asked item id → its released reasons, each with its position against the middle half, in an order that tells nothing."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rationales = Rationale.objects.filter(
        response__round=study_round, response__state=ResponseState.SUBMITTED,  # a draft that was left out has no voice
        state__in=[RationaleState.APPROVED, RationaleState.REDACTED],
    ).exclude(published_text="")
    answers = {
        (answer.response_id, answer.asked_item_id): answer.value
        for answer in _answers_with_reasons(study_round)
    }
    middles = {row.asked_item_id: middle_half(row.figures) for row in Feedback.objects.filter(round=study_round)}
    hidden = _hidden_items(study_round, rationales)
    for rationale in rationales:
        if rationale.asked_item_id in hidden.get(rationale.response_id, ()):
            continue  # its question was not asked after a later change
        value = answers.get((rationale.response_id, rationale.asked_item_id))
        found[rationale.asked_item_id].append(
            {"text": rationale.published_text, "position": position_of(value, middles.get(rationale.asked_item_id))}
        )
    for reasons in found.values():
        random.SystemRandom().shuffle(reasons)
    return found


def _hidden_items(study_round: Round, rationales: Iterable[Rationale]) -> dict[int, frozenset[int]]:
    """Response id → the items that its own answers hide, of the responses with a reason for an item that waits for another."""
    specs = specs_of(study_round)
    return hidden_by_response(specs, {rationale.response_id for rationale in rationales if specs[rationale.asked_item_id].shown_if})


def _answers_with_reasons(study_round: Round) -> Any:
    return Answer.objects.filter(response__round=study_round, response__rationales__asked_item_id=F("asked_item_id")).distinct()


def middle_half(figures: Mapping[str, Any]) -> tuple[float, float] | None:
    """First and third quartile of everybody's answers, where they are published."""
    shown = figures.get("components", {}).get("", {}).get("all/all", {})
    q1, q3 = shown.get("q1"), shown.get("q3")
    return None if q1 is None or q3 is None else (q1, q3)


def position_of(value: Any, middle: tuple[float, float] | None) -> str:
    """`below`, `within` or `above` the middle half; "" where there is none or the value has no order."""
    if middle is None or isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return "below" if value < middle[0] else "above" if value > middle[1] else "within"
