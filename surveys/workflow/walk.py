"""The way to the next round: each item with what is proposed for it and what was decided. Only read here; see decisions.py for writing."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext as _

from surveys.enums import ItemAct, RoundState
from surveys.models import Item, ItemVersion, Round, RoundDecision, Study
from surveys.workflow.proposals import Candidate, Proposal, propose


@dataclass(frozen=True)
class Step:
    """An item on the way. `version`: its newest wording, which the next round asks; `asked_version_id`: that of the last round."""

    version: ItemVersion
    asked_version_id: int | None
    proposal: Proposal
    decision: RoundDecision | None = None

    @property
    def item(self) -> Item:
        return self.version.item

    @property
    def code(self) -> str:
        return self.version.item.code

    @property
    def was_asked(self) -> bool:
        return self.asked_version_id is not None

    @property
    def is_reworded(self) -> bool:
        return self.was_asked and self.asked_version_id != self.version.pk

    @property
    def acts(self) -> tuple[ItemAct, ...]:
        """What can become of it."""
        if not self.was_asked:
            return (ItemAct.ADD, ItemAct.DROP)
        return (ItemAct.REWORD, ItemAct.DROP) if self.is_reworded else (ItemAct.CARRY, ItemAct.DROP, ItemAct.REWORD)

    @property
    def must_be_decided(self) -> bool:
        """Everything but what the last round left out already: that stays out unless somebody asks for it again."""
        return self.was_asked or self.proposal.act != ItemAct.DROP

    @property
    def awaits_wording(self) -> bool:
        """It was decided to reword it, and nobody has done it yet."""
        return self.decision is not None and self.decision.act == ItemAct.REWORD and not self.is_reworded

    @property
    def is_overtaken(self) -> bool:
        """Was something else proposed when it was decided: before a recount, or before somebody reworded it?"""
        decision = self.decision
        if decision is None or decision.act == ItemAct.REWORD:
            return False
        return (decision.proposal, decision.ground) != (self.proposal.act, self.proposal.ground)

    @property
    def is_settled(self) -> bool:
        if self.decision is None:
            return not self.must_be_decided
        return not self.awaits_wording and not self.is_overtaken

    @property
    def act(self) -> str:
        """What becomes of it as things stand."""
        return self.decision.act if self.decision is not None else self.proposal.act

    @property
    def seen(self) -> str:
        """Names the decision and the proposal that somebody has before them, so that nobody decides over what they have not read."""
        decided = self.decision.at.isoformat() if self.decision is not None else ""
        return digest_of([decided, self.proposal.act, self.proposal.ground, self.version.pk])


def digest_of(said: object) -> str:
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Walk:
    """All steps to a round, in the questionnaire's order."""

    study: Study
    before: Round
    draft: Round | None
    steps: list[Step] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.before.number + 1

    @cached_property
    def due(self) -> list[Step]:
        return [step for step in self.steps if not step.is_settled]

    @cached_property
    def acceptable(self) -> list[Step]:
        """What "accept all proposals" decides: all that is due, but for rewordings that somebody has begun."""
        return [step for step in self.due if not step.awaits_wording]

    @cached_property
    def on_the_way(self) -> list[Step]:
        return [step for step in self.steps if step.must_be_decided or step.decision is not None]

    @cached_property
    def left_out(self) -> list[Step]:
        """What the last round left out already, and nobody has asked for."""
        return [step for step in self.steps if not step.must_be_decided and step.decision is None]

    @property
    def decided(self) -> int:
        return sum(step.is_settled for step in self.on_the_way)

    @property
    def asked(self) -> list[Step]:
        return [step for step in self.steps if step.act != ItemAct.DROP]

    @property
    def dropped(self) -> list[Step]:
        """Asked in the last round and not in this one."""
        return [step for step in self.steps if step.was_asked and step.act == ItemAct.DROP]

    def step(self, code: str) -> Step | None:
        return next((step for step in self.steps if step.code == code), None)

    def next_due(self, code: str = "") -> Step | None:
        """The next one to decide after an item, going round at the end; the first one without an item."""
        codes = [step.code for step in self.steps]
        place = codes.index(code) + 1 if code in codes else 0
        return next((step for step in [*self.steps[place:], *self.steps[:place]] if not step.is_settled and step.code != code), None)

    @property
    def seen(self) -> str:
        """Names everything that is proposed and decided."""
        return digest_of([[step.code, step.seen, step.act] for step in self.steps])


def walk_of(study: Study, rounds: Sequence[Round] | None = None) -> Walk | None:
    """The way to the round after the last one that was opened (2 queries, 1 with all `rounds` at hand); None before round 1."""
    known = sorted(study.rounds.all() if rounds is None else rounds, key=lambda study_round: study_round.number)
    opened = [study_round for study_round in known if study_round.state != RoundState.DRAFT]
    if not opened:
        return None
    draft = next((study_round for study_round in known if study_round.number == opened[-1].number + 1), None)
    return Walk(study, opened[-1], draft, steps_of(study, opened[-1], draft))


def steps_of(study: Study, before: Round, current: Round | None) -> list[Step]:
    """The steps from one round to another, which may not be there yet (1 query)."""
    versions: dict[int, list[Any]] = defaultdict(list)
    for version in _on_the_way(study, before, current):
        versions[version.item_id].append(version)
    asked = {version.item_id: (version.pk, version.outcomes or {}) for known in versions.values() for version in known if version.asked_id is not None}
    proposals = propose([_candidate(known, asked.get(item), before) for item, known in versions.items()])
    return [Step(known[-1], asked[item][0] if item in asked else None, proposal, getattr(known[-1], "decided", None))
            for (item, known), proposal in zip(versions.items(), proposals, strict=True)]


def _on_the_way(study: Study, before: Round, current: Round | None) -> Any:
    """All versions in the questionnaire's order (1 query).

    Each with the id under which that round asked it and what came out, None for none; and with what is `decided` on its item, if something is.
    """
    asking = FilteredRelation("askings", condition=Q(askings__round=before))
    decided = FilteredRelation("item__decisions", condition=Q(item__decisions__round=current))
    joined = ["item__section", "decided__by"]
    found = ItemVersion.objects.filter(item__study=study).annotate(asking=asking, decided=decided).select_related(*joined)
    found = found.annotate(asked_id=F("asking__pk"), outcomes=F("asking__feedback__outcomes"))
    return found.order_by("item__section__position", "item__position", "number")


def _candidate(versions: list[ItemVersion], asked: tuple[int, dict[str, str]] | None, before: Round) -> Candidate:
    newest = versions[-1]
    if asked is None:
        return Candidate(newest.definition, was_asked=False, is_new=before.opened_at is not None and versions[0].created_at > before.opened_at)
    return Candidate(newest.definition, is_reworded=newest.pk != asked[0], outcomes=asked[1])


def obstacle_to(study: Study, latest: Round | None) -> str:
    """Why no further round can open now, in words; "" when one can. `latest`: the last one that was opened."""
    number = latest.number + 1 if latest is not None else 1
    if study.finished_at is not None:
        return _("The study is finished; no further round can open.")
    if study.maximum_rounds is not None and number > study.maximum_rounds:
        return _("The study has at most %(most)s rounds. Finish it, or look at its results.") % {"most": study.maximum_rounds}
    if latest is not None and latest.state == RoundState.OPEN:
        return _("Round %(number)s is open already. The next round can open when it is closed and counted.") % {"number": latest.number}
    if latest is not None and latest.state == RoundState.CLOSED:
        return _("Round %(number)s is being counted. The next round can open when its results are there.") % {"number": latest.number}
    return ""
