"""Items for practice: they explain the page and the perspective, and what is answered there goes nowhere."""

import re
from typing import Any

import pytest
from django.test import Client

from analysis.exports.aggregates import aggregates_csv
from surveys.enums import ResponseState
from surveys.exceptions import ResponseIncomplete
from surveys.models import Answer, Feedback, Panelist, Rationale, Response, Round
from surveys.views.organizer.study import rounds_with_people
from surveys.workflow.rationales import pending_rationales
from surveys.workflow.responses import submit_response
from surveys.workflow.rounds import close_round, open_round
from tests.factories import a_definition, a_study, add_experts, count, give, questions
from tests.surveys.views.expert.expert_studies import asked_ids, enter, save

pytestmark = pytest.mark.django_db
WARM_UP: dict[str, Any] = {"code": "warm-up", "kind": "rating", "scale": "five", "practice": True, "rationale": "required",
                           "text": {"en": "Long meetings make better decisions"}}
GRAVE: dict[str, Any] = {"code": "grave", "kind": "rating", "scale": "five", "text": {"en": "How grave is it?"}, "rationale": "optional"}


def sections(*, apart: bool) -> list[dict[str, Any]]:
    main = {"section": "main", "title": {"en": "Main"}, "items": [GRAVE] if apart else [WARM_UP, GRAVE]}
    return [{"section": "begin", "title": {"en": "To begin"}, "items": [WARM_UP]}, main] if apart else [main]


def a_round(*, apart: bool = False, **changes: Any) -> tuple[Round, list[Panelist]]:
    definition = a_definition(questionnaire=sections(apart=apart), perspective={"en": "Answer as an expert from your country."}, **changes)
    study = a_study(definition)
    experts = add_experts(study, {"us": 6, "jp": 6, "kr": 6})
    return open_round(study, 1), experts


@pytest.fixture
def first(client: Client) -> tuple[str, dict[str, int], Round, Panelist]:
    study_round, experts = a_round()
    return enter(client, experts[0]), asked_ids(study_round), study_round, experts[0]


def text_of(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def test_it_explains_the_perspective_the_scale_and_that_nothing_is_evaluated(client: Client, first: Any) -> None:
    home, *_rest = first
    practice, real = text_of(client, f"{home}section/main/").split("</article>")[:2]
    for text in ("Practice: this one is not evaluated", "<strong>Answer as an expert from your country.</strong>",
                 "The scale runs from “None” to “Extreme”; choose the point that comes closest.", "“Cannot judge” is an answer too",
                 "Whatever you answer here is never evaluated, and nobody reads it.", "Here nobody does."):
        assert text in practice
        assert text not in real
    assert "(needed for an answer on the scale)" not in practice


def test_it_is_not_counted_as_progress(client: Client, first: Any) -> None:
    home, ids, _round, _expert = first
    reply = save(client, home, ids["warm-up"], value={"": "3"}).json()
    assert (reply["answered"], reply["total"], reply["revision"]) == (0, 1, 1)
    assert "0 of 1 answered" in text_of(client, home)
    review = text_of(client, f"{home}review/")
    assert "1 item has no answer" in review and "A reason is still needed" not in review
    assert "Long meetings" in review and "practice" in review


def test_practice_alone_can_not_be_submitted(client: Client, first: Any) -> None:
    home, ids, study_round, expert = first
    save(client, home, ids["warm-up"], value={"": "3"}, rationale="Trying.")
    with pytest.raises(ResponseIncomplete, match="Nothing is answered yet"):
        submit_response(expert, study_round, list(questions(study_round).values()))
    assert client.post(f"{home}submit/").status_code == 409
    save(client, home, ids["grave"], cannot_judge=True)
    assert client.post(f"{home}submit/").status_code == 303


def test_a_reason_missing_for_practice_holds_nobody_back(client: Client, first: Any) -> None:
    home, ids, _round, _expert = first
    save(client, home, ids["warm-up"], value={"": "3"})
    save(client, home, ids["grave"], value={"": "4"})
    assert client.post(f"{home}submit/").status_code == 303


def test_closing_leaves_practice_alone_where_it_is(client: Client, first: Any) -> None:
    home, ids, study_round, _expert = first
    save(client, home, ids["warm-up"], value={"": "3"})
    other = Client()
    save(other, enter(other, Panelist.objects.get(code="us-2")), ids["grave"], value={"": "3"})
    close_round(study_round.pk)
    assert dict(Response.objects.values_list("panelist__code", "state")) == {"us-1": ResponseState.DRAFT, "us-2": ResponseState.SUBMITTED}


def test_its_reasons_never_reach_the_moderator(client: Client, first: Any) -> None:
    home, ids, study_round, _expert = first
    save(client, home, ids["warm-up"], value={"": "3"}, rationale="Only trying.")
    save(client, home, ids["grave"], value={"": "3"}, rationale="Meant.")
    assert Rationale.objects.count() == 2
    assert [rationale.text for rationale in pending_rationales(study_round)] == ["Meant."]
    assert [found.pending_reasons for found in rounds_with_people(study_round.study)] == [1]  # type: ignore[attr-defined]


def test_it_is_in_no_figure_and_no_feedback() -> None:
    study_round, experts = a_round()
    give(study_round, {expert.code: {"warm-up": 5, "grave": 3 + number % 2} for number, expert in enumerate(experts)})
    count(study_round)
    assert [feedback.asked_item.item_version.item.code for feedback in Feedback.objects.all()] == ["grave"]
    assert b"warm-up" not in aggregates_csv(study_round.study)


def test_a_later_round_shows_nothing_of_the_others_beside_it(client: Client) -> None:
    study_round, experts = a_round()
    give(study_round, {expert.code: {"warm-up": 5, "grave": 3 + number % 2} for number, expert in enumerate(experts)})
    count(study_round)
    open_round(study_round.study, 2)
    practice, real = text_of(client, f"{enter(client, experts[0])}section/main/").split("</article>")[:2]
    assert "The group in round 1" not in practice and "The group in round 1" in real


def test_a_section_of_practice_comes_first_and_is_named_as_such(client: Client) -> None:
    study_round, experts = a_round(apart=True)
    home, ids = enter(client, experts[0]), asked_ids(study_round)
    text = text_of(client, home)
    assert f'href="{home}section/begin/">Begin</a>' in text and "for practice" in text
    save(client, home, ids["warm-up"], value={"": "3"})
    assert f'href="{home}section/main/">Continue</a>' in text_of(client, home)


def test_the_record_has_it_marked_as_practice(client: Client, first: Any) -> None:
    home, ids, _round, _expert = first
    save(client, home, ids["warm-up"], value={"": "3"})
    assert Answer.objects.count() == 1
    assert ">practice</span>" in text_of(client, f"{home}my-answers/")
    assert client.get(f"{home}my-answers.csv").content.decode().splitlines()[1].endswith(",0")
