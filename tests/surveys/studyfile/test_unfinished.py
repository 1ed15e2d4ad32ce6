"""A study file that is not finished: it is written, read back the same, and taken up as far as it can be."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.studyfile import parse_yaml, write_study
from surveys.studyfile.checking import problems_in
from surveys.studyfile.problems import StudyFileRefused
from surveys.studyfile.unfinished import mark_unfinished, read_unfinished
from tests.surveys.studyfile.studies import whole

LIKE = {"study": "mine", "title": {"en": "Mine"}, "languages": ["en", "ko"]}
ODD = st.sampled_from([None, True, -9, 7, "", "no", "a: b", "panels", [], {}, [{}], {"a": [1]}])


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for step, part in parts for place in places(part, (*path, step)))]


def with_change(study: dict[str, Any], path: tuple[Any, ...], new: Any) -> dict[str, Any]:
    """A copy whose part at the path is replaced, or, for Ellipsis, removed."""
    found = copy.deepcopy(study)
    parent = found
    for step in path[:-1]:
        parent = parent[step]
    if new is ...:
        del parent[path[-1]]
    else:
        parent[path[-1]] = new
    return found


PLACES = places(whole())[1:]


@settings(max_examples=150, deadline=None)
@given(place=st.sampled_from(PLACES), new=ODD | st.just(...))
def test_what_lacks_a_part_or_has_an_odd_one_is_written_and_reads_back_equal(place: tuple[Any, ...], new: Any) -> None:
    study = with_change(whole(), place, new)
    text = write_study(study)
    assert parse_yaml(text).value == study
    assert parse_yaml(mark_unfinished(text)).value == study


@settings(max_examples=150, deadline=None)
@given(place=st.sampled_from(PLACES), new=ODD | st.just(...))
def test_it_is_taken_up_or_refused_with_reasons(place: tuple[Any, ...], new: Any) -> None:
    study = with_change(whole(), place, new)
    try:
        found, notes = read_unfinished(write_study(study), like={**LIKE, "study": study.get("study", "mine")})
    except StudyFileRefused as refusal:
        assert refusal.problems
        return
    assert all(isinstance(item["code"], str) for section in found["questionnaire"] for item in section["items"])
    assert notes or place[-1] in ("panels", "items", "study") or found == study
    assert isinstance(problems_in(found), list)


def test_a_whole_study_comes_back_as_it_was() -> None:
    study = whole()
    assert read_unfinished(write_study(study), like={**LIKE, "study": study["study"]}) == (study, [])


def test_another_short_name_gives_way_and_that_is_said() -> None:
    found, notes = read_unfinished("study: theirs\ntitle: Theirs\nlanguages: [en]\nquestionnaire: []", like=LIKE)
    assert found == {"study": "mine", "title": "Theirs", "languages": ["en"], "panels": [], "questionnaire": []}
    assert notes == ["In the file the study is called “theirs”; here it keeps its short name, “mine”."]


def test_what_is_missing_is_told_afterwards() -> None:
    found, _notes = read_unfinished("study: mine\nquestionnaire: [{section: a, items: [{code: one, kind: rating}]}]", like=LIKE)
    assert {problem.path for problem in problems_in(found)} == {
        "panels", "questionnaire[0].title", "questionnaire[0].items[0].scale", "questionnaire[0].items[0].text"}


def test_what_has_no_code_gets_one() -> None:
    found, notes = read_unfinished("study: mine\npanels: [{name: Korea}]\nquestionnaire: [{items: [{kind: text}, {code: item}, {code: 7}]}]", like=LIKE)
    assert found["panels"] == [{"name": "Korea", "code": "panel"}]
    assert found["questionnaire"][0]["section"] == "section"
    assert [item["code"] for item in found["questionnaire"][0]["items"]] == ["item-2", "item", "7"]
    assert len([note for note in notes if "given one" in note]) == 4


@pytest.mark.parametrize("text", [
    "", "- a", "study: mine", "questionnaire: 5", "questionnaire: [1]", "questionnaire: [{section: a, items: 3}]", "questionnaire: []\nscales: 3",
    "questionnaire: []\nscales: {a: 3}", "questionnaire: []\noption_lists: {a: {b: 3}}", "questionnaire: []\npanels: {}", "questionnaire: []\naim: .nan",
    "questionnaire: [{section: a, items: [{code: b, scale: [1]}]}]", "questionnaire: [{section: a, items: [{code: b, x: {scale: {}}}]}]",
    "questionnaire: []\npanels: [{code: a, theatres: yes}]", "questionnaire: []\npanels: [{code: a, theatres: [{}]}]",
    "questionnaire: []\nquestionnaire: []", "questionnaire: [", b"\xff\xfe\x00", "questionnaire: []\naim: !!python/object x",
])
def test_what_can_not_be_walked_through_is_refused_with_its_place(text: str | bytes) -> None:
    with pytest.raises(StudyFileRefused) as refused:
        read_unfinished(text, like=LIKE)
    assert all(problem.startswith("line ") for problem in refused.value.problems)
