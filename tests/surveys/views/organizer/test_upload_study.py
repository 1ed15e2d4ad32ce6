"""A study file in the browser: all mistakes at once, or a preview; saved only on confirmation."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from surveys.models import AuditEvent, Study, StudyMember
from surveys.queries import definition_of
from surveys.studyfile import read_study, write_study
from tests.surveys.views.organizer.stage import DEFINITION, opened, organizer_of, signed_in, somebody, staged

pytestmark = pytest.mark.django_db
URL = "/studies/new/"


@pytest.fixture
def client() -> Client:
    return signed_in(somebody(email="creator@example.org", may_create_studies=True))


def upload(client: Client, content: bytes | str) -> HttpResponse:
    data = content.encode() if isinstance(content, str) else content
    return client.post(URL, {"file": SimpleUploadedFile("study.yaml", data)})


def sealed_in(response: HttpResponse) -> str:
    return re.search(r'name="confirm" value="([^"]+)"', response.content.decode()).group(1)


def test_the_preview_shows_the_study_and_saves_nothing(client: Client) -> None:
    text = upload(client, write_study(DEFINITION)).content.decode()
    assert "Threats across two theatres" in text
    assert "United States" in text
    assert "How grave is a blockade for your country?" in text
    assert "ko: 12 texts" in text  # all but the title: organisation (1), panels (3), scale (1), sections (2), items (3), options (2)
    assert not Study.objects.exists()


def test_confirming_saves_it_and_makes_the_uploader_its_owner(client: Client) -> None:
    response = client.post(URL, {"confirm": sealed_in(upload(client, write_study(DEFINITION)))})
    study = Study.objects.get()
    assert response.headers["Location"] == reverse("surveys:study", args=["staged"])
    assert definition_of(study) == DEFINITION
    assert list(StudyMember.objects.values_list("user__email", "role")) == [("creator@example.org", "owner")]


def test_confirming_twice_changes_nothing_more(client: Client) -> None:
    sealed = sealed_in(upload(client, write_study(DEFINITION)))
    client.post(URL, {"confirm": sealed})
    assert client.post(URL, {"confirm": sealed}, follow=True).status_code == 200
    assert [event.act for event in AuditEvent.objects.all()] == ["import_study"]


def test_every_mistake_is_named_with_line_and_path(client: Client) -> None:
    broken = write_study(DEFINITION).replace("kind: probability", "kind: wish").replace("scale: five", "scale: nine")
    response = upload(client, broken)
    text = response.content.decode()
    assert response.status_code == 422
    assert "questionnaire[0].items[0].scale" in text
    assert "questionnaire[0].items[1].kind" in text
    assert "Nothing was saved." in text
    assert not Study.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe\x00nonsense", b"%PDF-1.4", b"- a\n- list", b"study: [", b"<script>alert(1)</script>: 1"])
def test_nonsense_is_refused_in_words(client: Client, content: bytes) -> None:
    response = upload(client, content)
    assert response.status_code == 422
    assert b"Nothing was saved." in response.content
    assert b"<script>alert" not in response.content


def test_no_file_at_all_is_said(client: Client) -> None:
    assert client.post(URL, {}).status_code == 422


def test_a_tampered_preview_is_refused(client: Client) -> None:
    sealed = sealed_in(upload(client, write_study(DEFINITION)))
    assert client.post(URL, {"confirm": sealed[:-3] + "abc"}).status_code == 422
    assert not Study.objects.exists()


def test_somebody_elses_preview_is_refused(client: Client) -> None:
    sealed = sealed_in(upload(client, write_study(DEFINITION)))
    other = signed_in(somebody(email="other@example.org", may_create_studies=True))
    assert other.post(URL, {"confirm": sealed}).status_code == 422


def test_the_name_of_anothers_study_is_taken(client: Client) -> None:
    staged()
    response = upload(client, write_study(DEFINITION))
    assert response.status_code == 422
    assert "is taken by another study" in response.content.decode()


def test_a_study_with_an_open_round_is_not_replaced(client: Client) -> None:
    study = staged()
    opened(study)
    StudyMember.objects.create(study=study, user_id=client.session["_auth_user_id"], role="owner")
    changed = write_study({**DEFINITION, "title": {"en": "Another title"}})
    response = client.post(URL, {"confirm": sealed_in(upload(client, changed))})
    assert response.status_code == 422
    assert "has opened its first round" in response.content.decode()
    study.refresh_from_db()
    assert study.settings["title"] == DEFINITION["title"]


def test_the_downloaded_file_is_the_uploaded_study() -> None:
    study = staged()
    response = organizer_of(study).get(reverse("surveys:study-file", args=[study.slug]))
    assert read_study(response.content) == DEFINITION
    assert response.headers["Content-Disposition"] == 'attachment; filename="staged.yaml"'


def test_hostile_texts_are_shown_as_texts(client: Client) -> None:
    response = upload(client, write_study({**DEFINITION, "title": {"en": "<img src=x onerror=alert(1)>"}}))
    assert b"<img src=x" not in response.content
    assert b"&lt;img src=x" in response.content
