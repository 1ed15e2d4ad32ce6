"""Keys and types: unknown, missing, of another kind, not there yet."""

import pytest

from surveys.items import COMMON_KEYS, KINDS
from surveys.studyfile.questionnaire import ITEM_KEYS
from tests.surveys.studyfile.studies import refusals, refusals_after, refusals_with


def test_every_key_that_a_kind_takes_has_a_place_in_the_format():
    assert COMMON_KEYS.union(*(kind.keys for kind in KINDS.values())) == set(ITEM_KEYS)


@pytest.mark.parametrize("text", ["- a\n", "just words\n", "7\n", "true\n"])
def test_a_file_that_is_no_mapping(text):
    (problem,) = refusals(text)
    assert problem.startswith("line 1: must be a mapping with the keys study, title, languages, panels, questionnaire")


def test_required_keys():
    assert refusals("aim: x\n") == [
        "line 1: study: is missing. Give a slug other than “new”: at most 80 lower-case letters, digits and hyphens.",
        "line 1: title: is missing. Give a text, or a mapping from languages to texts.",
        "line 1: languages: is missing. Give a list of language codes, the source language first.",
        "line 1: panels: is missing. Give a list of panels, each with code and name.",
        "line 1: questionnaire: is missing. Give a list of sections, each with section, title and items.",
    ]


def test_a_misspelt_key_is_answered_with_the_one_meant():
    assert refusals_after("langauges: [en]\n") == [
        'line 22: langauges: there is no key "langauges" here. Did you mean languages?']


def test_a_misspelt_key_of_an_item():
    assert refusals_with("theatre: east", "theater: east") == [
        'line 19: questionnaire[0].items[1].theater: there is no key "theater" here. Did you mean theatre?']


def test_a_key_of_another_kind():
    assert refusals_with("text: How likely?", "text: How likely?, scale: agreement5") == [
        "line 19: questionnaire[0].items[1].scale: an item of kind probability takes no scale. "
        "Remove it, or change the kind."]


def test_a_key_that_the_kind_requires():
    assert refusals_with("scale: agreement5, ", "") == [
        "line 18: questionnaire[0].items[0].scale: is missing. Give a name."]


def test_an_unknown_kind():
    assert refusals_with("kind: probability", "kind: likert") == [
        f'line 19: questionnaire[0].items[1].kind: must be one of {", ".join(KINDS)}, not the text "likert".']


def test_real_time_is_not_there_yet():
    assert refusals_after("protocol: real_time\n") == ["line 22: protocol: real_time is not there yet. Use classical."]


@pytest.mark.parametrize(("lines", "expected"), [
    ("public_data: yes\n", 'public_data: must be true or false, not the text "yes".'),
    ("public_data:\n", "public_data: is empty. Give true or false, or remove the key."),
    ("quantile_type: 10\n", "quantile_type: must be a whole number from 1 to 9, not 10."),
    ("quantile_type: true\n", "quantile_type: must be a whole number from 1 to 9, not true."),
    ("quantile_type: 7.0\n", "quantile_type: must be a whole number from 1 to 9, not 7.0."),
    ("time_zone: Asia/Soul\n", 'time_zone: must be a time zone such as Asia/Seoul, not the text "Asia/Soul".'),
    ("time_zone: ../../etc/passwd\n",
     'time_zone: must be a time zone such as Asia/Seoul, not the text "../../etc/passwd".'),
    ("rounds: {maximum: 0}\n", "rounds.maximum: must be a whole number from 1 to 20, not 0."),
    ("rounds: {invite: all}\n", 'rounds.invite: must be one of everyone, respondents, not the text "all".'),
    ("rounds: {unsubmitted: drop}\n", 'rounds.unsubmitted: must be one of count, leave_out, not the text "drop".'),
    ("anonymity: [peers, peers]\n", 'anonymity[1]: "peers" is there twice. Remove one.'),
    ("anonymity: peers\n",
     'anonymity: must be a list of peers, organizers or both, not the text "peers".'),
    ("anonymity: [analysts]\n", 'anonymity[0]: must be one of peers, organizers, not the text "analysts".'),
    ("retention: {answers_days: 1.5}\n", "retention.answers_days: must be a whole number from 1 to 36500, not 1.5."),
    ("feedback: {distribution: all}\n",
     'feedback.distribution: must be one of none, own_panel, all_panels, not the text "all".'),
    ("feedback: {reasons: no}\n", 'feedback.reasons: must be one of none, moderated, not the text "no".'),
    ("consent: {version: 1}\n", "consent.text: is missing. Give a text, or a mapping from languages to texts."),
    ("consent: {version: 0, text: x}\n", "consent.version: must be a whole number from 1 to 1000000, not 0."),
    ("organisation: {name: A, sender: nobody}\n",
     "organisation.sender: must be an e-mail address such as delphi@example.org or Delphi <delphi@example.org>, "
     'not the text "nobody".'),
    ('organisation: {name: A, sender: "a@b.c\\nBcc: x@y.z"}\n',
     "organisation.sender: must be an e-mail address such as delphi@example.org or Delphi <delphi@example.org>, "
     'not the text "a@b.c\\nBcc: x@y.z".'),
    ("organisation: {name: A, contact: 5}\n",
     "organisation.contact: must be a text on one line, not 5. Write it in quotes."),
    ("disclosure: {}\n", "disclosure.minimum: is missing. Give a whole number from 1 to 1000."),
    ("disclosure: 5\n", "disclosure: must be a mapping with the keys minimum, not 5."),
])
def test_values_of_the_wrong_kind(lines, expected):
    assert refusals_after(lines) == [f"line 22: {expected}"]


@pytest.mark.parametrize("slug", ["Small", "two words", "-x", "a_b", "x" * 81, "é", "new"])
def test_slugs(slug):
    (problem,) = refusals_with("study: small", f'study: "{slug}"')
    assert problem.startswith("line 1: study: must be a slug other than “new”: at most 80 lower-case letters, digits and hyphens, not")


@pytest.mark.parametrize("code", ["a.b", "a b", "-a", "", "한국", "x" * 61])
def test_codes(code):
    (problem, *_others) = refusals_with("code: jp", f'code: "{code}"')
    assert problem.startswith("line 7: panels[0].code: must be a code: at most 60 letters a to z, digits, hyphens, under")


def test_a_code_of_digits_wants_quotes():
    assert refusals_with("code: jp", "code: 81") == [
        "line 7: panels[0].code: must be a code: at most 60 letters a to z, digits, hyphens, underscores, not 81. "
        "Write it in quotes."]


@pytest.mark.parametrize(("key", "expected"), [
    ("panels: []", "line 2: panels: needs at least 1 entry."),
    ("questionnaire: []", "line 2: questionnaire: needs at least 1 entry."),
    ("languages: []", "line 2: languages: needs at least 1 entry."),
    ("questionnaire: [{section: a, title: A, items: []}]",
     "line 2: questionnaire[0].items: needs at least 1 entry."),
    ("languages: [en, en]", 'line 2: languages[1]: "en" is there twice. Remove one.'),
    ("languages: [english]", 'line 2: languages[0]: must be a language code such as en, ko or zh-Hant, '
                             'not the text "english".'),
    ("panels: {no: Norway}", "line 2: panels: must be a list of panels, each with code and name, not a mapping."),
    ("panels: [Norway]", 'line 2: panels[0]: must be a mapping with the keys code, name, theatres, '
                         'not the text "Norway".'),
])
def test_lists(key, expected):
    assert expected in refusals(f"study: x\n{key}\n")


@pytest.mark.parametrize(("old", "new", "expected"), [
    ("minimum: 0,", "minimum: 400,", "maximum: must be greater than minimum (400)."),
    ("minimum: 0,", "minimum: .nan,", "minimum: must be a number, not nan."),
    ("minimum: 0,", "minimum: low,", "minimum: must be a number, not 'low'."),
    ("minimum: 0,", "minimum: ,", "minimum: is empty. Give a value, or remove the key."),
    ("minimum: 0,", "decimals: 9,", "decimals: must be a whole number from 0 to 6, not 9."),
    ("minimum: 0,", "rationale: maybe,",
     'rationale: must be one of none, optional, outside_middle, required, not the text "maybe".'),
    ("minimum: 0,", "confidence: 1,", "confidence: must be true or false, not 1."),
    ("minimum: 0,", "version: 0,", "version: must be a whole number from 1 to 1000000, not 0."),
])
def test_keys_of_an_item(old, new, expected):
    assert refusals_with(old, new) == [f"line 21: questionnaire[0].items[3].{expected}"]


def test_five_hundred_mistakes_are_enough():
    problems = refusals("".join(f"k{number}: 1\n" for number in range(2000)))
    assert len(problems) == 501
    assert problems[-1] == "line 500: there may be more mistakes. Mend these first."
