"""A study written in the builder: each edit is kept, can be undone and done again, and is taken over as soon as nothing is missing."""

from typing import Any

import pytest

from accounts.models import User
from surveys.exceptions import NotReady, Refused
from surveys.models import DraftStep, Study, StudyDraft
from surveys.queries import definition_of
from surveys.studyfile.editing import with_item, with_item_replaced, with_part, with_section, without_group
from surveys.workflow.drafts import Draft, Overtaken, create_study, edit_draft, read_draft, redo, undo
from surveys.workflow.rounds import open_round
from surveys.workflow.steps import MOST_STEPS
from surveys.workflow.studies import import_study
from surveys.workflow.wordings import add_item, reword_item
from tests.factories import a_definition, a_study, add_experts

pytestmark = pytest.mark.django_db
HEAD = {"study": "mine", "title": {"en": "Mine"}, "languages": ["en"]}
PANEL = {"code": "kr", "name": {"en": "South Korea"}}
ITEM = {"code": "one", "kind": "text", "text": {"en": "What next?"}}


@pytest.fixture
def author() -> User:
    return User.objects.create(email="author@example.org", may_create_studies=True)


@pytest.fixture
def study(author: User) -> Study:
    return create_study(HEAD, by=author)


def titled(study: Study, title: str) -> Draft:
    return edit_draft(study, "head", lambda definition: with_part(definition, "title", {"en": title}))


def completed(study: Study) -> Draft:
    edit_draft(study, "panels", lambda definition: with_part(definition, "panels", [PANEL]))
    edit_draft(study, "section", lambda definition: with_section(definition, {"section": "main", "title": {"en": "Main"}}))
    return edit_draft(study, "item", lambda definition: with_item(definition, "main", ITEM))


def test_a_new_study_says_what_is_missing_and_holds_nothing_yet(study: Study) -> None:
    draft = read_draft(study)
    assert [problem.path for problem in draft.problems] == ["panels", "questionnaire"]
    assert (draft.undoes, draft.redoes) == (None, None)
    assert study.items.count() == 0


def test_a_short_name_is_given_once(study: Study, author: User) -> None:
    with pytest.raises(Refused, match="mine"):
        create_study(HEAD, by=author)


def test_an_incomplete_draft_is_kept_but_no_round_opens_from_it(study: Study) -> None:
    titled(study, "Ours")
    assert Study.objects.get(pk=study.pk).title_in("en") == "Ours"
    with pytest.raises(NotReady, match="not finished"):
        open_round(study, 1)


def test_a_complete_draft_becomes_the_study(study: Study) -> None:
    draft = completed(study)
    assert draft.is_ready
    assert definition_of(Study.objects.get(pk=study.pk)) == draft.definition == {**HEAD, "panels": [PANEL], "questionnaire": [
        {"section": "main", "title": {"en": "Main"}, "items": [ITEM]}]}
    assert open_round(study, 1).state == "open"


def test_what_became_incomplete_leaves_the_study_as_it_was(study: Study) -> None:
    whole = completed(study).definition
    draft = edit_draft(study, "item", lambda definition: with_item(definition, "main", {**ITEM, "code": "two", "kind": "rating"}))
    assert not draft.is_ready
    assert definition_of(Study.objects.get(pk=study.pk)) == whole
    with pytest.raises(NotReady, match="not finished"):
        open_round(study, 1)


def test_undo_and_redo_walk_the_steps_and_take_the_study_along(study: Study) -> None:
    first, second = completed(study).definition, titled(study, "Ours").definition
    assert undo(study).definition == first == definition_of(Study.objects.get(pk=study.pk))
    assert redo(study).definition == second == definition_of(Study.objects.get(pk=study.pk))
    with pytest.raises(Refused, match="nothing to do again"):
        redo(study)


def test_only_the_step_that_was_seen_is_undone(study: Study) -> None:
    seen = titled(study, "Ours").step
    titled(study, "Theirs")
    for act in (undo, redo):
        with pytest.raises(Overtaken):
            act(study, seen=seen)
    assert undo(study, seen=seen + 1).definition["title"] == {"en": "Ours"}


def test_undo_ends_at_the_beginning(study: Study) -> None:
    titled(study, "Ours")
    assert undo(study).definition["title"] == {"en": "Mine"}
    with pytest.raises(Refused, match="nothing to undo"):
        undo(study)


def test_an_edit_after_undo_takes_the_place_of_what_was_undone(study: Study) -> None:
    titled(study, "Ours")
    undo(study)
    draft = titled(study, "Theirs")
    assert draft.redoes is None
    assert undo(study).definition["title"] == {"en": "Mine"}


def test_an_edit_that_changes_nothing_is_no_step(study: Study) -> None:
    before = titled(study, "Ours").step
    assert titled(study, "Ours").step == before


def test_old_steps_are_cut_off_and_the_newest_stay(study: Study) -> None:
    for number in range(MOST_STEPS + 5):
        titled(study, f"Title {number}")
    assert DraftStep.objects.count() == MOST_STEPS
    assert undo(study).definition["title"] == {"en": f"Title {MOST_STEPS + 3}"}


def test_a_study_from_a_file_can_be_taken_up_and_undone_to_the_file() -> None:
    given = a_definition()
    study, _changed = import_study(given)
    assert read_draft(study).definition == definition_of(study)
    titled(study, "Ours")
    assert undo(study).definition["title"] == given["title"]


def test_a_file_uploaded_over_an_unfinished_draft_counts_and_can_be_undone(study: Study) -> None:
    titled(study, "Ours")
    given: dict[str, Any] = {**HEAD, "panels": [PANEL], "questionnaire": [{"section": "main", "title": {"en": "Main"}, "items": [ITEM]}]}
    import_study(given)
    assert read_draft(study).definition == given
    assert open_round(study, 1).state == "open"


def test_what_was_written_before_an_upload_comes_back_by_undo(study: Study) -> None:
    titled(study, "Ours")
    import_study({**HEAD, "panels": [PANEL], "questionnaire": [{"section": "main", "title": {"en": "Main"}, "items": [ITEM]}]})
    titled(study, "Theirs")
    undo(study)
    assert undo(study).definition["title"] == {"en": "Ours"}


def test_nothing_is_rewritten_once_a_round_has_opened(study: Study) -> None:
    completed(study)
    open_round(study, 1)
    for act in (undo, redo, lambda study: titled(study, "Ours")):
        with pytest.raises(NotReady, match="Round 1 has opened"):
            act(study)


def test_a_study_keeps_its_short_name(study: Study) -> None:
    with pytest.raises(Refused, match="keeps its short name"):
        edit_draft(study, "head", lambda definition: with_part(definition, "study", "other"))


def test_reading_a_draft_writes_nothing() -> None:
    study, _changed = import_study(a_definition())
    read_draft(study)
    assert StudyDraft.objects.values_list("present", flat=True).get() == 0


def test_a_study_from_before_there_were_drafts_begins_with_what_it_is() -> None:
    study, _changed = import_study(a_definition())
    StudyDraft.objects.all().delete()
    assert read_draft(study).definition == definition_of(study)
    titled(study, "Ours")
    assert undo(study).definition["title"] == a_definition()["title"]


@pytest.mark.parametrize("act", [
    lambda study: reword_item(study, "one", {**ITEM, "text": {"en": "And now?"}}, equivalent=True, reason=""),
    lambda study: add_item(study, "main", {**ITEM, "code": "two"}, reason="Missing"),
])
def test_a_question_changed_outside_the_builder_before_round_1_is_what_the_next_edit_builds_on(study: Study, act: Any) -> None:
    whole = completed(study).definition
    act(study)
    changed = definition_of(Study.objects.get(pk=study.pk))
    assert read_draft(study).definition == changed != whole
    assert titled(study, "Ours").definition["questionnaire"] == changed["questionnaire"]
    undo(study)
    assert undo(study).definition == whole


def test_nothing_is_changed_outside_the_builder_while_it_holds_something_unfinished(study: Study) -> None:
    completed(study)
    edit_draft(study, "panels", lambda definition: with_part(definition, "panels", []))
    with pytest.raises(NotReady, match="not finished"):
        add_item(study, "main", {**ITEM, "code": "two"}, reason="Missing")


def test_a_panel_with_experts_is_refused_where_it_goes_and_not_at_the_next_edit_that_completes_the_draft() -> None:
    study = a_study()
    add_experts(study, {"us": 2})
    edit_draft(study, "item", lambda definition: with_item(definition, "main", {"code": "later", "kind": "text"}))
    with pytest.raises(Refused, match="Experts belong to the panel us"):
        edit_draft(study, "panels", lambda definition: without_group(definition, "panels", "us"))
    text = {"code": "later", "kind": "text", "text": {"en": "What next?"}}
    assert edit_draft(study, "item", lambda definition: with_item_replaced(definition, "later", text)).is_ready
