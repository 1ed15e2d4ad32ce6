"""reasons.csv and open_answers.csv: what was let through, and nothing about who wrote it."""

import csv
from collections.abc import Mapping
from io import StringIO

import pytest

from analysis.exports.shown import what_is_shown
from analysis.exports.texts import open_answers_file, reasons_file
from surveys.models import Answer, Panelist, Rationale, Round, Study
from surveys.workflow.answer_files import import_answers
from surveys.workflow.open_answers import decide_open_answer
from surveys.workflow.rationales import decide_rationale
from surveys.workflow.responses import withdraw
from surveys.workflow.rounds import open_round
from tests.factories import a_study, add_experts, count, csv_text

pytestmark = pytest.mark.django_db
ITEMS = [
    {"code": "grave", "kind": "rating", "scale": "five", "text": "How grave?", "rationale": "optional"},
    {"code": "aim", "kind": "choice", "text": "Which?", "rationale": "optional", "options": [{"code": "a", "text": "A"}, {"code": "b", "text": "B"}]},
    {"code": "why", "kind": "text", "text": "What is missing?"},
]
VALUES = (1, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 5)  # quartiles of type 7: 2.75 and 4.25, so 3 below, 6 within, 3 above


def a_round(minimum: int = 3, values: Mapping[str, tuple[int, ...]] | None = None) -> Round:
    said = values or {"us": VALUES[::2], "jp": VALUES[1::2]}
    study = a_study(questionnaire=[{"section": "main", "title": "Main", "items": ITEMS}], disclosure={"minimum": minimum})
    add_experts(study, {panel: len(given) for panel, given in said.items()})
    study_round = open_round(study, 1)
    rows = []
    for panel, given in said.items():
        for place, value in enumerate(given, start=1):
            person = f"{panel}-{place}"
            rows += [{"panelist": person, "item": "grave", "value": value, "rationale": f"{value} since {person} thinks so"},
                     {"panelist": person, "item": "aim", "value": "ab"[place % 2], "rationale": f"aim of {person}"},
                     {"panelist": person, "item": "why", "value": f"=word from {person}"}]
    import_answers(study_round, csv_text(["panelist", "item", "value", "rationale"], rows))
    return count(study_round)


def approve_everything() -> None:
    for reason in Rationale.objects.all():
        decide_rationale(reason.pk, "approved", by=None)
    for answer in Answer.objects.filter(asked_item__item_version__item__code="why"):
        decide_open_answer(answer.pk, "approved", by=None)


def reasons(study: Study) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(b"".join(reasons_file(what_is_shown(study))).decode(), newline="")))


def answers(study: Study) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(b"".join(open_answers_file(what_is_shown(study))).decode(), newline="")))


def positions(study: Study) -> dict[str, str]:
    """The first figure of a reason → its position."""
    return {row["text"][0]: row["position"] for row in reasons(study) if row["item"] == "grave"}


def test_nothing_leaves_before_a_moderator_let_it_through() -> None:
    study = a_round().study
    assert (reasons(study), answers(study)) == ([], [])


def test_a_part_leaves_as_that_part_and_what_is_withheld_not_at_all() -> None:
    study = a_round().study
    first, second = Rationale.objects.filter(asked_item__item_version__item__code="grave").order_by("text")[:2]
    decide_rationale(first.pk, "redacted", by=None, published_text="thinks so", reason="names a person")
    decide_rationale(second.pk, "withheld", by=None, reason="insults")
    assert [row["text"] for row in reasons(study)] == ["thinks so"]


def test_columns_name_neither_panel_nor_person_nor_time() -> None:
    study = a_round().study
    approve_everything()
    leading = ["study", "round", "section", "item", "item_version", "kind"]
    assert list(reasons(study)[0]) == [*leading, "position", "language", "text"]
    assert list(answers(study)[0]) == [*leading, "language", "text"]
    assert len(reasons(study)) == 24 and len(answers(study)) == 12


def test_the_order_follows_from_the_texts_alone() -> None:
    study = a_round().study
    approve_everything()
    before = reasons(study)
    assert reasons(study) == before
    Rationale.objects.update(saved_at="2020-01-01T00:00Z")
    for reason in Rationale.objects.all():  # other rows, written in another order, with the same texts
        kept = {field: getattr(reason, field) for field in ("response", "asked_item", "text", "state", "published_text")}
        reason.delete()
        Rationale.objects.create(**kept)
    assert reasons(study) == before
    words = [row["text"] for row in before if row["item"] == "grave"]
    assert words != sorted(words)
    assert [row["item"] for row in before] == ["grave"] * 12 + ["aim"] * 12


def test_a_formula_among_the_texts_stays_a_text() -> None:
    study = a_round().study
    approve_everything()
    assert all(row["text"].startswith("'=word from") for row in answers(study))


def test_positions_say_on_which_side_of_the_middle_half_the_answer_lies() -> None:
    study = a_round().study
    approve_everything()
    assert positions(study) == {"1": "below", "2": "below", "3": "within", "4": "within", "5": "above"}


def test_a_side_with_fewer_than_the_minimum_is_not_named() -> None:
    study = a_round(minimum=4).study
    approve_everything()
    assert positions(study) == {"1": "", "2": "", "3": "within", "4": "within", "5": ""}


def test_options_without_order_have_no_sides() -> None:
    study = a_round().study
    approve_everything()
    assert {row["position"] for row in reasons(study) if row["item"] == "aim"} == {""}


def test_positions_are_not_told_where_everybodys_row_is_protected() -> None:
    study = a_round(values={"us": (2, 3)}).study
    approve_everything()
    assert positions(study) == {"2": "", "3": ""}


def test_after_an_erasure_no_position_tells_on_which_side_somebody_is_gone() -> None:
    study = a_round().study
    approve_everything()
    what_is_shown(study)
    withdraw(Panelist.objects.get(code="us-1"))  # the results were seen, so those stay
    assert len(reasons(study)) == 22
    assert set(positions(study).values()) == {""}


def test_a_language_is_told_where_its_signs_show_it() -> None:
    study = a_round().study
    ids = list(Rationale.objects.order_by("text").values_list("pk", flat=True)[:3])
    for pk, words in zip(ids, ("지리 때문입니다", "地理のため", "Geography"), strict=True):
        decide_rationale(pk, "redacted", by=None, published_text=words, reason="shorter")
    assert {row["text"]: row["language"] for row in reasons(study)} == {"지리 때문입니다": "ko", "地理のため": "ja", "Geography": ""}
