"""Whatever the bytes, a study or a refusal: never a traceback."""

import json

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.studyfile import StudyFileRefused, parse_yaml, read_study, reading, write_study
from tests.surveys.studyfile.studies import MORE, SMALL, whole

PIECES = st.sampled_from([
    *"-:,[]{}&*!|>'\"%@`#? \n\t~=.0179ax\\\r\u2028\x85\ufeff\U0001f642",
    "---\n", "...\n", "<<: ", "&a ", "*a ", "!!str ", "!x ", "%YAML 1.1\n", "%YAML 99999999999999999999.1\n", "\\UFFFFFFFF",
    "\\x", "1e999", "0x" + "f" * 200, "? ", "- ", ": ", "null", ".inf", "study: ", "languages: ", "kind: ", "|+\n ", ">-\n ",
])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    | st.sampled_from(["rule", "rating", "choice", "text", "no", "en", "iqr", "top_two", "agreement5",
                       "grid", "choices", "quantiles", "panels", "rated", "roles", "functions"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["rule", "band", "at_least", "code", "kind", "text", "scale", "options", "en", "ordinal",
                         "item", "component", "is", "one_of", "includes", "rows", "x"]),
        inner, max_size=4), max_leaves=8)


def check_read(text):
    """Read, and if accepted then written and re-read equal; or refused with lines."""
    try:
        study = read_study(text)
    except StudyFileRefused as refused:
        assert refused.problems
        assert all(problem.line >= 1 and problem.text for problem in refused.found)
        "\n".join(refused.problems).encode("utf-8")
    else:
        assert read_study(write_study(study)) == study


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes(given_bytes):
    check_read(given_bytes)


@settings(max_examples=500, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_pieces_of_yaml(text):
    check_read(text)
    with_pure_loader(text)


def with_pure_loader(text):
    loader, reading.LOADER = reading.LOADER, yaml.SafeLoader
    try:
        parse_yaml(text)
    except StudyFileRefused as refused:
        assert refused.problems
    finally:
        reading.LOADER = loader


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(SMALL + MORE) - 1), st.integers(0, 12), st.lists(PIECES, max_size=3).map("".join))
def test_a_study_with_a_part_overwritten(start, length, piece):
    check_read((SMALL + MORE)[:start] + piece + (SMALL + MORE)[start + length:])


def paths(value, path=()):
    yield path
    if isinstance(value, dict | list):
        for step in value if isinstance(value, dict) else range(len(value)):
            yield from paths(value[step], (*path, step))


EXTRA = {
    "consensus": {"ordinal": {"rule": "percent_agreement", "band": [4, 5], "at_least": 0.7}},
    "stability": {"rule": "scheibe", "below": 15}, "disclosure": {"minimum": 5}, "time_zone": "Asia/Seoul",
    "organisation": {"name": "A", "sender": "a@b.c"}, "consent": {"version": 1, "text": "x"}, "anonymity": ["peers"],
    "retention": {"answers_days": 5}, "rounds": {"maximum": 2}, "feedback": {"reasons": "none"}, "public_data": False,
}
PATHS = [path for path in paths(whole() | EXTRA) if path]


@settings(max_examples=900, deadline=None)
@given(st.sampled_from(PATHS), VALUES)
def test_a_study_with_a_value_replaced(path, value):
    study = whole() | json.loads(json.dumps(EXTRA))
    holder = study
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    check_read(json.dumps(study).replace("NaN", ".nan").replace("Infinity", ".inf"))
