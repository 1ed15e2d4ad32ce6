"""What becomes of each item of the next round: decided one by one or all at once, kept in its draft, and its record once it opens."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.enums import DecisionWay, ItemAct
from surveys.exceptions import NotReady, Refused
from surveys.models import ItemVersion, Round, RoundDecision, Study
from surveys.workflow.locks import lock_study
from surveys.workflow.record import record_act
from surveys.workflow.walk import Step, Walk, obstacle_to, steps_of, walk_of


@transaction.atomic
def decide_item(study: Study, code: str, act: str, *, reason: str | None = None, by: Any = None, seen: str | None = None) -> RoundDecision:
    """Decide on one item. The same decision again changes nothing.

    `reason` None: the proposal's own. `seen`: names what was read (`Step.seen`); refused where that is not how things stand any more.
    """
    walk = _walk_to_decide(study)
    step = walk.step(code)
    if step is None:
        raise Refused(_("The study has no item %(codes)s.") % {"codes": code})
    if seen is not None and seen != step.seen:
        raise Refused(overtaken_in_words(step))
    if act not in step.acts:
        raise Refused(_("This can't become of %(code)s. Choose one of what is offered.") % {"code": code})
    _check_reason(step, act, reason)
    return _keep(walk, step, act, (reason or "").strip(), by, DecisionWay.EACH)


def overtaken_in_words(step: Step) -> str:
    """Why a decision does not hold that was made from an older page."""
    decision = step.decision
    if decision is not None and decision.by is not None:
        text = _("%(who)s has decided on this question in between: %(act)s. Send the form again if yours is to hold.")
        return text % {"who": decision.by.get_full_name(), "act": decision.get_act_display()}
    return _("Something about this question has changed in between. Read it again, and decide.")


def _walk_to_decide(study: Study) -> Walk:
    """The walk, the study locked. Raises NotReady where no next round can be prepared."""
    study = lock_study(study.pk)
    walk = walk_of(study)
    if walk is None:
        raise NotReady(_("Items are decided on from round 2 on. Choose those of round 1 where you open it."))
    obstacle = obstacle_to(study, walk.before)
    if obstacle:
        raise NotReady(obstacle)
    return walk


def _check_reason(step: Step, act: str, reason: str | None) -> None:
    """Dropping and departing from the proposal need a reason; where the proposal is followed, its own will do."""
    departs = act != step.proposal.act
    if departs and not (reason or "").strip():
        raise Refused(_("You decide something else than proposed. Say why; it becomes part of the round's record."))
    if act == ItemAct.DROP and reason is not None and not reason.strip():
        raise Refused(_("Say why it is dropped; it becomes part of the round's record."))


def _keep(walk: Walk, step: Step, act: str, reason: str, by: Any, way: DecisionWay) -> RoundDecision:
    """Write the decision into the draft round, which the first decision begins."""
    said = {"act": act, "proposal": step.proposal.act, "ground": step.proposal.ground, "reason": reason}
    present = step.decision
    if present is not None and {name: getattr(present, name) for name in said} == said:
        return present
    draft, _created = Round.objects.get_or_create(study=walk.study, number=walk.number)
    decision, _new = RoundDecision.objects.update_or_create(round=draft, item=step.item, defaults={**said, "way": way, "by": by, "at": timezone.now()})
    return decision


@transaction.atomic
def accept_proposals(study: Study, *, by: Any = None, seen: str | None = None) -> list[RoundDecision]:
    """Decide all that is due as proposed, but for rewordings that somebody has begun. `seen`: as `Walk.seen`."""
    walk = _walk_to_decide(study)
    if seen is not None and seen != walk.seen:
        raise Refused(_("Proposals or decisions have changed in between. Look through the list again."))
    return [_keep(walk, step, step.proposal.act, "", by, DecisionWay.ALL) for step in walk.acceptable]


@transaction.atomic
def keep_terms(study: Study, deadline_at: datetime | None, languages: list[str]) -> Round:
    """Keep in the draft until when and in which languages the next round is to run, for whoever goes on from here."""
    walk = _walk_to_decide(study)
    draft, _created = Round.objects.get_or_create(study=walk.study, number=walk.number)
    draft.deadline_at, draft.languages = deadline_at, languages
    draft.save(update_fields=["deadline_at", "languages"])
    return draft


def decided_items(study: Study, draft: Round | None) -> list[str] | None:
    """The codes that the decisions made so far leave to be asked; None where none was made. What nobody decided on is carried."""
    if draft is None or not draft.decisions.exists():
        return None
    steps = steps_of(study, Round.objects.get(study=study, number=draft.number - 1), draft)
    return [step.code for step in steps if (step.decision.act != ItemAct.DROP if step.decision is not None else step.was_asked)]


def record_decisions(study_round: Round, by: Any) -> None:
    """Make the decisions the record of a round that opens: one for each item, true to what it asks, whoever opened it and how."""
    if study_round.number == 1:
        return
    study = study_round.study
    asked = {entry.item_version.item_id: entry.item_version for entry in study_round.asked_items.select_related("item_version")}
    steps = steps_of(study, Round.objects.get(study=study, number=study_round.number - 1), study_round)
    recorded = [decision for step in steps if (decision := _recorded(study_round, step, asked.get(step.item.pk), by)) is not None]
    RoundDecision.objects.filter(round=study_round).delete()
    RoundDecision.objects.bulk_create(recorded)
    said = {f"items_{act}": _said(recorded, act) for act in ItemAct.values}
    record_act(study, "decide_round", by=by, subject=f"round {study_round.number}", **{key: items for key, items in said.items() if items})


def _recorded(study_round: Round, step: Step, version: ItemVersion | None, by: Any) -> RoundDecision | None:
    """The decision made on an item, if it is what happens; else that it was opened so. None for what was not asked and is not."""
    act = _act_taken(step, version)
    present = step.decision
    if present is not None and present.act == act:
        present.pk, present.version = None, version or step.version
        return present
    if not step.was_asked and act == ItemAct.DROP:
        return None
    return RoundDecision(round=study_round, item=step.item, act=act, proposal=step.proposal.act, ground=step.proposal.ground,
                         way=DecisionWay.COMMAND, version=version or step.version, by=by)


def _act_taken(step: Step, version: ItemVersion | None) -> ItemAct:
    if version is None:
        return ItemAct.DROP
    if not step.was_asked:
        return ItemAct.ADD
    return ItemAct.CARRY if version.pk == step.asked_version_id else ItemAct.REWORD


def _said(decisions: Iterable[RoundDecision], act: str) -> list[str]:
    """The items of an act for the record, each with the reason that was given for it."""
    return [f"{decision.item.code}: {decision.reason}" if decision.reason else decision.item.code for decision in decisions if decision.act == act]
