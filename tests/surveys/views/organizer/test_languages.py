"""Organizers' pages in another language than the study's texts: what is not translated says its language, and that it waits for its translation."""

import pytest
from django.test import Client
from django.urls import reverse

from surveys.models import Study
from surveys.templatetags.organizer import marked
from tests.factories import a_definition, a_study
from tests.surveys.views.organizer.stage import counted, organizer_of, staged

pytestmark = pytest.mark.django_db
IN_ENGLISH = '<span lang="en">How grave is a blockade for your country?</span> <abbr title="{}">EN</abbr>'


def page(client: Client, language: str, name: str, *arguments: object) -> str:
    client.cookies["delphi_language"] = language
    return client.get(reverse(name, args=["staged", *arguments])).content.decode()


@pytest.fixture
def client() -> Client:
    study = staged()
    counted(study)
    return organizer_of(study)


@pytest.mark.parametrize(("name", "arguments"), [("surveys:round-open", []), ("analysis:results", [1]), ("analysis:item-results", [1, "grave"])])
def test_an_untranslated_question_is_marked(client: Client, name: str, arguments: list[object]) -> None:
    assert IN_ENGLISH.format("이 글은 아직 번역되지 않았습니다") in page(client, "ko", name, *arguments)
    english = page(client, "en", name, *arguments)
    assert "How grave is a blockade for your country?" in english
    assert '<span lang="en">' not in english


def test_a_translated_text_is_not_marked(client: Client) -> None:
    text = page(client, "ko", "surveys:study")
    assert "두 전구의 위협" in text
    assert '<span lang="ko">' not in text


def test_a_reader_whose_language_the_study_has_not_awaits_no_translation(client: Client) -> None:
    text = page(client, "ja", "surveys:round-open")
    assert '<span lang="en">How grave is a blockade for your country?</span> <span class="muted small">' in text


def test_a_text_says_its_language_only_where_it_is_not_the_pages() -> None:
    study: Study = a_study(a_definition(languages=["en", "ko"]))
    assert str(marked(study, "As <it> is").__html__()) == "As &lt;it&gt; is"
    assert str(marked(study, {"en": "Grave", "ko": "심각"}).__html__()) == "Grave"
    assert str(marked(study, None).__html__()) == ""
