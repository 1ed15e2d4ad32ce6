"""Steps: one back, one forward, or back to any of them; nothing is undone that the button did not name."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from surveys.models import DraftStep, Study
from surveys.studyfile.editing import with_part, without_item
from surveys.workflow.drafts import edit_draft, read_draft
from tests.surveys.views.organizer.stage import DEFINITION, opened, organizer_of, staged

pytestmark = pytest.mark.django_db
HERE = "/studies/staged/build/"


@pytest.fixture
def study() -> Study:
    study = staged()
    edit_draft(study, "head", lambda definition: with_part(definition, "aim", {"en": "To know"}))
    edit_draft(study, "item-removed", lambda definition: without_item(definition, "grave"), subject="grave")
    return study


@pytest.fixture
def client(study: Study) -> Client:
    return organizer_of(study)


def press(client: Client, name: str, **more: str) -> HttpResponse:
    return client.post(reverse(f"surveys:build-{name}", args=["staged"]), more)


def test_the_buttons_say_what_they_do(client: Client) -> None:
    text = client.get(HERE).content.decode()
    assert "Undo<span class=\"builder-state__step\">: question removed: grave</span>" in text
    assert "Saved as step 2" in text
    press(client, "undo")
    text = client.get(HERE).content.decode()
    assert "Redo<span class=\"builder-state__step\">: question removed: grave</span>" in text
    assert "Undo<span class=\"builder-state__step\">: study&#x27;s information changed</span>" in text


def test_undo_and_redo_walk_and_say_so(client: Client, study: Study) -> None:
    assert "Taken back: question removed: grave." in client.get(press(client, "undo", seen="2").headers["Location"]).content.decode()
    assert read_draft(study).step == 1
    assert "Done again: question removed: grave." in client.get(press(client, "redo", seen="1").headers["Location"]).content.decode()
    assert read_draft(study).step == 2


def test_nothing_is_undone_that_somebody_else_did_in_between(client: Client, study: Study) -> None:
    edit_draft(study, "head", lambda definition: with_part(definition, "aim", {"en": "To know more"}))
    response = press(client, "undo", seen="2")
    assert response.headers["Location"] == f"{HERE}history/"
    assert "Somebody has changed the study in between" in client.get(f"{HERE}history/").content.decode()
    assert read_draft(study).step == 3


def test_at_the_ends_there_is_nothing_to_do(client: Client, study: Study) -> None:
    for _step in range(3):
        response = press(client, "undo")
    assert "There is nothing to undo." in client.get(response.headers["Location"]).content.decode()
    assert read_draft(study).step == 0
    assert "disabled" in client.get(HERE).content.decode()


@pytest.mark.parametrize(("here", "wanted"), [
    (f"{HERE}scales/", f"{HERE}scales/"),
    (f"{HERE}items/chance/", f"{HERE}items/chance/"),
    (f"{HERE}items/grave/", HERE),
    (f"{HERE}sections/none/", HERE),
    (f"{HERE}preview/?item=chance", f"{HERE}preview/?item=chance"),
    ("/studies/other/build/scales/", HERE),
    ("https://elsewhere.example/", HERE),
    ("//elsewhere.example/studies/staged/build/", HERE),
    ("", HERE),
])
def test_the_page_stays_where_it_was_as_long_as_that_is_there(client: Client, study: Study, here: str, wanted: str) -> None:
    press(client, "undo")
    assert press(client, "redo", here=here).headers["Location"] == wanted


def test_undo_beside_a_language_that_it_takes_away_leads_to_the_overview(client: Client, study: Study) -> None:
    edit_draft(study, "head", lambda definition: with_part(definition, "languages", [*definition["languages"], "fr"]))
    here = reverse("surveys:build-translations-upload", args=[study.slug, "fr"])
    assert press(client, "undo", here=here).headers["Location"] == HERE
    assert press(client, "redo", here=here).headers["Location"] == here


def test_the_history_names_every_step_with_who_and_when(client: Client) -> None:
    press(client, "undo")
    text = client.get(f"{HERE}history/").content.decode()
    for words in ("study changed outside the builder", "study&#x27;s information changed", "question removed: grave", "undone", "now"):
        assert words in text


def test_back_to_any_step_as_a_step_that_can_be_undone(client: Client, study: Study) -> None:
    edited = read_draft(study).definition
    response = client.post(f"{HERE}history/", {"step": "0"})
    assert response.headers["Location"] == HERE
    assert read_draft(study).definition == DEFINITION
    assert DraftStep.objects.count() == 4
    press(client, "undo")
    assert read_draft(study).definition == edited


@pytest.mark.parametrize("step", ["", "99", "-1", "x", "9" * 30])
def test_a_step_that_is_not_there_is_not_found(client: Client, step: str) -> None:
    assert client.post(f"{HERE}history/", {"step": step}).status_code == 404


def test_a_study_nobody_edited_has_one_step_and_none_to_undo() -> None:
    study = staged(study="fresh")
    text = organizer_of(study).get("/studies/fresh/build/history/").content.decode()
    assert "study changed outside the builder" in text


def test_once_a_round_has_opened_nothing_is_undone() -> None:
    study = staged(study="begun")
    edit_draft(study, "head", lambda definition: with_part(definition, "aim", {"en": "To know"}))
    opened(study)
    client = organizer_of(study)
    for name in ("undo", "redo"):
        assert "Round 1 has opened" in client.post(f"/studies/begun/build/{name}/", follow=True).content.decode()
    assert "Round 1 has opened" in client.post("/studies/begun/build/history/", {"step": "0"}, follow=True).content.decode()
