"""A section: a new one, another heading, another code; what was typed is kept, and nobody writes over what they have not read."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from surveys.models import Study
from surveys.studyfile.editing import with_section
from surveys.workflow.drafts import edit_draft, read_draft
from tests.surveys.views.organizer.stage import opened, organizer_of, staged

pytestmark = pytest.mark.django_db
ADD, EDIT = "/studies/staged/build/add-section/", "/studies/staged/build/sections/threats/"


@pytest.fixture
def study() -> Study:
    return staged()


@pytest.fixture
def client(study: Study) -> Client:
    return organizer_of(study)


def sections(study: Study) -> list[tuple[str, Any]]:
    return [(section["section"], section.get("title")) for section in read_draft(study).definition["questionnaire"]]


def seen(client: Client) -> str:
    return str(client.get(EDIT).context["seen"])


def save(client: Client, **changes: str) -> HttpResponse:
    return client.post(EDIT, {"seen": seen(client), "title-en": "Threats", "code": "threats", **changes})


def test_a_new_section_gets_its_code_from_its_heading_and_leads_on_to_its_first_question(client: Client, study: Study) -> None:
    response = client.post(ADD, {"title-en": "Lessons of the war", "title-ko": "전쟁의 교훈"})
    assert response.headers["Location"] == "/studies/staged/build/sections/lessons-of-the-war/kinds/"
    assert sections(study)[-1] == ("lessons-of-the-war", {"en": "Lessons of the war", "ko": "전쟁의 교훈"})


def test_equal_headings_get_codes_of_their_own(client: Client, study: Study) -> None:
    client.post(ADD, {"title-en": "Aims"})
    assert sections(study)[-1] == ("aims-2", {"en": "Aims"})


def test_a_section_without_a_heading_is_kept_and_named_as_missing_one(client: Client, study: Study) -> None:
    client.post(ADD, {"title-en": "", "code": "later"})
    assert sections(study)[-1] == ("later", {})
    assert "Section “later” · Title" in client.get("/studies/staged/build/").content.decode()


def test_a_heading_that_latin_letters_do_not_spell_gets_a_plain_code(client: Client, study: Study) -> None:
    client.post(ADD, {"title-ko": "위협"})
    assert sections(study)[-1][0] == "section"


def test_another_heading_and_code_keep_the_questions(client: Client, study: Study) -> None:
    before = read_draft(study).definition["questionnaire"][0]["items"]
    response = save(client, **{"title-en": "Dangers", "code": "dangers"})
    assert response.headers["Location"] == "/studies/staged/build/#section-dangers"
    assert read_draft(study).definition["questionnaire"][0] == {"section": "dangers", "title": {"en": "Dangers"}, "items": before}


@pytest.mark.parametrize("code", ["aims", "two words", "위협", "-x"])
def test_a_code_that_is_taken_or_none_is_refused_and_what_was_typed_kept(client: Client, study: Study, code: str) -> None:
    response = save(client, **{"title-en": "Dangers", "code": code})
    assert response.status_code == 422
    assert 'value="Dangers"' in response.content.decode() or ">Dangers<" in response.content.decode()
    assert sections(study)[0][0] == "threats"


def test_nobody_writes_over_a_heading_that_they_have_not_read(client: Client, study: Study) -> None:
    old = seen(client)
    edit_draft(study, "section", lambda definition: with_section(definition, {"section": "threats", "title": {"en": "Theirs"}}, replaces="threats"))
    response = save(client, **{"title-en": "Mine", "seen": old})
    text = response.content.decode()
    assert response.status_code == 422
    assert "Somebody has changed this in between" in text
    assert "“Theirs”" in text
    assert "Mine" in text
    assert sections(study)[0][1] == {"en": "Theirs"}
    assert save(client, **{"title-en": "Mine", "seen": response.context["seen"]}).status_code == 302
    assert sections(study)[0][1] == {"en": "Mine"}


def test_saving_what_is_there_makes_no_step(client: Client, study: Study) -> None:
    before = read_draft(study).step
    assert save(client).status_code == 302
    assert read_draft(study).step == before


def test_a_section_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/studies/staged/build/sections/none/").status_code == 404
    assert client.get("/studies/staged/build/sections/none/kinds/").status_code == 404


def test_once_a_round_has_opened_nothing_is_kept() -> None:
    study = staged(study="begun")
    opened(study)
    client = organizer_of(study)
    for url, data in (("add-section/", {"title-en": "More"}), ("sections/threats/", {"title-en": "Other", "code": "threats", "seen": ""})):
        assert client.post(f"/studies/begun/build/{url}", data).status_code == 422
    assert sections(study) == [("threats", {"en": "Threats"}), ("aims", {"en": "Aims"})]
