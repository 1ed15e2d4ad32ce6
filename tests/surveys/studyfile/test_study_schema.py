"""The published JSON Schema: the same as the command prints, and of one mind with the reader on structure."""

import io
import json
from pathlib import Path

import jsonschema
import pytest
from django.core.management import call_command

from surveys.studyfile import StudyFileRefused, read_study, study_schema
from surveys.studyfile.questionnaire import CONDITION, ITEM_KEYS
from surveys.studyfile.rules import CONSENSUS_RULES, STABILITY_RULES
from surveys.studyfile.study import STUDY
from tests.surveys.studyfile.studies import SMALL, SMALLEST, example, small, whole

ROOT = Path(__file__).resolve().parents[3]
STUDIES = [example(), whole(), read_study(SMALL), read_study(SMALLEST)]
VALIDATOR = jsonschema.Draft202012Validator(study_schema())


def test_it_is_a_valid_schema():
    jsonschema.Draft202012Validator.check_schema(study_schema())


def test_the_command_prints_what_the_documentation_holds():
    printed = io.StringIO()
    call_command("study_schema", stdout=printed)
    assert printed.getvalue() == (ROOT / "docs" / "study-file.schema.json").read_text(encoding="utf-8")
    assert json.loads(printed.getvalue()) == study_schema()


def test_the_documentation_names_every_key_and_rule():
    text = (ROOT / "docs" / "study-file.md").read_text(encoding="utf-8")
    for name in (*STUDY.fields, *ITEM_KEYS, *CONDITION.fields, *CONSENSUS_RULES, *STABILITY_RULES):
        assert f"`{name}`" in text, name


def test_the_example_in_the_documentation_is_accepted():
    text = (ROOT / "docs" / "study-file.md").read_text(encoding="utf-8")
    example = text.split("```yaml\n")[1].split("```")[0]
    assert list(VALIDATOR.iter_errors(read_study(example))) == []


@pytest.mark.parametrize("study", STUDIES, ids=["example", "whole", "small", "smallest"])
def test_what_the_reader_accepts_is_valid(study):
    assert list(VALIDATOR.iter_errors(study)) == []


@pytest.mark.parametrize("settings", [
    {"consensus": {"rule": "rand"}},
    {"consensus": {"binary": {"rule": "percent_agreement", "at_least": 0.75}}},
    {"consensus": {"ordinal": {"rule": "percent_agreement", "band": [4, 5], "at_least": 0.75}}},
    {"stability": {"rule": "weighted_kappa", "at_least": 0.6}},
    {"disclosure": {"minimum": 1}, "public_data": True},
    {"disclosure": {"minimum": 3}, "public_data": False},
    {"aim": {"en": "Why", "ko": "왜"}, "anonymity": [], "theatres": [{"code": "east", "name": "East"}]},
])
def test_settings_that_both_accept(settings):
    study = small() | settings
    assert read_study(json.dumps(study)) == study
    VALIDATOR.validate(study)


def item(number, **keys):
    return lambda study: study["questionnaire"][0]["items"][number].update(keys)


def top(**keys):
    return lambda study: study.update(keys)


MISTAKES = {
    "missing key": lambda study: study.pop("panels"),
    "unknown key": top(titel="x"),
    "slug": top(study="Not A Slug"),
    "empty text": top(title=" "),
    "text that is a number": top(title=5),
    "no languages": top(languages=[]),
    "language twice": top(languages=["en", "en"]),
    "no panel": top(panels=[]),
    "null": top(aim=None),
    "unknown kind": item(0, kind="likert"),
    "kind without its keys": item(0, kind="grid"),
    "condition on nothing": item(0, shown_if={}),
    "condition with a key too many": item(1, shown_if={"item": "rated", "equals": 1}),
    "condition that is no number": item(1, shown_if={"item": "rated", "at_least": "high"}),
    "an axis without a scale": item(1, kind="plane", x={"text": "Left"}, y={"scale": "role", "text": "Up"}),
    "ticks": item(2, kind="choices", at_most=0),
    "points": item(2, kind="allocation", total=0),
    "a probability of 1": item(1, kind="quantiles", quantiles=[0.5, 1]),
    "one quantile": item(1, kind="quantiles", quantiles=[0.5]),
    "an interval of another school": item(1, kind="quantiles", interval="delphi"),
    "a grid about something else": item(0, kind="grid", rows="panels", columns="functions", about="blame"),
    "order": item(0, order="shuffled"),
    "equivalent to nothing": item(0, equivalent_to=0),
    "truth that is no number": item(3, truth="many"),
    "key of another kind": item(1, unit="days"),
    "item without its required key": lambda study: study["questionnaire"][0]["items"][0].pop("scale"),
    "code with a dot": item(1, code="a.b"),
    "too many decimals": item(3, decimals=7),
    "limit that is no number": item(3, minimum="low"),
    "one option": item(2, options=[{"code": "a", "text": "A"}]),
    "rationale": item(0, rationale="maybe"),
    "real time": top(protocol="real_time"),
    "disclosure minimum 2": top(disclosure={"minimum": 2}),
    "disclosure minimum 2 of public data": top(disclosure={"minimum": 2}, public_data=True),
    "disclosure minimum 1 of data not public": top(disclosure={"minimum": 1}),
    "quantile type": top(quantile_type=0),
    "scale without ends": lambda study: study["scales"].update(role={"points": 3}),
    "scale with labels and points": lambda study: study["scales"]["agreement5"].update(points=5),
    "one label": lambda study: study["scales"]["agreement5"].update(labels=["One"]),
    "unknown rule": top(consensus={"rule": "quartiles"}),
    "unknown level": top(consensus={"ordnal": {"rule": "rand"}}),
    "percentage for a share": top(consensus={"rule": "modal_share", "at_least": 75}),
    "two comparators": top(consensus={"rule": "iqr", "at_most": 1, "below": 1}),
    "no comparator": top(stability={"rule": "scheibe"}),
    "wrong comparator": top(stability={"rule": "scheibe", "at_least": 15}),
    "no band": top(consensus={"rule": "percent_agreement", "at_least": 0.75}),
    "band of three": top(consensus={"rule": "percent_agreement", "band": [1, 2, 3], "at_least": 0.75}),
}


@pytest.mark.parametrize("change", MISTAKES.values(), ids=MISTAKES)
def test_mistakes_of_structure_that_both_refuse(change):
    study = small()
    change(study)
    assert not VALIDATOR.is_valid(study)
    with pytest.raises(StudyFileRefused):
        read_study(json.dumps(study))
