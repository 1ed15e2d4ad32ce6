"""An XLSForm workbook in the browser: the report and the study that it makes, saved only on confirmation."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from surveys.models import Study, StudyMember
from surveys.queries import definition_of
from surveys.xlsform import read_xlsform
from tests.surveys.views.organizer.stage import signed_in, somebody, staged
from tests.surveys.xlsform.forms import form

pytestmark = pytest.mark.django_db
URL = "/studies/new/"
FORM = form(
    {"type": "select_one agree5", "name": "linked", "label": "Both theatres are one"},
    {"type": "geopoint", "name": "place", "label": "Where?"},
    {"type": "text", "name": "why", "label": "Why <script>alert(1)</script>?"},
)


@pytest.fixture
def client() -> Client:
    return signed_in(somebody(email="creator@example.org", may_create_studies=True))


def upload(client: Client, content: bytes, **headers: str) -> HttpResponse:
    return client.post(URL, {"file": SimpleUploadedFile("form.xlsx", content)}, **headers)


def sealed_in(response: HttpResponse) -> str:
    return re.search(r'name="confirm" value="([^"]+)"', response.content.decode()).group(1)


def cells_of(response: HttpResponse) -> list[list[str]]:
    """The rows of the report's table, without tags."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", response.content.decode(), re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)] for row in rows]


def test_the_preview_tells_of_each_row_and_shows_the_study_and_saves_nothing(client: Client) -> None:
    response = upload(client, FORM)
    assert response.status_code == 200
    rows = cells_of(response)
    assert rows[0] == ["Row", "Question and type", "Became"]
    assert rows[1][:2] == ["2", "linked select_one agree5"] and rows[1][2].startswith("rating linked")
    assert rows[2][:2] == ["3", "place geopoint"] and rows[2][2].startswith("left out") and "Places" in rows[2][2]
    assert "Both theatres are one" in response.content.decode()
    assert not Study.objects.exists()


def test_hostile_labels_are_shown_as_texts(client: Client) -> None:
    content = upload(client, FORM).content
    assert b"<script>alert" not in content and b"&lt;script&gt;alert" in content


def test_confirming_saves_the_draft_and_leads_to_its_page(client: Client) -> None:
    response = client.post(URL, {"confirm": sealed_in(upload(client, FORM))})
    study = Study.objects.get()
    assert response.headers["Location"] == reverse("surveys:study", args=["a-form"])
    assert definition_of(study) == read_xlsform(FORM).definition
    assert list(StudyMember.objects.values_list("user__email", "role")) == [("creator@example.org", "owner")]


def test_a_form_that_can_not_be_read_is_refused_with_its_place(client: Client) -> None:
    response = upload(client, form({"type": "select_one nowhere", "name": "q", "label": "Which?"}))
    text = response.content.decode()
    assert response.status_code == 422
    assert "sheet survey, row 2, column type" in text and "Nothing was saved." in text


def test_what_only_looks_like_a_workbook_is_refused(client: Client) -> None:
    response = upload(client, b"PK\x03\x04 and nothing else")
    assert response.status_code == 422
    assert b"Nothing was saved." in response.content


def test_the_name_of_anothers_study_is_taken_and_the_remedy_is_the_forms_own(client: Client) -> None:
    study = staged()
    response = upload(client, form({"type": "text", "name": "q", "label": "Why?"}, settings=[["form_id"], [study.slug]]))
    assert response.status_code == 422
    assert "form_id" in response.content.decode()


@pytest.mark.parametrize(("language", "word"), [("ko", "제외"), ("ja", "除外")])
def test_the_report_speaks_the_organizers_language(client: Client, language: str, word: str) -> None:
    client.post("/language/", {"language": language, "next": URL})
    assert word in upload(client, FORM).content.decode()


def test_a_study_file_has_no_report(client: Client) -> None:
    content = upload(client, b"study: x\ntitle: X\nlanguages: [en]\npanels: [{code: a, name: A}]\n"
                             b"questionnaire: [{section: s, title: S, items: [{code: q, kind: text, text: Why?}]}]\n").content
    assert b"xlsform-report" not in content and b"confirm" in content
