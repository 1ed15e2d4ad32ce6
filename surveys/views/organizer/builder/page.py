"""What every page of the builder shows around its own matter: where it stands, undo and redo, what is missing, the other parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.exceptions import Refused
from surveys.models import Study
from surveys.permissions import Access
from surveys.studyfile.translating import study_texts
from surveys.views.organizer.builder.problems import PlacedProblem, placed_problems
from surveys.views.organizer.builder.steps import step_in_words
from surveys.views.organizer.scope import REFUSED, study_response
from surveys.workflow.drafts import Draft, check_not_begun

PARTS: tuple[tuple[str, str | Promise], ...] = (
    ("build", _("Questions")),
    ("build-head", _("Study and information")),
    ("build-panels", _("Panels and theatres")),
    ("build-scales", _("Scales")),
    ("build-lists", _("Lists of options")),
    ("build-rules", _("Rules")),
    ("build-translations", _("Translations")),
)


@dataclass(frozen=True)
class PartLink:
    url: str
    label: str
    is_current: bool


def builder_response(request: HttpRequest, access: Access, draft: Draft, template: str, context: dict[str, Any] | None = None, *,
                     part: str = "", status: int = 200) -> HttpResponse:
    """A page of the builder. `template`: a name in templates/surveys/builder/ that extends base.html there; `part`: its place in PARTS."""
    found = {**frame_of(request, draft, part), "is_refused": status == REFUSED, **(context or {})}
    return study_response(request, access, f"surveys/builder/{template}.html", found, status=status)


def frame_of(request: HttpRequest, draft: Draft, part: str) -> dict[str, Any]:
    problems: list[PlacedProblem] = placed_problems(draft.study.slug, draft.definition, draft.problems)
    return {
        "draft": draft, "obstacle": obstacle_of(draft.study), "open_problems": problems, "parts": parts_of(draft.study, part),
        "untranslated": untranslated(draft.definition),
        "undoes": step_in_words(draft.undoes), "redoes": step_in_words(draft.redoes), "here_url": request.get_full_path(),
        "file_url": reverse("surveys:build-file", args=[draft.study.slug]), "preview_url": reverse("surveys:build-preview", args=[draft.study.slug]),
    }


def untranslated(definition: Mapping[str, Any]) -> int:
    """How many translations are missing; a round opens without them, in the other languages."""
    languages = definition["languages"][1:]
    return sum(not text.has(language) for text in study_texts(definition) for language in languages) if languages else 0


def parts_of(study: Study, part: str) -> list[PartLink]:
    return [PartLink(reverse(f"surveys:{name}", args=[study.slug]), str(label), name == part) for name, label in PARTS]


def obstacle_of(study: Study) -> str:
    """Why nothing can be changed any more, and what can; "" while everything can. Rules are locked when round 1 opens (no query until then)."""
    if study.rules_locked_at is None:
        return ""
    try:
        check_not_begun(study)
    except Refused as refusal:
        return str(refusal)
    return ""
