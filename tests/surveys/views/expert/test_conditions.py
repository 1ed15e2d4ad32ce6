"""Items that wait for an earlier answer: when they are asked, and what becomes of answers whose question went away."""

import csv
import html
import io
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from surveys.enums import RationaleState
from surveys.exceptions import NotReady, ResponseIncomplete
from surveys.models import Answer, Feedback, Panelist, Rationale, Response, Round
from surveys.workflow.rationales import decide_rationale
from surveys.workflow.responses import record_answers, submit_response
from surveys.workflow.rounds import close_round, open_round, prepare_round
from tests.factories import a_definition, a_study, add_experts, count, give, given, questions
from tests.surveys.views.expert.expert_studies import asked_ids, enter, save
from tests.surveys.views.organizer.stage import organizer_of

pytestmark = pytest.mark.django_db
ITEMS: list[dict[str, Any]] = [
    {"code": "likely", "kind": "probability", "text": {"en": "How likely is it?"}},
    {"code": "grave", "kind": "rating", "scale": "five", "text": {"en": "How grave?"}, "shown_if": {"item": "likely", "at_least": 50}, "rationale": "required"},
    {"code": "why", "kind": "text", "text": {"en": "Why so grave?"}, "shown_if": {"item": "grave", "at_least": 4}},
    {"code": "means", "kind": "choices", "text": {"en": "Which means?"},
     "options": [{"code": "cyber", "text": {"en": "Cyber"}}, {"code": "law", "text": {"en": "Law"}}]},
]
LATER = {"code": "power", "kind": "rating", "scale": "five", "text": {"en": "How strong?"}, "shown_if": {"item": "means", "includes": "cyber"}}
SECTIONS = [{"section": "main", "title": {"en": "Main"}, "items": ITEMS}, {"section": "more", "title": {"en": "More"}, "items": [LATER]}]


def a_round() -> tuple[Round, list[Panelist]]:
    study = a_study(a_definition(questionnaire=SECTIONS))
    experts = add_experts(study, {"us": 6, "jp": 6, "kr": 6})
    return open_round(study, 1), experts


@pytest.fixture
def first(client: Client) -> tuple[str, dict[str, int], Round, Panelist]:
    study_round, experts = a_round()
    return enter(client, experts[0]), asked_ids(study_round), study_round, experts[0]


def page(client: Client, home: str, section: str = "main") -> str:
    return re.sub(r"\s+", " ", client.get(f"{home}section/{section}/").content.decode())


def hidden(text: str) -> list[str]:
    return re.findall(r'<article class="item" hidden id="\w+" data-item="\d+" data-code="(\w+)"', text)


def draft_of(study_round: Round, code: str, **answers: str) -> None:
    """Another expert answers, and does not submit."""
    asked = questions(study_round)
    record_answers(Panelist.objects.get(code=code), study_round, [(asked[item], given(value)) for item, value in answers.items()])


def not_seen(text: str) -> str:
    return re.findall(r'name="not_seen" value="([^"]*)"', text)[0]


def test_an_item_that_waits_is_on_the_page_but_hidden(client: Client, first: Any) -> None:
    home, ids, _round, _expert = first
    text = page(client, home)
    assert hidden(text) == ["grave", "why"]
    assert not_seen(text) == f"{ids['grave']} {ids['why']}"
    save(client, home, ids["likely"], value={"": "50"})
    assert hidden(page(client, home)) == ["why"]


def test_the_script_gets_the_condition_from_the_item(client: Client, first: Any) -> None:
    home, ids, _round, _expert = first
    found = [json.loads(html.unescape(text)) for text in re.findall(r'data-shown-if="([^"]*)"', page(client, home))]
    assert found == [
        {"item": ids["likely"], "component": "", "at_least": 50, "rules": {"limits": {"": [0, 100]}, "decimals": 3}},
        {"item": ids["grave"], "component": "", "at_least": 4, "rules": {}},
    ]
    assert "js/expert-conditions" in page(client, home)
    assert "js/expert-conditions" not in page(client, home, "more"), "nothing on that page waits for an item beside it"


def test_without_a_script_an_opened_item_is_pointed_out_before_the_way_leads_on(client: Client, first: Any) -> None:
    home, ids, _round, _expert = first
    stays = client.post(f"{home}section/main/", {f"i{ids['likely']}-value": "80", "not_seen": not_seen(page(client, home))})
    assert (stays.status_code, stays.url) == (303, f"{home}section/main/?opened={ids['grave']}")
    text = re.sub(r"\s+", " ", client.get(stays.url).content.decode())
    assert "Your answer opened one more question" in text and f'<a href="#i{ids["grave"]}">Item 2</a>' in text
    assert (hidden(text), not_seen(text)) == (["why"], str(ids["why"]))
    form = {f"i{ids['likely']}-value": "80", f"i{ids['grave']}-value": "5", f"i{ids['grave']}-rationale": "So."}
    again = client.post(stays.url, {**form, "not_seen": not_seen(text)}).url
    assert again == f"{home}section/main/?opened={ids['why']}", "the next of the chain opens"
    assert client.post(again, {**form, "not_seen": ""}).url == f"{home}review/"


def test_who_saw_the_opened_item_and_left_it_open_is_not_held_back(client: Client, first: Any) -> None:
    """The script takes an item off the list when it shows it."""
    home, ids, _round, _expert = first
    answer = client.post(f"{home}section/main/", {f"i{ids['likely']}-value": "80", "not_seen": str(ids["why"])})
    assert answer.url == f"{home}review/"


def test_a_forged_list_of_opened_items_opens_nothing(client: Client, first: Any) -> None:
    home, ids, _round, _expert = first
    text = client.get(f"{home}section/main/?opened={ids['why']}+{ids['power']}+x+%3Cb%3E").content.decode()
    assert "opened one more" not in text
    assert client.post(f"{home}section/main/", {"not_seen": f"{ids['grave']} 0 nonsense"}).url == f"{home}review/"


def test_an_opened_item_is_pointed_out_beside_a_mistake_too(client: Client, first: Any) -> None:
    home, ids, _round, _expert = first
    form = {f"i{ids['likely']}-value": "80", f"i{ids['means']}-value": "none", f"i{ids['means']}-value.law": "1", "not_seen": not_seen(page(client, home))}
    answer = client.post(f"{home}section/main/", form)
    text = answer.content.decode()
    assert answer.status_code == 422 and "Some answers could not be saved" in text and "Your answer opened one more question" in text


def test_a_mistake_in_a_hidden_item_holds_nobody_back(client: Client, first: Any) -> None:
    home, ids, _round, _expert = first
    answer = client.post(f"{home}section/main/", {f"i{ids['likely']}-value": "10", f"i{ids['grave']}-value": "nine"})
    assert (answer.status_code, answer.url) == (303, f"{home}review/")


def test_a_later_section_appears_without_a_script(client: Client, first: Any) -> None:
    home, ids, _round, _expert = first
    assert "section/more/" not in page(client, home)
    answer = client.post(f"{home}section/main/", {f"i{ids['means']}-value.cyber": "1"})
    assert answer.url == f"{home}section/more/"
    assert hidden(page(client, home, "more")) == []


def test_hidden_answers_are_kept_and_left_out_of_everything(client: Client, first: Any) -> None:
    home, ids, study_round, expert = first
    save(client, home, ids["likely"], value={"": "80"})
    save(client, home, ids["grave"], value={"": "5"})
    assert save(client, home, ids["why"], value={"": "Because."}).json()["total"] == 4
    assert len(page(client, home)) and client.post(f"{home}submit/").status_code == 409, "the reason is needed while the item is asked"
    reply = save(client, home, ids["likely"], value={"": "20"}, seen_revision=1).json()
    assert (reply["answered"], reply["total"]) == (1, 2)
    review = client.get(f"{home}review/").content.decode()
    assert "How likely is it?" in review and "How grave?" not in review and "A reason is still needed" not in review
    submit_response(expert, study_round, list(questions(study_round).values()))
    assert Answer.objects.filter(response__panelist=expert).count() == 3
    save(client, home, ids["likely"], value={"": "90"}, seen_revision=2)
    assert hidden(page(client, home)) == [] and "Because." in page(client, home)


def test_the_record_says_which_answers_do_not_count(client: Client, first: Any) -> None:
    home, ids, _round, _expert = first
    save(client, home, ids["likely"], value={"": "80"})
    save(client, home, ids["grave"], value={"": "5"})
    assert "Not counted" not in client.get(f"{home}my-answers/").content.decode()
    save(client, home, ids["likely"], value={"": "20"}, seen_revision=1)
    text = client.get(f"{home}my-answers/").content.decode()
    assert text.count("Not counted: the question was not asked after your later change.") == 1
    assert text.index("How grave?") < text.index("Not counted")
    rows = csv.DictReader(io.StringIO(client.get(f"{home}my-answers.csv").content.decode(), newline=""))
    assert {row["item"]: row["counted"] for row in rows} == {"likely": "1", "grave": "0"}


def test_a_response_of_hidden_answers_alone_is_not_submitted(client: Client, first: Any) -> None:
    home, ids, study_round, expert = first
    save(client, home, ids["likely"], value={"": "80"})
    save(client, home, ids["grave"], value={"": "5"}, rationale="So.")
    save(client, home, ids["likely"], value={}, seen_revision=1)
    with pytest.raises(ResponseIncomplete):
        submit_response(expert, study_round, list(questions(study_round).values()))
    draft_of(study_round, "us-2", likely="5")
    draft_of(study_round, "us-3", likely="60", grave="2")
    close_round(study_round.pk)
    assert dict(Response.objects.values_list("panelist__code", "state")) == {"us-1": "draft", "us-2": "submitted", "us-3": "submitted"}


def test_a_reason_for_a_question_that_went_away_is_not_shown_to_others() -> None:
    study_round, experts = a_round()
    give(study_round, {expert.code: {"likely": 80, "grave": 3} for expert in experts})
    for text, expert in (("Stays asked.", experts[0]), ("Went away.", experts[1])):
        answer = Response.objects.get(panelist=expert)
        Rationale.objects.create(response=answer, asked_item_id=asked_ids(study_round)["grave"], text=text)
    for rationale in Rationale.objects.all():
        decide_rationale(rationale.pk, RationaleState.APPROVED, by=None)
    Answer.objects.filter(response__panelist=experts[1], asked_item=asked_ids(study_round)["likely"]).update(value=10)
    count(study_round)
    open_round(study_round.study, 2)
    shown = Feedback.objects.get(round=study_round, asked_item=asked_ids(study_round)["grave"])
    assert [reason["text"] for reason in shown.reasons] == ["Stays asked."]


def test_in_a_later_round_a_kept_answer_opens_and_an_undecided_one_does_not(client: Client) -> None:
    study_round, experts = a_round()
    give(study_round, {expert.code: {"likely": 80, "grave": 3} for expert in experts})
    count(study_round)
    second = open_round(study_round.study, 2)
    home, ids = enter(client, experts[0]), asked_ids(second)
    assert hidden(page(client, home)) == ["grave", "why"]
    stays = client.post(f"{home}section/main/", {f"i{ids['likely']}-decision": "kept", "not_seen": not_seen(page(client, home))})
    assert stays.url == f"{home}section/main/?opened={ids['grave']}"
    assert hidden(page(client, home)) == ["why"]


def test_a_round_that_does_not_ask_what_an_item_waits_for_is_refused() -> None:
    study_round, experts = a_round()
    give(study_round, {expert.code: {"likely": 80} for expert in experts})
    count(study_round)
    text = "Item grave is asked only after an answer to item likely, which this round does not ask. Ask both, or neither."
    for act in (prepare_round, open_round):
        with pytest.raises(NotReady, match=re.escape(text)):
            act(study_round.study, 2, items=["grave", "means"])
    assert not Round.objects.filter(number=2).exists() or not Round.objects.get(number=2).is_open
    assert open_round(study_round.study, 2, items=["means", "power"]).is_open


@pytest.mark.parametrize("step", ["review", "confirm"])
def test_the_organizer_s_form_says_so_beside_the_items(step: str) -> None:
    study = a_study(a_definition(questionnaire=SECTIONS))
    organizer = organizer_of(study)
    form = {"step": step, "number": "1", "items": ["grave", "means"], "deadline": ""}
    answer = organizer.post(reverse("surveys:round-open", args=[study.slug]), form)
    assert answer.status_code == 422
    assert "Item grave is asked only after an answer to item likely, which this round does not ask." in answer.content.decode()
    assert not Round.objects.exists()


def test_the_organizer_reads_how_many_drafts_closing_submits(client: Client, first: Any) -> None:
    home, ids, study_round, _expert = first
    save(client, home, ids["likely"], value={"": "80"})
    save(client, home, ids["grave"], value={"": "5"})
    save(client, home, ids["likely"], value={}, seen_revision=1)
    draft_of(study_round, "us-2", likely="5")
    answer = organizer_of(study_round.study).get(reverse("surveys:round-close", args=[study_round.study.slug, 1]))
    assert answer.context["drafts"] == 1
