"""The page's language, and a study's texts in it: what is missing comes in the source language and says so."""

import pytest
from django.test import Client

from surveys.items import resolve_item
from surveys.views.expert.kinds import answer_in_words
from surveys.views.expert.wording import Wording
from tests.surveys.views.expert.expert_studies import an_open_round, enter

pytestmark = pytest.mark.django_db


def test_changing_the_language_changes_the_page_and_keeps_the_place(client: Client) -> None:
    _study, _round, experts = an_open_round()
    home = enter(client, experts[0])
    answer = client.post("/language/", {"language": "ko", "next": f"{home}section/main/"})
    assert answer.url == f"{home}section/main/"
    html = client.get(answer.url).content.decode()
    assert '<html lang="ko">' in html and "얼마나 심각합니까?" in html


def test_a_text_that_is_missing_comes_in_the_source_language_and_is_marked(client: Client) -> None:
    _study, _round, experts = an_open_round()
    home = enter(client, experts[0])
    client.post("/language/", {"language": "ko", "next": home})
    html = client.get(f"{home}section/main/").content.decode()
    assert '<span lang="en">How likely is it?</span>' in html
    assert ">EN</abbr>" in html
    assert '<span lang="en">얼마나' not in html


def test_a_round_not_offered_in_the_language_says_so(client: Client) -> None:
    _study, study_round, experts = an_open_round()
    study_round.languages = ["en"]
    study_round.save()
    home = enter(client, experts[0])
    client.post("/language/", {"language": "ko", "next": home})
    html = client.get(f"{home}section/main/").content.decode()
    assert '<span lang="en">How grave is it?</span>' in html and "얼마나 심각합니까?" not in html
    assert 'class="notice"' in html.split("<form id")[0]


SETTINGS = {
    "languages": ["en", "ko"],
    "scales": {"five": {"labels": {"en": ["None", "Little", "Some", "Much", "Extreme"]}}, "nine": {"points": 9, "ends": {"en": ["Low", "High"]}}},
}
ENGLISH = Wording("en", "en", "en")


@pytest.mark.parametrize(("item", "value", "words"), [
    ({"kind": "rating", "scale": "five"}, 4, "Much (4 of 5)"),
    ({"kind": "rating", "scale": "nine"}, 4, "4 of 9"),
    ({"kind": "probability"}, 0.001, "0.001 %"),
    ({"kind": "probability"}, 50, "50 %"),
    ({"kind": "number", "unit": {"en": "days"}}, 30, "30 days"),
    ({"kind": "number"}, 0.00001, "0.00001"),
    ({"kind": "choice", "options": [{"code": "a", "text": {"en": "By force"}}]}, "a", "By force"),
    ({"kind": "text"}, "What I wrote", "What I wrote"),
    ({"kind": "text"}, None, ""),
])
def test_answers_in_words(item: dict[str, object], value: object, words: str) -> None:
    spec = resolve_item({"code": "x", "text": "?", **item}, SETTINGS)
    assert answer_in_words(spec, value, False, ENGLISH) == words


def test_a_phrase_escapes_itself_and_names_its_language_only_where_it_differs() -> None:
    korean = Wording("ko", "en", "ko")
    assert korean({"ko": "<두>"}).__html__() == "&lt;두&gt;"
    assert korean({"en": "<b>"}).__html__() == '<span lang="en">&lt;b&gt;</span>'
    assert korean({"en": "two"}).plain == "two"
    assert korean(None) == ""
