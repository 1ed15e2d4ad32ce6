"""The walk to the next round: proposals with their reasons, decisions one by one or all at once, the summary, and the round's record."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from surveys.enums import Role
from surveys.models import RoundDecision, Study
from surveys.workflow.decisions import accept_proposals, decide_item
from surveys.workflow.rounds import finish_study, open_round
from tests.factories import count
from tests.surveys.views.expert.expert_studies import enter
from tests.surveys.views.organizer.stage import answered, counted, opened, organizer_of, signed_in, somebody, staged

pytestmark = pytest.mark.django_db

# Everybody answers the same in both rounds, so all is stable: `grave` 1, 2, 3 five times each (interquartile range 2, the rule asks for 1),
# `chance` 0 to 40 in tens three times each (20, as the rule asks), `aim` 11 of 15 "within" (0.73, the rule asks for 0.7).


@pytest.fixture
def study() -> Study:
    study = staged(rounds={"maximum": 5})
    counted(study)
    second = opened(study)
    answered(second)
    count(second)
    return study


@pytest.fixture
def client(study: Study) -> Client:
    return organizer_of(study)


def url(name: str, study: Study, *arguments: Any) -> str:
    return reverse(f"surveys:{name}", args=[study.slug, *arguments])


def page(client: Client, name: str, study: Study, *arguments: Any) -> str:
    return client.get(url(name, study, *arguments)).content.decode()


def sent(client: Client, study: Study, code: str, act: str, reason: str | None = None) -> Any:
    """The form of an item as it is opened, with another choice."""
    context = client.get(url("round-decide", study, code)).context
    reason = context["form"]["reason"].value() if reason is None else reason
    return client.post(url("round-decide", study, code), {"seen": context["step"].seen, "act": act, "reason": reason})


def decisions(study: Study) -> dict[str, tuple[str, str]]:
    return {decision.item.code: (decision.act, decision.reason) for decision in RoundDecision.objects.filter(round__study=study, round__number=3)}


def confirm(client: Client, study: Study, **changes: str) -> Any:
    seen = client.post(url("round-summary", study), {"step": "review", "deadline": ""}).context["walk"].seen
    return client.post(url("round-summary", study), {"step": "confirm", "number": "3", "seen": seen, "deadline": "", **changes}, follow=True)


# The list and the items


def test_the_list_shows_each_item_with_its_verdict_and_its_proposal(study: Study, client: Client) -> None:
    text = page(client, "round-open", study)
    assert "consensus not reached, stability stable" in text
    assert text.count("consensus reached, stability stable") == 2
    assert text.count("proposed: drop") == 3
    assert "0 of 3 decided" in text
    for code in ("grave", "chance", "aim"):
        assert f'href="{url("round-decide", study, code)}#question"' in text


def test_after_round_1_everything_is_proposed_to_be_asked_again() -> None:
    study = staged()
    counted(study)
    text = page(organizer_of(study), "round-open", study)
    assert "consensus not reached, stability not assessed" in text
    assert text.count("proposed: ask again") == 3


def test_an_item_s_page_gives_the_proposal_and_its_reason_and_holds_both_in_the_form(study: Study, client: Client) -> None:
    text = page(client, "round-decide", study, "grave")
    assert "<b>Drop it</b><br>Its dissent is stable: the views differ, and asking again would tell little more." in text
    assert 'value="drop" checked' in text
    assert ">\nIts dissent is stable: the views differ, and asking again would tell little more.</textarea>" in text
    assert reverse("analysis:item-results", args=[study.slug, 2, "grave"]) in text


def test_sending_the_form_as_it_is_follows_the_proposal_and_goes_on_to_the_next(study: Study, client: Client) -> None:
    assert sent(client, study, "grave", "drop").url == url("round-decide", study, "chance") + "#question"
    assert sent(client, study, "chance", "drop").url == url("round-decide", study, "aim") + "#question"
    assert sent(client, study, "aim", "carry", "The court ruled in between").url == url("round-open", study)
    assert decisions(study) == {"grave": ("drop", ""), "chance": ("drop", ""), "aim": ("carry", "The court ruled in between")}
    assert "Everything is decided" in page(client, "round-open", study)


@pytest.mark.parametrize(("act", "reason", "said"), [
    ("carry", None, "You decide something else than proposed. Say why"),  # the proposal's own reason is none for departing from it
    ("carry", "", "You decide something else than proposed. Say why"),
    ("drop", "", "Say why it is dropped"),
    ("add", "why not", "Select a valid choice"),
    ("", "why not", "Choose what becomes of the question."),
])
def test_what_is_refused_keeps_what_was_typed(study: Study, client: Client, act: str, reason: str | None, said: str) -> None:
    answer = sent(client, study, "grave", act, reason)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert answer.context["form"]["act"].value() == act
    assert decisions(study) == {}


def test_an_item_that_is_not_there_is_not_found(study: Study, client: Client) -> None:
    assert client.get(url("round-decide", study, "nothing")).status_code == 404


def test_rewording_leads_to_its_page_and_back_with_the_new_version_in_the_list(study: Study, client: Client) -> None:
    reword = url("item-reword", study, "grave")
    assert sent(client, study, "grave", "reword", "Experts misread it").url == reword
    text = page(client, "round-open", study)
    assert "It is to be reworded, which is still to do." in text
    assert f'class="button" href="{reword}"' in text
    form = client.get(reword).context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {"text.en": "How grave is a closure?", "compares": "yes", "reason": "misread"}
    back = client.post(reword, data, follow=True)
    assert back.redirect_chain == [(url("round-open", study), 302)]
    text = back.content.decode()
    assert "reworded: version 2" in text
    assert "decided: reword" in text
    assert "Version 2 compares with earlier answers." in page(client, "round-decide", study, "grave")


def test_a_question_that_is_added_joins_the_list_and_is_decided_like_the_others(study: Study, client: Client) -> None:
    item = {"section": "aims", "item": "{code: more, kind: text, text: What else?}", "reason": "asked for"}
    text = client.post(url("item-add", study), item, follow=True).content.decode()
    assert "proposed: add" in text
    assert "0 of 4 decided" in text
    assert "It was added after the last round had opened." in page(client, "round-decide", study, "more")
    assert sent(client, study, "more", "add").status_code == 302


# All at once


def test_accepting_all_proposals_decides_all_that_is_due(study: Study, client: Client) -> None:
    sent(client, study, "grave", "carry", "A new event")
    seen = client.get(url("round-open", study)).context["walk"].seen
    text = client.post(url("round-open", study), {"seen": seen}, follow=True).content.decode()
    assert "Accepted as proposed: 2." in text
    assert decisions(study) == {"grave": ("carry", "A new event"), "chance": ("drop", ""), "aim": ("drop", "")}
    assert "Accept all proposals" not in text


def test_accepting_what_one_has_not_read_is_refused(study: Study, client: Client) -> None:
    for seen in ({}, {"seen": "0" * 32}):
        answer = client.post(url("round-open", study), seen)
        assert answer.status_code == 422
        assert "Look through the list again." in answer.content.decode()
    assert decisions(study) == {}


def test_when_nothing_is_left_to_ask_the_page_says_what_to_do(study: Study, client: Client) -> None:
    accept_proposals(study)
    assert "Nothing is left to ask. Ask one question at least, or finish the study." in page(client, "round-open", study)
    assert client.get(url("round-summary", study)).url == url("round-open", study)


# Two organizers


def test_each_organizer_sees_what_the_other_decided_and_nothing_is_lost_by_leaving(study: Study, client: Client) -> None:
    sent(client, study, "grave", "carry", "A new event")
    other = signed_in(somebody(study, Role.OWNER, name="Mina Seo"))
    assert "decided: ask again" in page(other, "round-open", study)
    text = page(other, "round-decide", study, "grave")
    assert "A new event</textarea>" in text
    assert "organizer@example.org" in text


def test_who_decides_second_from_an_older_page_is_told(study: Study, client: Client) -> None:
    other = signed_in(somebody(study, Role.OWNER))
    seen = other.get(url("round-decide", study, "grave")).context["step"].seen
    sent(client, study, "grave", "carry", "A new event")
    answer = other.post(url("round-decide", study, "grave"), {"seen": seen, "act": "drop", "reason": "Enough"})
    assert answer.status_code == 422
    assert "organizer@example.org has decided on this question in between: ask again." in answer.content.decode()
    again = other.post(url("round-decide", study, "grave"), {"seen": answer.context["step"].seen, "act": "drop", "reason": "Enough"})
    assert again.status_code == 302
    assert decisions(study) == {"grave": ("drop", "Enough")}


# The summary and the act


def decided(study: Study) -> None:
    decide_item(study, "grave", "carry", reason="A new event")
    accept_proposals(study)


def test_the_summary_waits_until_everything_is_decided(study: Study, client: Client) -> None:
    answer = client.get(url("round-summary", study), follow=True)
    assert answer.redirect_chain == [(url("round-open", study), 302)]
    assert "Some questions wait for a decision." in answer.content.decode()


def test_the_summary_says_everything_that_opening_does_and_opens_nothing(study: Study, client: Client) -> None:
    decided(study)
    assert "1 question will be asked." in page(client, "round-summary", study)
    text = client.post(url("round-summary", study), {"step": "review", "deadline": "2031-03-01T18:00"}).content.decode()
    for said in ("1 item is asked.", "2 are dropped and keep their last verdict.", "15 experts take part.", "March 1, 2031, 6 p.m. (Asia/Seoul)",
                 "Experts can answer in: en.", "Round 2 is released", "Dropped: 2", "Asked again: 1", "Proposed was: drop. A new event",
                 "Its consensus is stable: asking again would tell little more."):
        assert said in text, said
    assert not study.rounds.get(number=3).is_open


def test_deadline_and_languages_wait_for_whoever_goes_on(study: Study, client: Client) -> None:
    decided(study)
    client.post(url("round-summary", study), {"step": "review", "deadline": "2031-03-01T18:00", "allow_incomplete": "ko"})
    text = page(signed_in(somebody(study, Role.OWNER)), "round-summary", study)
    assert 'value="2031-03-01T18:00"' in text
    assert 'name="allow_incomplete" value="ko" checked' in text


@pytest.mark.parametrize(("deadline", "said"), [("2001-01-01T00:00", "The deadline lies in the past."), ("soon", "Write date and time like")])
def test_a_deadline_that_does_not_fit_is_said(study: Study, client: Client, deadline: str, said: str) -> None:
    decided(study)
    assert said in confirm(client, study, deadline=deadline).content.decode()
    assert not study.rounds.get(number=3).is_open


def test_confirming_opens_the_round_as_decided_and_makes_the_decisions_its_record(study: Study, client: Client) -> None:
    decided(study)
    assert "Round 3 is open." in confirm(client, study, deadline="2031-03-01T18:00").content.decode()
    third = study.rounds.get(number=3)
    assert (third.is_open, third.deadline_at, third.languages) == (True, datetime(2031, 3, 1, 9, 0, tzinfo=UTC), ["en"])
    assert [asked.item_version.item.code for asked in third.asked_items.all()] == ["grave"]
    text = page(client, "record", study)
    assert "What the rounds ask, and why" in text
    assert "Proposed was: drop. A new event (organizer@example.org" not in text, "decided by the system here, which has no name"
    assert "Proposed was: drop. A new event (decided by itself)" in text
    assert "questions of the round decided" in text
    expert = Client()
    home = enter(expert, study.panelists.first())
    assert "How grave is a blockade" in expert.get(f"{home}section/threats/").content.decode()


def test_the_record_names_who_decided_and_how(study: Study, client: Client) -> None:
    sent(client, study, "grave", "carry", "A new event")
    accept_proposals(study, by=somebody(study, Role.OWNER, name="Mina Seo"))
    confirm(client, study)
    text = page(client, "record", study)
    assert "A new event (organizer@example.org, decided by itself)" in text
    assert "(Mina Seo, accepted with all proposals)" in text
    assert text.count("not decided by itself; the round was opened so") == 3, "round 2 was opened without the walk"


def test_the_record_shows_no_decision_before_the_round_opens(study: Study, client: Client) -> None:
    decide_item(study, "grave", "carry", reason="A new event")
    assert "A new event" not in page(client, "record", study)


def test_a_decision_that_changed_in_between_is_read_before_it_opens(study: Study, client: Client) -> None:
    decided(study)
    seen = client.post(url("round-summary", study), {"step": "review", "deadline": ""}).context["walk"].seen
    decide_item(study, "chance", "carry", reason="It is needed")
    answer = client.post(url("round-summary", study), {"step": "confirm", "number": "3", "seen": seen, "deadline": ""})
    assert "Decisions have changed in between; nothing is open yet." in answer.content.decode()
    assert not study.rounds.get(number=3).is_open


def test_the_second_organizer_to_open_is_told_that_it_is_open(study: Study, client: Client) -> None:
    decided(study)
    form = {"step": "confirm", "number": "3", "seen": client.post(url("round-summary", study), {"deadline": ""}).context["walk"].seen, "deadline": ""}
    client.post(url("round-summary", study), form)
    text = signed_in(somebody(study, Role.OWNER)).post(url("round-summary", study), form, follow=True).content.decode()
    assert "Round 3 was opened already; nothing changed." in text


@pytest.mark.parametrize("name", ["round-open", "round-summary", "round-decide"])
def test_while_no_round_can_open_every_page_of_the_walk_says_why(study: Study, client: Client, name: str) -> None:
    arguments = ["grave"] if name == "round-decide" else []
    open_round(study, 3)
    assert "Round 3 is open already." in page(client, name, study, *arguments)
    count(study.rounds.get(number=3))
    finish_study(study)
    assert "The study is finished; no further round can open." in page(client, name, study, *arguments)


def test_before_round_1_there_is_no_walk() -> None:
    study = staged()
    client = organizer_of(study)
    assert "Items to ask" in page(client, "round-open", study)
    assert client.get(url("round-summary", study)).status_code == client.get(url("round-decide", study, "grave")).status_code == 404
