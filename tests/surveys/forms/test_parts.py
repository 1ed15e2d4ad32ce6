"""Parts of a definition as forms: opened and saved they change nothing; what is typed lands in its place; what they don't know stays."""

from typing import Any

import pytest
import yaml
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict

from surveys.forms.lists import ListForm
from surveys.forms.parts import AgainForm, HeadForm, PanelForm, PartForm, RunForm, TheatreForm
from surveys.studyfile.checking import problems_in
from tests.surveys.studyfile.studies import EXAMPLE
from tests.surveys.views.organizer.builder.forms_read import form_in

WHOLE = yaml.safe_load(EXAMPLE.replace("code: no,", 'code: "no",'))
SMALLEST = {"study": "small", "title": "Small", "languages": ["en"], "panels": [], "questionnaire": []}


def sent(form: AgainForm, **changes: Any) -> QueryDict:
    """What a browser sends for the form as it is shown, with some controls filled in otherwise."""
    shown = form.rows() if isinstance(form, PartForm) else [{"field": field, "template": getattr(field.field, "template", "")} for field in form]
    html = "".join(render_to_string("surveys/builder/_field_of_part.html", {"row": row}) for row in shown)
    data = QueryDict(mutable=True)
    for name, values in form_in(f"<form data-item-form>{html}{form['seen']}</form>").sends.items():
        data.setlist(name, values)
    for name, value in changes.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def saved(form_class: type[PartForm], definition: dict[str, Any], **changes: Any) -> dict[str, Any]:
    form = form_class(sent(form_class(definition=definition), **changes), definition=definition)
    assert form.is_valid(), form.errors
    return form.applied(definition)


@pytest.mark.parametrize("form_class", [HeadForm, RunForm])
@pytest.mark.parametrize("definition", [WHOLE, SMALLEST], ids=["whole", "smallest"])
def test_opened_and_saved_nothing_changes(form_class: type[PartForm], definition: dict[str, Any]) -> None:
    assert saved(form_class, definition) == definition


def test_texts_land_in_their_places() -> None:
    found = saved(HeadForm, SMALLEST, **{"aim-en": "To learn", "organisation-en": "We", "contact": "we@example.org"})
    assert found == {**SMALLEST, "aim": {"en": "To learn"}, "organisation": {"name": {"en": "We"}, "contact": "we@example.org"}}


def test_a_consent_gets_its_first_version() -> None:
    assert saved(HeadForm, SMALLEST, **{"consent_text-en": "I agree"})["consent"] == {"version": 1, "text": {"en": "I agree"}}


def test_an_emptied_field_removes_its_key_and_what_was_around_it_alone() -> None:
    found = saved(HeadForm, WHOLE, identities_days="", answers_days="")
    assert found == {key: value for key, value in WHOLE.items() if key != "retention"}


def test_promises_are_chosen() -> None:
    assert saved(HeadForm, SMALLEST, anonymity=["peers"])["anonymity"] == ["peers"]


@pytest.mark.parametrize(("typed", "expected"), [("en, ko", ["en", "ko"]), ("ko;en", ["ko", "en"]), ("en en", ["en"])])
def test_languages_are_codes_in_order(typed: str, expected: list[str]) -> None:
    found = saved(HeadForm, SMALLEST, languages=typed)
    assert found["languages"] == expected
    assert found["title"] == ("Small" if expected[0] == "en" else {"en": "Small"})


def test_a_language_that_goes_takes_its_texts_along() -> None:
    found = saved(HeadForm, WHOLE, languages="en, ko")
    assert "ja" not in found["title"]
    assert "ja" not in found["panels"][0]["name"]


@pytest.mark.parametrize("typed", ["english please!", "e", ""])
def test_what_is_no_language_is_refused(typed: str) -> None:
    assert "languages" in HeadForm(sent(HeadForm(definition=SMALLEST), languages=typed), definition=SMALLEST).errors


def test_what_is_said_by_saying_nothing_is_not_written() -> None:
    assert saved(RunForm, SMALLEST, invite="respondents", minimum="5") == {**SMALLEST, "rounds": {"invite": "respondents"}}


def test_keys_that_the_form_does_not_know_stay() -> None:
    given = {**SMALLEST, "feedback": {"reasons": "none", "further": 1}, "protocol": "classical"}
    assert saved(RunForm, given, reasons="moderated") == {**SMALLEST, "feedback": {"further": 1}, "protocol": "classical"}


def test_a_part_that_somebody_changed_in_between_is_known() -> None:
    data = sent(RunForm(definition=SMALLEST))
    form = RunForm(data, definition={**SMALLEST, "rounds": {"maximum": 2}})
    assert form.is_valid()
    assert form.is_overtaken()
    other = RunForm(data, definition={**SMALLEST, "title": "Another title"})
    assert other.is_valid()
    assert not other.is_overtaken()


def test_problems_stand_at_their_fields() -> None:
    definition = {**SMALLEST, "organisation": {"contact": "nobody"}, "disclosure": {"minimum": 2}}
    found = {name: next(row for row in form.rows(problems_in(definition)) if row["field"].name == name)["problems"]
             for form, name in ((HeadForm(definition=definition), "organisation"), (RunForm(definition=definition), "minimum"))}
    assert "missing" in found["organisation"][0]
    assert "3" in found["minimum"][0]


def test_a_panel_is_counted_in_its_theatres() -> None:
    panel = {"languages": ["en"], "code": "us", "name": "United States"}
    choices = [("east", "East"), ("west", "West")]
    form = PanelForm(sent(PanelForm(definition=panel, theatres=choices), theatres=["east", "west"]), definition=panel, theatres=choices)
    assert form.is_valid()
    assert form.applied(panel) == {**panel, "theatres": ["east", "west"]}


def test_a_code_is_letters_digits_and_hyphens() -> None:
    theatre = {"languages": ["en"]}
    form = TheatreForm(MultiValueDict({"code": ["Far East"], "name-en": ["Far East"], "seen": ["x"]}), definition=theatre)
    assert list(form.errors) == ["code"]


def test_rules_are_written_by_level_and_one_more_is_asked_for_without_saving() -> None:
    data = sent(RunForm(definition=SMALLEST), do="consensus:add:0")
    form = RunForm(data, definition=SMALLEST)
    form.show_again("consensus:add:0")
    filled = sent(form, **{"consensus-0-rule": "iqr", "consensus-0-threshold": "1", "consensus-0-comparison": "at_most"})
    again = RunForm(filled, definition=SMALLEST)
    assert again.is_valid(), again.errors
    assert again.applied(SMALLEST) == {**SMALLEST, "consensus": {"rule": "iqr", "at_most": 1}}


def test_what_was_typed_is_still_there_when_a_rule_is_added() -> None:
    form = RunForm(sent(RunForm(definition=SMALLEST), maximum="4", invite="respondents"), definition=SMALLEST)
    form.show_again("stability:add:0")
    assert sent(form)["maximum"] == "4"
    assert sent(form)["invite"] == "respondents"


def test_a_list_is_opened_and_saved_the_same_and_takes_an_option() -> None:
    part = {"languages": ["en", "ko"], "code": "tasks", "entries": [{"code": "a", "text": {"en": "A", "ko": "가"}}, {"code": "b", "text": "B"}]}
    assert saved(ListForm, part) == part
    form = ListForm(sent(ListForm(definition=part)), definition=part)
    form.show_again("entries:add:0")
    longer = ListForm(sent(form, **{"entries-2-text-en": "A third task"}), definition=part)
    assert longer.is_valid(), longer.errors
    assert longer.applied(part)["entries"][2] == {"code": "a-third-task", "text": {"en": "A third task"}}
