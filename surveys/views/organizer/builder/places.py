"""Where a text of the study stands, and which page changes it once experts have read it."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.models import Study
from surveys.studyfile.shared_wording import HEAD, LISTS, SCALES, WHOLE
from surveys.studyfile.translating import STUDY_PART, KeyedText
from surveys.views.organizer import parts, wording
from surveys.views.organizer.builder.words import item_in_words, said
from surveys.workflow.translations import Phase, Standing

OF_STUDY: dict[str, str | Promise] = {
    "organisation.name": gettext_lazy("Name of the organisation"),
    "consent.text": gettext_lazy("What experts consent to"),
}
GROUPS = {"section": "sections", "panel": "panels", "theatre": "theatres"}
SHARED = {"scale": SCALES, "list": LISTS}


def text_in_words(text: KeyedText) -> str:
    """Question “grave” · Option force"""
    if text.kind == "item":
        return f"{item_in_words(text.code)} · {wording.place_in_words(text.place)}"
    if text.kind in SHARED:
        holder = parts.part_in_words(f"{SHARED[text.kind]}.{text.code}")
        place = _("labels, one on each line") if text.is_list else parts.place_in_part(text.place)
        return f"{holder} · {place}"
    if text.kind in GROUPS:
        return parts.place_in_part(f"{GROUPS[text.kind]}.{text.code}")
    return str(OF_STUDY[text.place]) if text.place in OF_STUDY else parts.place_in_part(text.place)


def parts_in_words(texts: list[KeyedText], definition: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The parts of the study that have texts, in their order."""
    named = {STUDY_PART: parts.part_in_words(WHOLE), SCALES: _("Scales"), LISTS: _("Lists of options")}
    named |= {f"section:{section['section']}": said(section.get("title"), definition) or section["section"] for section in definition["questionnaire"]}
    return [(part, named.get(part, part)) for part in dict.fromkeys(text.part for text in texts)]


def way_to_change(study: Study, standing: Standing, text: KeyedText) -> str:
    """The address at which an organizer changes a text that experts have read; "" where there is none."""
    if standing.phase not in (Phase.OPEN, Phase.BETWEEN):
        return ""
    if text.kind == "item" and standing.phase is Phase.OPEN:
        return reverse("surveys:text-correct", args=[study.slug, standing.open_round, text.code])
    if text.kind == "item":
        return reverse("surveys:item-reword", args=[study.slug, text.code])
    part = f"{SHARED[text.kind]}.{text.code}" if text.kind in SHARED else WHOLE
    is_elsewhere = text.kind == STUDY_PART and text.place not in HEAD
    return "" if is_elsewhere else reverse("surveys:shared-text", args=[study.slug, part])
