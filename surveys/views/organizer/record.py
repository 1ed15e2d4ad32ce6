"""The record of a study: who did what, when, from which state to which; and whether it is whole."""

import re
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from surveys.enums import RoundState
from surveys.models import AuditEvent, Study
from surveys.permissions import Access
from surveys.views.organizer.acts import act_in_words, detail_in_words, subject_in_words, value_in_words
from surveys.views.organizer.round_summary import records_of
from surveys.views.organizer.scope import study_page, study_response
from surveys.workflow.record import first_broken_entry

PER_PAGE = 100
ABOUT_AN_EXPERT = frozenset({"subject", "panel", "replaced_by", "kind"})
ABOUT_A_TEXT = frozenset({"rationale", "open_answer", "reason"})
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:")


@study_page("see_record")
def record_page(request: HttpRequest, access: Access) -> HttpResponse:
    """The newest first (5 queries)."""
    events = AuditEvent.objects.filter(study=access.study).select_related("by").order_by("-sequence")
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [row_of(access, event) for event in page.object_list], "broken": first_broken_entry(access.study),
               "decided": records_of(access.study) if page.number == 1 else []}
    return study_response(request, access, "surveys/organizer/record.html", context)


def row_of(access: Access, event: AuditEvent) -> dict[str, Any]:
    hidden = kept_from(access, event)
    details = {key: said(access.study, event, key, value) for key, value in event.details.items() if value not in ("", []) and key not in hidden}
    before, after = details.pop("before", ""), details.pop("after", "")
    subject = "" if "subject" in hidden else subject_in_words(event.subject)
    return {"event": event, "who": who(event), "act": act_in_words(event.act), "subject": subject, "before": before, "after": after,
            "details": [(detail_in_words(key), value) for key, value in details.items()]}


def kept_from(access: Access, event: AuditEvent) -> frozenset[str]:
    """What this reader is not told: which expert an act was about, and what a moderator wrote of a text that only moderators read."""
    hidden: frozenset[str] = frozenset()
    if not access.may("manage_panel") and event.subject.startswith("panelist "):
        hidden |= ABOUT_AN_EXPERT
    if not access.may("moderate") and event.act.endswith(("_reason", "_open_answer")):
        hidden |= ABOUT_A_TEXT
    return hidden


def said(study: Study, event: AuditEvent, name: str, value: Any) -> Any:
    """A detail as people read it: times in the study's zone, states in words, lists with commas."""
    if isinstance(value, list):
        return ", ".join(str(entry) for entry in value)
    if not isinstance(value, str):
        return value
    if value in RoundState.values:
        return RoundState(value).label
    if not MOMENT.match(value):
        return value_in_words(name, value, event.by is None)
    try:
        return date_format(datetime.fromisoformat(value).astimezone(study.zone), "DATETIME_FORMAT")
    except ValueError:
        return value


def who(event: AuditEvent) -> str:
    """A name where the account is still there."""
    if event.by is not None:
        return event.by.get_full_name()
    return _("the system") if event.actor == "system" else subject_in_words(event.actor)
