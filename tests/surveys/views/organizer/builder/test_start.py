"""A new study in the browser: empty, from a template, from a bundled study, or from a file that need not be complete."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from surveys.models import Study, StudyMember
from surveys.studyfile import write_study
from surveys.studyfile.templates import study_templates
from surveys.workflow.drafts import read_draft
from tests.surveys.views.organizer.stage import DEFINITION, signed_in, somebody, staged

pytestmark = pytest.mark.django_db
URL = "/studies/new/start/"


@pytest.fixture
def client() -> Client:
    return signed_in(somebody(email="creator@example.org", may_create_studies=True))


def begin(client: Client, **changes: Any) -> HttpResponse:
    return client.post(URL, {"title": "Threats in 2032", "short_name": "", "languages": "en, ko", "start": "empty", **changes})


def definition(slug: str) -> dict[str, Any]:
    return read_draft(Study.objects.get(slug=slug)).definition


def test_an_empty_study_has_a_head_and_nothing_else(client: Client) -> None:
    response = begin(client)
    assert response.headers["Location"] == "/studies/threats-in-2032/build/"
    assert definition("threats-in-2032") == {
        "study": "threats-in-2032", "title": {"en": "Threats in 2032"}, "languages": ["en", "ko"], "panels": [], "questionnaire": []}
    assert list(StudyMember.objects.values_list("user__email", "role")) == [("creator@example.org", "owner")]


def test_the_study_page_leads_on_to_the_builder(client: Client) -> None:
    begin(client, short_name="mine")
    text = client.get("/studies/mine/").content.decode()
    assert "Go on writing" in text
    assert text.count('href="/studies/mine/build/"') == 2
    assert "Upload a list of experts" not in text


def test_reading_the_page_makes_no_study(client: Client) -> None:
    text = client.get(URL).content.decode()
    assert "Classical Delphi" in text
    assert "Threat perception among allies in two theatres" in text
    assert not Study.objects.exists()


@pytest.mark.parametrize("template", [template.code for template in study_templates()])
def test_every_template_is_a_start_that_lacks_nothing(client: Client, template: str) -> None:
    begin(client, start=f"template:{template}", short_name="mine", languages="en")
    draft = read_draft(Study.objects.get(slug="mine"))
    assert draft.problems == []
    assert draft.definition["title"] == {"en": "Threats in 2032"}
    assert draft.definition["languages"] == ["en"]


def test_a_bundled_study_is_a_start(client: Client) -> None:
    begin(client, start="study:every-kind", short_name="mine", languages="ko, en")
    draft = read_draft(Study.objects.get(slug="mine"))
    assert [problem.path for problem in draft.problems] == []
    assert draft.definition["languages"] == ["ko", "en"]


def test_a_start_that_is_not_written_in_the_first_language_is_refused(client: Client) -> None:
    response = begin(client, start="template:classical", languages="fr, en")
    assert response.status_code == 422
    assert "This start is written in en, ko, ja." in response.content.decode()
    assert not Study.objects.exists()


def test_a_file_is_a_start_under_its_own_name(client: Client) -> None:
    begin(client, title="", start="file", file=SimpleUploadedFile("any.yaml", write_study(DEFINITION).encode()))
    assert definition("staged") == DEFINITION


def test_a_file_whose_name_is_taken_gets_another(client: Client) -> None:
    staged()
    begin(client, title="", start="file", file=SimpleUploadedFile("any.yaml", write_study(DEFINITION).encode()))
    assert definition("staged-2") == {**DEFINITION, "study": "staged-2"}


def test_an_unfinished_file_is_a_start_too(client: Client) -> None:
    begin(client, start="file", file=SimpleUploadedFile("any.yaml", b"study: small\nlanguages: [en]\nquestionnaire: [{items: [{kind: wish}]}]"))
    assert definition("small")["questionnaire"] == [{"section": "section", "items": [{"kind": "wish", "code": "item"}]}]


@pytest.mark.parametrize("changes", [
    {"title": " "}, {"languages": ""}, {"languages": "English"}, {"short_name": "No spaces"}, {"short_name": "new"}, {"start": "file"},
    {"start": "template:none"}, {"start": ""}, {"start": "file", "file": SimpleUploadedFile("any.yaml", b"study: [")},
])
def test_what_can_not_begin_says_why_and_keeps_what_was_typed(client: Client, changes: dict[str, Any]) -> None:
    response = begin(client, **{"title": "Kept as typed", **changes})
    assert response.status_code == 422
    assert not Study.objects.exists()
    assert "title" in changes or 'value="Kept as typed"' in response.content.decode()


def test_a_short_name_is_given_once(client: Client) -> None:
    begin(client, short_name="mine")
    response = begin(client, short_name="mine")
    assert response.status_code == 422
    assert "Another study has this short name." in response.content.decode()


def test_equal_titles_get_short_names_of_their_own(client: Client) -> None:
    begin(client)
    begin(client)
    begin(client, title="위협 인식", languages="ko")
    assert sorted(Study.objects.values_list("slug", flat=True)) == ["study", "threats-in-2032", "threats-in-2032-2"]


def test_only_those_who_may_create_studies_begin_one() -> None:
    client = signed_in(somebody(email="nobody@example.org"))
    assert client.get(URL).status_code == begin(client).status_code == 404
    assert Client().get(URL).status_code == 302
