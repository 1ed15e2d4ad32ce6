import json

from surveys.items import KINDS
from surveys.studyfile import parse_yaml, read_study
from tests.surveys.studyfile.studies import SMALL, SMALLEST, example


def test_the_example_of_every_part_of_the_format_is_accepted_as_given():
    study = example()
    assert read_study(json.dumps(study)) == study  # JSON is YAML
    assert [len(section["items"]) for section in study["questionnaire"]] == [9, 7]
    kinds = [item["kind"] for section in study["questionnaire"] for item in section["items"]]
    assert set(kinds) == set(KINDS), "study-example.yaml shows every kind: give each one an item, and count it above"


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
