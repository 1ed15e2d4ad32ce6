"""Rewording a question between rounds, correcting a typing error while one is open, adding a question: by form, in words."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from surveys.enums import Role
from surveys.models import Item, ItemVersion, Round, Study
from tests.factories import questions
from tests.surveys.views.expert.expert_studies import enter
from tests.surveys.views.organizer.stage import DEFINITION, answer, counted, opened, organizer_of, signed_in, somebody, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    study = staged()
    counted(study)
    return study


@pytest.fixture
def client(study: Study) -> Client:
    return organizer_of(study)


def url(name: str, study: Study, *arguments: Any) -> str:
    return reverse(f"surveys:{name}", args=[study.slug, *arguments])


def page(client: Client, name: str, study: Study, *arguments: Any) -> str:
    return client.get(url(name, study, *arguments)).content.decode()


def filled(client: Client, address: str) -> dict[str, str]:
    """What the form holds when it is opened."""
    form = client.get(address).context["form"]
    return {name: form[name].value() or "" for name in form.fields if name != "compares"}


def sent(client: Client, address: str, **changes: str) -> Any:
    data = {**filled(client, address), "reason": "experts misread it", **{name.replace("__", "."): value for name, value in changes.items()}}
    return client.post(address, data, follow=True)


def versions(code: str) -> list[tuple[int, int | None]]:
    return [(version.number, version.definition.get("equivalent_to")) for version in ItemVersion.objects.filter(item__code=code).order_by("number")]


# Rewording


def test_the_present_texts_stand_beside_the_new_ones_in_every_language(study: Study, client: Client) -> None:
    text = page(client, "item-reword", study, "aim")
    assert '<div lang="en">How does the challenger mean to change the order?</div>' in text
    assert text.count("English, now") == text.count("Korean, now") == text.count("English, new") == 4  # question, help, two options
    assert text.count("no text yet") == 5  # help in English; four texts in Korean
    assert filled(client, url("item-reword", study, "aim"))["options.force.en"] == "By force"


@pytest.mark.parametrize(("compares", "expected"), [("yes", (2, 1)), ("no", (2, None))])
def test_a_new_version_compares_as_the_organizer_says(study: Study, client: Client, compares: str, expected: tuple[int, int | None]) -> None:
    answered = sent(client, url("item-reword", study, "grave"), text__en="How grave is a closure for your country?", compares=compares)
    assert versions("grave") == [(1, None), expected]
    text = answered.content.decode()
    assert "The question is reworded. The next round that asks it shows version 2." in text
    assert "reworded: version 2" in text
    assert "How grave is a closure for your country?" in text


def test_the_last_verdict_of_a_reworded_question_still_stands_beside_it(study: Study, client: Client) -> None:
    before = page(client, "round-open", study).count('class="choose__verdict">consensus')
    sent(client, url("item-reword", study, "grave"), text__en="How grave is a closure for your country?", compares="yes")
    assert page(client, "round-open", study).count('class="choose__verdict">consensus') == before == 3


@pytest.mark.parametrize(("changes", "said"), [
    ({"text__en": "New"}, "Say whether the earlier answers compare with those to the new wording."),
    ({"text__en": "New", "compares": "yes", "reason": ""}, "This field is required."),
    ({"compares": "yes"}, "Nothing is changed. Change the wording, or leave the item as it is."),
    ({"text__en": "", "compares": "no"}, "text: is missing. Give a text, or a mapping from languages to texts."),
    ({"text__en": "", "text__ko": "얼마나?", "compares": "no"}, "text: has no text in the source language. Add en."),
    ({"text__en": "New", "compares": "no", "seen": "0" * 32}, "Somebody has changed this question in between."),
])
def test_what_is_refused_keeps_what_was_typed(study: Study, client: Client, changes: dict[str, str], said: str) -> None:
    answered = sent(client, url("item-reword", study, "grave"), **changes)
    assert answered.status_code == 422
    assert said in answered.content.decode()
    assert versions("grave") == [(1, None)]
    assert answered.context["form"]["text.en"].value() == changes.get("text__en", DEFINITION["questionnaire"][0]["items"][0]["text"]["en"])


def test_options_that_differ_are_told_in_words(study: Study, client: Client) -> None:
    """By two forms: the second was opened before the first was sent, and may be sent again once the present text was seen."""
    address = url("item-reword", study, "aim")
    old = {**filled(client, address), "reason": "clearer", "compares": "yes", "options.force.en": "With force"}
    sent(client, address, text__en="How will the challenger change the order?", compares="yes")
    refused = client.post(address, old)
    assert refused.status_code == 422
    assert "How will the challenger change the order?" in refused.content.decode()
    again = client.post(address, {**old, "seen": refused.context["seen"]})
    assert again.status_code == 302
    assert versions("aim") == [(1, None), (2, 1)]
    assert ItemVersion.objects.get(item__code="aim", number=2).definition["options"][1]["text"] == {"en": "With force"}


def test_a_question_never_asked_is_replaced_without_more_questions(client: Client, study: Study) -> None:
    client.post(url("item-add", study), {"section": "aims", "item": "{code: more, kind: text, text: What else?}", "reason": "asked for"})
    text = page(client, "item-reword", study, "more")
    assert "No round has asked this question yet" in text
    assert "compares" not in text
    client.post(url("item-reword", study, "more"), {**filled(client, url("item-reword", study, "more")), "text.en": "What else do you see?"})
    assert Item.objects.get(code="more").versions.get().definition["text"] == "What else do you see?"


@pytest.mark.parametrize("name", ["item-reword", "item-add"])
def test_while_a_round_is_open_the_pages_say_what_can_be_done(study: Study, client: Client, name: str) -> None:
    opened(study)
    text = page(client, name, study, *(["grave"] if name == "item-reword" else []))
    assert "Round 2 is open: experts are answering. Correct a typing error, or change the question when the round is closed." in text
    assert "<textarea" not in text


def test_an_item_that_is_not_there_is_not_found(study: Study, client: Client) -> None:
    second = opened(study, items=["grave"])
    assert client.get(url("item-reword", study, "nothing")).status_code == 404
    assert client.get(url("text-correct", study, second.number, "aim")).status_code == 404
    assert client.get(url("corrections", study, 3)).status_code == 404


# Typing errors


@pytest.fixture
def second(study: Study) -> Round:
    return opened(study)


def test_the_study_page_of_an_open_round_leads_to_its_questions(study: Study, client: Client, second: Round) -> None:
    assert url("corrections", study, 2) in page(client, "study", study)
    text = page(client, "corrections", study, 2)
    assert [url("text-correct", study, 2, code) in text for code in ("grave", "chance", "aim")] == [True] * 3


def test_a_corrected_text_is_on_the_experts_next_page_and_the_answer_stays(study: Study, client: Client, second: Round) -> None:
    panelist = study.panelists.get(code="us-1")
    answer(panelist, second, questions(second), 0, submit=False)
    expert = Client()
    home = enter(expert, panelist)
    assert "How grave is a blockade for your country?" in expert.get(f"{home}section/threats/").content.decode()
    done = sent(client, url("text-correct", study, 2, "grave"), text__en="How grave is the blockade for your country?", text__ko="봉쇄는 얼마나 심각합니까?")
    assert "The text is corrected. Experts see it from their next page on." in done.content.decode()
    seen = expert.get(f"{home}section/threats/").content.decode()
    assert "How grave is the blockade for your country?" in seen
    assert "How grave is a blockade for your country?" not in seen
    assert panelist.responses.get(round=second).answers.filter(asked_item__item_version__item__code="grave", value=1).exists()


def test_more_than_a_typing_error_is_refused_and_nothing_changes(study: Study, client: Client, second: Round) -> None:
    answered = sent(client, url("text-correct", study, 2, "grave"), text__en="How likely is a blockade this year?")
    assert answered.status_code == 422
    assert "is more than a typing error" in answered.content.decode()
    assert "How likely is a blockade this year?" in answered.content.decode()
    assert versions("grave") == [(1, None)]


def test_a_round_that_is_not_open_takes_no_correction(study: Study, client: Client) -> None:
    for text in (page(client, "corrections", study, 1), page(client, "text-correct", study, 1, "grave")):
        assert "Round 1 is not open. Between rounds a question is reworded instead." in text


# Adding


def test_a_question_is_added_to_a_section_and_offered_for_the_next_round(study: Study, client: Client) -> None:
    item = "- code: sea-lanes\n  kind: probability\n  text:\n    en: A sea lane closes\n    ko: 해상로가 닫힌다\n"
    answered = client.post(url("item-add", study), {"section": "threats", "item": item, "reason": "experts asked for it"}, follow=True)
    text = answered.content.decode()
    assert "The question sea-lanes is added. You choose below whether the next round asks it." in text
    assert [entry.code for entry in study.items.all()] == ["grave", "chance", "sea-lanes", "aim"]
    assert 'A sea lane closes <span class="muted small"><code>sea-lanes</code></span>' in text
    assert "proposed: add" in text


def test_a_new_section_is_made_with_its_heading_in_every_language(study: Study, client: Client) -> None:
    client.post(url("item-add", study), {"section": "", "new_code": "later", "title.en": "Later", "title.ko": "나중", "reason": "asked for",
                                         "item": "{code: more, kind: text, text: What else?}"})
    assert study.sections.last().title == {"en": "Later", "ko": "나중"}


@pytest.mark.parametrize(("data", "said"), [
    ({"item": "code: more\nkind: rating\nscale: six\ntext: More?\n"},
     "line 3: scale: there is no scale &quot;six&quot;. Use one of five, or define it under scales."),
    ({"item": "code: more\nkind: rating\nscale: [five\ntext: More?\n"}, "line 4: this is not YAML"),
    ({"item": "code: grave\nkind: text\ntext: Again?\n"}, "line 1: code: the study has an item &quot;grave&quot; already."),
    ({"item": "How likely is it?"}, "line 1: must be a mapping with code, kind and text"),
    ({"item": "{code: more, kind: text, text: {fr: Encore}}"}, "line 1: text.fr: the language &quot;fr&quot; is not among the study&#x27;s languages"),
    ({"item": ""}, "This field is required."),
    ({"reason": ""}, "This field is required."),
    ({"section": ""}, "Give the new section a code, and a heading in the source language."),
    ({"section": "", "new_code": "aims", "title.en": "Aims"}, "The study has a section aims already."),
    ({"section": "elsewhere"}, "Select a valid choice."),
])
def test_mistakes_are_told_with_line_and_remedy_and_what_was_typed_is_kept(study: Study, client: Client, data: dict[str, str], said: str) -> None:
    given = {"section": "aims", "item": "{code: more, kind: text, text: More?}", "reason": "asked for", **data}
    answered = client.post(url("item-add", study), given)
    assert answered.status_code == 422
    assert said in answered.content.decode()
    assert answered.context["form"]["item"].value() == given["item"]
    assert not Item.objects.filter(code="more").exists()


def test_the_record_says_what_was_done_in_words(study: Study, client: Client) -> None:
    sent(client, url("item-reword", study, "grave"), text__en="How grave is a closure for your country?", compares="yes")
    client.post(url("item-add", study), {"section": "aims", "item": "{code: more, kind: text, text: More?}", "reason": "asked for"})
    opened(study, items=["grave"])
    sent(client, url("text-correct", study, 2, "grave"), text__en="How grave is the closure for your country?")
    text = page(client, "record", study)
    for words in ("question reworded", "(question grave)", "compares with the answers to version: 1", "reason: experts misread it", "question added",
                  "typing error corrected", "(round 2 · grave)", "text (en): How grave is a closure for your country?"):
        assert words in text, words


def test_a_question_without_rules_has_no_empty_line_of_them_in_the_record(study: Study, client: Client) -> None:
    client.post(url("item-add", study), {"section": "aims", "item": "{code: more, kind: text, text: More?}", "reason": "asked for"})
    assert "rules:" not in page(client, "record", study).split("question added")[1].split("</li>")[0]


def test_translators_and_analysts_change_no_question(study: Study) -> None:
    for role in (Role.TRANSLATOR, Role.ANALYST, Role.MODERATOR, Role.OBSERVER):
        reader = signed_in(somebody(study, role))
        assert [reader.post(url(name, study, *more), {}).status_code for name, more in (
            ("item-reword", ["grave"]), ("item-add", []), ("text-correct", [1, "grave"]))] == [403, 403, 403]
