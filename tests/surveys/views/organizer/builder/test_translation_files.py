"""Translations down as a file and up again: a preview of every row, and nothing saved before it is confirmed."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from surveys.enums import Role
from surveys.models import DraftStep, Study
from surveys.workflow.translations import Written, save_translations
from tests.surveys.views.organizer.builder.test_translations import state_of, text_of
from tests.surveys.views.organizer.stage import signed_in, somebody, staged

pytestmark = pytest.mark.django_db
HEADER = "key,language,text"


@pytest.fixture
def study() -> Study:
    return staged()


@pytest.fixture
def client(study: Study) -> Client:
    return signed_in(somebody(study, Role.TRANSLATOR))


def address(study: Study, name: str, language: str = "ko") -> str:
    return reverse(f"surveys:{name}", args=[study.slug, language])


def upload(client: Client, study: Study, *rows: str, header: str = HEADER) -> HttpResponse:
    file = SimpleUploadedFile("ko.csv", "\r\n".join([header, *rows]).encode("utf-8-sig"), "text/csv")
    return client.post(address(study, "build-translations-upload"), {"file": file})


def confirm(client: Client, study: Study, preview: HttpResponse) -> HttpResponse:
    sealed = re.search(r'name="confirm" value="([^"]+)"', preview.content.decode())
    assert sealed
    return client.post(address(study, "build-translations-upload"), {"confirm": sealed.group(1)}, follow=True)


@pytest.mark.parametrize(("query", "start"), [("", b"key,part,where"), ("?bom", b"\xef\xbb\xbfkey,part")])
def test_the_file_is_a_csv_with_or_without_a_mark_for_spreadsheets(client: Client, study: Study, query: str, start: bytes) -> None:
    answer = client.get(address(study, "build-translations-file") + query)
    assert answer.content.startswith(start)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="staged-ko.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 13 and rows[0]["where"] == "Title of the study"


def test_a_preview_shows_each_row_and_saves_nothing_before_it_is_confirmed(client: Client, study: Study) -> None:
    preview = upload(client, study, "panel:kr,ko,한국", "study:title,ko,위협", "panel:us,ko,")
    text = preview.content.decode()
    assert preview.status_code == 200
    assert "3 rows:" in text and "new 1, changed 1, no text 1" in text and "한국" in text and "두 전구의 위협" in text
    assert DraftStep.objects.count() == 1
    assert "1 new texts, 1 changed." in confirm(client, study, preview).content.decode()
    assert (text_of(study, "panel:kr"), text_of(study, "study:title")) == ("한국", "위협")


def test_mistakes_come_first_and_nothing_can_be_confirmed(client: Client, study: Study) -> None:
    preview = upload(client, study, "panel:kr,ko,한국", "panel:xx,ko,?", "panel:us,ja,?")
    text = preview.content.decode()
    assert preview.status_code == 422
    assert "2 rows have mistakes. Nothing was saved." in text and 'name="confirm"' not in text
    assert text.index("<code>panel:xx") < text.index("<code>panel:kr")


def test_a_file_that_is_none_is_refused(client: Client, study: Study) -> None:
    answer = upload(client, study, header="name,email")
    assert answer.status_code == 422 and "no column" in answer.content.decode()
    assert client.post(address(study, "build-translations-upload"), {}).status_code == 422


def test_the_same_file_again_says_that_there_is_nothing_to_do(client: Client, study: Study) -> None:
    confirm(client, study, upload(client, study, "panel:kr,ko,한국"))
    text = upload(client, study, "panel:kr,ko,한국").content.decode()
    assert "there is nothing to take up" in text and 'name="confirm"' not in text


def test_a_preview_from_before_a_change_is_not_taken_up(client: Client, study: Study) -> None:
    preview = upload(client, study, "panel:kr,ko,한국")
    save_translations(study, "ko", {"panel:kr": Written("대한민국")})
    assert "a text was changed since" in confirm(client, study, preview).content.decode()
    assert text_of(study, "panel:kr") == "대한민국"


def test_a_preview_of_another_language_is_not_taken_up(client: Client, study: Study) -> None:
    sealed = re.search(r'name="confirm" value="([^"]+)"', upload(client, study, "panel:kr,ko,한국").content.decode())
    other = staged(study="other", languages=["en", "ko"])
    owner = signed_in(somebody(other, Role.OWNER, email="owner@example.org"))
    assert sealed and owner.post(address(other, "build-translations-upload"), {"confirm": sealed.group(1)}).status_code == 422


def test_texts_for_another_source_are_announced_and_kept_as_outdated(client: Client, study: Study) -> None:
    preview = upload(client, study, "panel:kr,ko,한국,Corea", header=f"{HEADER},source")
    assert "The source of 1 row has changed" in preview.content.decode()
    confirm(client, study, preview)
    assert state_of(study, "panel:kr") == "outdated"


@pytest.mark.parametrize("language", ["en", "fr", "zz"])
@pytest.mark.parametrize("name", ["build-translations-file", "build-translations-upload"])
def test_there_are_files_for_the_studys_target_languages_only(client: Client, study: Study, name: str, language: str) -> None:
    assert client.get(address(study, name, language)).status_code == 404
