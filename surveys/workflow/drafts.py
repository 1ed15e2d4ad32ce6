"""Writing a study in the builder: every edit is kept at once, can be undone, and becomes the study's as soon as nothing is missing.

A draft may be incomplete for as long as its author likes; no round opens from one that is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.enums import Role, RoundState
from surveys.exceptions import NotReady, Refused
from surveys.models import DraftStep, ItemVersion, Study, StudyDraft, StudyMember
from surveys.queries import definition_of, versions_of
from surveys.studyfile.checking import problems_in
from surveys.studyfile.problems import StudyFileProblem
from surveys.workflow.locks import lock_study
from surveys.workflow.record import record_act
from surveys.workflow.steps import go_to_step, keep_step
from surveys.workflow.studies import check_panels, check_promise, new_study, without_empty_theatres, write_definition
from surveys.workflow.text_reviews import remember_texts

HEAD = ("study", "title", "languages")  # what a study needs for pages about it
Definition = dict[str, Any]
Edit = Callable[[Definition], Mapping[str, Any]]


class Overtaken(Refused):
    default = gettext_lazy("Somebody has changed the study in between, so nothing was undone. Look at the last steps first.")


@dataclass(frozen=True)
class Draft:
    """The draft as pages show it. `undoes` and `redoes`: the step that would be taken back or done again, None for none.

    `versions`: those of a study that has begun, from which its definition was read.
    """

    study: Study
    definition: Definition
    step: int
    problems: list[StudyFileProblem]
    undoes: DraftStep | None
    redoes: DraftStep | None
    versions: list[ItemVersion] | None = None

    @property
    def is_ready(self) -> bool:
        return not self.problems


@transaction.atomic
def create_study(definition: Mapping[str, Any], *, by: Any) -> Study:
    """A new study to be written in the builder. `definition` needs study, title and languages. Raises Refused for a slug that is taken."""
    definition = _complete_enough(definition)
    study = new_study(definition["study"], settings={**{key: definition[key] for key in HEAD}, "panels": []}, created_by=by)
    StudyMember.objects.create(study=study, user=by, role=Role.OWNER)
    record_act(study, "create_study", by=by)
    keep_step(study, "create", definition, by=by, is_taken=_take(study, definition))
    return study


def _complete_enough(definition: Mapping[str, Any]) -> Definition:
    """With lists for what the builder walks through, so that nothing has to ask whether they are there."""
    return without_empty_theatres({"panels": [], "questionnaire": [], **definition})


def read_draft(study: Study) -> Draft:
    """The present draft; of a study that has begun, the study itself (3 queries in either case). Writes nothing."""
    found = StudyDraft.objects.filter(study=study).first()
    if found is None or study.rules_locked_at is not None:
        versions = versions_of(study)
        whole = definition_of(study, versions)
        return Draft(study, whole, found.present if found else 0, problems_in(whole), None, None, versions)
    beside = {step.number: step for step in found.steps.filter(number__range=(found.present - 1, found.present + 1)).defer("definition")}
    present = beside[found.present]
    undoes = present if found.present - 1 in beside else None
    return Draft(study, present.definition, found.present, problems_in(present.definition), undoes, beside.get(found.present + 1))


@transaction.atomic
def edit_draft(study: Study, act: str, edit: Edit, *, subject: str = "", by: Any = None) -> Draft:
    """Keep an edit. `edit` gets the present definition, and may raise Refused or LookupError; nothing changes then.

    An edit that changes nothing makes no step. Raises NotReady once a round has opened.
    """
    study = lock_study(study.pk)
    check_not_begun(study)
    present = _lock_draft(study, by).steps.get(number=F("draft__present")).definition
    definition = _complete_enough(edit(present))
    if definition["study"] != study.slug:
        raise Refused(_("A study keeps its short name, “%(slug)s”: addresses and files use it.") % {"slug": study.slug})
    if definition != present:
        keep_step(study, act, definition, subject=subject, by=by, is_taken=_take(study, definition))
    return read_draft(study)


@transaction.atomic
def undo(study: Study, *, seen: int | None = None, by: Any = None) -> Draft:
    """Back to the step before. Raises Refused where there is none, and Overtaken where the present step is not the one that was `seen`."""
    return _go(study, -1, seen, by)


@transaction.atomic
def redo(study: Study, *, seen: int | None = None, by: Any = None) -> Draft:
    """What was undone last is done again. Raises as `undo` does."""
    return _go(study, +1, seen, by)


def check_not_begun(study: Study) -> None:
    """Raises NotReady, with what can be done instead, once a round has opened."""
    if study.rules_locked_at is not None or study.rounds.exclude(state=RoundState.DRAFT).exists():
        raise NotReady(_("Round 1 has opened, so the study can't be rewritten any more: experts have met its questions under rules that are fixed. "
                         "Between rounds you can still drop, reword and add questions."))


def check_taken(study: Study) -> None:
    """Raises NotReady while the builder holds edits that the study's round could not ask."""
    if StudyDraft.objects.filter(study=study, is_taken=False).exists():
        raise NotReady(_("The builder holds edits that are not finished. Finish or undo them first."))


def keep_outside_edit(study: Study, *, by: Any = None) -> None:
    """An act outside the builder has changed a study. Before it has begun that is a step too, which the builder's next edit builds on."""
    if study.rules_locked_at is None:
        keep_step(study, "outside", definition_of(study), by=by, is_taken=True)
    elif len(study.languages) > 1:
        remember_texts(study, definition_of(study), by=by)


def _go(study: Study, steps: int, seen: int | None, by: Any) -> Draft:
    study = lock_study(study.pk)
    check_not_begun(study)
    draft = _lock_draft(study, by)
    if seen is not None and draft.present != seen:
        raise Overtaken
    target = draft.steps.filter(number=draft.present + steps).first()
    if target is None:
        raise Refused(_("There is nothing to undo.") if steps < 0 else _("There is nothing to do again."))
    go_to_step(draft, target, by=by, is_taken=_take(study, target.definition))
    return read_draft(study)


def _lock_draft(study: Study, by: Any) -> StudyDraft:
    """The draft; for a study without one, its first step is the study as it is. The study is locked already."""
    draft = StudyDraft.objects.select_for_update().filter(study=study).first()
    return draft or keep_step(study, "begin", definition_of(study), by=by, is_taken=True)


def _take(study: Study, definition: Definition) -> bool:
    """Into the study's own tables, if it is whole; else they keep the last that was, a new study's under the present title and languages.

    What experts hold on to is checked in either case: refused later, an edit that has nothing to do with it would be.
    """
    check_promise(study, definition)
    check_panels(study, definition)
    is_whole = not problems_in(definition)
    if is_whole:
        write_definition(study, definition)
    elif not study.items.exists():
        study.settings = {**study.settings, **{key: definition[key] for key in HEAD if definition.get(key)}}
        study.save(update_fields=["settings"])
    return is_whole
