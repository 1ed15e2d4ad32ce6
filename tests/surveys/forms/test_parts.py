"""Parts of a definition as forms: opened and saved they change nothing; what is typed lands in its place; what they don't know stays."""

from typing import Any

import pytest
import yaml
from django.utils.datastructures import MultiValueDict

from surveys.forms.parts import HeadForm, PanelForm, PartForm, RunForm, TheatreForm
from surveys.forms.texts import TextsField
from surveys.studyfile.checking import problems_in
from tests.surveys.studyfile.studies import EXAMPLE

WHOLE = yaml.safe_load(EXAMPLE.replace("code: no,", 'code: "no",'))
SMALLEST = {"study": "small", "title": "Small", "languages": ["en"], "panels": [], "questionnaire": []}


def sent(form: PartForm, **changes: Any) -> MultiValueDict[str, str]:
    """What a browser sends for the form as it is shown, with some controls filled in otherwise."""
    data: MultiValueDict[str, str] = MultiValueDict()
    for name, field in form.fields.items():
        value = form[name].value()
        if isinstance(field, TextsField):
            for language in field.languages:
                data[f"{name}-{language}"] = field.prepare_value(value).get(language, "")
        elif isinstance(value, list) and name != "languages":
            data.setlist(name, value)
        elif value is not None and value is not False:
            data[name] = "on" if value is True else str(field.prepare_value(value))
    for name, value in changes.items():
        data.setlist(name, value) if isinstance(value, list) else data.__setitem__(name, value)
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
