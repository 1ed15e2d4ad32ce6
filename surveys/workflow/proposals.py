"""What is proposed for each item of the next round, from the last round's published verdicts alone. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from surveys.enums import Ground, ItemAct

STABLE = {"stable_consensus": Ground.STABLE_CONSENSUS, "stable_dissent": Ground.STABLE_DISSENT}
UNSTABLE = {"unstable_consensus", "unstable_dissent"}
WHOLE = ""  # the component of an answer that is judged as one


@dataclass(frozen=True)
class Proposal:
    act: ItemAct
    ground: Ground


@dataclass(frozen=True)
class Candidate:
    """An item as the next round finds it: was it asked last, does a newer wording wait, was it added since, and what came out."""

    definition: Mapping[str, Any]
    was_asked: bool = True
    is_reworded: bool = False
    is_new: bool = False
    outcomes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_judged(self) -> bool:
        return self.definition["kind"] != "text" and not self.definition.get("practice")


def propose(candidates: Sequence[Candidate]) -> list[Proposal]:
    """One proposal for each, in their order; together they make a round that can be asked."""
    found = {candidate.definition["code"]: proposal_for(candidate) for candidate in candidates}
    was_asked = {candidate.definition["code"]: candidate.was_asked for candidate in candidates}
    waiting = [(candidate.definition["code"], candidate.definition["shown_if"]["item"]) for candidate in candidates if "shown_if" in candidate.definition]
    changed = True
    while changed:  # what an item waits for may itself wait for another
        missing = {source for code, source in waiting if found[code].act != ItemAct.DROP and found[source].act == ItemAct.DROP}
        found |= {source: Proposal(ItemAct.CARRY if was_asked[source] else ItemAct.ADD, Ground.WAITED_FOR) for source in missing}
        changed = bool(missing)
    return list(found.values())


def proposal_for(candidate: Candidate) -> Proposal:
    """For one item, whatever becomes of the others."""
    if not candidate.was_asked:
        return Proposal(ItemAct.ADD, Ground.NEW) if candidate.is_new else Proposal(ItemAct.DROP, Ground.LEFT_OUT)
    if candidate.is_reworded:
        return Proposal(ItemAct.REWORD, Ground.NEW_WORDING)
    if not candidate.is_judged:
        return Proposal(ItemAct.CARRY, Ground.NOT_JUDGED)
    return proposal_by_outcome(candidate.outcomes)


def proposal_by_outcome(outcomes: Mapping[str, str]) -> Proposal:
    """Dropped where every part is stable, whether in consensus or in dissent; an answer judged as a whole by that verdict alone."""
    found = {outcomes[WHOLE]} if WHOLE in outcomes else set(outcomes.values())
    if found & UNSTABLE:
        return Proposal(ItemAct.CARRY, Ground.NOT_STABLE)
    if "protected" in found:
        return Proposal(ItemAct.CARRY, Ground.PROTECTED)
    if not found or not found <= STABLE.keys():
        return Proposal(ItemAct.CARRY, Ground.NOT_ASSESSED)
    return Proposal(ItemAct.DROP, STABLE[found.pop()] if len(found) == 1 else Ground.STABLE_PARTS)
