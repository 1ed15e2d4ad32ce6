"""Decisions on the items of the next round: kept in its draft, refused without their reason, overtaken by a recount, and its record once it opens."""

from typing import Any

import pytest

from surveys.enums import DecisionWay, Ground, ItemAct
from surveys.exceptions import NotReady, Refused
from surveys.models import AuditEvent, Feedback, Round, RoundDecision, Study
from surveys.workflow.decisions import accept_proposals, decide_item, keep_terms
from surveys.workflow.record import first_broken_entry
from surveys.workflow.rounds import finish_study, open_round, reopen_round
from surveys.workflow.walk import Walk, walk_of
from surveys.workflow.wordings import add_item, reword_item
from tests.factories import RATING, a_definition, a_study, a_user, add_experts, count, give, run_round

pytestmark = pytest.mark.django_db

CARRY, DROP, REWORD, ADD = ItemAct.CARRY, ItemAct.DROP, ItemAct.REWORD, ItemAct.ADD
CODES = ("grave", "likely", "soon", "why")
ITEMS = [*({**RATING, "code": code} for code in CODES[:3]), {"code": "why", "kind": "text", "text": {"en": "Why?"}}]
AGREED, APART = [3, 3, 3, 3, 3, 4], [1, 1, 2, 4, 5, 5]  # interquartile ranges 0 and 3.5; the rule asks for 1 at most


def answers(**by_item: list[int]) -> dict[str, dict[str, Any]]:
    return {f"us-{n + 1}": {code: values[n] for code, values in by_item.items()} for n in range(6)}


def after_two_rounds() -> Study:
    """`grave` agreed twice and `likely` apart twice, neither changed; everybody changed on `soon`."""
    study = a_study(a_definition(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": ITEMS}]))
    add_experts(study, {"us": 6})
    run_round(study, 1, answers(grave=AGREED, likely=APART, soon=AGREED))
    run_round(study, 2, answers(grave=AGREED, likely=APART, soon=[1, 1, 1, 1, 1, 2]))
    return study


@pytest.fixture
def study() -> Study:
    return after_two_rounds()


def walk(study: Study) -> Walk:
    found = walk_of(study)
    assert found is not None
    return found


def proposals(study: Study) -> dict[str, tuple[str, str]]:
    return {step.code: (step.proposal.act, step.proposal.ground) for step in walk(study).steps}


def record(study: Study, number: int) -> dict[str, tuple[str, str, str]]:
    decisions = RoundDecision.objects.filter(round__study=study, round__number=number).select_related("item")
    return {decision.item.code: (decision.act, decision.reason, decision.way) for decision in decisions}


def asked(study: Study, number: int) -> list[str]:
    return list(Round.objects.get(study=study, number=number).asked_items.values_list("item_version__item__code", flat=True))


def reworded(study: Study, code: str, text: str = "How grave is it now?") -> None:
    newest = walk(study).step(code)
    assert newest is not None
    reword_item(study, code, {**newest.version.definition, "text": {"en": text}}, equivalent=True, reason="misread")


def test_the_last_round_s_published_outcomes_lead_to_the_proposals(study: Study) -> None:
    assert Feedback.objects.get(round__number=2, asked_item__item_version__item__code="grave").outcomes == {"": "stable_consensus"}
    assert proposals(study) == {
        "grave": (DROP, Ground.STABLE_CONSENSUS), "likely": (DROP, Ground.STABLE_DISSENT),
        "soon": (CARRY, Ground.NOT_STABLE), "why": (CARRY, Ground.NOT_JUDGED),
    }


def test_after_round_1_nothing_is_dropped_for_stability_takes_two() -> None:
    study = a_study()
    add_experts(study, {"us": 6})
    run_round(study, 1, answers(grave=AGREED))
    assert proposals(study) == {"grave": (CARRY, Ground.NOT_ASSESSED)}


def test_a_protected_verdict_is_not_stored_and_leads_to_nothing() -> None:
    study = a_study()
    add_experts(study, {"us": 4})  # fewer than five: nothing is published
    for number in (1, 2):
        run_round(study, number, {f"us-{n}": {"grave": 3} for n in range(1, 5)})
    assert Feedback.objects.get(round__number=2).outcomes == {"": "protected"}
    assert proposals(study) == {"grave": (CARRY, Ground.PROTECTED)}


def test_a_decision_is_kept_in_the_draft_with_proposal_reason_who_and_when(study: Study) -> None:
    user = a_user()
    decision = decide_item(study, "grave", DROP, by=user)
    assert (decision.round.number, decision.round.state) == (3, "draft")
    assert (decision.act, decision.proposal, decision.ground, decision.reason, decision.way) == (DROP, DROP, "stable_consensus", "", "each")
    assert decision.by == user and decision.at is not None
    assert [step.code for step in walk(study).due] == ["likely", "soon", "why"]


def test_the_same_decision_again_changes_nothing(study: Study) -> None:
    first = decide_item(study, "soon", DROP, reason="too tiring", by=a_user())
    again = decide_item(study, "soon", DROP, reason="too tiring", by=a_user("second@example.org"))
    assert (again.pk, again.at, again.by) == (first.pk, first.at, first.by)
    assert RoundDecision.objects.filter(round__number=3).count() == 1


def test_another_decision_takes_its_place(study: Study) -> None:
    decide_item(study, "soon", DROP, reason="too tiring")
    decide_item(study, "soon", CARRY)
    assert record(study, 3) == {"soon": (CARRY, "", "each")}


@pytest.mark.parametrize(("code", "act"), [("grave", CARRY), ("grave", REWORD), ("soon", DROP), ("soon", REWORD), ("why", DROP)])
@pytest.mark.parametrize("reason", [None, "", "  \n"])
def test_departing_from_the_proposal_needs_a_reason(study: Study, code: str, act: str, reason: str | None) -> None:
    with pytest.raises(Refused, match="something else than proposed"):
        decide_item(study, code, act, reason=reason)
    assert decide_item(study, code, act, reason="the experts asked for it").reason == "the experts asked for it"


def test_dropping_needs_a_reason_that_is_not_empty_and_the_proposal_s_own_will_do(study: Study) -> None:
    with pytest.raises(Refused, match="Say why it is dropped"):
        decide_item(study, "grave", DROP, reason=" ")
    assert decide_item(study, "grave", DROP).ground == Ground.STABLE_CONSENSUS


@pytest.mark.parametrize(("code", "act"), [("grave", ADD), ("grave", "burn"), ("grave", "")])
def test_what_can_not_become_of_an_item_is_refused(study: Study, code: str, act: str) -> None:
    with pytest.raises(Refused, match="Choose one of what is offered"):
        decide_item(study, code, act, reason="why not")
    assert not Round.objects.filter(number=3).exists()


def test_an_item_that_is_not_there_is_refused(study: Study) -> None:
    with pytest.raises(Refused, match="no item nothing"):
        decide_item(study, "nothing", CARRY)


def test_who_decides_from_an_older_page_is_told_who_decided_in_between(study: Study) -> None:
    step = walk(study).step("soon")
    assert step is not None
    decide_item(study, "soon", CARRY, by=a_user("first@example.org"), seen=step.seen)
    with pytest.raises(Refused, match=r"first@example\.org has decided on this question in between: ask again"):
        decide_item(study, "soon", DROP, reason="tired", by=a_user(), seen=step.seen)
    assert record(study, 3)["soon"][0] == CARRY


# All at once


def test_accepting_decides_what_is_due_and_leaves_what_was_decided(study: Study) -> None:
    decide_item(study, "likely", CARRY, reason="a new event")
    made = accept_proposals(study, by=a_user())
    assert {decision.item.code for decision in made} == {"grave", "soon", "why"}
    assert record(study, 3) == {"grave": (DROP, "", "all"), "likely": (CARRY, "a new event", "each"), "soon": (CARRY, "", "all"), "why": (CARRY, "", "all")}
    assert walk(study).due == []
    assert accept_proposals(study) == []


def test_accepting_from_an_older_page_is_refused(study: Study) -> None:
    seen = walk(study).seen
    decide_item(study, "soon", CARRY)
    with pytest.raises(Refused, match="have changed in between"):
        accept_proposals(study, seen=seen)


def test_a_rewording_that_was_begun_is_not_written_over(study: Study) -> None:
    decide_item(study, "soon", REWORD, reason="misread")
    accept_proposals(study)
    assert [step.code for step in walk(study).due] == ["soon"]
    reworded(study, "soon")
    assert walk(study).due == []


# What happens in between


def test_a_recount_with_another_outcome_lets_a_decision_be_made_again(study: Study) -> None:
    decide_item(study, "grave", DROP)
    decide_item(study, "soon", CARRY)
    reopen_round(study.rounds.get(number=2).pk, reason="a panel was cut off")
    give(study.rounds.get(number=2), answers(grave=[5, 5, 5, 5, 5, 4]))
    count(study.rounds.get(number=2))
    step = walk(study).step("grave")
    assert step is not None and step.is_overtaken
    assert step.proposal.ground == Ground.NOT_STABLE
    assert [due.code for due in walk(study).due] == ["grave", "likely", "why"]
    decide_item(study, "grave", CARRY)
    assert [due.code for due in walk(study).due] == ["likely", "why"]


def test_a_recount_with_the_same_outcome_leaves_decisions_as_they_are(study: Study) -> None:
    accept_proposals(study)
    reopen_round(study.rounds.get(number=2).pk, reason="a panel was cut off")
    count(study.rounds.get(number=2))
    assert walk(study).due == []


def test_what_is_reworded_after_it_was_decided_to_carry_it_is_due_again(study: Study) -> None:
    accept_proposals(study)
    reworded(study, "soon")
    step = walk(study).step("soon")
    assert step is not None
    assert (step.is_settled, step.acts, step.proposal.act) == (False, (REWORD, DROP), REWORD)


def test_while_a_round_runs_or_is_counted_or_the_study_is_finished_nothing_is_decided(study: Study) -> None:
    reopen_round(study.rounds.get(number=2).pk, reason="a panel was cut off")
    with pytest.raises(NotReady, match="Round 2 is open already"):
        decide_item(study, "grave", DROP)
    count(study.rounds.get(number=2))
    finish_study(study)
    for act in (lambda: decide_item(study, "grave", DROP), lambda: accept_proposals(study), lambda: keep_terms(study, None, ["en"])):
        with pytest.raises(NotReady, match="finished"):
            act()


def test_before_round_1_nothing_is_decided_item_by_item() -> None:
    with pytest.raises(NotReady, match="from round 2 on"):
        decide_item(a_study(), "grave", CARRY)


# The record


def test_the_round_asks_what_was_decided_and_its_record_says_why(study: Study) -> None:
    user = a_user()
    decide_item(study, "soon", REWORD, reason="misread", by=user)
    reworded(study, "soon")
    add_item(study, "main", {"code": "more", "kind": "text", "text": {"en": "What else?"}}, reason="asked for")
    decide_item(study, "likely", CARRY, reason="a new event", by=user)
    accept_proposals(study, by=user)
    open_round(study, 3, by=user)
    assert asked(study, 3) == ["likely", "soon", "why", "more"]
    assert record(study, 3) == {
        "grave": (DROP, "", "all"), "likely": (CARRY, "a new event", "each"), "soon": (REWORD, "misread", "each"),
        "why": (CARRY, "", "all"), "more": (ADD, "", "all"),
    }
    version = RoundDecision.objects.get(round__number=3, item__code="soon").version
    assert version is not None and (version.number, version.first_version_id is not None) == (2, True)
    said = AuditEvent.objects.get(act="decide_round", subject="round 3")
    assert said.details == {"items_carry": ["likely: a new event", "why"], "items_drop": ["grave"], "items_reword": ["soon: misread"], "items_add": ["more"]}
    assert first_broken_entry(study) is None


def test_without_decisions_the_round_asks_the_same_and_says_that_it_was_opened_so(study: Study) -> None:
    open_round(study, 3)
    assert asked(study, 3) == list(CODES)
    assert record(study, 3) == dict.fromkeys(CODES, (CARRY, "", DecisionWay.COMMAND))
    assert RoundDecision.objects.get(round__number=3, item__code="grave").proposal == DROP


def test_what_nobody_decided_on_is_carried_beside_what_was_decided(study: Study) -> None:
    decide_item(study, "grave", DROP)
    decide_item(study, "soon", REWORD, reason="misread")  # begun, and never done
    open_round(study, 3)
    assert asked(study, 3) == ["likely", "soon", "why"]
    assert record(study, 3) == {"grave": (DROP, "", "each"), "likely": (CARRY, "", "command"), "soon": (CARRY, "", "command"), "why": (CARRY, "", "command")}


def test_items_named_by_whoever_opens_hold_against_what_was_decided(study: Study) -> None:
    decide_item(study, "grave", DROP)
    open_round(study, 3, items=["grave", "why"])
    assert record(study, 3) == {"grave": (CARRY, "", "command"), "likely": (DROP, "", "command"), "soon": (DROP, "", "command"), "why": (CARRY, "", "command")}


def test_opening_twice_records_once(study: Study) -> None:
    accept_proposals(study)
    open_round(study, 3)
    before = list(RoundDecision.objects.values_list("pk", flat=True))
    open_round(study, 3)
    assert list(RoundDecision.objects.values_list("pk", flat=True)) == before
    assert AuditEvent.objects.filter(act="decide_round", subject="round 3").count() == 1


def test_round_1_has_no_record_of_decisions() -> None:
    open_round(a_study(), 1)
    assert not RoundDecision.objects.exists()


def test_a_dropped_item_stays_out_until_somebody_asks_for_it(study: Study) -> None:
    accept_proposals(study)
    open_round(study, 3)
    give(study.rounds.get(number=3), answers(soon=AGREED))
    count(study.rounds.get(number=3))
    assert [step.code for step in walk(study).left_out] == ["grave", "likely"]
    with pytest.raises(Refused, match="something else than proposed"):
        decide_item(study, "grave", ADD)
    decide_item(study, "grave", ADD, reason="the world has changed")
    accept_proposals(study)
    open_round(study, 4)
    assert asked(study, 4) == ["grave", "soon", "why"]
    assert record(study, 4) == {"grave": (ADD, "the world has changed", "each"), "soon": (CARRY, "", "all"), "why": (CARRY, "", "all")}


def test_deadline_and_languages_are_kept_in_the_draft(study: Study) -> None:
    draft = keep_terms(study, None, ["en"])
    assert (draft.number, draft.state, draft.languages) == (3, "draft", ["en"])
