"""Everything that can happen to a round. Each act locks the round, asks the transition table, is recorded, and announces itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.enums import MessageKind, ResponseState, RoundState, WebhookEvent
from surveys.exceptions import NotReady, Refused, TransitionNotAllowed
from surveys.models import AskedItem, Item, Response, Round, Study
from surveys.queries import has_answers, panelists_taking_part, responses_that_count
from surveys.signals import results_shown, round_closed
from surveys.transitions import ROUND_TRANSITIONS, is_allowed
from surveys.workflow.conditions import missing_source, only_hidden_answers, specs_of
from surveys.workflow.decisions import decided_items, record_decisions
from surveys.workflow.drafts import check_taken
from surveys.workflow.feedback import freeze_feedback
from surveys.workflow.invitations import queue_messages
from surveys.workflow.item_order import invite_panelists
from surveys.workflow.locks import lock_round_for_changing, lock_study
from surveys.workflow.record import record_act
from surveys.workflow.studies import lock_rules
from surveys.workflow.text_reviews import opened_with_gaps
from surveys.workflow.webhooks import queue_event


@transaction.atomic
def prepare_round(study: Study, number: int, *, items: Sequence[str] | None = None) -> Round:
    """The draft of a round with its questionnaire. `items`: codes to ask, in questionnaire order; None: those of the round before.

    Preparing a draft again replaces its questionnaire.
    """
    _check_number(study, number)
    study_round, _created = Round.objects.get_or_create(study=study, number=number)
    if study_round.state != RoundState.DRAFT:
        raise TransitionNotAllowed(_("Round %(number)s is %(state)s; its questionnaire can't be changed any more.") % _named(study_round))
    versions = [max(item.versions.all(), key=lambda version: version.number) for item in _choose_items(study, number, items)]
    obstacle = missing_source(version.definition for version in versions)
    if obstacle:
        raise NotReady(obstacle)
    study_round.asked_items.all().delete()
    AskedItem.objects.bulk_create(
        AskedItem(round=study_round, item_version=version, position=position) for position, version in enumerate(versions)
    )
    return study_round


def _check_number(study: Study, number: int) -> None:
    if number < 1:
        raise NotReady(_("Rounds are numbered from 1."))
    if study.finished_at is not None:
        raise NotReady(_("The study is finished; no further round can open."))
    if study.maximum_rounds is not None and number > study.maximum_rounds:
        text = _("The study has at most %(most)s rounds; round %(number)s can't open.")
        raise NotReady(text % {"most": study.maximum_rounds, "number": number})
    if number > 1 and not Round.objects.filter(study=study, number=number - 1).exists():
        raise NotReady(_("Round %(number)s comes first.") % {"number": number - 1})


def _choose_items(study: Study, number: int, codes: Sequence[str] | None) -> list[Item]:
    items = list(Item.objects.filter(study=study).prefetch_related("versions").order_by("section__position", "position"))
    if codes is None and number > 1:
        codes = list(AskedItem.objects.filter(round__study=study, round__number=number - 1).values_list("item_version__item__code", flat=True))
    if codes is None:
        return items
    unknown = set(codes) - {item.code for item in items}
    if unknown:
        raise NotReady(_("The study has no item %(codes)s.") % {"codes": ", ".join(sorted(unknown))})
    chosen = [item for item in items if item.code in set(codes)]
    if not chosen:
        raise NotReady(_("A round needs at least one item."))
    return chosen


@transaction.atomic
def open_round(study: Study, number: int, *, by: Any = None, deadline_at: datetime | None = None,
               items: Sequence[str] | None = None, languages: Sequence[str] | None = None) -> Round:
    """Open a round: the round before is released with its feedback, the rules are locked, everybody due is invited.

    A round that is open already is returned as it is. `items`: None asks what was prepared or decided, else what the round before asked.
    `languages`: in which experts may answer (default: all of the study).
    """
    study = lock_study(study.pk)
    present = Round.objects.filter(study=study, number=number).first()
    if present is not None and present.state == RoundState.OPEN:
        return present
    items = items if items is not None else decided_items(study, present)
    if present is None or items is not None or not present.asked_items.exists():
        present = prepare_round(study, number, items=items)
    _check_deadline(deadline_at)
    study_round = lock_round_for_changing(present.pk)
    if study_round.state != RoundState.DRAFT:
        text = _("Round %(number)s is %(state)s; it can't be opened. Reopening is an act of its own.")
        raise TransitionNotAllowed(text % _named(study_round))
    _check_number(study, number)
    check_taken(study)
    _release_round_before(study, number, by)
    lock_rules(study, by=by)
    study_round.languages = list(languages or study.languages)
    study_round.opened_at, study_round.opened_by, study_round.deadline_at = timezone.now(), by, deadline_at
    _enter(study_round, "open", by, deadline=deadline_at.isoformat() if deadline_at else None, **opened_with_gaps(study, study_round.languages))
    record_decisions(study_round, by)
    _invite(study_round)
    return study_round


def _check_deadline(deadline_at: datetime | None) -> None:
    if deadline_at is not None and deadline_at <= timezone.now():
        raise NotReady(_("The deadline lies in the past. Choose a later time."))


def _release_round_before(study: Study, number: int, by: Any) -> None:
    before = Round.objects.filter(study=study, number=number - 1).first()
    if before is None or before.state == RoundState.RELEASED:
        return
    if before.state != RoundState.AGGREGATED:
        text = _("Round %(number)s is %(state)s. Round %(next)s can open when round %(number)s is closed and counted.")
        raise NotReady(text % {**_named(before), "next": number})
    release_round(before.pk, by=by)


@transaction.atomic
def release_round(round_id: int, *, by: Any = None) -> Round:
    """Let experts see the round's feedback, frozen from now on. Happens when the next round opens or the study is finished."""
    study_round = lock_round_for_changing(round_id)
    study_round.released_at, study_round.released_by = timezone.now(), by
    _enter(study_round, "release", by)
    freeze_feedback(study_round)
    results_shown.send(sender=Round, round_id=study_round.pk)
    return study_round


@transaction.atomic
def finish_study(study: Study, *, by: Any = None) -> Study:
    """Release the last round and end the study. A finished study is returned as it is."""
    study = lock_study(study.pk)
    if study.finished_at is not None:
        return study
    last = study.rounds.exclude(state=RoundState.DRAFT).order_by("-number").first()
    if last is None or last.state != RoundState.AGGREGATED:
        raise NotReady(_("A study can be finished when its last round is closed and counted."))
    release_round(last.pk, by=by)
    study.rounds.filter(state=RoundState.DRAFT).delete()
    study.finished_at = timezone.now()
    study.save(update_fields=["finished_at"])
    record_act(study, "finish_study", by=by)
    return study


def _invite(study_round: Round) -> None:
    """Everybody who takes part; under `invite: respondents` only those whose response in the round before counted."""
    panelists = panelists_taking_part(study_round.study)
    if not study_round.study.invites_everyone and study_round.number > 1:
        before = Round.objects.get(study=study_round.study, number=study_round.number - 1)
        panelists = panelists.filter(pk__in=responses_that_count(before).values("panelist"))
    invite_panelists(study_round, panelists)


@transaction.atomic
def close_round(round_id: int, *, by: Any = None, reason: str = "", only_if_due: bool = False) -> Round:
    """Close an open round. Drafts with an answer are submitted (unless the study leaves them out). A round already closed is returned as it is.

    `only_if_due`: for the clock; a deadline that was moved in the meantime leaves the round open.
    """
    study_round = lock_round_for_changing(round_id)
    if study_round.state in (RoundState.CLOSED, RoundState.AGGREGATED, RoundState.RELEASED):
        return study_round
    if only_if_due and (study_round.deadline_at is None or study_round.deadline_at > timezone.now()):
        return study_round
    now = timezone.now()
    study_round.closed_at, study_round.closed_by, study_round.closing = now, by, study_round.closing + 1
    submitted = 0
    if study_round.study.counts_unsubmitted:
        submitted = drafts_that_count(study_round).update(state=ResponseState.SUBMITTED, submitted_at=now, submitted_by_closing=True)
    _enter(study_round, "close", by, closing=study_round.closing, submitted_by_closing=submitted, reason=reason)
    round_closed.send(sender=Round, round_id=study_round.pk, closing=study_round.closing)
    queue_event(study_round, WebhookEvent.ROUND_CLOSED)
    return study_round


def drafts_that_count(study_round: Round) -> Any:
    """The responses that closing submits: drafts with an answer that counts."""
    drafts = answered_drafts().filter(round=study_round)
    return drafts.exclude(pk__in=only_hidden_answers(specs_of(study_round), drafts))


def answered_drafts() -> Any:
    """Responses, in any round, that are not submitted and have an answer."""
    return Response.objects.filter(has_answers(), state=ResponseState.DRAFT)


def number_of_drafts_that_count(study_round: Round, answered: int) -> int:
    """How many of `drafts_that_count` there are, out of so many answered ones (1 query, 2 where items wait for others)."""
    return answered - len(only_hidden_answers(specs_of(study_round), answered_drafts().filter(round=study_round)))


@transaction.atomic
def reopen_round(round_id: int, *, reason: str, by: Any = None, deadline_at: datetime | None = None) -> Round:
    """Open a closed round again, with a reason; possible until the next round opens. Its deadline is dropped or set anew."""
    if not reason.strip():
        raise Refused(_("Give a reason for reopening; it becomes part of the record."))
    study_round = lock_round_for_changing(round_id)
    if study_round.state == RoundState.OPEN:
        return study_round
    if Round.objects.filter(study=study_round.study, number__gt=study_round.number).exclude(state=RoundState.DRAFT).exists():
        text = _("Round %(next)s has opened, so round %(number)s can't be reopened any more.")
        raise TransitionNotAllowed(text % {"next": study_round.number + 1, "number": study_round.number})
    _check_deadline(deadline_at)
    study_round.deadline_at, study_round.aggregated_at = deadline_at, None
    study_round.responses.filter(submitted_by_closing=True).update(
        state=ResponseState.DRAFT, submitted_at=None, submitted_by_closing=False
    )
    _enter(study_round, "reopen", by, reason=reason.strip())
    return study_round


@transaction.atomic
def mark_aggregated(round_id: int, closing: int) -> bool:
    """The results of this closing are stored. False when the round has moved on meanwhile: those results are not of now."""
    study_round = lock_round_for_changing(round_id)
    if study_round.closing != closing or study_round.state != RoundState.CLOSED:
        return False
    study_round.aggregated_at = timezone.now()
    _enter(study_round, "mark_aggregated", None, closing=closing)
    queue_event(study_round, WebhookEvent.ROUND_AGGREGATED)
    return True


@transaction.atomic
def renew_closing(round_id: int) -> None:
    """After an erasure: the round's results must be counted anew from what is left. Released rounds stay as published."""
    study_round = lock_round_for_changing(round_id)
    if not is_allowed("renew", study_round.state):
        return
    study_round.closing, study_round.aggregated_at = study_round.closing + 1, None
    _enter(study_round, "renew", None, closing=study_round.closing)
    round_closed.send(sender=Round, round_id=study_round.pk, closing=study_round.closing)


@transaction.atomic
def move_deadline(round_id: int, deadline_at: datetime | None, *, by: Any = None) -> Round:
    """Set, move or lift the deadline of an open round; those who have not submitted are told."""
    study_round = lock_round_for_changing(round_id)
    if study_round.state != RoundState.OPEN:
        raise TransitionNotAllowed(_("Only an open round has a deadline to move."))
    _check_deadline(deadline_at)
    if study_round.deadline_at == deadline_at:
        return study_round
    before, study_round.deadline_at = study_round.deadline_at, deadline_at
    study_round.save(update_fields=["deadline_at"])
    record_act(study_round.study, "move_deadline", by=by, subject=f"round {study_round.number}",
               before=before.isoformat() if before else None, after=deadline_at.isoformat() if deadline_at else None)
    if deadline_at is not None and before is not None:
        queue_messages(study_round, MessageKind.DEADLINE, by=by)
    return study_round


def close_due_rounds() -> list[int]:
    """Close every open round whose deadline has passed; safe to run at any time and twice. Returns the ids of those it closed."""
    due = Round.objects.filter(state=RoundState.OPEN, deadline_at__lte=timezone.now()).values_list("pk", flat=True)
    return [pk for pk in due if close_round(pk, reason="deadline", only_if_due=True).state != RoundState.OPEN]


def _named(study_round: Round) -> dict[str, Any]:
    """What refusals say of a round."""
    return {"number": study_round.number, "state": study_round.get_state_display()}


def _enter(study_round: Round, act: str, by: Any, **details: Any) -> None:
    """Take the transition, or refuse; write the round and record the act."""
    before = study_round.state
    if not is_allowed(act, before):
        raise TransitionNotAllowed(_("Round %(number)s is %(state)s; “%(act)s” is not possible from there.") % {**_named(study_round), "act": act})
    study_round.state = ROUND_TRANSITIONS[act][1]
    study_round.save()
    record_act(study_round.study, f"{act}_round", by=by, subject=f"round {study_round.number}", before=before, after=study_round.state,
               **{key: value for key, value in details.items() if value not in (None, "")})
