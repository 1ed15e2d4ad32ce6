"""Every act on every state of a round: either it is in the table and is done, or it is refused and nothing changed."""

import pytest

from surveys.enums import RoundState
from surveys.exceptions import Refused
from surveys.models import AuditEvent, Round, Study
from surveys.transitions import ROUND_TRANSITIONS
from surveys.workflow.rounds import close_round, finish_study, mark_aggregated, open_round, release_round, renew_closing, reopen_round
from tests.factories import a_study, add_experts, by_panel, count, give

pytestmark = pytest.mark.django_db

ANSWERS = by_panel("grave", {"us": [1, 2, 3, 4, 5, 3]})


def in_state(state: str) -> Round:
    """Round 1 of a small study, brought to a state through the workflow."""
    study = a_study()
    add_experts(study, {"us": 6})
    if state == RoundState.DRAFT:
        return Round.objects.create(study=study, number=1)
    study_round = open_round(study, 1)
    if state == RoundState.OPEN:
        return study_round
    give(study_round, ANSWERS)
    if state == RoundState.CLOSED:
        return close_round(study_round.pk)
    count(study_round)
    if state == RoundState.RELEASED:
        release_round(study_round.pk)
    return Round.objects.get(pk=study_round.pk)


ACTS = {
    "open": lambda r: open_round(r.study, 1),
    "close": lambda r: close_round(r.pk),
    "reopen": lambda r: reopen_round(r.pk, reason="a late panel"),
    "release": lambda r: release_round(r.pk),
    "mark_aggregated": lambda r: mark_aggregated(r.pk, r.closing),
    "renew": lambda r: renew_closing(r.pk),
}
HOLDS_ALREADY = {("open", "open"), ("close", "closed"), ("close", "aggregated"), ("close", "released"), ("reopen", "open")}
ASKED_BY_MACHINES = {"mark_aggregated", "renew"}  # they answer "not now" instead of raising


@pytest.mark.parametrize("state", RoundState.values)
@pytest.mark.parametrize("act", sorted(ROUND_TRANSITIONS))
def test_act_on_state(act: str, state: str) -> None:
    study_round = in_state(state)
    allowed, after = state in ROUND_TRANSITIONS[act][0], ROUND_TRANSITIONS[act][1]
    if allowed or (act, state) in HOLDS_ALREADY or act in ASKED_BY_MACHINES:
        if act == "open" and state == "draft":
            study_round.delete()
        ACTS[act](study_round)
    else:
        with pytest.raises(Refused):
            ACTS[act](study_round)
    assert Round.objects.get(study=study_round.study_id, number=1).state == (after if allowed else state)


def test_every_transition_is_recorded_with_who_when_from_and_to() -> None:
    study_round = in_state(RoundState.AGGREGATED)
    events = AuditEvent.objects.filter(study=study_round.study, subject="round 1", act__endswith="_round")
    assert [(event.act, event.details["before"], event.details["after"]) for event in events] == [
        ("open_round", "draft", "open"), ("close_round", "open", "closed"), ("mark_aggregated_round", "closed", "aggregated"),
    ]
    assert all(event.actor == "system" and event.at for event in events)


def test_opening_the_next_round_releases_the_one_before() -> None:
    study_round = in_state(RoundState.AGGREGATED)
    open_round(study_round.study, 2)
    study_round.refresh_from_db()
    assert study_round.state == RoundState.RELEASED
    assert all(row.frozen_at and row.sha256 for row in study_round.feedback.all())


def test_the_next_round_waits_until_the_one_before_is_counted() -> None:
    study_round = in_state(RoundState.CLOSED)
    with pytest.raises(Refused, match="closed and counted"):
        open_round(study_round.study, 2)
    assert not Round.objects.filter(number=2).exists()


def test_a_round_beyond_the_last_one_is_refused() -> None:
    study = a_study(rounds={"maximum": 1})
    add_experts(study, {"us": 6})
    study_round = open_round(study, 1)
    give(study_round, ANSWERS)
    count(study_round)
    with pytest.raises(Refused, match="at most 1"):
        open_round(study, 2)


def test_a_round_can_be_reopened_until_the_next_one_opens() -> None:
    study_round = in_state(RoundState.AGGREGATED)
    open_round(study_round.study, 2)
    with pytest.raises(Refused, match="Round 2 has opened"):
        reopen_round(study_round.pk, reason="too late")


def test_reopening_needs_a_reason() -> None:
    study_round = in_state(RoundState.CLOSED)
    with pytest.raises(Refused, match="reason"):
        reopen_round(study_round.pk, reason="  ")


def test_finishing_releases_the_last_round_and_ends_the_study() -> None:
    study_round = in_state(RoundState.AGGREGATED)
    finish_study(study_round.study)
    study_round.refresh_from_db()
    assert study_round.state == RoundState.RELEASED
    assert Study.objects.get().finished_at
    with pytest.raises(Refused, match="finished"):
        open_round(study_round.study, 2)


def test_the_rules_are_locked_and_hashed_when_round_1_opens() -> None:
    study = in_state(RoundState.OPEN).study
    study.refresh_from_db()
    assert study.rules_locked_at and len(study.rules_sha256) == 64
    assert '"at_most":1' in study.rules_text
