"""The steps of a draft: the only place where they are written. An uploaded file is a step too, so that undo leads back over it."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from surveys.models import DraftStep, Study, StudyDraft
from surveys.workflow.text_reviews import remember_texts

MOST_STEPS = 200
FROM_A_FILE = ("file", "upload")


def keep_step(study: Study, act: str, definition: Mapping[str, Any], *, subject: str = "", by: Any = None, is_taken: bool) -> StudyDraft:
    """The next step of the study's draft, or its first. Steps that were undone are gone then. The study is locked already."""
    draft = StudyDraft.objects.select_for_update().filter(study=study).first()
    if draft is None:
        draft = StudyDraft(study=study)
    else:
        draft.steps.filter(number__gt=draft.present).delete()
        draft.present = draft.last = draft.present + 1
    draft.is_taken, draft.updated_at, draft.updated_by = is_taken, timezone.now(), by
    draft.save()
    DraftStep.objects.create(draft=draft, number=draft.present, act=act, subject=subject[:120], definition=definition, made_by=by)
    draft.steps.filter(number__lte=draft.present - MOST_STEPS).delete()
    remember_texts(study, definition, is_authoritative=act in FROM_A_FILE, by=by)
    return draft


def go_to_step(draft: StudyDraft, step: DraftStep, *, by: Any = None, is_taken: bool) -> None:
    """The step becomes the present one; those after it can be done again."""
    draft.present, draft.is_taken, draft.updated_at, draft.updated_by = step.number, is_taken, timezone.now(), by
    draft.save()
