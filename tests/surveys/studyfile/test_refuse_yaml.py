"""Files that are not plain YAML: told with the line and what to do, whatever the bytes."""

import pytest
import yaml

from surveys.studyfile import StudyFileRefused, parse_yaml, reading
from tests.surveys.studyfile.studies import SMALL, refusals

EMPTY = "line 1: the file is empty. Start from a bundled study or the example in docs/study-file.md."
CASES = {
    "empty": (b"", EMPTY),
    "comment only": (b"# later\n", EMPTY),
    "byte order mark of UTF-16": ("a: 1".encode("utf-16"),
                                  "line 1: the file is in UTF-16 or UTF-32. Save it as UTF-8."),
    "Latin 1": ("a: 1\nb: é".encode("latin-1"), "line 2: byte 0xE9 is not UTF-8. Save the file as UTF-8."),
    "NUL": (b"a: 1\nb: \0", "line 2: the sign U+0000 can't stand in a YAML file. Remove it."),
    "lone surrogate": ("a: \ud800", "line 1: byte 0xED is not UTF-8. Save the file as UTF-8."),
    "too large": (b"#" * 5_000_001,
                  "line 1: the file is larger than 5 MB. A study takes far less; is it the right file?"),
    "tab": ("a:\n\tb: 1", "line 2: a tab stands where YAML takes only spaces. "
                          "Replace tabs at the start of the line by spaces."),
    "two documents": ("a: 1\n---\nb: 1", "line 2: a second document begins here. "
                                         "Keep one study in a file, and remove lines of --- or ... in it."),
    "duplicate key": ("a: 1\nb: 2\na: 3", "line 3: a: this key is there twice, in line 1 and in line 3. Keep one."),
    "duplicate key further in": ("a:\n- b: 1\n  c: 2\n  b: 1",
                                 "line 4: a[0].b: this key is there twice, in line 2 and in line 4. Keep one."),
    "custom tag": ("a: !!python/name:os.system x",
                   'line 1: a: the tag "tag:yaml.org,2002:python/name:os.system" is not taken. Remove it.'),
    "tag of a list": ("a: !things [1]", 'line 1: a: the tag "!things" is not taken. Remove it.'),
    "merge key": ("a: &a {b: 1}\nc:\n  <<: *a", "line 3: c: merging with << is not taken. Write the keys out."),
    "key that is a number": ("a: 1\n5: 2", "line 2: a key must be text, and this is 5. Write it in quotes."),
    "key that is true": ("true: 2", "line 1: a key must be text, and this is true. Write it in quotes."),
    "key that is a list": ("[a]: 2", "line 1: a list can't be a key here. Look for a bracket too many."),
    "recursive alias": ("a: &a [*a]", "line 1: *a stands inside &a, so it would never end. Write the part out."),
    "alias without anchor": ("a: *b", "line 1: *b stands for &b, which is nowhere above. Write the part out."),
    "number of a thousand digits": ("a: " + "1" * 1000,
                                    "line 1: a: has too many digits for a number. Shorten it, or write it in quotes."),
    "sign that turns the writing": ('a: "x\\u202Ey"',
                                    "line 1: a: holds the sign U+202E, which no screen shows. Remove it."),
    "NUL by escape": ('a: "\\0"', "line 1: a: holds the sign U+0000, which no screen shows. Remove it."),
    "deep": ("[" * 3000,
             "line 1: parts are nested more than 40 deep; a study needs ten. Look for brackets not closed."),
}


@pytest.mark.parametrize(("given", "expected"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("loader", [reading.LOADER, yaml.SafeLoader], ids=["C", "Python"])
def test_refused_with_line_and_remedy(given, expected, loader, monkeypatch):
    monkeypatch.setattr(reading, "LOADER", loader)
    with pytest.raises(StudyFileRefused) as refused:
        parse_yaml(given)
    assert refused.value.problems == [expected]


SYNTAX = {
    "bracket open": ("a: [1, 2\nb: 3\n", "Look for"),
    "quote open": ('a: 1\nb: "x\n', "Look for a quote or bracket that is not closed."),
    "colon in a text": ("a: b: c", "A text with a colon needs quotes"),
    "indentation": ("a:\n    b: 1\n  c: 2", "Indent keys of one mapping"),
    "at sign": ("a: @b", "Put a text that begins with a special sign in quotes."),
    "backslash": ('a: "\\q"', "In double quotes write a backslash twice"),
    "impossible escape": ('a: "\\UFFFFFFFF"', "this is not YAML"),
}


@pytest.mark.parametrize(("given", "remedy"), SYNTAX.values(), ids=SYNTAX)
@pytest.mark.parametrize("loader", [reading.LOADER, yaml.SafeLoader], ids=["C", "Python"])
def test_syntax_is_refused_once_with_line_and_remedy(given, remedy, loader, monkeypatch):
    monkeypatch.setattr(reading, "LOADER", loader)
    with pytest.raises(StudyFileRefused) as refused:
        parse_yaml(given)
    (problem,) = refused.value.found
    assert remedy in problem.text
    assert 1 <= problem.line <= given.count("\n") + 1
    assert "this is not YAML: " in problem.text


def test_aliases_that_would_grow_beyond_measure_are_refused():
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdef", "bcdefg", strict=True):
        lines.append(f"{name}: &{name} [{', '.join(['*' + before] * 10)}]")
    with pytest.raises(StudyFileRefused) as refused:
        parse_yaml("\n".join(lines))
    assert refused.value.problems == [
        "line 6: there are more than 200,000 values here, too many for one study. Shorten it."]


def test_mistakes_of_yaml_and_of_the_study_are_refused_together_sorted_by_line():
    assert refusals(SMALL.replace("study: small", "study: Small") + "title: again\n<<: {a: 1}\n") == [
        'line 1: study: must be a slug other than “new”: at most 80 lower-case letters, digits and hyphens, not the text "Small".',
        "line 22: title: this key is there twice, in line 2 and in line 22. Keep one.",
        "line 23: merging with << is not taken. Write the keys out.",
    ]
