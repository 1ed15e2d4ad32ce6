"""Answers are written here: one transaction, under the round's lock, in one statement for any number of items."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.enums import Decision, PanelistState, RationaleState, ResponseState, RoundState
from surveys.exceptions import AnswerChangedElsewhere, AnswerRefused, ResponseIncomplete
from surveys.items import ItemSpec, clean_text, hidden_items, kind_of
from surveys.models import Answer, Panelist, Rationale, Response, Round
from surveys.queries import has_answers
from surveys.signals import answers_erased
from surveys.workflow.conditions import only_hidden_answers
from surveys.workflow.earlier import previous_answers
from surveys.workflow.identities import forget_person
from surveys.workflow.invitations import lock_panelist, revoke_links
from surveys.workflow.locks import lock_round_for_writing, lock_rounds_for_changing
from surveys.workflow.record import record_act
from surveys.workflow.rounds import renew_closing

MOST_RATIONALE = 4_000


@dataclass(frozen=True)
class Question:
    """An asked item with what is needed to judge an answer to it. `line_id`: versions whose answers compare share it."""

    asked_item_id: int
    line_id: int
    spec: ItemSpec


@dataclass(frozen=True)
class Given:
    """What an expert gave for an item. `rationale` None: not touched. `seen_revision` None: the page did not say which it saw."""

    raw: Mapping[str, str] = field(default_factory=dict)
    cannot_judge: bool = False
    decision: str = ""
    confidence: str = ""
    expertise: str = ""
    rationale: str | None = None
    seen_revision: int | None = None


@dataclass(frozen=True)
class Saved:
    """What became of an answer: its revision (0: nothing is stored), or the refusal in words."""

    revision: int
    at: datetime
    error: str = ""
    conflict: bool = False
    left_open: str = ""  # what an answer that is kept still lacks, in words


@transaction.atomic
def record_answers(panelist: Panelist, study_round: Round, given: Sequence[tuple[Question, Given]]) -> dict[int, Saved]:
    """Save what an expert gave. Returns asked item id → Saved; a refused answer does not keep the others from being saved.

    Raises RoundNotOpen when the round closed in the meantime, NotInvited for somebody who is not asked.
    """
    lock_round_for_writing(study_round.pk)
    response = _response_for_writing(lock_panelist(panelist, study_round), study_round)
    ids = [question.asked_item_id for question, _gift in given]
    stored = {answer.asked_item_id: answer for answer in response.answers.filter(asked_item_id__in=ids)}
    before = previous_answers(panelist, study_round, [question.line_id for question, _gift in given])
    now, saved, answers, cleared = timezone.now(), {}, [], []
    for question, gift in given:
        present = stored.get(question.asked_item_id)
        try:
            answer = _build_answer(question, gift, present, before.get(question.line_id))
        except (AnswerRefused, AnswerChangedElsewhere) as refusal:
            conflict = isinstance(refusal, AnswerChangedElsewhere)
            saved[question.asked_item_id] = Saved(present.revision if present else 0, now, str(refusal), conflict)
            continue
        if answer is None:
            cleared.append(question.asked_item_id)
            saved[question.asked_item_id] = Saved(0, now)
            continue
        answer.response, answer.saved_at = response, now
        answer.revision = present.revision + 1 if present else 1
        answers.append(answer)
        saved[question.asked_item_id] = Saved(answer.revision, now, left_open=left_open_in(question.spec, answer.value))
    _store(response, answers, cleared)
    _store_rationales(response, {q.asked_item_id: g.rationale for q, g in given if not saved[q.asked_item_id].error})
    return saved


def _response_for_writing(panelist: Panelist, study_round: Round) -> Response:
    response, _created = Response.objects.get_or_create(panelist=panelist, round=study_round)
    if panelist.state == PanelistState.INVITED:
        Panelist.objects.filter(pk=panelist.pk).update(state=PanelistState.ACTIVE)
    return response


def _build_answer(question: Question, given: Given, present: Answer | None, before: Answer | None) -> Answer | None:
    """The answer to store, or None when the expert emptied it. Raises AnswerRefused with a text for the expert."""
    if given.seen_revision is not None and given.seen_revision != (present.revision if present else 0):
        raise AnswerChangedElsewhere
    spec = question.spec
    answer = Answer(asked_item_id=question.asked_item_id)
    answer.confidence = _whole_number(given.confidence, 0, 100, _("confidence")) if spec.confidence else None
    answer.expertise = _whole_number(given.expertise, 1, 5, _("expertise")) if spec.expertise else None
    if before is not None and given.decision == Decision.KEPT:
        answer.value, answer.cannot_judge = _value_of(spec, _as_given(spec, before))
        answer.decision = Decision.KEPT
        if spec.confidence and answer.confidence is None:
            answer.confidence = before.confidence
        if spec.expertise and answer.expertise is None:
            answer.expertise = before.expertise
        return answer
    answer.value, answer.cannot_judge = _value_of(spec, given)
    if answer.value is None and not answer.cannot_judge:
        return None
    answer.is_complete = answer.cannot_judge or kind_of(spec).counts(spec, answer.value)
    if before is None:
        answer.decision = Decision.NEW
    elif given.decision == Decision.CHANGED:
        answer.decision = Decision.CHANGED
    else:
        raise AnswerRefused(_("Choose whether you keep your earlier answer or change it."))
    return answer


def left_open_in(spec: ItemSpec, value: Any) -> str:
    """What a stored value still lacks, in words; "" for nothing."""
    return "" if value is None else kind_of(spec).left_open(spec, value)


def _value_of(spec: ItemSpec, given: Given) -> tuple[Any, bool]:
    if given.cannot_judge:
        if not spec.cannot_judge:
            raise AnswerRefused(_("This item needs an answer; “cannot judge” is not offered here."))
        return None, True
    try:
        return kind_of(spec).clean(spec, given.raw), False
    except ValueError as error:
        raise AnswerRefused(str(error)) from None


def _as_given(spec: ItemSpec, before: Answer) -> Given:
    """An earlier answer as if it were given now: an equivalent wording may offer less than the one before."""
    return Given(cannot_judge=True) if before.cannot_judge else Given(kind_of(spec).raw_of(spec, before.value))


def _whole_number(text: str, low: int, high: int, name: str) -> int | None:
    tidy = text.strip()
    if not tidy:
        return None
    if not tidy.isdecimal() or len(tidy) > 9 or not low <= int(tidy) <= high:
        raise AnswerRefused(_("%(name)s is a whole number from %(low)s to %(high)s.") % {"name": name, "low": low, "high": high})
    return int(tidy)


ANSWER_FIELDS = ["value", "is_complete", "cannot_judge", "confidence", "expertise", "decision", "revision", "saved_at"]


def _store(response: Response, answers: list[Answer], cleared: list[int]) -> None:
    if cleared:
        response.answers.filter(asked_item_id__in=cleared).delete()
        response.rationales.filter(asked_item_id__in=cleared).delete()
    if answers:
        Answer.objects.bulk_create(
            answers, update_conflicts=True, unique_fields=["response", "asked_item"], update_fields=ANSWER_FIELDS
        )


def _store_rationales(response: Response, texts: Mapping[int, str | None]) -> None:
    """Reasons that were touched; a changed text goes back to moderation."""
    touched = {asked_item_id: text for asked_item_id, text in texts.items() if text is not None}
    if not touched:
        return
    stored = {row.asked_item_id: row for row in response.rationales.filter(asked_item_id__in=touched)}
    for asked_item_id, text in touched.items():
        tidy = clean_text(text[:MOST_RATIONALE * 2])[:MOST_RATIONALE]
        present = stored.get(asked_item_id)
        if present is not None and present.text == tidy:
            continue
        if present is not None:
            present.delete()
        if tidy:
            Rationale.objects.create(response=response, asked_item_id=asked_item_id, text=tidy, state=RationaleState.PENDING)


@transaction.atomic
def submit_response(panelist: Panelist, study_round: Round, questions: list[Question]) -> Response:
    """Submit. Refused while a reason that the study requires is missing, or when nothing is answered. Submitting twice is submitting once."""
    lock_round_for_writing(study_round.pk)
    lock_panelist(panelist, study_round)
    answered = Response.objects.filter(has_answers(), panelist=panelist, round=study_round)
    response = answered.first()
    if response is None or only_hidden_answers({question.asked_item_id: question.spec for question in questions}, answered):
        raise ResponseIncomplete(_("Nothing is answered yet. Answer at least one item, or choose “cannot judge”."))
    missing = reasons_missing(response, questions)
    if missing:
        raise ResponseIncomplete(_("A reason is needed for %(count)s of your answers.") % {"count": len(missing)})
    if not response.is_submitted:
        response.state, response.submitted_at = ResponseState.SUBMITTED, timezone.now()
        response.save(update_fields=["state", "submitted_at"])
    return response


def reasons_missing(response: Response, questions: list[Question]) -> list[int]:
    """Asked items answered with a value for which the study requires a reason that is not there; not for practice, nor hidden from this expert."""
    needing = [question.asked_item_id for question in questions if question.spec.rationale == "required" and not question.spec.practice]
    if not needing:
        return []
    values = dict(response.answers.filter(value__isnull=False, is_complete=True).values_list("asked_item_id", "value"))
    hidden = hidden_from(questions, values)
    given = set(response.rationales.values_list("asked_item_id", flat=True))
    return [asked_item_id for asked_item_id in needing if asked_item_id in values.keys() - hidden - given]


def hidden_from(questions: Iterable[Question], values: Mapping[int, Any]) -> frozenset[int]:
    """Asked items that these answers hide. `values`: asked item id → value, of the answers that count; questions in their order."""
    every = list(questions)
    if not any(question.spec.shown_if for question in every):
        return frozenset()
    said = {question.spec.code: kind_of(question.spec).to_components(question.spec, values[question.asked_item_id])
            for question in every if values.get(question.asked_item_id) is not None}
    codes = hidden_items((question.spec for question in every), said)
    return frozenset(question.asked_item_id for question in every if question.spec.code in codes)


@transaction.atomic
def withdraw(panelist: Panelist) -> None:
    """The expert takes everything back: answers, reasons, name and links are deleted at once; released figures stay as published.

    The rounds are locked before anything is looked at: one that closes in this very second is closed either without
    these answers, or before, and then counted anew.
    """
    opened = lock_rounds_for_changing(panelist.study_id)
    if Panelist.objects.select_for_update(no_key=True).get(pk=panelist.pk).state == PanelistState.WITHDRAWN:
        return
    answered = set(Response.objects.filter(panelist=panelist).values_list("round_id", flat=True))
    rounds = [study_round for study_round in opened if study_round.pk in answered]
    Response.objects.filter(panelist=panelist).delete()
    panelist.state = PanelistState.WITHDRAWN
    panelist.save(update_fields=["state"])
    forget_person(panelist)
    revoke_links(panelist)
    record_act(panelist.study, "withdraw", subject=f"panelist {panelist.code}")
    for study_round in rounds:
        answers_erased.send(sender=Response, round_id=study_round.pk, panelist_codes=[panelist.code])
        if study_round.state in (RoundState.CLOSED, RoundState.AGGREGATED):
            renew_closing(study_round.pk)

