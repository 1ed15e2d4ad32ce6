"""import_answers SLUG NUMBER FILE.csv: into an open round, the whole file or nothing."""

from pathlib import Path

import pytest

from surveys.enums import RationaleState, ResponseState
from surveys.models import Answer, AuditEvent, Rationale, Response, Study
from surveys.workflow.rounds import open_round
from tests.commands.running import Ran, run
from tests.factories import RATING, a_definition, a_study, add_experts, public

HEAD = "panelist,item,component,value,cannot_judge,confidence,rationale\n"
ITEMS = [{**RATING, "rationale": "optional", "confidence": True}, {"code": "likely", "kind": "probability", "text": "How likely?", "cannot_judge": False}]
QUESTIONNAIRE = [{"section": "main", "title": {"en": "Main"}, "items": ITEMS}]
GOOD = HEAD + "us-1,grave,,4,,80,Because\nus-1,likely,,12.5,0,,\nus-2,grave,,,1,,\nus-3,grave,,,,,\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    study = a_study(a_definition(questionnaire=QUESTIONNAIRE))
    add_experts(study, {"us": 3})
    open_round(study, 1)
    return study


def take(folder: Path, text: str, *more: str) -> Ran:
    (folder / "answers.csv").write_text(text, encoding="utf-8")
    return run("import_answers", "small", 1, folder / "answers.csv", *more)


def test_answers_are_submitted_and_an_empty_value_is_no_answer(study: Study, tmp_path: Path) -> None:
    assert take(tmp_path, GOOD) == Ran(0, "3 responses, 3 answers and 1 reasons written\n", "")
    assert set(Response.objects.values_list("state", flat=True)) == {ResponseState.SUBMITTED}
    assert sorted(Answer.objects.values_list("value", "cannot_judge"), key=str) == [(12.5, False), (4, False), (None, True)]
    assert Rationale.objects.get().state == RationaleState.PENDING


def test_the_same_file_twice_changes_nothing(study: Study, tmp_path: Path) -> None:
    take(tmp_path, GOOD)
    before = (list(Answer.objects.order_by("pk").values()), AuditEvent.objects.count())
    assert take(tmp_path, GOOD).out == "3 responses, 0 answers and 0 reasons written\n"
    assert (list(Answer.objects.order_by("pk").values()), AuditEvent.objects.count()) == before


@pytest.mark.parametrize(("rows", "said"), [
    ("us-1,grave,,6,,,\n", "line 2"),
    ("us-1,grave,,3.5,,,\n", "line 2"),
    ("us-1,likely,,101,,,\n", "line 2"),
    ("us-1,grave,,4,,,\nus-9,grave,,4,,,\n", "line 3: no panelist “us-9”"),
    ("us-1,gravity,,4,,,\n", "does not ask an item “gravity”"),
    ("us-1,grave,x,4,,,\n", "has no component “x”"),
    ("us-1,grave,,4,,,\nus-1,grave,,5,,,\n", "line 3: panelist “us-1” and item “grave” stand in line 2 already"),
    ("us-1,grave,,4,1,,\n", "either a value or cannot_judge"),
    ("us-1,grave,,4,yes,,\n", "cannot_judge is 1, 0 or empty"),
    ("us-1,likely,,,1,,\n", "does not offer"),
    ("us-1,grave,,4,,101,\n", "confidence"),
    ("us-1,likely,,4,,50,\n", "does not ask for confidence"),
    ("us-1,likely,,4,,,Because\n", "does not ask for rationale"),
    ("us-1,grave,,,,,Because\n", "but no answer"),
])
def test_a_mistake_refuses_the_whole_file(study: Study, tmp_path: Path, rows: str, said: str) -> None:
    ran = take(tmp_path, HEAD + "us-2,grave,,1,,,\n".replace("us-2", "us-3") + rows if "line" not in said else HEAD + rows)
    assert (ran.status, ran.out) == (1, "")
    assert said in ran.err
    assert not Response.objects.exists() and not Answer.objects.exists()


def test_a_repeated_row_that_is_identical_is_taken(study: Study, tmp_path: Path) -> None:
    assert take(tmp_path, HEAD + "us-1,grave,,4,,,\n" * 2).out == "1 responses, 1 answers and 0 reasons written\n"


def test_unknown_and_missing_columns_are_refused(study: Study, tmp_path: Path) -> None:
    assert "unknown column “mood”" in take(tmp_path, "panelist,item,value,mood\nus-1,grave,4,good\n").err
    assert "there is no column “value”" in take(tmp_path, "panelist,item\nus-1,grave\n").err


def test_a_round_that_is_not_open_takes_nothing(study: Study, tmp_path: Path) -> None:
    run("close_round", "small", 1)
    assert take(tmp_path, GOOD).status == 1
    assert run("import_answers", "small", 2, tmp_path / "answers.csv").status == 1
    assert not Answer.objects.exists()


def test_reasons_are_approved_at_once_only_for_public_data(study: Study, tmp_path: Path) -> None:
    assert take(tmp_path, GOOD, "--approve-reasons").status == 1
    other = a_study(public(study="open", questionnaire=QUESTIONNAIRE))
    add_experts(other, {"us": 3})
    open_round(other, 1)
    assert run("import_answers", "open", 1, tmp_path / "answers.csv", "--approve-reasons").status == 0
    assert Rationale.objects.get().state == RationaleState.APPROVED


def test_in_round_2_what_equals_the_last_answer_is_kept(study: Study, tmp_path: Path) -> None:
    take(tmp_path, HEAD + "us-1,grave,,4,,,\nus-2,grave,,4,,,\n")
    run("close_round", "small", 1, "--wait")
    run("open_round", "small", 2)
    (tmp_path / "second.csv").write_text(HEAD + "us-1,grave,,4,,,\nus-2,grave,,5,,,\nus-3,grave,,5,,,\n")
    run("import_answers", "small", 2, tmp_path / "second.csv")
    assert dict(Answer.objects.filter(response__round__number=2).values_list("response__panelist__code", "decision")) == {
        "us-1": "kept", "us-2": "changed", "us-3": "new",
    }
