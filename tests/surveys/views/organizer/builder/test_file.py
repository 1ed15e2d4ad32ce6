"""The draft as a file: down and up at every moment, complete or not; nothing of what was there is lost."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from surveys.models import Study
from surveys.queries import definition_of
from surveys.studyfile import parse_yaml, read_study, write_study
from surveys.workflow.drafts import create_study, edit_draft, read_draft, undo
from tests.surveys.views.organizer.stage import DEFINITION, opened, signed_in, somebody, staged

pytestmark = pytest.mark.django_db
URL = "/studies/mine/build/file/"
UNFINISHED: dict[str, Any] = {"study": "mine", "title": {"en": "Mine"}, "languages": ["en"], "panels": [], "questionnaire": [
    {"section": "main", "title": {"en": "Main"}, "items": [{"code": "grave", "kind": "rating"}]}]}


@pytest.fixture
def client() -> Client:
    return signed_in(somebody(email="author@example.org", may_create_studies=True))


@pytest.fixture
def study(client: Client) -> Study:
    return create_study(UNFINISHED, by=User.objects.get())


def downloaded(client: Client) -> str:
    return client.get("/studies/mine/build/study.yaml").content.decode()


def upload(client: Client, content: str, url: str = URL) -> HttpResponse:
    return client.post(url, {"file": SimpleUploadedFile("study.yaml", content.encode())}, follow=True)


def test_an_unfinished_draft_comes_down_and_says_that_it_is_not_finished(client: Client, study: Study) -> None:
    text = downloaded(client)
    assert text.startswith("# This study is not finished")
    assert parse_yaml(text).value == UNFINISHED


def test_a_finished_draft_comes_down_as_a_study_file(client: Client, study: Study) -> None:
    edit_draft(study, "file", lambda _definition: {**DEFINITION, "study": "mine"})
    assert downloaded(client) == write_study({**DEFINITION, "study": "mine"})


def test_what_came_down_goes_up_again_unchanged(client: Client, study: Study) -> None:
    assert "nothing changed" in upload(client, downloaded(client)).content.decode()
    assert read_draft(study).step == 0


def test_an_edited_file_is_taken_up_as_a_step(client: Client, study: Study) -> None:
    response = upload(client, downloaded(client).replace("Main", "Threats"))
    assert "The file is taken up." in response.content.decode()
    assert read_draft(study).definition["questionnaire"][0]["title"] == {"en": "Threats"}
    assert undo(study).definition == UNFINISHED


def test_another_study_is_taken_up_under_this_ones_name_and_becomes_it(client: Client, study: Study) -> None:
    response = upload(client, write_study(DEFINITION))
    assert "called “staged”" in response.content.decode()
    assert definition_of(Study.objects.get(slug="mine")) == {**DEFINITION, "study": "mine"}
    assert read_study(downloaded(client)) == {**DEFINITION, "study": "mine"}


def test_what_the_file_lacks_is_listed_not_refused(client: Client, study: Study) -> None:
    text = upload(client, "study: mine\nquestionnaire: [{section: a, items: [{code: one, kind: wish}]}]").content.decode()
    assert "Question “one” · Kind of question" in text


@pytest.mark.parametrize("content", ["", "- a list", "study: [", "questionnaire: nothing"])
def test_what_is_no_study_file_is_refused_and_changes_nothing(client: Client, study: Study, content: str) -> None:
    response = upload(client, content)
    assert response.status_code == 422
    assert read_draft(study).step == 0


def test_no_file_at_all_is_said(client: Client, study: Study) -> None:
    assert client.post(URL, {}).status_code == 422


def test_once_a_round_has_opened_the_file_still_comes_down_and_no_other_goes_up() -> None:
    study = staged()
    opened(study)
    client = signed_in(somebody(study, "organizer"))
    url = reverse("surveys:build-file", args=[study.slug])
    assert 'type="file"' not in client.get(url).content.decode()
    assert "Round 1 has opened" in upload(client, write_study({**DEFINITION, "aim": "Another"}), url).content.decode()
    assert definition_of(study) == DEFINITION
    assert read_study(client.get(reverse("surveys:build-download", args=[study.slug])).content) == DEFINITION
