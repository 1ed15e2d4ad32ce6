"""Texts, labels and languages."""

import pytest

from surveys.studyfile import read_study
from tests.surveys.studyfile.studies import SMALL, refusals_after, refusals_with

TEXT = "a text, or a mapping from languages to texts"
LABELS = "a list of 2 to 21 labels, or a mapping from languages to such lists"


@pytest.mark.parametrize(("aim", "expected"), [
    ("", f"aim: is empty. Give {TEXT}, or remove the key."),
    ("' '", "aim: the text is empty. Write it, or remove the key."),
    ("12", f"aim: must be {TEXT}, not 12. Write it in quotes."),
    ("[a]", f"aim: must be {TEXT}, not a list."),
    ("{ko: 가}", "aim: has no text in the source language. Add en."),
    ("{}", "aim: has no text in the source language. Add en."),
    ("{en: a, ko: }", f"aim.ko: is empty. Give {TEXT}, or remove the key."),
    ("{en: a, fr: b}", 'aim.fr: the language "fr" is not among the study\'s languages (en, ko). '
                       "Add it to languages, or remove this text."),
])
def test_texts(aim, expected):
    assert refusals_after(f"aim: {aim}\n") == [f"line 22: {expected}"]


@pytest.mark.parametrize(("scale", "expected"), [
    ("{labels: [One]}", f"labels: has 1 labels. Give {LABELS}."),
    ("{labels: [" + ", ".join("abcdefghijklmnopqrstuv") + "]}", f"labels: has 22 labels. Give {LABELS}."),
    ("{labels: {en: [A, B], ko: [가]}}",
     "labels: has not the same number of labels in every language (en 2, ko 1). Give as many in each."),
    ("{labels: {ko: [가, 나]}}", "labels: has no text in the source language. Add en."),
    ("{labels: [1, B]}", "labels[0]: a label must be a text, not 1. Write it in quotes."),
    ("{labels: ['', B]}", "labels[0]: a label must be a text, not an empty text."),
    ("{labels: low to high}", f'labels: must be {LABELS}, not the text "low to high".'),
    ("{points: 9}", "ends: is missing. Give a list of 2 labels, or a mapping from languages to such lists."),
    ("{ends: [A, B]}", "points: is missing. Give a whole number from 2 to 21."),
    ("{points: 1, ends: [A, B]}", "points: must be a whole number from 2 to 21, not 1."),
    ("{points: 9, ends: [A, B, C]}",
     "ends: has 3 labels. Give a list of 2 labels, or a mapping from languages to such lists."),
    ("{labels: [A, B], points: 2}", "points: stands beside labels. Keep labels, or else points and ends."),
])
def test_scales(scale, expected):
    problems = refusals_with("role: {points: 3, ends: [None, All]}", f"role: {scale}")
    assert f"line 11: scales.role.{expected}" in problems
    assert all("scales.role.labels" in problem for problem in problems[1:])


def test_a_scale_without_points():
    assert refusals_with("role: {points: 3, ends: [None, All]}", "role: {}") == [
        "line 11: scales.role: has no points. Give labels, or points and ends."]


def test_from_two_to_twenty_one_points_are_taken():
    for points in (2, 21):
        assert read_study(SMALL.replace("points: 3", f"points: {points}"))["scales"]["role"]["points"] == points


def test_languages_that_cannot_be_relied_on_are_refused_alone():
    assert refusals_with("languages: [en, ko]", "languages: [english, ko]") == [
        'line 3: languages[0]: must be a language code such as en, ko or zh-Hant, not the text "english".']


@pytest.mark.parametrize("language", ["ja", "zh-Hant", "pt-BR", "zh-Hant-TW", "es-419", "fil", "no"])
def test_language_codes(language):
    study = read_study(SMALL.replace("languages: [en, ko]", f"languages: [en, ko, {language}]"))
    assert study["languages"] == ["en", "ko", language]
