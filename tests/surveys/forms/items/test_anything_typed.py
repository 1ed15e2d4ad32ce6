"""Whatever is typed into an item's form is kept: read again and saved untouched it is the same, and the study's checks can judge it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.forms.items import ItemForm, Surroundings
from surveys.items import KINDS
from surveys.studyfile.checking import problems_in
from surveys.studyfile.editing import with_item_replaced
from surveys.views.organizer.builder.item_acts import asked_again, differences
from tests.surveys.forms.items.test_round_trip import items_in, saved, sent
from tests.surveys.studyfile.studies import whole

TYPED = st.sampled_from(["", "0", "1", "-3", "0,5", "1e3", "abc", "٣", "a, b", "top_two", "positions", "panels", "functions", "agreement5", "chosen", "rated",
                         "order", "percent_agreement", "at_least", "below", "ordinal", "on", "1.5.2", "१", "nan", "inf",
                         "999999999999999999999", " x ", "<b>", "\u202e"])


def code_of(kind: str) -> str:
    return next(item["code"] for item in items_in(whole()) if item["kind"] == kind)


@settings(max_examples=8, deadline=None)
@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_what_is_typed_stays_as_it_is(kind: str, data: st.DataObject) -> None:
    definition = whole()
    code = code_of(kind)
    item = next(item for item in items_in(definition) if item["code"] == code)
    around = Surroundings(definition, code)
    given_data = with_rules(sent(ItemForm(item=item, around=around)))
    names = [name for name in given_data if name not in ("kind", "code", "seen") and not name.endswith("-count")]
    for name in data.draw(st.lists(st.sampled_from(names), max_size=8, unique=True)):
        given_data[name] = data.draw(TYPED)
    form = ItemForm(given_data, item=item, around=around)
    assert form.is_valid(), form.errors
    kept = form.definition
    edited = with_item_replaced(definition, code, kept)
    problems_in(edited)
    assert saved(kept, edited) == kept


def with_rules(data: Any) -> Any:
    """As if both rules had been asked for, with two rows each."""
    for which in ("consensus", "stability"):
        data[f"{which}-count"] = "2"
        for place in range(2):
            data.update({f"{which}-{place}-{line}": "" for line in ("level", "rule", "band", "low", "high", "comparison", "threshold")})
    return data


@pytest.mark.parametrize("act", ["options:add:0", "options:up:0", "options:down:99999", "options:remove:99999", "options:remove:x", "options:up:",
                                 "nothing:add:0",
                                 "text:add:0", "options:explode:0", ":::", "code:add:0", "shown_if:show:0", "consensus:remove:9", "options:up:99999999999999"])
def test_no_button_value_breaks_the_form(act: str) -> None:
    definition = whole()
    item = next(item for item in items_in(definition) if item["code"] == "order")
    form = ItemForm(sent(ItemForm(item=item, around=Surroundings(definition, "order"))), item=item, around=Surroundings(definition, "order"))
    shown = asked_again(form, act)
    assert shown["text"].value() == {"en": "In which order?", "ko": ""}
    assert len(shown["options"].value()["entries"]) == (4 if act == "options:add:0" else 3)


@pytest.mark.parametrize("count", ["", "x", "-1", "1000000", "٣", "2"])
def test_no_count_breaks_the_form(count: str) -> None:
    definition = whole()
    item = next(item for item in items_in(definition) if item["code"] == "order")
    data = sent(ItemForm(item=item, around=Surroundings(definition, "order")))
    data["options-count"] = count
    form = ItemForm(data, item=item, around=Surroundings(definition, "order"))
    assert form.is_valid()
    assert len(form.definition.get("options", [])) <= 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_that_comes_without_its_fields_breaks_nothing(kind: str) -> None:
    definition = whole()
    item = next(item for item in items_in(definition) if item["kind"] == kind)
    form = ItemForm({"kind": kind, "code": item["code"], "seen": ""}, item=item, around=Surroundings(definition, item["code"]))
    assert form.is_valid() and form.is_overtaken
    assert differences(form)
