"""Moderation of reasons: approve, publish a part, or withhold, each with a record. Moderators see no name and no panel."""

import random
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.enums import RationaleState, ResponseState, RoundState
from surveys.exceptions import NotReady, Refused
from surveys.items import clean_text
from surveys.models import Rationale, Round
from surveys.queries import EVALUATED
from surveys.workflow.locks import lock_study
from surveys.workflow.record import record_act

LET_THROUGH = (RationaleState.APPROVED, RationaleState.REDACTED)


def pending_rationales(study_round: Round) -> list[Rationale]:
    """Reasons that wait for a decision, in an order that tells nothing about who wrote them when; those given for practice never do."""
    found = list(
        Rationale.objects.filter(EVALUATED, response__round=study_round, state=RationaleState.PENDING)
        .select_related("asked_item__item_version__item")
        .only("pk", "text", "state", "asked_item__position", "asked_item__item_version__definition", "asked_item__item_version__item__code")
    )
    random.SystemRandom().shuffle(found)
    return sorted(found, key=lambda rationale: rationale.asked_item.position)


def reasons_let_through(study_round: Round, **only: Any) -> list[tuple[int, str, str]]:
    """Asked item id, panelist and published text of the reasons that a moderator let through, of those that `only` names (1 query)."""
    found = Rationale.objects.filter(EVALUATED, response__round=study_round, response__state=ResponseState.SUBMITTED, state__in=LET_THROUGH, **only)
    return list(found.exclude(published_text="").values_list("asked_item", "response__panelist__code", "published_text"))


def text_to_show(state: str, text: str, published_text: str, reason: str) -> str:
    """What others may read after a decision; nothing when it is withheld. Refused without a reason, or without anything to show in part."""
    if state in (RationaleState.REDACTED, RationaleState.WITHHELD) and not reason.strip():
        raise Refused(_("Say why; it becomes part of the record."))
    shown = {RationaleState.APPROVED: text, RationaleState.REDACTED: clean_text(published_text)}.get(RationaleState(state), "")
    if state == RationaleState.REDACTED and not shown:
        raise Refused(_("Write what is to be shown, or withhold the whole text."))
    return shown


@transaction.atomic
def decide_rationale(rationale_id: int, state: str, *, by: Any, published_text: str = "", reason: str = "", seen_text: str | None = None) -> Rationale:
    """Approve (the text as it is), redact (`published_text`, with a reason) or withhold (with a reason).

    `seen_text`: what the moderator read; when the expert changed it in between, the decision is refused.
    """
    lock_study(Rationale.objects.values_list("response__round__study", flat=True).get(pk=rationale_id))  # the release waits, or comes first
    rationale = (
        Rationale.objects.select_for_update(of=("self",)).select_related("response__round__study", "asked_item__item_version__item").get(pk=rationale_id)
    )
    study_round = rationale.response.round
    if study_round.state == RoundState.RELEASED:
        raise NotReady(_("This round's feedback has been released; its reasons can't be changed any more."))
    if seen_text is not None and seen_text != rationale.text:
        raise Refused(_("The expert changed this reason while you were reading it. Read it again."))
    shown = text_to_show(state, rationale.text, published_text, reason)
    rationale.state, rationale.published_text, rationale.decision_reason = state, shown, reason.strip()
    rationale.decided_at, rationale.decided_by = timezone.now(), by
    rationale.save()
    record_act(study_round.study, f"{state}_reason", by=by, subject=f"round {study_round.number} · {rationale.asked_item.item_version.item.code}",
               rationale=rationale.pk, reason=reason.strip())
    return rationale
