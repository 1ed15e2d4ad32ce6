"""A file of answers comes in whole or not at all, and twice is once."""

import pytest

from surveys.exceptions import FileRefused, NotReady, RoundNotOpen
from surveys.models import Answer, Rationale, Response, Round
from surveys.workflow.answer_files import import_answers
from surveys.workflow.rounds import close_round, open_round
from tests.factories import a_definition, a_study, add_experts, by_panel, count, give, public

pytestmark = pytest.mark.django_db

ITEMS = [
    {"code": "grave", "kind": "rating", "scale": "five", "text": "How grave?", "rationale": "optional"},
    {"code": "chance", "kind": "probability", "text": "How probable?", "confidence": True},
    {"code": "days", "kind": "number", "minimum": 0, "maximum": 365, "decimals": 0, "text": "How many days?"},
    {"code": "way", "kind": "choice", "cannot_judge": False, "text": "Which?",
     "options": [{"code": "force", "text": "Force"}, {"code": "trade", "text": "Trade"}]},
    {"code": "idea", "kind": "text", "text": "What next?"},
]
HEADER = "panelist,item,component,value,cannot_judge,confidence,rationale\n"


@pytest.fixture
def open_one() -> Round:
    study = a_study(a_definition(questionnaire=[{"section": "main", "items": ITEMS}]))
    add_experts(study, {"us": 3})
    return open_round(study, 1)


def test_every_kind_comes_in_and_the_responses_are_submitted(open_one: Round) -> None:
    rows = ["us-1,grave,,4,,,a reason", "us-1,chance,,0.001,,70,",
            "us-1,days,,30,,,", "us-1,way,,force,,,", 'us-1,idea,,"two, things",,,', "us-2,grave,,,1,,"]
    import_answers(open_one, HEADER + "\n".join(rows))
    item = "asked_item__item_version__item__code"
    stored = Answer.objects.order_by("pk").values_list("response__panelist__code", item, "value", "cannot_judge", "confidence")
    assert list(stored) == [
        ("us-1", "grave", 4, False, None), ("us-1", "chance", 0.001, False, 70), ("us-1", "days", 30, False, None),
        ("us-1", "way", "force", False, None), ("us-1", "idea", "two, things", False, None), ("us-2", "grave", None, True, None),
    ]
    assert set(Response.objects.values_list("panelist__code", "state")) == {("us-1", "submitted"), ("us-2", "submitted")}
    assert Rationale.objects.get().state == "pending"


@pytest.mark.parametrize(("row", "problem"), [
    ("nobody,grave,,4,,,", "no panelist “nobody”"),
    ("us-1,other,,4,,,", "does not ask an item “other”"),
    ("us-1,grave,x,4,,,", "has no component “x”"),
    ("us-1,grave,,6,,,", "positions 1 to 5"),
    ("us-1,grave,,0,,,", "positions 1 to 5"),
    ("us-1,grave,,four,,,", "positions 1 to 5"),
    ("us-1,grave,,3.5,,,", "positions 1 to 5"),
    ("us-1,chance,,101,,,", "from 0 to 100"),
    ("us-1,chance,,1e308,,,", "too large"),
    ("us-1,chance,,NaN,,,", "is not a number"),
    ("us-1,chance,,0.0001,,,", "at most 3 decimals"),
    ("us-1,days,,-1,,,", "from 0 to 365"),
    ("us-1,days,,1.5,,,", "whole number"),
    ("us-1,way,,love,,,", "one of the options"),
    ("us-1,way,,,1,,", "does not offer “cannot judge”"),
    ("us-1,grave,,4,1,,", "not both"),
    ("us-1,grave,,4,yes,,", "1, 0 or empty"),
    ("us-1,chance,,5,,101,", "confidence is a whole number from 0 to 100"),
    ("us-1,grave,,4,,50,", "does not ask for confidence"),
    ("us-1,chance,,5,,,why", "does not ask for rationale"),
    ("us-1,chance,,,,50,", "no answer"),
])
def test_a_mistake_is_told_with_its_line_and_nothing_is_written(open_one: Round, row: str, problem: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        import_answers(open_one, HEADER + "us-2,grave,,3,,,\n" + row + "\n")
    assert "line 3" in str(refusal.value) and problem in str(refusal.value)
    assert not Answer.objects.exists() and not Response.objects.exists()


def test_a_repeated_row_must_be_the_same(open_one: Round) -> None:
    import_answers(open_one, HEADER + "us-1,grave,,4,,,\nus-1,grave,,4,,,\n")
    assert Answer.objects.get().value == 4
    with pytest.raises(FileRefused, match=r"line 3.*line 2"):
        import_answers(open_one, HEADER + "us-1,grave,,4,,,\nus-1,grave,,5,,,\n")


def test_the_same_file_twice_changes_nothing(open_one: Round) -> None:
    content = HEADER + "us-1,grave,,4,,,a reason\nus-1,chance,,5,,60,\n"
    import_answers(open_one, content)
    before = list(Answer.objects.values()), list(Rationale.objects.values()), open_one.study.audit_events.count()
    import_answers(open_one, content)
    assert (list(Answer.objects.values()), list(Rationale.objects.values()), open_one.study.audit_events.count()) == before


def test_an_empty_value_is_not_answered_but_the_response_counts(open_one: Round) -> None:
    import_answers(open_one, HEADER + "us-1,grave,,,,,\n")
    assert Response.objects.get().is_submitted and not Answer.objects.exists()


def test_from_round_2_on_equal_is_kept_and_other_is_changed() -> None:
    study = a_study(public())
    add_experts(study, {"us": 2})
    first = open_round(study, 1)
    give(first, by_panel("grave", {"us": [3, 3]}))
    count(first)
    second = open_round(study, 2)
    give(second, by_panel("grave", {"us": [3, 4]}))
    assert list(Answer.objects.filter(response__round=second).order_by("pk").values_list("decision", flat=True)) == ["kept", "changed"]


def test_a_closed_round_takes_no_file(open_one: Round) -> None:
    close_round(open_one.pk)
    with pytest.raises(RoundNotOpen):
        import_answers(open_one, HEADER + "us-1,grave,,4,,,\n")


def test_reasons_are_approved_on_import_only_for_public_data(open_one: Round) -> None:
    with pytest.raises(NotReady, match="public_data"):
        import_answers(open_one, HEADER + "us-1,grave,,4,,,why\n", approve_reasons=True)


@pytest.mark.parametrize(("content", "problem"), [
    (b"", "no column “panelist”"),
    (b"panelist,item\nus-1,grave\n", "no column “value”"),
    (b"panelist,item,value,colour\n", "unknown column “colour”"),
    (b"panelist,item,value,value\n", "stands there twice"),
    ("panelist,item,value\nus-1,grave,\xff".encode("latin-1"), "not in UTF-8"),
    (b"panelist,item,value\nus-1,gr\0ave,4\n", "NUL"),
    (b"panelist,item,value\nus-1,grave,4,5\n", "4 cells"),
    (b'panelist,item,value\nus-1,"grave,4\n', "not a CSV file"),
])
def test_what_is_not_such_a_table_is_refused_in_plain_words(open_one: Round, content: bytes, problem: str) -> None:
    with pytest.raises(FileRefused, match=problem):
        import_answers(open_one, content)


def test_semicolons_bom_and_old_line_ends_are_taken(open_one: Round) -> None:
    import_answers(open_one, "\ufeffpanelist;item;value\r\nus-1;grave;4\r\n".encode())
    assert Answer.objects.get().value == 4


def test_a_reason_that_is_too_long_is_named_with_its_line(open_one: Round) -> None:
    with pytest.raises(FileRefused, match="line 2: item “grave”: This text is too long: 4001 characters, at most 4000"):
        import_answers(open_one, HEADER + f"us-1,grave,,4,,,{'x' * 4001}")
    assert not Response.objects.exists()
