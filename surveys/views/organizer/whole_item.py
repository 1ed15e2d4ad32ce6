"""A question's next version written as in the study file: for other options, rows or limits, which its wording's form leaves alone."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from surveys.exceptions import Refused
from surveys.forms.digests import digest_of
from surveys.forms.whole_item import WholeItemForm
from surveys.models import ItemVersion, Study
from surveys.permissions import Access
from surveys.queries import definition_of
from surveys.studyfile.problems import StudyFileRefused
from surveys.studyfile.single_item import check_item, read_item, write_item
from surveys.views.organizer.adding import names_in
from surveys.views.organizer.scope import REFUSED, study_page, study_response
from surveys.views.organizer.wording import obstacle_to_rewording, versions_or_404
from surveys.workflow.wordings import reword_item

TEMPLATE = "surveys/organizer/item_whole.html"


@study_page("edit_study", "GET", "POST")
def whole(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """The item as text; with POST it is read, checked with line and remedy, and kept as a version."""
    study, (version, asked) = access.study, versions_or_404(access.study, code)
    form = WholeItemForm(request.POST or None, present=write_item(version.definition, study.languages), seen=digest_of(version.definition),
                         was_asked=asked is not None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        problems, made = _act(study, version, form, request.user)
        if made is not None:
            messages.success(request, _("The question is reworded. The next round that asks it shows version %(number)s.") % {"number": made.number})
            return redirect("surveys:round-open", study.slug)
    context = {"form": form, "problems": problems, "version": version, "asked": asked, "names": names_in(study), "seen": form.initial["seen"],
               "obstacle": "" if request.method == "POST" else obstacle_to_rewording(study)}
    return study_response(request, access, TEMPLATE, context, status=REFUSED if form.errors or problems else 200)


def _act(study: Study, version: ItemVersion, form: WholeItemForm, user: Any) -> tuple[list[str], ItemVersion | None]:
    """What is wrong, or the version that was made."""
    given, code = form.cleaned_data, version.item.code
    if given["seen"] != form.initial["seen"]:
        return [_("Somebody has changed this question in between. Open this page anew, and compare yours with the present one.")], None
    try:
        definition, lines = read_item(given["item"])
        if not isinstance(definition, Mapping):
            check_item(definition_of(study), "", definition, replaces=code, lines=lines)
        made = reword_item(study, code, definition, equivalent=given.get("compares") == "yes", reason=given.get("reason", ""), lines=lines,
                           read=version.definition, by=user)
    except StudyFileRefused as refusal:
        return refusal.problems, None
    except Refused as refusal:
        return [str(refusal)], None
    return [], made
