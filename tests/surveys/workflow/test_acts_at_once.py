"""Acts that meet in the same second: neither waits for the other for ever, and nothing of either is lost.

Real connections. On SQLite the transactions are IMMEDIATE, so they come one after the other by themselves.
"""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from analysis.aggregation import aggregate_round
from analysis.models import Snapshot
from analysis.snapshot import unpack
from surveys.enums import PanelistState, RationaleState
from surveys.exceptions import NotInvited, NotReady, Refused, RoundNotOpen
from surveys.models import AuditEvent, Feedback, Panelist, Rationale, Response, Round, Study
from surveys.workflow.answer_files import import_answers
from surveys.workflow.identities import Person
from surveys.workflow.invitations import decline, give_consent
from surveys.workflow.panels import import_panel, replace_expert
from surveys.workflow.rationales import decide_rationale
from surveys.workflow.record import first_broken_entry
from surveys.workflow.responses import Given, record_answers, withdraw
from surveys.workflow.rounds import close_round, open_round, reopen_round
from surveys.workflow.shared_texts import correct_shared_texts
from tests.factories import a_study, add_experts, by_panel, count, csv_text, give, given, questions

pytestmark = pytest.mark.django_db(transaction=True)
TURNS = 6 if connection.vendor == "postgresql" else 4
WITH_REASON = [{"section": "main", "items": [{"code": "grave", "kind": "rating", "scale": "five", "text": "How grave?", "rationale": "optional"}]}]


def at_once(*acts: Callable[[], object], but: tuple[type[Exception], ...] = ()) -> None:
    """Run the acts at the same time on connections of their own; whatever they raise, `but` for what may be, fails the test."""
    problems: list[str] = []
    barrier = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=30)
            act()
        except but:
            pass
        except Exception as error:
            problems.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,), daemon=True) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert problems == []


def close_and_count(study_round: Round) -> None:
    closed = close_round(study_round.pk)
    aggregate_round(closed.pk, closed.closing)


@pytest.mark.parametrize("is_submitted", [True, False])
def test_who_withdraws_while_the_round_closes_is_in_no_snapshot(is_submitted: bool) -> None:
    study = a_study()
    experts = add_experts(study, {"us": TURNS, "jp": 6})
    study_round = open_round(study, 1)
    question = questions(study_round)["grave"]
    for turn, expert in enumerate(experts[:TURNS]):
        if turn:
            reopen_round(study_round.pk, reason="another race")
        if is_submitted:
            give(study_round, {expert.code: {"grave": 3}})
        else:
            record_answers(expert, study_round, [(question, given(3))])
        at_once(lambda: close_and_count(study_round), lambda expert=expert: withdraw(expert))
        study_round.refresh_from_db()
        aggregate_round(study_round.pk, study_round.closing)
        assert not Response.objects.filter(panelist=expert).exists()
        for snapshot in Snapshot.objects.filter(round=study_round):
            held = unpack(snapshot.content)
            column = held.panelists.index(expert.code) if expert.code in held.panelists else None
            assert column is None or not held.submitted[column], f"turn {turn}: closing {snapshot.closing} still holds the answers"


def test_a_file_of_answers_that_meets_the_closing_is_in_or_refused_as_a_whole() -> None:
    study = a_study()
    add_experts(study, {"us": 40})
    study_round = open_round(study, 1)
    for turn in range(TURNS):
        if turn:
            reopen_round(study_round.pk, reason="another race")
        answers = csv_text(["panelist", "item", "value"], [{"panelist": f"us-{n}", "item": "grave", "value": turn % 5 + 1} for n in range(1, 41)])
        at_once(lambda: close_and_count(study_round), lambda answers=answers: import_answers(study_round, answers), but=(RoundNotOpen,))
        study_round.refresh_from_db()
        held = unpack(Snapshot.objects.get(round=study_round, closing=study_round.closing).content)
        assert len({value for value in held.values[0] if value == value}) <= 1


def test_a_decision_about_a_reason_comes_before_the_release_and_is_shown_or_is_refused() -> None:
    for turn in range(TURNS):
        study = a_study(study=f"small-{turn}", questionnaire=WITH_REASON)
        add_experts(study, {"us": 6})
        first = open_round(study, 1)
        give(first, by_panel("grave", {"us": [1, 2, 3, 4, 5, 3]}))
        import_answers(first, csv_text(["panelist", "item", "value", "rationale"], [{"panelist": "us-1", "item": "grave", "value": 1, "rationale": "why"}]))
        count(first)
        reason = Rationale.objects.get(response__round=first)
        at_once(lambda study=study: open_round(study, 2), lambda reason=reason: decide_rationale(reason.pk, RationaleState.APPROVED, by=None), but=(NotReady,))
        reason.refresh_from_db()
        shown = [entry["text"] for feedback in Feedback.objects.filter(round=first) for entry in feedback.reasons]
        assert shown == (["why"] if reason.state == RationaleState.APPROVED else [])


def test_the_same_list_of_experts_twice_at_once_is_taken_up_once() -> None:
    study = a_study()
    listed = "panel,name,email\n" + "".join(f"us,Expert {n},expert{n}@example.org\n" for n in range(30))
    at_once(*[lambda: import_panel(study, listed)] * 3)
    assert study.panelists.count() == 30


def test_who_comes_while_a_round_opens_is_invited_to_it() -> None:
    for turn in range(TURNS):
        study = a_study(study=f"small-{turn}")
        at_once(lambda study=study: add_experts(study, {"us": 20}), lambda study=study: open_round(study, 1))
        assert study.rounds.get().invitations.count() == 20


def test_nobody_declines_with_an_answer_that_counts() -> None:
    study = a_study()
    experts = add_experts(study, {"us": TURNS})
    study_round = open_round(study, 1)
    question = questions(study_round)["grave"]
    for expert in experts:
        at_once(lambda expert=expert: decline(expert), lambda expert=expert: record_answers(expert, study_round, [(question, given(3))]),
                but=(Refused, NotInvited))
        expert.refresh_from_db()
        assert (expert.state == PanelistState.DECLINED) != Response.objects.filter(panelist=expert).exists()


def test_an_expert_replaced_while_withdrawing_has_left_once() -> None:
    study = a_study()
    experts = add_experts(study, {"us": TURNS})
    for expert in experts:
        at_once(lambda expert=expert: replace_expert(Panelist.objects.get(pk=expert.pk), person=Person("Someone"), language="en"),
                lambda expert=expert: withdraw(Panelist.objects.get(pk=expert.pk)), but=(NotReady,))
    assert not Study.objects.get().panelists.filter(pk__in=[expert.pk for expert in experts], state="invited").exists()


def test_consent_on_a_page_read_before_leaving_does_not_bring_anybody_back() -> None:
    study = a_study()
    (expert,) = add_experts(study, {"us": 1})
    seen = Panelist.objects.get(pk=expert.pk)
    withdraw(expert)
    give_consent(seen)
    assert Panelist.objects.get(pk=expert.pk).state == PanelistState.WITHDRAWN


def test_a_gift_is_refused_after_withdrawal() -> None:
    study = a_study()
    (expert,) = add_experts(study, {"us": 1})
    study_round = open_round(study, 1)
    seen = Panelist.objects.get(pk=expert.pk)
    withdraw(expert)
    with pytest.raises(NotInvited):
        record_answers(seen, study_round, [(questions(study_round)["grave"], Given(raw={"": "3"}))])


def test_a_shared_text_corrected_while_experts_save_and_the_round_closes_waits_for_nobody_for_ever() -> None:
    study = a_study()
    experts = add_experts(study, {"us": 6})
    study_round = open_round(study, 1)
    question = questions(study_round)["grave"]
    for turn, text in enumerate(("Extremes", "Extremely", "Extreme", "Extremes")):
        if turn:
            reopen_round(study_round.pk, reason="another race")
        at_once(
            lambda: close_and_count(study_round),
            lambda text=text: correct_shared_texts(study, "scales.five", {"5": {"en": text}}, reason="a typing error"),
            *(lambda expert=expert: record_answers(expert, study_round, [(question, given(3, decision="changed"))]) for expert in experts),
            but=(RoundNotOpen, Refused),  # between rounds a list is reworded instead; nor is there anything to correct twice
        )
        study.refresh_from_db()
        said = AuditEvent.objects.filter(study=study, act="correct_shared_text").count()
        assert study.settings["scales"]["five"]["labels"]["en"][4] == "Extreme" or said > 0
    assert first_broken_entry(study) is None
