"""An item opened in its form and saved untouched is the same item: every kind, every key, and what the form has no field for."""

import random
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.forms.items import ItemForm, Surroundings
from surveys.forms.items.form import HEAD
from surveys.forms.items.page import groups_of
from surveys.items import KINDS
from surveys.studyfile import read_study
from surveys.studyfile.questionnaire import keys_of
from tests.journeys.random_items import OPTION_LISTS, random_questionnaire
from tests.surveys.studyfile.studies import example, whole
from tests.surveys.studyfile.test_write_study import TEXTS
from tests.surveys.views.organizer.builder.forms_read import form_in

Item = dict[str, Any]
Definition = dict[str, Any]


def items_in(definition: Definition) -> list[Item]:
    return [item for section in definition["questionnaire"] for item in section["items"]]


def sent(form: ItemForm) -> QueryDict:
    """What a browser sends of the form's page when nothing is touched."""
    html = render_to_string("surveys/builder/item/_form.html", {"form": form, "groups": groups_of(form, {}), "kinds": KINDS})
    data = QueryDict(mutable=True)
    for name, values in form_in(f"<form data-item-form>{html}{form['seen']}</form>").sends.items():
        data.setlist(name, values)
    return data


def saved(item: Item, definition: Definition, **typed: str) -> Item:
    around = Surroundings(definition, item.get("code", ""))
    data = sent(ItemForm(item=item, around=around))
    for name, text in typed.items():
        data[name.replace("__", "-")] = text
    form = ItemForm(data, item=item, around=around)
    assert form.is_valid(), form.errors
    return form.definition


@pytest.mark.parametrize("study", [whole(), example()], ids=["every kind", "the format's example"])
def test_an_item_is_the_same_after_saving(study: Definition) -> None:
    for item in items_in(study):
        assert saved(item, study) == item


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_an_item_made_up_at_random_is_the_same_after_saving(seed: int) -> None:
    panels = [{"code": code, "name": {"en": code}} for code in ("us", "jp")]
    scales = {"five": {"labels": ["a", "b", "c", "d", "e"]}, "nine": {"points": 9, "ends": ["a", "b"]}}
    definition = {"languages": ["en"], "panels": panels, "scales": scales, "option_lists": OPTION_LISTS,
                  "questionnaire": random_questionnaire(random.Random(seed), panels)}
    for item in items_in(definition):
        assert saved(item, definition) == item


@settings(max_examples=40, deadline=None)
@given(text=TEXTS.filter(str.strip), other=TEXTS, code=st.sampled_from(["order", "map", "share", "rated"]))
def test_texts_are_the_same_whatever_their_signs(text: str, other: str, code: str) -> None:
    definition = whole()
    item = next(item for item in items_in(definition) if item["code"] == code)
    item["text"], item["help"] = {"en": text, "ko": other}, text
    if "options" in item:
        item["options"][1]["text"] = {"en": text}
    assert saved(item, definition) == item


ODD = {"wrong": 3, "rationale": 7, "confidence": "yes", "scale": ["agreement5"], "consensus": [1], "shown_if": {"item": "rated", "when": 3},
       "text": {"en": ["a"]}, "minimum": {"low": 1}, "order": "shuffled", "theatre": "nowhere", "version": "2a", "help": 3}


@pytest.mark.parametrize("key", ODD)
def test_what_no_field_can_show_is_kept(key: str) -> None:
    definition = whole()
    item = {**items_in(definition)[0], key: ODD[key]}
    assert saved(item, definition)[key] == ODD[key]


def test_what_no_field_can_show_goes_when_it_is_ticked() -> None:
    definition = whole()
    item = {**items_in(definition)[0], "wrong": 3}
    assert "wrong" not in saved(item, definition, remove__key="wrong")


def test_a_text_of_a_language_that_the_study_has_no_more_is_kept() -> None:
    definition = {**whole(), "languages": ["en"]}
    item = {**items_in(definition)[0], "text": {"en": "Old", "ko": "옛"}}
    assert saved(item, definition)["text"] == {"en": "Old", "ko": "옛"}
    assert saved(item, definition, text__en="New")["text"] == {"en": "New", "ko": "옛"}


def test_one_string_stays_one_until_it_is_translated() -> None:
    definition = whole()
    item = {**items_in(definition)[0], "text": "How often?"}
    assert saved(item, definition, text__en="How seldom?")["text"] == "How seldom?"
    assert saved(item, definition, text__ko="얼마나 자주?")["text"] == {"en": "How often?", "ko": "얼마나 자주?"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_a_kind_has_a_field(kind: str) -> None:
    form = ItemForm(item={"kind": kind}, around=Surroundings(whole()))
    assert [*HEAD, *form.keys] == keys_of(KINDS[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_an_untouched_form_of_a_new_item_says_nothing_but_its_kind_and_a_code(kind: str) -> None:
    assert saved({"kind": kind}, read_study(WITHOUT_ITEMS)) == {"code": kind, "kind": kind}


WITHOUT_ITEMS = """\
study: smallest
title: Smallest
languages: [en, ko]
panels: [{code: no, name: Norway}]
questionnaire: [{section: first, title: First, items: [{code: open, kind: text, text: What?}]}]
"""
