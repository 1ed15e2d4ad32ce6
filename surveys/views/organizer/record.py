"""The record of a study: who did what, when, from which state to which; and whether it is whole."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from surveys.models import AuditEvent
from surveys.permissions import Access
from surveys.views.organizer.acts import act_in_words
from surveys.views.organizer.scope import study_page, study_response
from surveys.workflow.record import first_broken_entry

PER_PAGE = 100


@study_page("see_record")
def record_page(request: HttpRequest, access: Access) -> HttpResponse:
    """The newest first (4 queries)."""
    events = AuditEvent.objects.filter(study=access.study).select_related("by").order_by("-sequence")
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [row_of(event) for event in page.object_list], "broken": first_broken_entry(access.study)}
    return study_response(request, access, "surveys/organizer/record.html", context)


def row_of(event: AuditEvent) -> dict[str, Any]:
    details = dict(event.details)
    before, after = details.pop("before", ""), details.pop("after", "")
    return {"event": event, "who": who(event), "act": act_in_words(event.act), "before": before, "after": after,
            "details": [(key.replace("_", " "), value) for key, value in details.items()]}


def who(event: AuditEvent) -> str:
    """A name where the account is still there."""
    if event.by is not None:
        return event.by.get_full_name()
    return _("the system") if event.actor == "system" else event.actor
