"""The draft as experts would see it: every kind, every language, unfinished or odd; nothing of it can be sent."""

import random

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from surveys.models import Study
from surveys.studyfile import write_study
from surveys.studyfile.bundled import bundled_study
from surveys.studyfile.problems import StudyFileRefused
from surveys.studyfile.unfinished import read_unfinished
from surveys.workflow.drafts import create_study, edit_draft, read_draft
from tests.surveys.studyfile.studies import whole
from tests.surveys.studyfile.test_unfinished import places, with_change
from tests.surveys.views.organizer.stage import opened, signed_in, somebody, staged

pytestmark = pytest.mark.django_db
URL, FRAME = "/studies/mine/build/preview/", "/studies/mine/build/preview/frame/"
EVERY_KIND = {**bundled_study("every-kind"), "study": "mine"}
ODD = [None, True, -9, 7, "", "no", "panels", [], {}, [{}], {"a": [1]}, ...]


@pytest.fixture
def client() -> Client:
    return signed_in(somebody(email="author@example.org", may_create_studies=True))


@pytest.fixture
def study(client: Client) -> Study:
    return create_study(EVERY_KIND, by=User.objects.get())


def shown(client: Client, **choice: str) -> str:
    response: HttpResponse = client.get(FRAME, choice)
    assert response.status_code == 200
    return response.content.decode()


def test_every_kind_stands_there_with_its_control(client: Client, study: Study) -> None:
    text = "".join(shown(client, section=section["section"]) for section in EVERY_KIND["questionnaire"])
    for section in EVERY_KIND["questionnaire"]:
        for item in section["items"]:
            assert f'data-code="{item["code"]}"' in text
    assert "is not finished" not in text
    assert text.count('class="item"') == sum(len(section["items"]) for section in EVERY_KIND["questionnaire"])


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_it_speaks_the_language_that_was_chosen(client: Client, study: Study, language: str) -> None:
    first = EVERY_KIND["questionnaire"][0]
    text = shown(client, section=first["section"], language=language)
    assert first["title"][language] in text
    assert f'<html lang="{language}">' in text


def test_one_question_alone(client: Client, study: Study) -> None:
    code = EVERY_KIND["questionnaire"][0]["items"][-1]["code"]
    text = shown(client, item=code)
    assert text.count("data-code=") == 1
    assert f'data-code="{code}"' in text


def test_what_waits_for_an_answer_is_hidden_until_it_is_asked_for(client: Client) -> None:
    items = [{"code": "a", "kind": "probability", "text": {"en": "How likely?"}},
             {"code": "b", "kind": "text", "text": {"en": "Why?"}, "shown_if": {"item": "a", "at_least": 50}}]
    head = {"study": "mine", "title": {"en": "Mine"}, "languages": ["en"], "panels": [{"code": "kr", "name": {"en": "Korea"}}]}
    create_study({**head, "questionnaire": [{"section": "main", "title": {"en": "Main"}, "items": items}]}, by=User.objects.get())
    assert 'class="item" hidden id="i2"' in shown(client)
    assert 'class="item" id="i2"' in shown(client, waiting="shown")
    assert 'class="item" id="i2"' in shown(client, item="b")


def test_what_is_unfinished_shows_its_problem_in_place_of_itself(client: Client, study: Study) -> None:
    edit_draft(study, "scales", lambda definition: {**definition, "scales": {**definition["scales"], **{name: {} for name in definition["scales"]}}})
    rating = next(item for section in EVERY_KIND["questionnaire"] for item in section["items"] if item["kind"] == "rating")
    text = shown(client, item=rating["code"])
    assert f"“{rating['code']}” is not finished" in text
    assert "has no points" in text


def test_only_our_own_pages_may_frame_it_and_nothing_can_be_sent(client: Client, study: Study) -> None:
    policy = client.get(FRAME).headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "form-action 'none'" in policy
    assert client.get(FRAME).headers["X-Frame-Options"] == "SAMEORIGIN"
    assert client.post(FRAME).status_code == 405
    outer = client.get(URL)
    assert "frame-src 'self'" in outer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in outer.headers["Content-Security-Policy"]
    assert outer.headers["X-Frame-Options"] == "DENY"


def test_the_page_around_it_chooses_language_width_and_section(client: Client, study: Study) -> None:
    text = client.get(URL, {"language": "ko", "width": "laptop"}).content.decode()
    assert "preview__frame--laptop" in text
    assert "language=ko" in text
    for section in EVERY_KIND["questionnaire"]:
        assert f"section={section['section']}" in text


@pytest.mark.parametrize("asked", [{"language": "xx"}, {"section": "none"}, {"item": "none"}, {"width": "wall"}])
def test_what_the_draft_does_not_have_falls_back_to_the_beginning(client: Client, study: Study, asked: dict[str, str]) -> None:
    assert client.get(URL, asked).status_code == 200
    assert EVERY_KIND["questionnaire"][0]["title"]["en"] in shown(client, **asked)


def test_an_empty_draft_has_nothing_to_show(client: Client) -> None:
    create_study({"study": "mine", "title": {"en": "Mine"}, "languages": ["en"]}, by=User.objects.get())
    assert "There is no question yet." in client.get(URL).content.decode()
    assert shown(client)


def test_a_study_that_has_begun_can_still_be_looked_at() -> None:
    study = staged()
    opened(study)
    client = signed_in(somebody(study, "organizer"))
    assert "How grave is a blockade" in client.get("/studies/staged/build/preview/frame/").content.decode()


@pytest.mark.parametrize("seed", range(60))
def test_no_odd_part_of_a_file_breaks_a_page(client: Client, seed: int) -> None:
    """A part anywhere in a whole study is removed or replaced by something odd; the pages of the builder stand all the same."""
    drawn = random.Random(seed)
    given = with_change({**whole(), "study": "mine"}, drawn.choice(places(whole())[1:]), drawn.choice(ODD))
    try:
        definition, _notes = read_unfinished(write_study(given), like={"study": "mine", "title": {"en": "Mine"}, "languages": ["en"]})
    except StudyFileRefused:
        return
    study = create_study(definition, by=User.objects.get())
    for section in read_draft(study).definition["questionnaire"]:
        shown(client, section=section["section"], language="ko")
    for page in ("", "preview/", "history/", "file/", "study.yaml"):
        assert client.get(f"/studies/mine/build/{page}").status_code == 200
