"""What is proposed for each item of the next round: only what is stable is dropped, in consensus as in dissent; nothing follows from what is hidden."""

from typing import Any

import pytest

from surveys.enums import Ground, ItemAct
from surveys.workflow.proposals import Candidate, Proposal, proposal_for, propose

CARRY, DROP, REWORD, ADD = ItemAct.CARRY, ItemAct.DROP, ItemAct.REWORD, ItemAct.ADD


def item(code: str = "grave", **more: Any) -> dict[str, Any]:
    return {"code": code, "kind": "rating", **more}


@pytest.mark.parametrize(("outcome", "expected"), [
    ("stable_consensus", Proposal(DROP, Ground.STABLE_CONSENSUS)),
    ("stable_dissent", Proposal(DROP, Ground.STABLE_DISSENT)),
    ("unstable_consensus", Proposal(CARRY, Ground.NOT_STABLE)),
    ("unstable_dissent", Proposal(CARRY, Ground.NOT_STABLE)),
    ("not_assessed", Proposal(CARRY, Ground.NOT_ASSESSED)),
    ("protected", Proposal(CARRY, Ground.PROTECTED)),
])
def test_each_outcome_has_its_proposal(outcome: str, expected: Proposal) -> None:
    assert proposal_for(Candidate(item(), outcomes={"": outcome})) == expected


@pytest.mark.parametrize(("outcomes", "expected"), [
    (["stable_consensus", "stable_consensus"], Proposal(DROP, Ground.STABLE_CONSENSUS)),
    (["stable_consensus", "stable_dissent"], Proposal(DROP, Ground.STABLE_PARTS)),
    (["stable_consensus", "unstable_dissent"], Proposal(CARRY, Ground.NOT_STABLE)),
    (["stable_consensus", "protected"], Proposal(CARRY, Ground.PROTECTED)),
    (["stable_consensus", "not_assessed"], Proposal(CARRY, Ground.NOT_ASSESSED)),
    (["protected", "unstable_consensus"], Proposal(CARRY, Ground.NOT_STABLE)),
    ([], Proposal(CARRY, Ground.NOT_ASSESSED)),
])
def test_an_answer_of_several_parts_is_dropped_only_where_all_are_stable(outcomes: list[str], expected: Proposal) -> None:
    assert proposal_for(Candidate(item(kind="grid"), outcomes={f"r.c{n}": outcome for n, outcome in enumerate(outcomes)})) == expected


def test_an_answer_judged_as_a_whole_goes_by_that_verdict_alone() -> None:
    outcomes = {"": "stable_dissent", "tripwire": "not_assessed", "denial": "not_assessed"}
    assert proposal_for(Candidate(item(kind="ranking"), outcomes=outcomes)) == Proposal(DROP, Ground.STABLE_DISSENT)


@pytest.mark.parametrize("definition", [item(kind="text"), item(practice=True)])
def test_what_the_rules_do_not_judge_is_asked_again(definition: dict[str, Any]) -> None:
    assert proposal_for(Candidate(definition)) == Proposal(CARRY, Ground.NOT_JUDGED)


def test_a_new_wording_is_proposed_whatever_came_out_of_the_old_one() -> None:
    assert proposal_for(Candidate(item(), is_reworded=True, outcomes={"": "stable_consensus"})) == Proposal(REWORD, Ground.NEW_WORDING)


@pytest.mark.parametrize(("is_new", "expected"), [(True, Proposal(ADD, Ground.NEW)), (False, Proposal(DROP, Ground.LEFT_OUT))])
def test_what_the_last_round_did_not_ask_joins_only_when_it_is_new(is_new: bool, expected: Proposal) -> None:
    assert proposal_for(Candidate(item(), was_asked=False, is_new=is_new)) == expected


def test_what_another_item_waits_for_stays_although_it_is_stable() -> None:
    """A chain: power waits for means, which waits for likely; both stable ones are kept for the sake of power."""
    stable = {"": "stable_consensus"}
    candidates = [
        Candidate(item("likely"), outcomes=stable),
        Candidate(item("means", shown_if={"item": "likely"}), outcomes=stable),
        Candidate(item("power", shown_if={"item": "means"}), outcomes={"": "unstable_dissent"}),
        Candidate(item("other"), outcomes=stable),
    ]
    assert propose(candidates) == [Proposal(CARRY, Ground.WAITED_FOR), Proposal(CARRY, Ground.WAITED_FOR), Proposal(CARRY, Ground.NOT_STABLE),
                                   Proposal(DROP, Ground.STABLE_CONSENSUS)]


def test_what_only_dropped_items_wait_for_is_dropped_with_them() -> None:
    stable = {"": "stable_dissent"}
    candidates = [Candidate(item("likely"), outcomes=stable), Candidate(item("means", shown_if={"item": "likely"}), outcomes=stable)]
    assert [proposal.act for proposal in propose(candidates)] == [DROP, DROP]


def test_a_new_item_brings_back_what_it_waits_for() -> None:
    candidates = [Candidate(item("likely"), was_asked=False), Candidate(item("means", shown_if={"item": "likely"}), was_asked=False, is_new=True)]
    assert propose(candidates) == [Proposal(ADD, Ground.WAITED_FOR), Proposal(ADD, Ground.NEW)]
