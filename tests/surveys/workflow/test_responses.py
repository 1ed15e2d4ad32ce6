"""Answers as experts give them: what is saved, what is refused, and what counts."""

import pytest

from surveys.exceptions import NotInvited, ResponseIncomplete, RoundNotOpen
from surveys.models import Answer, Panelist, Rationale, Response, Round
from surveys.workflow.responses import Given, record_answers, submit_response
from surveys.workflow.rounds import close_round, open_round
from tests.factories import a_study, add_experts, by_panel, count, give, given, questions

pytestmark = pytest.mark.django_db
WITH_REASON = [{"section": "main", "items": [{"code": "grave", "kind": "rating", "scale": "five", "text": "How grave?", "rationale": "required"}]}]


@pytest.fixture
def expert() -> Panelist:
    study = a_study(questionnaire=WITH_REASON)
    add_experts(study, {"us": 6})
    open_round(study, 1)
    return study.panelists.get(code="us-1")


def current(expert: Panelist) -> Round:
    return expert.study.rounds.order_by("-number").first()


def save(expert: Panelist, gift: Given) -> object:
    study_round = current(expert)
    question = questions(study_round)["grave"]
    return record_answers(expert, study_round, [(question, gift)])[question.asked_item_id]


def test_an_answer_is_saved_and_changed_and_taken_back(expert: Panelist) -> None:
    assert save(expert, given(4)).revision == 1
    assert save(expert, given(5)).revision == 2
    assert Answer.objects.get().value == 5
    assert save(expert, given("")).revision == 0
    assert not Answer.objects.exists()


def test_cannot_judge_is_an_answer_of_its_own(expert: Panelist) -> None:
    save(expert, Given(raw={"": "4"}, cannot_judge=True))
    answer = Answer.objects.get()
    assert (answer.value, answer.cannot_judge) == (None, True)


def test_nonsense_is_refused_in_words_and_what_was_saved_stays(expert: Panelist) -> None:
    save(expert, given(4))
    refused = save(expert, given(6))
    assert refused.error == "Choose one of the positions 1 to 5."
    assert Answer.objects.get().value == 4


def test_two_devices_notice_each_other(expert: Panelist) -> None:
    save(expert, given(4, seen_revision=0))
    assert save(expert, given(2, seen_revision=1)).revision == 2
    late = save(expert, given(5, seen_revision=1))
    assert late.conflict and late.revision == 2
    assert Answer.objects.get().value == 2


def test_a_changed_reason_goes_back_to_moderation(expert: Panelist) -> None:
    save(expert, given(4, rationale="first"))
    Rationale.objects.update(state="approved", published_text="first")
    save(expert, given(4, rationale="first"))
    assert Rationale.objects.get().state == "approved"
    save(expert, given(4, rationale="second"))
    reason = Rationale.objects.get()
    assert (reason.text, reason.state, reason.published_text) == ("second", "pending", "")


def test_a_closed_round_refuses_and_an_uninvited_expert_too(expert: Panelist) -> None:
    Panelist.objects.filter(pk=expert.pk).update(state="withdrawn")
    with pytest.raises(NotInvited):
        save(expert, given(4))
    close_round(current(expert).pk)
    with pytest.raises(RoundNotOpen):
        save(expert, given(4))


def test_submitting_waits_for_a_required_reason_and_is_once(expert: Panelist) -> None:
    study_round = current(expert)
    asked = list(questions(study_round).values())
    with pytest.raises(ResponseIncomplete, match="Nothing is answered"):
        submit_response(expert, study_round, asked)
    save(expert, given(4))
    with pytest.raises(ResponseIncomplete, match="reason is needed for 1"):
        submit_response(expert, study_round, asked)
    save(expert, given(4, rationale="because"))
    first = submit_response(expert, study_round, asked)
    assert submit_response(expert, study_round, asked).submitted_at == first.submitted_at


def test_a_saved_answer_counts_and_the_closing_says_that_it_submitted(expert: Panelist) -> None:
    save(expert, given(4))
    close_round(current(expert).pk)
    response = Response.objects.get()
    assert (response.state, response.submitted_by_closing) == ("submitted", True)


def test_a_study_may_leave_unsubmitted_answers_out() -> None:
    study = a_study(rounds={"unsubmitted": "leave_out"})
    (expert, *_rest) = add_experts(study, {"us": 6})
    open_round(study, 1)
    save(expert, given(4))
    close_round(current(expert).pk)
    assert Response.objects.get().state == "draft"


class TestFromRound2On:
    @pytest.fixture
    def expert(self) -> Panelist:
        study = a_study()
        add_experts(study, {"us": 7})
        give(open_round(study, 1), by_panel("grave", {"us": [1, 2, 3, 4, 5, 3]}))
        count(study.rounds.get())
        open_round(study, 2)
        return study.panelists.get(code="us-2")

    def test_there_is_no_answer_without_keep_or_change(self, expert: Panelist) -> None:
        assert "keep your earlier answer or change it" in save(expert, given(2)).error
        assert not Answer.objects.filter(response__round__number=2).exists()

    def test_keeping_stores_the_earlier_answer(self, expert: Panelist) -> None:
        save(expert, Given(decision="kept"))
        answer = Answer.objects.get(response__round__number=2)
        assert (answer.value, answer.decision) == (2, "kept")

    def test_changing_stores_the_new_one(self, expert: Panelist) -> None:
        save(expert, given(4, decision="changed"))
        answer = Answer.objects.get(response__round__number=2)
        assert (answer.value, answer.decision) == (4, "changed")

    def test_who_has_no_earlier_answer_just_answers(self, expert: Panelist) -> None:
        newcomer = expert.study.panelists.get(code="us-7")
        save(newcomer, given(4))
        assert Answer.objects.get(response__panelist=newcomer).decision == "new"
