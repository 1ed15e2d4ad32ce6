"""Writing a study in the builder: every edit is kept at once, can be undone, and becomes the study's as soon as nothing is missing.

A draft may be incomplete for as long as its author likes; no round opens from one that is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.enums import Role, RoundState
from surveys.exceptions import NotReady, Refused
from surveys.models import DraftStep, Study, StudyDraft, StudyMember
from surveys.queries import definition_of
from surveys.studyfile.checking import problems_in
from surveys.studyfile.problems import StudyFileProblem
from surveys.workflow.locks import lock_study
from surveys.workflow.record import record_act
from surveys.workflow.studies import check_promise, without_empty_theatres, write_definition

MOST_STEPS = 200
HEAD = ("study", "title", "languages")  # what a study needs for pages about it
Definition = dict[str, Any]
Edit = Callable[[Definition], Mapping[str, Any]]


@dataclass(frozen=True)
class Draft:
    """The draft as pages show it. `undoes` and `redoes`: the step that would be taken back or done again, None for none."""

    study: Study
    definition: Definition
    step: int
    problems: list[StudyFileProblem]
    undoes: DraftStep | None
    redoes: DraftStep | None

    @property
    def is_ready(self) -> bool:
        return not self.problems


@transaction.atomic
def create_study(definition: Mapping[str, Any], *, by: Any) -> Study:
    """A new study to be written in the builder. `definition` needs study, title and languages. Raises Refused for a slug that is taken."""
    definition = _complete_enough(definition)
    if Study.objects.filter(slug=definition["study"]).exists():
        raise Refused(_("There is a study “%(slug)s” already. Choose another short name.") % {"slug": definition["study"]})
    study = Study.objects.create(slug=definition["study"], settings={**{key: definition[key] for key in HEAD}, "panels": []}, created_by=by)
    StudyMember.objects.create(study=study, user=by, role=Role.OWNER)
    record_act(study, "create_study", by=by)
    draft = StudyDraft.objects.create(study=study, updated_by=by)
    DraftStep.objects.create(draft=draft, number=0, act="create", definition=definition, made_by=by)
    _take(draft, definition)
    return study


def _complete_enough(definition: Mapping[str, Any]) -> Definition:
    """With lists for what the builder walks through, so that nothing has to ask whether they are there."""
    return without_empty_theatres({"panels": [], "questionnaire": [], **definition})


def read_draft(study: Study) -> Draft:
    """The present draft; of a study that came from a file, the study itself. Writes nothing."""
    found = StudyDraft.objects.filter(study=study).first()
    whole = definition_of(study)
    if found is None:
        return Draft(study, whole, 0, problems_in(whole), None, None)
    steps = {step.number: step for step in found.steps.filter(number__range=(found.present, found.present + 1))}
    present = steps[found.present].definition
    if found.is_taken and present != whole:  # somebody has uploaded another file since
        return Draft(study, whole, found.present, problems_in(whole), steps[found.present], None)
    has_earlier = found.steps.filter(number__lt=found.present).exists()
    return Draft(study, present, found.present, problems_in(present), steps[found.present] if has_earlier else None, steps.get(found.present + 1))


@transaction.atomic
def edit_draft(study: Study, act: str, edit: Edit, *, subject: str = "", by: Any = None) -> Draft:
    """Keep an edit. `edit` gets the present definition, and may raise Refused or LookupError; nothing changes then.

    An edit that changes nothing makes no step. Raises NotReady once a round has opened.
    """
    study = lock_study(study.pk)
    check_not_begun(study)
    draft, present = _lock_draft(study, by)
    definition = _complete_enough(edit(present))
    if definition["study"] != study.slug:
        raise Refused(_("A study keeps its short name, “%(slug)s”: addresses and files use it.") % {"slug": study.slug})
    if definition != present:
        _add_step(draft, act, subject, definition, by)
        _take(draft, definition)
    return read_draft(study)


@transaction.atomic
def undo(study: Study, *, by: Any = None) -> Draft:
    """Back to the step before. Raises Refused where there is none."""
    return _go(study, -1, by)


@transaction.atomic
def redo(study: Study, *, by: Any = None) -> Draft:
    """What was undone last is done again. Raises Refused where nothing was."""
    return _go(study, +1, by)


def check_not_begun(study: Study) -> None:
    """Raises NotReady, with what can be done instead, once a round has opened."""
    if study.rules_locked_at is not None or study.rounds.exclude(state=RoundState.DRAFT).exists():
        raise NotReady(_("Round 1 has opened, so the study can't be rewritten any more: experts have met its questions under rules that are fixed. "
                         "Between rounds you can still drop, reword and add questions."))


def check_taken(study: Study) -> None:
    """Raises NotReady while the builder holds edits that the study's round could not ask."""
    if StudyDraft.objects.filter(study=study, is_taken=False).exists():
        raise NotReady(_("The builder holds edits that are not finished. Finish or undo them first."))


def _go(study: Study, steps: int, by: Any) -> Draft:
    study = lock_study(study.pk)
    check_not_begun(study)
    draft, _present = _lock_draft(study, by)
    target = draft.steps.filter(number=draft.present + steps).first()
    if target is None or target.number > draft.last:
        raise Refused(_("There is nothing to undo.") if steps < 0 else _("There is nothing to do again."))
    draft.present = target.number
    _touch(draft, by)
    _take(draft, target.definition)
    return read_draft(study)


def _lock_draft(study: Study, by: Any) -> tuple[StudyDraft, Definition]:
    """The draft and its present definition, made or brought up to date from the study's tables. The study is locked already."""
    whole = definition_of(study)
    draft = StudyDraft.objects.select_for_update().filter(study=study).first()
    if draft is None:
        draft = StudyDraft.objects.create(study=study, is_taken=True, updated_by=by)
        DraftStep.objects.create(draft=draft, number=0, act="begin", definition=whole, made_by=by)
    draft.study = study  # one object, so that what is taken over is seen by whoever holds the study
    present: Definition = draft.steps.get(number=draft.present).definition
    if draft.is_taken and present != whole:
        _add_step(draft, "upload", "", whole, by)
        present = whole
    return draft, present


def _add_step(draft: StudyDraft, act: str, subject: str, definition: Definition, by: Any) -> None:
    draft.steps.filter(number__gt=draft.present).delete()
    draft.present = draft.last = draft.present + 1
    DraftStep.objects.create(draft=draft, number=draft.present, act=act, subject=subject[:120], definition=definition, made_by=by)
    draft.steps.filter(number__lte=draft.present - MOST_STEPS).delete()
    _touch(draft, by)


def _touch(draft: StudyDraft, by: Any) -> None:
    draft.updated_at, draft.updated_by = timezone.now(), by
    draft.save()


def _take(draft: StudyDraft, definition: Definition) -> None:
    """Into the study's own tables, if it is whole; else they keep the last that was, under the present title and languages."""
    draft.is_taken = not problems_in(definition)
    draft.save(update_fields=["is_taken"])
    if draft.is_taken:
        check_promise(draft.study, definition)
        write_definition(draft.study, definition)
    elif not draft.study.items.exists():
        draft.study.settings = {**draft.study.settings, **{key: definition[key] for key in HEAD if definition.get(key)}}
        draft.study.save(update_fields=["settings"])
