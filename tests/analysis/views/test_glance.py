"""A round at a glance. The stage's study: us 5, jp 5, kr 5 (see tests/surveys/views/organizer/stage.py)."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from analysis.blocks import analyse_now
from surveys.enums import Role
from surveys.models import Study
from surveys.workflow.rounds import open_round
from tests.factories import a_member, a_study, add_experts, by_panel, run_round

pytestmark = pytest.mark.django_db
SPLIT = [1, 1, 1, 5, 5, 5, 1, 5]
AGREED = [4, 4, 4, 4, 4, 4, 3, 5]
ITEMS = [{"code": code, "kind": "rating", "scale": "five", "text": {"en": text}}
         for code, text in (("camps", "Two camps"), ("together", "All together"), ("hidden", "Hardly answered"))]


def study_of(rounds: int, panels: tuple[str, ...] = ("us", "jp", "kr")) -> Study:
    """Consensus is an IQR of at most 1, stability a net change below 15 %: both hold by hand for what is answered here."""
    study = a_study(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": ITEMS}])
    add_experts(study, dict.fromkeys(panels, 8))
    for number in range(1, rounds + 1):
        answers = by_panel("camps", dict.fromkeys(panels, SPLIT))
        for code, given in by_panel("together", dict.fromkeys(panels, AGREED)).items():
            answers[code].update(given)
        answers["us-1"]["hidden"], answers["us-2"]["hidden"] = 1, 2
        analyse_now(run_round(study, number, answers))
    return study


def glance(client: Client, study: Study, number: int) -> str:
    client.force_login(a_member(study, Role.ANALYST))
    return client.get(reverse("analysis:results", args=[study.slug, number])).content.decode()


def test_after_one_round_it_tells_what_is_agreed_so_far_and_that_stability_needs_another(client: Client) -> None:
    study = study_of(1)
    text = glance(client, study, 1)
    assert "<b>1</b> <span>Agreed so far</span>" in text
    assert "<b>1</b> <span>Not agreed so far</span>" in text
    assert "<b>1</b> <span>Protected</span>" in text
    assert "Movement shows when the same questions are asked again." in text
    assert "2 of 3 questions could still change in another round. They stand under “Agreed so far”, “Not agreed so far”." in text
    open_round(study, 2)
    assert "could still change" not in client.get(reverse("analysis:results", args=[study.slug, 1])).content.decode(), "the next round is there already"


def test_after_two_rounds_it_sets_stable_dissent_out_as_a_finding(client: Client) -> None:
    text = glance(client, study_of(2), 2)
    assert "<b>1</b> <span>Agreed, and settled</span>" in text
    assert "<b>1</b> <span>Not agreed, and settled</span>" in text
    assert "That is a finding of its own." in text
    assert "By the registered rules every question that may be told is settled." in text
    assert "On no question, as far as that can be told, did anybody who answered twice change the answer." in text
    assert "Stayed, left and joined are counted since round 1." in text


def test_panels_that_answer_alike_have_no_disagreement_between_them(client: Client) -> None:
    text = glance(client, study_of(2), 2)
    assert "About 0\u00a0% of all disagreement lies between the panels" in text
    assert "Since the questions were last asked, how far the allies lie apart has not clearly changed." in text


def test_it_begins_with_who_took_part_in_how_much(client: Client) -> None:
    assert "24 of 24 invited experts answered, in 3 panels. Here is what came out of 3 questions." in glance(client, study_of(1), 1)


def test_beside_a_question_stands_its_answer_so_that_agreeing_on_it_is_not_read_as_agreeing_with_it(client: Client) -> None:
    """By hand: of 3 × (4, 4, 4, 4, 4, 4, 3, 5) the quartiles and the middle are 4; of as many 1s as 5s the middle is 3."""
    text = glance(client, study_of(1), 1)
    assert re.search(r"All together</a> <span[^>]*>middle answer: 4[^;<]*</span>", text)
    assert re.search(r"Two camps</a> <span[^>]*>middle answer: 3[^;<]*; middle half from 1[^;<]* to 5[^;<]*</span>", text)
    assert re.search(r"Hardly answered</a></li>", text), "what is protected has none"


def test_of_options_the_commonest_stands_there(client: Client) -> None:
    item = {"code": "means", "kind": "choice", "text": {"en": "Which?"}, "options": [
        {"code": code, "text": {"en": f"By {code}"}} for code in ("sea", "land")]}
    study = a_study(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [item]}])
    add_experts(study, {"us": 8, "jp": 8, "kr": 8})
    run_round(study, 1, by_panel("means", {"us": ["sea"] * 8, "jp": ["sea"] * 8, "kr": ["land"] * 8}))
    assert "commonest answer: “By sea” (67\u00a0%)" in glance(client, study, 1)


def test_who_stayed_is_told_by_panel_in_numbers_of_people(client: Client) -> None:
    text = glance(client, study_of(2), 2)
    cells = "".join(f'<td class="num">{cell}</td>' for cell in (8, 8, "100&nbsp;%", 8, 0, 0))
    assert text.count(cells) == 3


def test_before_the_further_tables_are_there_the_page_says_so(client: Client) -> None:
    study = a_study()
    add_experts(study, {"us": 8, "jp": 8, "kr": 8})
    run_round(study, 1, by_panel("grave", {"us": SPLIT, "jp": AGREED, "kr": AGREED}))
    assert "This is still being worked out." in glance(client, study, 1)


def test_a_round_of_open_questions_alone_has_people_and_no_verdicts(client: Client) -> None:
    study = a_study(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [{"code": "next", "kind": "text", "text": {"en": "What next?"}}]}])
    add_experts(study, {"us": 2})
    run_round(study, 1, {"us-1": {"next": "The straits"}})
    text = glance(client, study, 1)
    assert "This round asked no question whose answers are counted." in text
    assert '<th scope="row">US</th><td class="num">2</td><td class="num">1</td>' in text
    assert "settled" not in text and "still being worked out" not in text
    gaps = client.get(reverse("analysis:results-gaps", args=[study.slug, 1])).content.decode()
    assert "There is nothing of this to tell in this round." in gaps
