"""What is written reads back equal, in this reader and in readers of YAML 1.1, and reads well."""

import json
import random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.items.text import is_printable
from surveys.studyfile import parse_yaml, read_study, reading, write_study
from surveys.studyfile.writing import written_yaml
from tests.surveys.studyfile.studies import SMALL, SMALLEST, example, small, whole

STUDIES = [example(), whole(), read_study(SMALL), read_study(SMALLEST)]
SIGNS = st.characters(exclude_categories=("Cs", "Cn", "Co")).filter(is_printable)
TRICKY = st.sampled_from([
    "no", "on", "Yes", "~", "null", "", " ", "12:30:00", "2020-01-01", "0x10", "007", "0o7", "1e3", ".5", "1_000", "+1",
    "-", "- a", "a: b", "a #b", "#a", "{a}", "[a]", "a,b", "&a", "*a", "!a", "%a", "@a", "`a", "'a'", '"a"', "|", ">", "?", "? a",
    "a\nb", "a\n\nb\n", "\na", "a\n", " a\nb", "a\n b", "a\n \nb", "a\n\n", "a\tb", "\ta\nb", "---", "--- a", "...", "a\n---\nb",
    "<<", "=", "true", "TRUE", "\u3000", "\u00a0", "전구", "、", "🙂", "a:", ":a",
    "\\", "a\\nb", "\u2028", "\u0131\u0307",
    "٣", "０", "y", "N", "e5", "0b1", "1:2", "\u200d", "é\u0301",
])
TEXTS = TRICKY | st.text(SIGNS, max_size=40) | st.text(st.sampled_from("a0 .:-#\n'\"[{,~"), max_size=12)
PLAIN = st.none() | st.booleans() | st.integers(-(10**60), 10**60) | st.floats(allow_nan=False) | TEXTS
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=20)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(TEXTS, VALUES, max_size=5))
def test_any_mapping_reads_back_equal(mapping):
    text = written_yaml(mapping)
    assert parse_yaml(text).value == mapping
    assert yaml.safe_load(text) == mapping, "by YAML 1.1"


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(TEXTS, VALUES, max_size=3))
def test_the_plain_python_loader_reads_it_alike(mapping):
    text = written_yaml(mapping)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reading, "LOADER", yaml.SafeLoader)
        assert parse_yaml(text).value == mapping


@settings(max_examples=60, deadline=None)
@given(title=TEXTS.filter(str.strip), low=st.floats(-1e6, 1e6), width=st.floats(0.001, 1e6), order=st.randoms())
def test_a_study_reads_back_equal_whatever_its_texts_and_the_order_of_its_keys(title, low, width, order):
    study = small()
    study["aim"] = {"en": title, "ko": title}
    study["questionnaire"][0]["items"][3] |= {"minimum": low, "maximum": low + width}
    assert read_study(write_study(shuffled(study, order))) == study
    assert write_study(shuffled(study, order)) == write_study(study)


TENTHS = st.integers(1, 10**7).map(lambda tenths: tenths / 10)  # the item's points have one decimal
PROBABILITIES = st.lists(st.floats(0.001, 0.999), min_size=2, max_size=5, unique_by=lambda number: f"{number:.10f}").map(sorted)  # told apart by ten decimals
CONDITIONS = st.sampled_from([
    {"item": "rated", "is": 3}, {"item": "chance", "at_least": 0.5, "at_most": 99}, {"item": "chosen", "one_of": ["isr", "asw"]},
    {"item": "means", "includes": "asw"}, {"item": "order", "component": "b", "at_most": 2}, {"item": "money", "component": "no", "at_least": 20},
    {"item": "roles", "component": "jp.isr", "at_least": 2}, {"item": "map", "component": "y", "at_least": 4},
    {"item": "later", "component": "confidence", "at_least": 80},
])


@settings(max_examples=60, deadline=None)
@given(numbers=PROBABILITIES, total=TENTHS, truth=st.floats(-1e6, 1e6), condition=CONDITIONS, text=TEXTS.filter(str.strip), order=st.randoms())
def test_every_kind_of_item_reads_back_equal(numbers, total, truth, condition, text, order):
    study = whole()
    items = {item["code"]: item for item in study["questionnaire"][0]["items"]}
    items["share"] |= {"quantiles": numbers, "truth": truth}
    items["money"]["total"] = total
    items["map"]["x"]["text"] = items["order"]["options"][1]["text"] = {"en": text, "ko": text}
    items["asked"]["shown_if"] = condition | ({"at_least": min(20, total)} if condition["item"] == "money" else {})  # one that an answer can meet
    assert read_study(write_study(shuffled(study, order))) == study
    assert write_study(shuffled(study, order)) == write_study(study)


def shuffled(value, order):
    """As a database returns it that keeps JSON without the order of keys."""
    if isinstance(value, list):
        return [shuffled(entry, order) for entry in value]
    if not isinstance(value, dict):
        return value
    keys = list(value)
    order.shuffle(keys)
    return {key: shuffled(value[key], order) for key in keys}


@pytest.mark.parametrize("study", STUDIES, ids=["example", "whole", "small", "smallest"])
def test_export_and_re_import_give_the_same_study_and_the_same_text(study):
    text = write_study(study)
    assert read_study(text) == study
    assert write_study(read_study(text)) == text
    assert write_study(shuffled(json.loads(json.dumps(study)), random.Random(7))) == text


def test_the_text_is_in_canonical_order_and_easy_to_read():
    study = small() | {
        "information": "First line.\n\nSecond line.\n", "consensus": {"at_most": 1.5, "rule": "iqr"},
        "time_zone": "Asia/Seoul", "perspective": "Answer as an expert: not for your government",
    }
    assert write_study(shuffled(study, random.Random(1))) == """\
study: small
title: {en: Small, ko: 작은}
languages: [en, ko]
time_zone: Asia/Seoul
information: |
  First line.

  Second line.
perspective: "Answer as an expert: not for your government"
consensus: {rule: iqr, at_most: 1.5}
theatres:
  - {code: east, name: East}
panels:
  - {code: jp, name: Japan, theatres: [east]}
  - {code: "no", name: Norway}
scales:
  agreement5: {labels: [Never, Seldom, Sometimes, Often, Always]}
  role: {points: 3, ends: [None, All]}
option_lists:
  functions:
    - {code: isr, text: Seeing}
    - {code: asw, text: Hunting}
questionnaire:
  - section: first
    title: First
    items:
      - {code: rated, kind: rating, scale: agreement5, text: "How often?"}
      - {code: chance, kind: probability, text: "How likely?", theatre: east}
      - {code: chosen, kind: choice, text: "Which?", options: functions}
      - {code: days, kind: number, text: "How many?", unit: days, minimum: 0, maximum: 365}
"""
