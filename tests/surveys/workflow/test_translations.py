"""Translations are written freely until round 1 opens; after that what is missing or unread, between rounds."""

from typing import Any

import pytest

from surveys.exceptions import Refused
from surveys.models import AuditEvent, DraftStep, ItemVersion, Round, Study, TextReview
from surveys.queries import definition_of
from surveys.studyfile import read_study, write_study
from surveys.studyfile.editing import with_part
from surveys.studyfile.translating import study_texts
from surveys.workflow.drafts import edit_draft, read_draft, undo
from surveys.workflow.rounds import finish_study, open_round
from surveys.workflow.text_reviews import reviews_of, translations_in
from surveys.workflow.translations import Phase, TranslationsRefused, Written, save_translations, seen_digest, standing_of
from surveys.workflow.wordings import reword_item
from tests.factories import RATING, a_definition, a_study, a_user, count

pytestmark = pytest.mark.django_db
KOREAN = {"item:grave:text": "얼마나 심각합니까?", "scale:five:labels": "없음\n조금\n보통\n많이\n매우", "study:title": "작은 연구"}
AIM = {"code": "aim", "kind": "choice", "text": {"en": "Which aim?"}, "options": "aims"}


@pytest.fixture
def study() -> Study:
    return a_study(a_definition(
        languages=["en", "ko", "ja"], consent={"version": 1, "text": {"en": "I agree."}}, organisation={"name": {"en": "Institute"}},
        option_lists={"aims": [{"code": "order", "text": "Order"}, {"code": "gain", "text": {"en": "Gain", "ko": "이익"}}]},
        questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [dict(RATING), dict(AIM)]}]))


def saved(study: Study, texts: dict[str, str], language: str = "ko", **more: Any) -> int:
    return save_translations(study, language, {key: Written(text, **more) for key, text in texts.items()})


def now(study: Study) -> Study:
    return Study.objects.get(pk=study.pk)


def states(study: Study, language: str = "ko") -> dict[str, str]:
    study = now(study)
    return {found.text.key: str(found.state) for found in translations_in(read_draft(study).definition, language, reviews_of(study))}


def texts(study: Study, language: str = "ko") -> dict[str, str]:
    return {text.key: text.texts[language] for text in study_texts(read_draft(now(study)).definition) if language in text.texts}


def problems(study: Study, written: dict[str, Written]) -> dict[str, str]:
    with pytest.raises(TranslationsRefused) as refused:
        save_translations(study, "ko", written)
    return refused.value.found


# Until round 1 opens


def test_many_texts_are_saved_at_once_as_one_step_that_can_be_undone(study: Study) -> None:
    assert saved(study, KOREAN) == 3
    assert {key: texts(study)[key] for key in KOREAN} == KOREAN
    step = DraftStep.objects.latest("number")
    assert (step.number, step.act, step.subject) == (1, "translations", "ko")
    undo(now(study))
    assert texts(study) == {"list:aims:gain": "이익"}


def test_what_was_saved_is_a_study_file_and_the_studys_own(study: Study) -> None:
    saved(study, KOREAN)
    definition = definition_of(now(study))
    assert read_study(write_study(definition)) == definition == read_draft(study).definition


def test_the_other_languages_stay(study: Study) -> None:
    saved(study, {"study:title": "小さな研究"}, "ja")
    saved(study, KOREAN)
    assert now(study).settings["title"] == {"en": "A small study", "ko": "작은 연구", "ja": "小さな研究"}


def test_saving_the_same_again_makes_no_step(study: Study) -> None:
    saved(study, KOREAN)
    rows = list(TextReview.objects.order_by("pk").values())
    assert saved(study, {**KOREAN, "study:title": " 작은 연구\r\n"}) == 0
    assert DraftStep.objects.count() == 2
    assert list(TextReview.objects.order_by("pk").values()) == rows


def test_a_new_text_is_a_draft_and_somebody_marks_it_as_reviewed(study: Study) -> None:
    user = a_user()
    saved(study, KOREAN)
    assert states(study)["study:title"] == "draft"
    assert save_translations(study, "ko", {"study:title": Written("작은 연구", is_reviewed=True)}, by=user) == 0
    assert states(study)["study:title"] == "reviewed"
    assert TextReview.objects.get(key="study:title", language="ko").by == user
    saved(study, {"study:title": "작은 연구"}, is_reviewed=False)
    assert states(study)["study:title"] == "draft"


def test_a_reviewed_text_that_is_changed_is_a_draft_again(study: Study) -> None:
    saved(study, KOREAN, is_reviewed=True)
    saved(study, {"study:title": "소규모 연구"})
    assert (states(study)["study:title"], states(study)["item:grave:text"]) == ("draft", "reviewed")


def test_an_outdated_text_that_still_fits_is_marked_as_reviewed(study: Study) -> None:
    saved(study, KOREAN)
    edit_draft(study, "head", lambda definition: with_part(definition, "title", {"en": "A tiny study", "ko": "작은 연구"}))
    assert states(study)["study:title"] == "outdated"
    saved(study, {"study:title": "작은 연구"})
    assert states(study)["study:title"] == "outdated", "saving it unchanged says nothing of it"
    saved(study, {"study:title": "작은 연구"}, is_reviewed=True)
    assert states(study)["study:title"] == "reviewed"


def test_a_text_for_an_earlier_source_is_kept_as_outdated(study: Study) -> None:
    saved(study, {"study:title": "작은 연구"}, source_digest="of another source")
    assert states(study)["study:title"] == "outdated"


def test_nobody_writes_over_what_they_have_not_read(study: Study) -> None:
    title = study_texts(read_draft(study).definition)[0]
    seen = seen_digest(title, "ko")
    saved(study, {"study:title": "그들의 연구"})
    found = problems(study, {"study:title": Written("우리의 연구", seen=seen), "item:grave:text": Written("얼마나?")})
    assert list(found) == ["study:title"] and "in between" in found["study:title"]
    assert texts(study)["study:title"] == "그들의 연구" and "item:grave:text" not in texts(study), "all or nothing"
    assert save_translations(study, "ko", {"study:title": Written("그들의 연구", seen=seen)}) == 0, "who typed the same is not bothered"


def test_what_can_not_be_taken_is_told_text_by_text(study: Study) -> None:
    found = problems(study, {"scale:five:labels": Written("없음\n조금"), "item:gone:text": Written("?"), "study:title": Written("긴 " * 60_000)})
    assert "5 labels" in found["scale:five:labels"] and "no such text" in found["item:gone:text"] and "too long" in found["study:title"]


@pytest.mark.parametrize("language", ["en", "fr", ""])
def test_only_the_studys_target_languages_are_written(study: Study, language: str) -> None:
    with pytest.raises(Refused, match="not translated into"):
        saved(study, KOREAN, language)


# After that


@pytest.fixture
def counted(study: Study) -> Study:
    saved(study, {"item:grave:text": "얼마나 심각합니까?"})
    count(open_round(study, 1, items=["grave"], languages=["en"]))
    return now(study)


def test_between_rounds_what_is_missing_can_be_added_and_is_recorded(counted: Study) -> None:
    missing = {"study:title": "작은 연구", "scale:five:labels": KOREAN["scale:five:labels"], "section:main:title": "본문", "panel:kr": "한국",
               "study:consent.text": "동의합니다.", "study:organisation.name": "연구소", "item:aim:text": "어떤 목적?"}
    assert saved(counted, missing) == 7
    assert {key: texts(counted)[key] for key in missing} == missing
    assert set(Round.objects.values_list("edition", flat=True)) == {1}, "every page is made anew"
    assert ItemVersion.objects.filter(item__study=counted).count() == 2, "no version is made"
    event = AuditEvent.objects.latest("sequence")
    assert (event.act, event.subject) == ("add_translations", "ko")
    assert "study:title (ko): 작은 연구" in event.details["after"]
    assert DraftStep.objects.count() == 2, "the builder's history ends when round 1 opens"


def test_a_translation_that_experts_have_read_is_not_changed_here(counted: Study) -> None:
    found = problems(counted, {"item:grave:text": Written("얼마나 위험합니까?"), "study:title": Written("작은 연구")})
    assert list(found) == ["item:grave:text"] and "reworded" in found["item:grave:text"]
    assert "study:title" not in texts(counted)


def test_a_translation_that_experts_have_read_can_still_be_marked_as_reviewed(counted: Study) -> None:
    saved(counted, {"item:grave:text": "얼마나 심각합니까?"}, is_reviewed=True)
    assert states(counted)["item:grave:text"] == "reviewed"


def test_what_no_round_has_asked_yet_can_be_changed(counted: Study) -> None:
    """`aim` and its list were not asked, and a reworded question is one that nobody has read."""
    saved(counted, {"list:aims:gain": "이득"})
    reword_item(counted, "grave", {**RATING, "text": {"en": "How serious is it?", "ko": "얼마나 심각합니까?"}}, equivalent=True, reason="clearer")
    assert states(counted)["item:grave:text"] == "outdated"
    saved(counted, {"item:grave:text": "얼마나 중대합니까?"})
    assert states(counted)["item:grave:text"] == "draft"
    first, second = ItemVersion.objects.filter(item__code="grave").order_by("number")
    assert (first.definition["text"]["ko"], second.definition["text"]["ko"]) == ("얼마나 심각합니까?", "얼마나 중대합니까?")


def test_while_a_round_is_open_nothing_is_written_but_reviews(counted: Study) -> None:
    open_round(counted, 2)
    study = now(counted)
    assert (standing_of(study).phase, standing_of(study).open_round) == (Phase.OPEN, 2)
    assert "Round 2 is open" in problems(study, {"study:title": Written("작은 연구")})["study:title"]
    saved(study, {"item:grave:text": "얼마나 심각합니까?"}, is_reviewed=True)
    assert states(study)["item:grave:text"] == "reviewed"


def test_of_a_finished_study_nothing_is_written(counted: Study) -> None:
    finish_study(counted)
    assert "finished" in problems(now(counted), {"study:title": Written("작은 연구")})["study:title"]
