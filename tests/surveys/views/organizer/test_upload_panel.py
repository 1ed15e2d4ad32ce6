"""A list of experts in the browser: every row previewed, taken up whole on confirmation, repeat-safe."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from surveys.models import AuditEvent, Identity, Panelist, Study
from surveys.workflow.identities import person_of
from tests.surveys.views.organizer.stage import organizer_of, panel_csv, staged
from tests.surveys.views.organizer.test_upload_study import sealed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    return staged()


@pytest.fixture
def client(study: Study) -> Client:
    return organizer_of(study)


def upload(client: Client, study: Study, text: str | bytes) -> HttpResponse:
    content = text.encode() if isinstance(text, str) else text
    return client.post(reverse("surveys:panel-upload", args=[study.slug]), {"file": SimpleUploadedFile("panel.csv", content)})


def confirm(client: Client, study: Study, response: HttpResponse) -> HttpResponse:
    return client.post(reverse("surveys:panel-upload", args=[study.slug]), {"confirm": sealed_in(response)}, follow=True)


def test_the_preview_says_what_becomes_of_each_row_and_saves_nothing(study: Study, client: Client) -> None:
    text = ("panelist,panel,name,email,language\nus-1,us,Expert 1 of us,us1@staged.example,en\n"
            "us-2,us,New Name,us2@staged.example,ko\nus-9,us,Ninth,us9@staged.example,\n")
    response = upload(client, study, text)
    assert response.status_code == 200
    assert dict(response.context["counts"]) == {"new": 1, "changed": 1, "unchanged": 1}
    assert study.panelists.count() == 15
    assert person_of(study.panelists.get(code="us-2")).name == "Expert 2 of us"


def test_confirming_takes_the_list_up(study: Study, client: Client) -> None:
    page = confirm(client, study, upload(client, study, "panelist,panel,name,email\nkr-9,kr,Ninth Expert,ninth@staged.example\n"))
    assert "1 new, 0 changed, 0 unchanged" in page.content.decode()
    assert person_of(Panelist.objects.get(code="kr-9")).email == "ninth@staged.example"


def test_the_same_list_twice_changes_nothing(study: Study, client: Client) -> None:
    acts = AuditEvent.objects.count()
    page = confirm(client, study, upload(client, study, panel_csv(study)))
    assert "0 new, 0 changed, 15 unchanged" in page.content.decode()
    assert (study.panelists.count(), AuditEvent.objects.count()) == (15, acts)


def test_rows_with_mistakes_come_first_and_nothing_can_be_confirmed(study: Study, client: Client) -> None:
    response = upload(client, study, "panelist,panel,name,email,language\nus-8,us,Good,good@staged.example,en\nus-7,fr,Bad,not an address,xx\n")
    text = response.content.decode()
    assert response.status_code == 422
    assert [row.line for row in response.context["rows"]] == [3, 2]
    assert "there is no panel “fr”; the study has: us, jp, kr" in text
    assert "is not an e-mail address" in text
    assert "the study has no language “xx”" in text
    assert 'name="confirm"' not in text


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"a;b;c\n1;2;3", b"\xff\xfe", b'panel\n"unclosed', b"panel,panel\nus,us", "이름\n값".encode("cp949")])
def test_nonsense_is_refused_in_words(study: Study, client: Client, content: bytes) -> None:
    response = upload(client, study, content)
    assert response.status_code == 422
    assert b"Nothing was saved." in response.content
    assert study.panelists.count() == 15


def test_an_empty_list_is_said_to_be_empty(study: Study, client: Client) -> None:
    assert "The file has no rows." in upload(client, study, "panelist,panel\n").content.decode()


def test_a_preview_of_one_study_is_not_taken_up_by_another(study: Study, client: Client) -> None:
    other = staged(study="another")
    other.members.create(user_id=client.session["_auth_user_id"], role="owner")
    sealed = sealed_in(upload(client, study, "panelist,panel\nus-9,us\n"))
    assert client.post(reverse("surveys:panel-upload", args=[other.slug]), {"confirm": sealed}).status_code == 422


def test_hostile_names_are_shown_as_texts(study: Study, client: Client) -> None:
    response = upload(client, study, "panelist,panel,name\nus-9,us,<script>alert(1)</script>\n")
    assert b"<script>alert" not in response.content


def test_names_are_stored_sealed(study: Study, client: Client) -> None:
    confirm(client, study, upload(client, study, "panelist,panel,name,email\nus-9,us,Very Secret Name,secret@staged.example\n"))
    assert not any(b"Secret" in bytes(identity.sealed) for identity in Identity.objects.all())
