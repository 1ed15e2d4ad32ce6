"""Translations out to a spreadsheet and in again: as a whole or not at all, and never a formula."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.exceptions import FileRefused
from surveys.files.cells import FORMULA_STARTS
from surveys.models import DraftStep, Study, TextReview
from surveys.studyfile.editing import with_part
from surveys.studyfile.translating import study_texts, tidied
from surveys.workflow.drafts import edit_draft, read_draft
from surveys.workflow.rounds import open_round
from surveys.workflow.text_reviews import reviews_of, translations_in
from surveys.workflow.translation_files import (
    COLUMNS,
    Outcome,
    guarded,
    import_translations,
    preview_translations,
    unguarded,
    written_file,
)
from surveys.workflow.translations import Written, save_translations
from tests.factories import a_definition, a_study, count, csv_text

pytestmark = pytest.mark.django_db
LABELS = {"en": ["None", "Little", "Some", "Much", "Extreme"]}


@pytest.fixture
def study() -> Study:
    return a_study(a_definition(languages=["en", "ko"], title={"en": "A small study", "ko": "=연구"}))


def rows_of(study: Study, **options: Any) -> list[dict[str, str]]:
    content = written_file(read_draft(study), "ko", lambda text: f"at {text.key}", **options)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def a_file(*rows: dict[str, str]) -> str:
    return csv_text(COLUMNS, [{"language": "ko", **row} for row in rows])


def filled(study: Study, **texts: str) -> str:
    """The study's own file with some cells written."""
    rows = rows_of(study)
    for row in rows:
        row["text"] = texts.get(row["key"].replace(":", "_"), row["text"])
    return csv_text(COLUMNS, rows)


def states(study: Study) -> dict[str, str]:
    study = Study.objects.get(pk=study.pk)
    return {found.text.key: str(found.state) for found in translations_in(read_draft(study).definition, "ko", reviews_of(study))}


def outcomes(study: Study, content: str) -> dict[str, Outcome]:
    return {row.key: row.outcome for row in preview_translations(study, "ko", content)}


def test_the_file_holds_every_text_beside_its_source(study: Study) -> None:
    rows = rows_of(study)
    assert list(rows[0]) == list(COLUMNS)
    assert rows[0] == {"key": "study:title", "part": "study", "where": "at study:title", "source_language": "en", "source": "A small study", "language": "ko",
                       "text": "'=연구", "state": "draft", "note": ""}
    assert next(row["source"] for row in rows if row["key"] == "scale:five:labels") == "None\nLittle\nSome\nMuch\nExtreme"
    assert [row["state"] for row in rows[1:]] == ["missing"] * 6


def test_for_spreadsheets_the_file_begins_with_a_mark(study: Study) -> None:
    assert written_file(read_draft(study), "ko", str, bom=True).startswith(b"\xef\xbb\xbf")
    assert written_file(read_draft(study), "ko", str).startswith(b"key,")


def test_a_filled_in_file_is_taken_up_as_one_step(study: Study) -> None:
    content = filled(study, item_grave_text="얼마나 심각합니까?", scale_five_labels="없음\n조금\n보통\n많이\n매우", study_title="작은 연구")
    assert outcomes(study, content) == {
        "study:title": "changed", "panel:us": "empty", "panel:jp": "empty", "panel:kr": "empty", "scale:five:labels": "new", "section:main:title": "empty",
        "item:grave:text": "new"}
    assert DraftStep.objects.count() == 1, "a preview changes nothing"
    assert import_translations(study, "ko", content) == {"changed": 1, "new": 2, "empty": 4}
    assert DraftStep.objects.count() == 2
    assert read_draft(study).definition["scales"]["five"]["labels"] == {**LABELS, "ko": ["없음", "조금", "보통", "많이", "매우"]}


def test_the_same_file_twice_changes_nothing(study: Study) -> None:
    content = filled(study, item_grave_text="얼마나 심각합니까?")
    import_translations(study, "ko", content)
    before = (list(TextReview.objects.order_by("pk").values()), DraftStep.objects.count())
    assert set(import_translations(study, "ko", content)) == {Outcome.UNCHANGED, Outcome.EMPTY}
    assert (list(TextReview.objects.order_by("pk").values()), DraftStep.objects.count()) == before


def test_what_was_sent_out_changes_nothing_when_it_comes_back(study: Study) -> None:
    save_translations(study, "ko", {"study:title": Written("=연구", is_reviewed=True)})
    before = states(study)
    import_translations(study, "ko", filled(study))
    assert states(study) == before
    assert DraftStep.objects.count() == 1


def test_a_source_that_changed_meanwhile_leaves_the_text_outdated_and_is_said(study: Study) -> None:
    content = filled(study, item_grave_text="얼마나 심각합니까?", study_title="작은 연구")
    edit_draft(study, "head", lambda definition: with_part(definition, "title", {"en": "A large study", "ko": "=연구"}))
    assert [row.key for row in preview_translations(study, "ko", content) if row.is_stale] == ["study:title"]
    import_translations(study, "ko", content)
    assert (states(study)["study:title"], states(study)["item:grave:text"]) == ("outdated", "draft")
    assert set(import_translations(study, "ko", content)) == {Outcome.UNCHANGED, Outcome.EMPTY}


def test_a_translators_note_is_kept_and_comes_out_again(study: Study) -> None:
    content = a_file({"key": "study:title", "text": "'=연구", "note": "Is “study” 연구 or 조사?"}, {"key": "item:grave:text", "text": "얼마나?", "note": "'-"})
    assert outcomes(study, content) == {"study:title": "noted", "item:grave:text": "new"}
    import_translations(study, "ko", content)
    assert {row["key"]: row["note"] for row in rows_of(study) if row["note"]} == {"study:title": "Is “study” 연구 or 조사?", "item:grave:text": "'-"}
    assert set(outcomes(study, content).values()) == {"unchanged"}


@pytest.mark.parametrize(("row", "said"), [
    ({"key": "item:gone:text", "text": "?"}, "no text “item:gone:text”"),
    ({"key": "study:title", "text": "研究", "language": "ja"}, "in “ja”"),
    ({"key": "study:title", "text": "연구", "source_language": "ja"}, "translated from “ja”"),
    ({"key": "scale:five:labels", "text": "없음"}, "5 labels"),
    ({"key": "panel:us", "text": "다시"}, "stands there twice"),
])
def test_a_row_that_fits_nowhere_leaves_the_whole_file_out(study: Study, row: dict[str, str], said: str) -> None:
    content = a_file({"key": "panel:us", "text": "미국"}, row)
    assert Outcome.WRONG in [found.outcome for found in preview_translations(study, "ko", content)]
    with pytest.raises(FileRefused) as refused:
        import_translations(study, "ko", content)
    assert said in refused.value.problems[0] and refused.value.problems[0].startswith("line 3")
    assert states(study)["panel:us"] == "missing"


def test_columns_are_checked_and_only_three_are_needed(study: Study) -> None:
    with pytest.raises(FileRefused, match="no column “text”"):
        preview_translations(study, "ko", "key,language\n")
    assert outcomes(study, "key;language;text\npanel:us;ko;미국") == {"panel:us": "new"}


def test_between_rounds_a_file_fills_what_is_missing_and_changes_nothing_else(study: Study) -> None:
    count(open_round(study, 1))
    study = Study.objects.get()
    assert import_translations(study, "ko", filled(study, item_grave_text="얼마나 심각합니까?"))[Outcome.NEW] == 1
    study = Study.objects.get()
    assert outcomes(study, filled(study, item_grave_text="다른 말"))["item:grave:text"] == Outcome.WRONG


@given(st.text())
def test_guarding_a_cell_runs_no_formula_and_is_undone_to_the_letter(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).lstrip(" ").startswith(FORMULA_STARTS)


TEXTS = st.text(st.sampled_from("'=+-@ \n\r\t,;\"aé한あ＝\u202e\0"), min_size=1, max_size=12)


MANY = 60  # texts at once: each example writes the study four times, whether it has few of them or many
QUESTIONS = [{"section": "main", "title": {"en": "Main"}, "items": [{"code": f"q-{n}", "kind": "text", "text": {"en": f"What ({n})?"}} for n in range(MANY)]}]


@settings(max_examples=12)
@given(st.lists(TEXTS, min_size=MANY, max_size=MANY))
def test_whatever_is_written_comes_back_as_it_went_out(written: list[str]) -> None:
    study = a_study(a_definition(languages=["en", "ko"], study="round-trip", questionnaire=QUESTIONS))
    keys = [text.key for text in study_texts(read_draft(study).definition) if not text.is_list]
    texts = {key: text for key, text in zip(keys, written, strict=False) if tidied(text)}
    save_translations(study, "ko", {key: Written(text) for key, text in texts.items()})
    content = written_file(read_draft(study), "ko", str)
    save_translations(study, "ko", {key: Written("") for key in texts})
    import_translations(study, "ko", content)
    assert {text.key: text.texts["ko"] for text in study_texts(read_draft(study).definition) if "ko" in text.texts} == {
        key: tidied(text) for key, text in texts.items()}
    assert import_translations(study, "ko", content).keys() <= {Outcome.UNCHANGED, Outcome.EMPTY}
