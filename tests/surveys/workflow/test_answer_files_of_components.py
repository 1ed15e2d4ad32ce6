"""A file of answers to items of several numbers: a row for each component, a row with an empty one for the whole item
(semantics.md, Commands: import_answers)."""

import pytest

from surveys.exceptions import FileRefused
from surveys.models import Answer, Rationale, Round
from surveys.workflow.answer_files import import_answers
from surveys.workflow.rounds import open_round
from tests.factories import a_definition, a_study, add_experts

pytestmark = pytest.mark.django_db
AB = [{"code": "a", "text": "A"}, {"code": "b", "text": "B"}]
ITEMS = [
    {"code": "roles", "kind": "grid", "scale": "five", "rows": AB, "columns": AB, "text": "Who does what?", "rationale": "optional"},
    {"code": "points", "kind": "allocation", "options": AB, "total": 100, "text": "Share them."},
    {"code": "order", "kind": "ranking", "options": AB, "text": "In which order?", "confidence": True},
]
HEADER = "panelist,item,component,value,cannot_judge,confidence,rationale\n"


@pytest.fixture
def open_one() -> Round:
    study = a_study(a_definition(questionnaire=[{"section": "main", "items": ITEMS}]))
    add_experts(study, {"us": 3})
    return open_round(study, 1)


def stored() -> dict[str, tuple[object, bool, bool]]:
    fields = ("asked_item__item_version__item__code", "value", "is_complete", "cannot_judge")
    return {code: tuple(said) for code, *said in Answer.objects.values_list(*fields)}


def test_cells_come_in_one_by_one_and_some_cannot_be_judged(open_one: Round) -> None:
    import_answers(open_one, HEADER + "us-1,roles,a.a,4,,,\nus-1,roles,a.b,,1,,\nus-1,roles,,,,,a reason\n")
    assert stored() == {"roles": ({"a.a": 4, "a.b": "cannot_judge"}, True, False)}
    assert Rationale.objects.get().text == "a reason"


def test_a_whole_item_that_cannot_be_judged_is_one_row(open_one: Round) -> None:
    import_answers(open_one, HEADER + "us-1,points,,,1,,\n")
    assert stored() == {"points": (None, True, True)}


def test_an_unbalanced_allocation_is_kept_and_does_not_count(open_one: Round) -> None:
    import_answers(open_one, HEADER + "us-1,points,a,60,,,\nus-1,order,a,2,,80,\nus-1,order,b,1,,80,\n")
    assert stored() == {"points": ({"a": 60}, False, False), "order": ({"a": 2, "b": 1}, True, False)}


@pytest.mark.parametrize(("rows", "problem"), [
    ("us-1,points,c,60,,,\n", "has no component “c”; it has: a, b"),
    ("us-1,points,,60,,,\n", "has no component “”; it has: a, b"),
    ("us-1,points,a,,1,,\n", "belongs to item “points” as a whole"),
    ("us-1,points,a,60,,,\nus-1,points,,,1,,\n", "has both a value and “cannot judge”"),
    ("us-1,points,a,60,,,\nus-1,points,a,40,,,\n", "stand in line 2 already, with another answer"),
    ("us-1,roles,a.a,cannot_judge,,,\n", "is not a value; give 1 in the column cannot_judge"),
    ("us-1,order,a,1,,,\nus-1,order,b,1,,,\n", "Two options stand at position 1"),
    ("us-1,order,a,1,,80,\nus-1,order,b,2,,70,\n", "confidence differs between the rows"),
])
def test_what_contradicts_itself_is_refused_and_nothing_comes_in(open_one: Round, rows: str, problem: str) -> None:
    with pytest.raises(FileRefused) as refused:
        import_answers(open_one, HEADER + rows)
    assert problem in str(refused.value)
    assert not Answer.objects.exists()


def test_the_same_file_twice_changes_nothing(open_one: Round) -> None:
    file = HEADER + "us-1,roles,a.a,4,,,\nus-1,roles,a.b,,1,,\nus-1,order,a,2,,80,\nus-1,order,b,1,,,\n"
    import_answers(open_one, file)
    before = list(Answer.objects.order_by("pk").values())
    assert import_answers(open_one, file)["answers"] == 0
    assert list(Answer.objects.order_by("pk").values()) == before


def test_a_second_file_of_some_cells_leaves_the_others_as_they_are(open_one: Round) -> None:
    import_answers(open_one, HEADER + "us-1,roles,a.a,4,,,\nus-1,roles,a.b,,1,,\n")
    second = HEADER + "us-1,roles,a.a,2,,,\nus-1,roles,b.a,5,,,\nus-1,roles,a.b,,,,\n"
    import_answers(open_one, second)
    assert stored() == {"roles": ({"a.a": 2, "a.b": "cannot_judge", "b.a": 5}, True, False)}
    assert import_answers(open_one, second)["answers"] == 0, "the same file twice changes nothing"


def test_cannot_judge_of_the_whole_grid_replaces_its_cells_and_cells_replace_it(open_one: Round) -> None:
    import_answers(open_one, HEADER + "us-1,roles,a.a,4,,,\n")
    import_answers(open_one, HEADER + "us-1,roles,,,1,,\n")
    assert stored() == {"roles": (None, True, True)}
    import_answers(open_one, HEADER + "us-1,roles,a.b,3,,,\n")
    assert stored() == {"roles": ({"a.b": 3}, True, False)}


def test_of_numbers_that_belong_together_a_file_has_all_that_is_said(open_one: Round) -> None:
    """Points add up to a total and places follow each other: a mixture of two answers would be nobody's."""
    import_answers(open_one, HEADER + "us-1,points,a,60,,,\nus-1,points,b,40,,,\n")
    import_answers(open_one, HEADER + "us-1,points,a,70,,,\n")
    assert stored() == {"points": ({"a": 70}, False, False)}
