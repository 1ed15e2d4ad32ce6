import json

from surveys.studyfile import parse_yaml, read_study
from tests.surveys.studyfile.studies import EXAMPLE, SMALL, SMALLEST, example, refusals

BUILT = "Use rating, probability, number, choice, text."


def test_the_example_is_refused_for_what_is_not_there_yet_and_for_nothing_else():
    assert refusals(EXAMPLE) == [
        "line 60: questionnaire[0].items[3].shown_if: the key shown_if is not there yet. Leave it out for now.",
        f"line 62: questionnaire[0].items[5].kind: choices is not there yet. {BUILT}",
        f"line 64: questionnaire[0].items[7].kind: plane is not there yet. {BUILT}",
        "line 65: questionnaire[0].items[8].truth: the key truth is not there yet. Leave it out for now.",
        f"line 65: questionnaire[0].items[8].kind: quantiles is not there yet. {BUILT}",
        "line 69: questionnaire[1].items[0].about: the key about is not there yet. Leave it out for now.",
        f"line 69: questionnaire[1].items[0].kind: grid is not there yet. {BUILT}",
        "line 70: questionnaire[1].items[1].mirror: the key mirror is not there yet. Leave it out for now.",
        f"line 70: questionnaire[1].items[1].kind: grid is not there yet. {BUILT}",
        f"line 71: questionnaire[1].items[2].kind: allocation is not there yet. {BUILT}",
        f"line 72: questionnaire[1].items[3].kind: ranking is not there yet. {BUILT}",
        f"line 73: questionnaire[1].items[4].kind: quantiles is not there yet. {BUILT}",
    ]


def test_the_part_of_the_example_that_is_built_is_accepted_as_given():
    study = example()
    assert read_study(json.dumps(study)) == study  # JSON is YAML
    assert [len(section["items"]) for section in study["questionnaire"]] == [6, 2]


def test_the_smallest_study_needs_five_keys_only():
    assert read_study(SMALLEST) == {
        "study": "smallest", "title": "Smallest", "languages": ["en"], "panels": [{"code": "no", "name": "Norway"}],
        "questionnaire": [{"section": "first", "title": "First", "items": [
            {"code": "open", "kind": "text", "text": "What do you think?"}]}],
    }


def test_a_plain_string_stays_a_string():
    assert read_study(SMALL)["panels"][0]["name"] == "Japan"


def test_bytes_with_and_without_byte_order_mark_are_read_alike():
    assert read_study(SMALL.encode("utf-8-sig")) == read_study(SMALL.encode()) == read_study("\ufeff" + SMALL)


def test_windows_line_ends_are_read_alike():
    assert read_study(SMALL.replace("\n", "\r\n")) == read_study(SMALL)


def test_plain_words_follow_the_core_schema_of_yaml_1_2():
    read = parse_yaml("""
text: [no, on, yes, y, 2020-01-01, "1", '2', 12:30:00, 1_000, 0b1, <<, =, !!str 5, 1e, .]
truth: [true, True, FALSE]
nothing: [null, ~, Null, ]
whole: [1, -2, +3, 007, 0o17, 0x1F]
broken: [1.5, .5, 1., 1e3, -1.5E-2]
infinite: [.inf, -.INF]
""").value
    assert read["text"] == [
        "no", "on", "yes", "y", "2020-01-01", "1", "2", "12:30:00", "1_000", "0b1", "<<", "=", "5", "1e", "."]
    assert read["truth"] == [True, True, False]
    assert read["nothing"] == [None, None, None]
    assert read["whole"] == [1, -2, 3, 7, 15, 31]
    assert read["broken"] == [1.5, 0.5, 1.0, 1000.0, -0.015]
    assert read["infinite"] == [float("inf"), float("-inf")]


def test_an_alias_stands_for_a_copy():
    read = parse_yaml("a: &one {b: [1]}\nc: *one\n").value
    assert read == {"a": {"b": [1]}, "c": {"b": [1]}}
    assert read["a"] is not read["c"]


def test_every_path_has_its_line():
    lines = parse_yaml("a: 1\nb:\n  - c: 2\n    d:\n      3\n").lines
    assert lines == {(): 1, ("a",): 1, ("b",): 2, ("b", 0): 3, ("b", 0, "c"): 3, ("b", 0, "d"): 4}
