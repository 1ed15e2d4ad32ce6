"""A round that opens in an incomplete language says so in its record; the page and the command keep such a language closed."""

import pytest
from django.test import Client
from django.urls import reverse

from surveys.enums import Role
from surveys.models import AuditEvent, Round, Study
from surveys.studyfile.editing import with_part
from surveys.studyfile.translating import study_texts
from surveys.workflow.drafts import edit_draft, read_draft
from surveys.workflow.record import first_broken_entry
from surveys.workflow.rounds import open_round
from surveys.workflow.text_reviews import gaps
from surveys.workflow.translations import Written, save_translations
from tests.commands.running import run
from tests.surveys.views.organizer.stage import signed_in, somebody, staged

pytestmark = pytest.mark.django_db
FORM = {"items": ["grave"], "deadline": "", "number": "1"}


@pytest.fixture
def study() -> Study:
    return staged()


@pytest.fixture
def client(study: Study) -> Client:
    return signed_in(somebody(study, Role.OWNER))


def translate_all(study: Study) -> None:
    texts = [text for text in study_texts(read_draft(study).definition) if not text.has("ko")]
    save_translations(study, "ko", {text.key: Written("\n".join("한" for _line in text.source.split("\n"))) for text in texts})


def step(client: Client, study: Study, name: str, **more: object) -> str:
    return client.post(reverse("surveys:round-open", args=[study.slug]), {**FORM, "step": name, **more}, follow=True).content.decode()


def opening(study: Study) -> AuditEvent:
    return AuditEvent.objects.get(study=study, act="open_round")


def test_an_incomplete_language_stays_closed_and_the_page_says_why_and_where_to_go(client: Client, study: Study) -> None:
    text = client.get(reverse("surveys:round-open", args=[study.slug])).content.decode()
    assert "ko: 7 % translated (missing 12, outdated 0)" in text
    assert reverse("surveys:build-translations", args=[study.slug]) + "?language=ko" in text
    step(client, study, "confirm")
    assert Round.objects.get(study=study).languages == ["en"]
    assert "incomplete" not in opening(study).details


def test_who_opens_it_all_the_same_is_told_so_and_the_record_keeps_language_and_percent(client: Client, study: Study) -> None:
    assert "Opened although incomplete, which the record keeps: ko (7 %)." in step(client, study, "review", allow_incomplete="ko")
    step(client, study, "confirm", allow_incomplete="ko")
    assert Round.objects.get(study=study).languages == ["en", "ko"]
    assert opening(study).details["incomplete"] == ["ko 7 %"]
    assert first_broken_entry(study) is None
    record = client.get(reverse("surveys:record", args=[study.slug])).content.decode()
    assert "opened although not fully translated: ko 7 %" in record


def test_the_command_keeps_the_same_record(study: Study) -> None:
    run("open_round", study.slug, 1, "--allow-incomplete", "ko")
    assert opening(study).details["incomplete"] == ["ko 7 %"]


def test_a_complete_language_opens_without_a_word(client: Client, study: Study) -> None:
    translate_all(study)
    study = Study.objects.get(pk=study.pk)
    assert gaps(study) == {}
    assert "not complete" not in client.get(reverse("surveys:round-open", args=[study.slug])).content.decode()
    step(client, study, "confirm")
    assert Round.objects.get(study=study).languages == ["en", "ko"]
    assert "incomplete" not in opening(study).details


def test_one_outdated_text_closes_a_language_until_somebody_marks_it(client: Client, study: Study) -> None:
    translate_all(study)
    edit_draft(study, "head", lambda definition: with_part(definition, "title", {**definition["title"], "en": "Other threats"}))
    study = Study.objects.get(pk=study.pk)
    assert gaps(study)["ko"].percent == 92, "12 of 13 texts, rounded down"
    assert "ko: 92 % translated (missing 0, outdated 1)" in client.get(reverse("surveys:round-open", args=[study.slug])).content.decode()
    save_translations(study, "ko", {"study:title": Written("두 전구의 위협", is_reviewed=True)})
    assert gaps(Study.objects.get(pk=study.pk)) == {}


def test_drafts_do_not_close_a_language(study: Study) -> None:
    translate_all(study)
    open_round(Study.objects.get(pk=study.pk), 1)
    assert "incomplete" not in opening(study).details
