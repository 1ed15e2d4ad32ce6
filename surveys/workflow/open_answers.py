"""Moderation of answers to open questions, as that of reasons: approve, publish a part, or withhold, each with a record.

What is let through stands in the analysts' files; other experts never see it. So it may be decided on also after the round's release.
"""

import random
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from surveys.enums import RationaleState, ResponseState
from surveys.exceptions import Refused
from surveys.models import Answer, OpenAnswerDecision, Round
from surveys.queries import EVALUATED, GIVEN
from surveys.workflow.locks import lock_study
from surveys.workflow.rationales import LET_THROUGH, text_to_show
from surveys.workflow.record import record_act

OPEN = Q(asked_item__item_version__item__kind="text", value__isnull=False)
UNDECIDED = Q(moderation__isnull=True) | ~Q(moderation__text=F("value"))


def open_answers(study_round: Round) -> QuerySet[Answer]:
    """Texts that answer open questions; those written for practice are nobody's business."""
    return Answer.objects.filter(GIVEN, EVALUATED, OPEN, response__round=study_round)


def undecided_open_answers() -> QuerySet[Answer]:
    """Those of all rounds that wait, or were changed since they were decided on."""
    return Answer.objects.filter(GIVEN, EVALUATED, OPEN).filter(UNDECIDED)


def pending_open_answers(study_round: Round) -> list[Answer]:
    """Texts that wait for a decision, in an order that tells nothing about who wrote them when."""
    found = list(
        undecided_open_answers().filter(response__round=study_round).select_related("asked_item__item_version__item")
        .only("pk", "value", "asked_item__position", "asked_item__item_version__definition", "asked_item__item_version__item__code")
    )
    random.SystemRandom().shuffle(found)
    return sorted(found, key=lambda answer: answer.asked_item.position)


def key_of(answer_id: int) -> str:
    """How a moderator's page names an answer: the numbers of answers count up, and would tell who answered when, and with it the panel."""
    return salted_hmac("surveys.open_answers", str(answer_id), algorithm="sha256").hexdigest()[:32]


def find_open_answer(study_round: Round, key: str) -> Answer | None:
    """The answer that a page named so (2 queries)."""
    known = {key_of(pk): pk for pk in open_answers(study_round).values_list("pk", flat=True)}
    return Answer.objects.filter(pk=known[key]).first() if key in known else None


@transaction.atomic
def decide_open_answer(answer_id: int, state: str, *, by: Any, published_text: str = "", reason: str = "",
                       seen_text: str | None = None) -> OpenAnswerDecision:
    """Approve (the text as it is), redact (`published_text`, with a reason) or withhold (with a reason).

    `seen_text`: what the moderator read; when the expert changed it in between, the decision is refused.
    """
    lock_study(Answer.objects.values_list("response__round__study", flat=True).get(pk=answer_id))
    answer = Answer.objects.select_for_update(of=("self",)).select_related("response__round__study", "asked_item__item_version__item").get(pk=answer_id)
    if seen_text is not None and seen_text != answer.value:
        raise Refused(_("The expert changed this answer while you were reading it. Read it again."))
    shown = text_to_show(state, str(answer.value), published_text, reason)
    said = {"text": answer.value, "state": state, "published_text": shown, "reason": reason.strip(), "decided_at": timezone.now(), "decided_by": by}
    decision, _new = OpenAnswerDecision.objects.update_or_create(answer=answer, defaults=said)
    study_round = answer.response.round
    record_act(study_round.study, f"{state}_open_answer", by=by, subject=f"round {study_round.number} · {answer.asked_item.item_version.item.code}",
               open_answer=decision.pk, reason=reason.strip())
    return decision


def let_through_unread(answers: QuerySet[Answer]) -> int:
    """Approve all that wait among these: simulated texts, and public data. Returns how many."""
    waiting = list(answers.filter(OPEN, EVALUATED).filter(UNDECIDED))
    OpenAnswerDecision.objects.bulk_create(
        (OpenAnswerDecision(answer=answer, text=answer.value, published_text=str(answer.value), state=RationaleState.APPROVED) for answer in waiting),
        batch_size=2000, update_conflicts=True, unique_fields=["answer"],
        update_fields=["text", "state", "published_text", "reason", "decided_at", "decided_by"],
    )
    return len(waiting)


def open_answers_let_through(study_round: Round, **only: Any) -> list[tuple[int, str, str]]:
    """Asked item id, panelist and published text of what a moderator let through, as it stands, of those that `only` names (1 query)."""
    found = open_answers(study_round).filter(**only, response__state=ResponseState.SUBMITTED, moderation__state__in=LET_THROUGH, moderation__text=F("value"))
    return list(found.exclude(moderation__published_text="").values_list("asked_item", "response__panelist__code", "moderation__published_text"))
