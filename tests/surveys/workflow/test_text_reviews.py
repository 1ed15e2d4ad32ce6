"""The state of a translation: missing, draft, reviewed, outdated; remembered whenever texts are written."""

from typing import Any

import pytest

from surveys.models import Study, TextReview
from surveys.queries import definition_of
from surveys.studyfile.editing import item_of, with_item, with_item_copied, with_item_replaced, with_part
from surveys.studyfile.translating import digest_of_text
from surveys.workflow.drafts import edit_draft, read_draft, redo, undo
from surveys.workflow.rounds import open_round
from surveys.workflow.shared_texts import reword_list
from surveys.workflow.studies import import_study
from surveys.workflow.text_reviews import completeness, completeness_in, gaps, reviews_of, translations_in
from surveys.workflow.wordings import correct_text, reword_item
from tests.factories import RATING, a_definition, a_study, count

pytestmark = pytest.mark.django_db
LABELS = {"en": ["None", "Little", "Some", "Much", "Extreme"], "ko": ["없음", "조금", "보통", "많이", "매우"]}
GRAVE = {**RATING, "text": {"en": "How grave is it?", "ko": "얼마나 심각합니까?"}}


def definition(**changes: Any) -> dict[str, Any]:
    return a_definition(languages=["en", "ko"], **{"title": {"en": "A small study"}, "scales": {"five": {"labels": LABELS}},
                        "questionnaire": [{"section": "main", "title": {"en": "Main", "ko": "본문"}, "items": [dict(GRAVE)]}], **changes})


@pytest.fixture
def study() -> Study:
    return a_study(definition())


def states(study: Study) -> dict[str, str]:
    study = Study.objects.get(pk=study.pk)
    return {found.text.key: str(found.state) for found in translations_in(read_draft(study).definition, "ko", reviews_of(study))}


def reviewed(study: Study, key: str) -> None:
    assert TextReview.objects.filter(study=study, key=key).update(state="reviewed") == 1


def retitled(study: Study, key: str, title: dict[str, str]) -> None:
    edit_draft(study, "head", lambda present: with_part(present, key, title))


def test_a_studys_translations_begin_as_drafts_and_what_is_not_there_is_missing(study: Study) -> None:
    assert states(study) == {"study:title": "missing", "panel:us": "missing", "panel:jp": "missing", "panel:kr": "missing", "scale:five:labels": "draft",
                             "section:main:title": "draft", "item:grave:text": "draft"}


def test_a_reviewed_text_is_outdated_as_soon_as_its_source_changes(study: Study) -> None:
    retitled(study, "title", {"en": "A small study", "ko": "작은 연구"})
    reviewed(study, "study:title")
    assert states(study)["study:title"] == "reviewed"
    retitled(study, "title", {"en": "A large study", "ko": "작은 연구"})
    assert states(study)["study:title"] == "outdated"


def test_a_text_written_anew_together_with_its_source_is_a_draft(study: Study) -> None:
    retitled(study, "title", {"en": "A small study", "ko": "작은 연구"})
    reviewed(study, "study:title")
    retitled(study, "title", {"en": "A large study", "ko": "큰 연구"})
    assert states(study)["study:title"] == "draft"


def test_undo_and_redo_find_again_what_was_known(study: Study) -> None:
    retitled(study, "title", {"en": "A small study", "ko": "작은 연구"})
    reviewed(study, "study:title")
    retitled(study, "title", {"en": "A large study", "ko": "작은 연구"})
    undo(study)
    assert states(study)["study:title"] == "reviewed"
    redo(study)
    assert states(study)["study:title"] == "outdated"


def test_blanks_at_the_ends_make_no_other_text(study: Study) -> None:
    retitled(study, "title", {"en": "A small study", "ko": "작은 연구"})
    reviewed(study, "study:title")
    retitled(study, "title", {"en": "A small study\n", "ko": " 작은 연구"})
    assert states(study)["study:title"] == "reviewed"


def test_a_text_that_comes_under_a_new_code_stays_as_far_as_it_was(study: Study) -> None:
    reviewed(study, "item:grave:text")
    edit_draft(study, "item", lambda present: with_item_replaced(present, "grave", {**GRAVE, "code": "severe"}))
    assert states(study)["item:severe:text"] == "reviewed"
    edit_draft(study, "item", lambda present: with_item_replaced(present, "severe", {**GRAVE, "code": "severe", "text": {**GRAVE["text"], "en": "How bad?"}}))
    edit_draft(study, "item", lambda present: with_item_replaced(present, "severe", {**item_of(present, "severe"), "code": "bad"}))
    assert states(study)["item:bad:text"] == "outdated"


def test_a_duplicated_question_is_as_reviewed_as_its_original_until_its_source_changes(study: Study) -> None:
    reviewed(study, "item:grave:text")
    edit_draft(study, "item-copied", lambda present: with_item_copied(present, "grave")[0])
    assert states(study)["item:grave-2:text"] == "reviewed"
    other = {**GRAVE, "code": "grave-3", "text": {**GRAVE["text"], "en": "Quite another"}}
    edit_draft(study, "item-added", lambda present: with_item(present, "main", other))
    assert states(study)["item:grave-3:text"] == "draft", "the same words for another source were written for it"


def test_an_uploaded_file_is_taken_at_its_word(study: Study) -> None:
    changed = definition(questionnaire=[{"section": "main", "title": {"en": "Main part", "ko": "본문"}, "items": [dict(GRAVE)]}])
    reviewed(study, "item:grave:text")
    edit_draft(study, "section", lambda _definition: changed)
    assert states(study)["section:main:title"] == "outdated"
    import_study(definition(title={"en": "Ours"}))
    import_study(changed)
    assert states(study)["section:main:title"] == "draft"
    assert states(study)["item:grave:text"] == "reviewed", "what stayed the same stays reviewed"


def test_the_same_file_again_changes_no_row(study: Study) -> None:
    before = list(TextReview.objects.order_by("pk").values())
    import_study(definition())
    assert list(TextReview.objects.order_by("pk").values()) == before


def test_a_study_in_one_language_remembers_nothing() -> None:
    a_study()
    assert not TextReview.objects.exists()


def test_rewording_between_rounds_outdates_what_was_not_reworded_too(study: Study) -> None:
    count(open_round(study, 1))
    reword_item(study, "grave", {**GRAVE, "text": {**GRAVE["text"], "en": "How serious is it?"}}, equivalent=True, reason="clearer")
    assert states(study)["item:grave:text"] == "outdated"


def test_a_scale_that_is_reworded_under_a_new_name_outdates_labels_that_stay(study: Study) -> None:
    count(open_round(study, 1))
    reword_list(study, "scales.five", {"1": {"en": "Not at all"}}, equivalent=True, reason="clearer")
    found = states(study)
    assert (found["scale:five:labels"], found["scale:five-v2:labels"]) == ("draft", "outdated")
    assert list(gaps(Study.objects.get())) == ["ko"]


def test_correcting_both_texts_in_an_open_round_leaves_a_draft(study: Study) -> None:
    study_round = open_round(study, 1)
    correct_text(study_round, "grave", {"text": {"en": "How grave is it ?"}}, reason="typing error")
    assert states(study)["item:grave:text"] == "outdated"
    correct_text(study_round, "grave", {"text": {"ko": "얼마나 심각합니까 ?"}}, reason="typing error")
    assert states(study)["item:grave:text"] == "draft"


def test_percent_is_rounded_down_and_counts_what_is_there_and_current(study: Study) -> None:
    found = completeness(study)["ko"]
    assert (found.missing, found.draft, found.total, found.percent, found.is_complete) == (4, 3, 7, 42, False)
    assert list(gaps(study)) == ["ko"]
    retitled(study, "panels", [{"code": "us", "name": {"en": "US", "ko": "미국"}}])
    retitled(study, "title", {"en": "A small study", "ko": "작은 연구"})
    study = Study.objects.get()
    assert completeness(study)["ko"].percent == 100
    assert gaps(study) == {}


def test_a_list_that_no_question_uses_needs_no_translation_for_the_next_round(study: Study) -> None:
    more = {"five": {"labels": LABELS}, "old": {"labels": ["Low", "High"]}}
    retitled(study, "scales", more)
    assert completeness_in(definition_of(Study.objects.get()), reviews_of(study))["ko"].missing == 5
    assert completeness(Study.objects.get())["ko"].missing == 4


def test_digests_tell_texts_apart_and_fit_their_column() -> None:
    assert len({digest_of_text(text) for text in ("", "a", "b", "\ud800")}) == 4
    assert len(digest_of_text("a")) == 32
