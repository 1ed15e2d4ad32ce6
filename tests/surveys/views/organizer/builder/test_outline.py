"""The outline of the questionnaire: what stands where, and the buttons that move, copy and remove."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from surveys.models import Study
from surveys.workflow.drafts import create_study, edit_draft, read_draft
from tests.surveys.views.organizer.stage import opened, signed_in, somebody, staged

pytestmark = pytest.mark.django_db
HEAD = {"study": "mine", "title": {"en": "Mine"}, "languages": ["en", "ko"]}
URL = "/studies/mine/build/"


def item(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "kind": "text", "text": {"en": f"What of {code}?", "ko": f"{code}?"}, **more}


def section(code: str, *items: dict[str, Any]) -> dict[str, Any]:
    return {"section": code, "title": {"en": code.title()}, "items": list(items)}


QUESTIONNAIRE = [section("first", item("a"), item("b", practice=True)), section("second", item("c", shown_if={"item": "a", "at_least": 1}))]


@pytest.fixture
def client() -> Client:
    return signed_in(somebody(email="author@example.org", may_create_studies=True))


@pytest.fixture
def study(client: Client) -> Study:
    return create_study({**HEAD, "questionnaire": QUESTIONNAIRE}, by=User.objects.get())


def codes(study: Study) -> list[list[str]]:
    return [[one["code"] for one in found["items"]] for found in read_draft(study).definition["questionnaire"]]


def press(client: Client, name: str, value: str, **more: str) -> HttpResponse:
    return client.post(URL, {name: value, **more})


def test_it_shows_sections_questions_and_their_marks(client: Client, study: Study) -> None:
    text = client.get(URL).content.decode()
    for words in ("First", "What of a?", "What of c?", "practice", "only after “a”"):
        assert words in text


def test_it_speaks_the_readers_language(client: Client, study: Study) -> None:
    assert "a?" in client.get(URL, headers={"accept-language": "ko"}).content.decode()


def test_an_empty_study_says_how_to_begin(client: Client, study: Study) -> None:
    edit_draft(study, "item", lambda definition: {**definition, "questionnaire": []})
    assert "Begin with a section" in client.get(URL).content.decode()


def test_problems_stand_at_their_question_and_at_the_top(client: Client, study: Study) -> None:
    edit_draft(study, "item", lambda definition: {**definition, "questionnaire": [section("first", {"code": "a", "kind": "rating"})]})
    text = client.get(URL).content.decode()
    assert text.count("Question “a” · Scale") == 2
    assert "Panels" in text


@pytest.mark.parametrize(("button", "code", "wanted"), [
    ("item-down", "a", [["b", "a"], ["c"]]),
    ("item-up", "b", [["b", "a"], ["c"]]),
    ("item-down", "b", [["a"], ["b", "c"]]),
    ("item-up", "c", [["a", "b", "c"], []]),
    ("item-up", "a", [["a", "b"], ["c"]]),
    ("item-copy", "a", [["a", "a-2", "b"], ["c"]]),
    ("item-remove", "a", [["b"], ["c"]]),
    ("section-down", "first", [["c"], ["a", "b"]]),
    ("section-up", "second", [["c"], ["a", "b"]]),
    ("section-remove", "first", [["c"]]),
])
def test_a_button_does_what_it_says(client: Client, study: Study, button: str, code: str, wanted: list[list[str]]) -> None:
    assert press(client, button, code).status_code == 302
    assert codes(study) == wanted


def test_a_question_goes_to_the_section_that_was_chosen(client: Client, study: Study) -> None:
    response = press(client, "item-place", "a", **{"section-of-a": "second", "section-of-b": "second"})
    assert codes(study) == [["b"], ["c", "a"]]
    assert response.headers["Location"] == f"{URL}#item-a"


def test_the_page_returns_to_what_was_moved(client: Client, study: Study) -> None:
    assert press(client, "item-down", "a").headers["Location"] == f"{URL}#item-a"
    assert press(client, "item-copy", "c").headers["Location"] == f"{URL}#item-c-2"
    assert press(client, "section-up", "second").headers["Location"] == f"{URL}#section-second"


def test_what_was_removed_is_offered_back(client: Client, study: Study) -> None:
    response = client.get(press(client, "item-remove", "a").headers["Location"])
    assert "question removed: a" in response.content.decode()
    client.post(reverse("surveys:build-undo", args=["mine"]), {"seen": str(read_draft(study).step), "here": URL})
    assert codes(study) == [["a", "b"], ["c"]]


@pytest.mark.parametrize("button", ["item-up", "item-copy", "item-remove", "item-place", "section-up", "section-remove"])
def test_what_is_not_there_any_more_is_said(client: Client, study: Study, button: str) -> None:
    response = client.post(URL, {button: "gone"}, follow=True)
    assert "not there any more" in response.content.decode()
    assert read_draft(study).step == 0


def test_a_form_without_a_button_changes_nothing(client: Client, study: Study) -> None:
    assert client.post(URL, {}).status_code == 302
    assert read_draft(study).step == 0


def test_once_a_round_has_opened_the_page_is_readable_and_says_why_nothing_changes() -> None:
    study = staged()
    opened(study)
    client = signed_in(somebody(study, "organizer"))
    url = reverse("surveys:build", args=[study.slug])
    text = client.get(url).content.decode()
    assert "Nothing can be changed here any more" in text
    assert "How grave is a blockade for your country?" in text
    assert 'name="item-up"' not in text
    assert "Round 1 has opened" in client.post(url, {"item-remove": "grave"}, follow=True).content.decode()
    assert [one["code"] for one in read_draft(study).definition["questionnaire"][0]["items"]] == ["grave", "chance"]
