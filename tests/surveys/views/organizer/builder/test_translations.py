"""The translators' page: each text beside its source, many saved at once, nothing typed is lost; works without a script."""

import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from surveys.enums import Role
from surveys.models import DraftStep, Study
from surveys.studyfile.editing import with_part, with_section, without_item
from surveys.studyfile.translating import study_texts
from surveys.views.organizer.builder.places import text_in_words
from surveys.workflow.drafts import edit_draft, read_draft
from surveys.workflow.text_reviews import completeness, reviews_of, translations_in
from surveys.workflow.translations import Written, save_translations
from tests.surveys.views.organizer.builder.forms_read import form_in
from tests.surveys.views.organizer.stage import counted, opened, organizer_of, signed_in, somebody, staged

pytestmark = pytest.mark.django_db
GRAVE = "item:grave:text"


@pytest.fixture
def study() -> Study:
    return staged()


@pytest.fixture
def client(study: Study) -> Client:
    return signed_in(somebody(study, Role.TRANSLATOR))


def url(study: Study, **query: str) -> str:
    chosen = "&".join(f"{name}={value}" for name, value in query.items())
    return reverse("surveys:build-translations", args=[study.slug]) + (f"?{chosen}" if chosen else "")


def page(client: Client, study: Study, **query: str) -> str:
    return client.get(url(study, **query)).content.decode()


def sendable(html: str) -> dict[str, Any]:
    """What the form for texts would send as it stands."""
    return dict(form_in(html, "data-guard").sends)


def send(client: Client, study: Study, changes: dict[str, str | None], query: dict[str, str] | None = None, **options: Any) -> HttpResponse:
    """The page's own form, as a browser sends it, with some of its fields changed (None: a box that is not ticked)."""
    address = url(study, **(query or {}))
    fields = sendable(client.get(address).content.decode())
    for name, value in changes.items():
        fields.pop(name, None)
        if value is not None:
            fields[name] = [value]
    return client.post(address, fields, **options)


def state_of(study: Study, key: str) -> str:
    study = Study.objects.get(pk=study.pk)
    found = {one.text.key: one.state.value for one in translations_in(read_draft(study).definition, "ko", reviews_of(study))}
    return found[key]


def text_of(study: Study, key: str) -> str:
    texts = {text.key: text.texts for text in study_texts(read_draft(Study.objects.get(pk=study.pk)).definition)}
    return texts[key].get("ko", "")


def test_each_text_stands_beside_its_source_with_its_state_and_place(client: Client, study: Study) -> None:
    text = page(client, study)
    for words in ("How grave is a blockade for your country?", "두 전구의 위협", "Question “grave” · Question", "Question “aim” · Option force",
                  "Scale five · labels, one on each line", "Name of panel kr", "Name of the organisation", "Heading of section aims", "missing", "draft"):
        assert words in text, words
    assert "7 % translated" in text, "one of 13 texts"


def test_texts_and_marks_are_saved_at_once(client: Client, study: Study) -> None:
    answer = send(client, study, {f"text-{GRAVE}": "봉쇄는 얼마나 심각합니까?", "text-panel:kr": "한국", "reviewed-panel:kr": "1"}, follow=True)
    assert "2 texts have changed." in answer.content.decode()
    assert (text_of(study, GRAVE), state_of(study, GRAVE)) == ("봉쇄는 얼마나 심각합니까?", "draft")
    assert (text_of(study, "panel:kr"), state_of(study, "panel:kr")) == ("한국", "reviewed")
    assert DraftStep.objects.count() == 2


def test_sending_the_page_as_it_is_changes_nothing(client: Client, study: Study) -> None:
    save_translations(study, "ko", {"panel:kr": Written("한국", is_reviewed=True)})
    send(client, study, {})
    assert DraftStep.objects.count() == 2
    assert state_of(study, "panel:kr") == "reviewed"


def test_a_mark_is_taken_away_by_its_box_and_by_another_text(client: Client, study: Study) -> None:
    save_translations(study, "ko", {"panel:kr": Written("한국", is_reviewed=True), "panel:jp": Written("일본", is_reviewed=True)})
    send(client, study, {"reviewed-panel:kr": None, "text-panel:jp": "일본국"})
    assert (state_of(study, "panel:kr"), state_of(study, "panel:jp")) == ("draft", "draft")


def test_a_whole_page_is_marked_as_reviewed(client: Client, study: Study) -> None:
    send(client, study, {"text-panel:kr": "한국", "do": "review-page"})
    assert [state_of(study, key) for key in ("panel:kr", "study:title", GRAVE)] == ["reviewed", "reviewed", "missing"]


def test_labels_are_written_a_line_each(client: Client, study: Study) -> None:
    send(client, study, {"text-scale:five:labels": "없음\r\n조금\r\n보통\r\n많이\r\n매우"})
    assert read_draft(study).definition["scales"]["five"]["labels"]["ko"] == ["없음", "조금", "보통", "많이", "매우"]


def test_what_is_refused_keeps_all_that_was_typed(client: Client, study: Study) -> None:
    answer = send(client, study, {"text-scale:five:labels": "없음\n조금", "text-panel:kr": "한국", "reviewed-panel:kr": "1"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "The source has 5 labels" in text and 'href="#text-6"' in text
    fields = sendable(text)
    assert (fields["text-panel:kr"], fields["reviewed-panel:kr"]) == (["한국"], ["1"])
    assert text_of(study, "panel:kr") == ""


def test_two_translators_do_not_write_over_each_other(client: Client, study: Study) -> None:
    fields = sendable(page(client, study))
    save_translations(study, "ko", {"panel:kr": Written("대한민국")})
    answer = client.post(url(study), {**fields, "text-panel:kr": "한국", f"text-{GRAVE}": "얼마나?"})
    text = answer.content.decode()
    assert answer.status_code == 422 and "in between" in text and "“대한민국”" in text
    assert (text_of(study, "panel:kr"), text_of(study, GRAVE)) == ("대한민국", "")
    client.post(url(study), sendable(text))
    assert (text_of(study, "panel:kr"), text_of(study, GRAVE)) == ("한국", "얼마나?"), "sent again, the own text holds"


def test_a_source_that_changed_while_somebody_translated_is_told(client: Client, study: Study) -> None:
    fields = sendable(page(client, study))
    edit_draft(study, "head", lambda definition: with_part(definition, "title", {"en": "Other threats", "ko": "두 전구의 위협"}))
    answer = client.post(url(study), {**fields, "text-study:title": "위협"})
    assert answer.status_code == 422 and "Other threats" in answer.content.decode()


def test_a_text_that_was_removed_meanwhile_is_given_back(client: Client, study: Study) -> None:
    fields = sendable(page(client, study))
    edit_draft(study, "item-removed", lambda definition: without_item(definition, "grave"))
    answer = client.post(url(study), {**fields, f"text-{GRAVE}": "얼마나?"})
    assert answer.status_code == 422 and "You had typed" in answer.content.decode() and "얼마나?" in answer.content.decode()


@pytest.mark.parametrize(("query", "count"), [
    ({"state": "missing"}, 12), ({"state": "draft"}, 1), ({"state": "outdated"}, 0), ({"state": "nonsense"}, 13), ({"part": "section:aims"}, 4),
    ({"part": "section:aims", "state": "draft"}, 0), ({"part": "nowhere"}, 0), ({"language": "fr"}, 13), ({"page": "99"}, 13), ({"page": "x"}, 13),
])
def test_the_list_is_chosen_by_state_and_part(client: Client, study: Study, query: dict[str, str], count: int) -> None:
    assert page(client, study, **query).count('name="key"') == count


def test_thirty_texts_stand_on_a_page_and_what_is_next_is_named(client: Client) -> None:
    items = [{"code": f"i{number}", "kind": "text", "text": {"en": f"What of {number}?"}} for number in range(50)]
    study = staged(study="long", questionnaire=[{"section": "more", "title": {"en": "More"}, "items": items}])
    client = signed_in(somebody(study, Role.TRANSLATOR, email="other@example.org"))
    assert [page(client, study, page=str(number)).count('name="key"') for number in (1, 2)] == [30, 26]
    assert "Next to do" in page(client, study) and "Name of the organisation (missing)" in page(client, study)
    answer = send(client, study, {"text-item:i40:text": "40은?"}, {"page": "2"})
    assert answer.headers["Location"].endswith("page=2"), "one stays on the page"
    answer = send(client, study, {"text-item:i1:text": "1은?"}, {"state": "missing", "page": "1"})
    assert "page" not in answer.headers["Location"].partition("?")[2], "what is done has left the list"


def test_a_study_in_one_language_says_so(client: Client) -> None:
    study = staged(study="single", languages=["en"], title={"en": "Alone"})
    assert "one language only" in organizer_of(study).get(url(study)).content.decode()


def test_between_rounds_what_is_missing_can_be_written_and_the_rest_leads_on(study: Study) -> None:
    save_translations(study, "ko", {GRAVE: Written("얼마나 심각합니까?")})
    counted(study)
    client = organizer_of(study)
    text = page(client, study)
    assert f'name="text-{GRAVE}"' not in text and reverse("surveys:item-reword", args=[study.slug, "grave"]) in text
    assert reverse("surveys:shared-text", args=[study.slug, "study"]) in text
    assert send(client, study, {"text-panel:kr": "한국", f"reviewed-{GRAVE}": "1"}).status_code == 302
    assert (text_of(study, "panel:kr"), state_of(study, GRAVE)) == ("한국", "reviewed")


def test_in_an_open_round_the_page_leads_to_corrections_and_takes_marks(study: Study) -> None:
    save_translations(study, "ko", {GRAVE: Written("얼마나 심각합니까?")})
    opened(study)
    client = organizer_of(study)
    text = page(client, study)
    assert reverse("surveys:text-correct", args=[study.slug, 1, "grave"]) in text and "Round 1 is open" in text
    assert "<textarea" not in text
    send(client, study, {f"reviewed-{GRAVE}": "1"})
    assert state_of(study, GRAVE) == "reviewed"


def test_a_translator_is_told_that_an_organizer_can_change_what_experts_have_read(client: Client, study: Study) -> None:
    counted(study)
    text = page(client, study)
    assert "An organizer can change it." in text and reverse("surveys:shared-text", args=[study.slug, "study"]) not in text


def test_a_translator_sees_this_page_and_no_other_editing(client: Client, study: Study) -> None:
    text = page(client, study)
    assert reverse("surveys:build-undo", args=[study.slug]) not in text
    assert reverse("surveys:build", args=[study.slug]) + '"' not in text
    assert client.get(reverse("surveys:build", args=[study.slug])).status_code == 403
    assert url(study) in client.get(reverse("surveys:study", args=[study.slug])).content.decode()


def test_an_organizer_sees_where_the_draft_stands(study: Study) -> None:
    client = organizer_of(study)
    send(client, study, {"text-panel:kr": "한국"})
    assert re.search(r"Undo.*translations changed: ko", page(client, study), re.DOTALL)


def test_an_unfinished_draft_is_translated_too(client: Client, study: Study) -> None:
    edit_draft(study, "section-added", lambda definition: with_section(definition, {"section": "empty"}))
    send(client, study, {f"text-{GRAVE}": "얼마나?"})
    assert text_of(study, GRAVE) == "얼마나?"


@pytest.mark.parametrize(("has_begun", "most"), [(False, 6), (True, 6)])
def test_a_page_takes_so_many_queries_whatever_is_on_it(study: Study, has_begun: bool, most: int) -> None:
    if has_begun:
        counted(study)
    client = organizer_of(study)
    for number in range(2):
        with CaptureQueriesContext(connection) as captured:
            page(client, study, state="missing" if number else "")
        assert len(captured) == most


def test_the_percent_is_the_one_of_the_gate(client: Client, study: Study) -> None:
    assert f"{completeness(study)['ko'].percent} % translated" in page(client, study)


def test_every_place_has_words() -> None:
    definition = staged(study="wordy", aim={"en": "Aim"}, information={"en": "Read"}, perspective={"en": "As"}, consent={"version": 1, "text": {"en": "Yes"}},
                        theatres=[{"code": "east", "name": {"en": "East"}}], option_lists={"few": [{"code": "a", "text": "A"}, {"code": "b", "text": "B"}]})
    with override("en"):
        words = [text_in_words(text) for text in study_texts(read_draft(definition).definition)]
    assert len(words) == len(set(words)) and all(words)
    assert "List of options few · Option a" in words and "What experts consent to" in words and "Name of theatre east" in words
