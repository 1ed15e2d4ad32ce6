"""Scales, lists of options, titles and names after the study has begun: corrected while a round is open, reworded between rounds."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from surveys.exceptions import Refused
from surveys.forms import CorrectionForm, RewordForm
from surveys.forms.digests import digest_of
from surveys.models import Study
from surveys.permissions import Access
from surveys.queries import definition_of, versions_of
from surveys.studyfile.shared_wording import WHOLE, shared_texts, split
from surveys.studyfile.wording import Texts
from surveys.views.organizer.parts import offered_parts, part_in_words, place_in_part
from surveys.views.organizer.scope import study_page, study_response
from surveys.views.organizer.wording import correcting_in_words, first_step, groups_of, wording_page
from surveys.workflow.shared_texts import check_begun, correct_shared_texts, reword_list, was_asked


@study_page("edit_study")
def parts(request: HttpRequest, access: Access) -> HttpResponse:
    """Everything that questions share, each with a way to change its words."""
    obstacle = obstacle_to_changing(access.study)
    context = {"parts": [] if obstacle else offered_parts(access.study), "obstacle": obstacle}
    return study_response(request, access, "surveys/organizer/shared_texts.html", context)


@study_page("edit_study", "GET", "POST")
def change(request: HttpRequest, access: Access, part: str) -> HttpResponse:
    """The words of one of them: for typing errors alone while a round is open, and of titles and names at any time."""
    study, versions = access.study, versions_of(access.study)
    try:
        present = shared_texts(definition_of(study, versions), part)
    except KeyError:
        raise Http404 from None
    number = next((version.open_number for version in versions), None)
    is_corrected, asked = number is not None or part == WHOLE, was_asked(versions, part)
    texts: dict[str, Any] = {"texts": present, "languages": study.languages, "seen": digest_of(present)}
    form = CorrectionForm(request.POST or None, **texts) if is_corrected else RewordForm(request.POST or None, **texts, was_asked=asked)

    def act() -> str:
        return (_correct if is_corrected else _reword)(study, part, form, present, request.user)

    context = {
        "heading": part_in_words(part), "obstacle": "" if request.method == "POST" else obstacle_to_changing(study), **words(part, number, asked),
        "above": _("Shared texts"), "above_url": reverse("surveys:shared-texts", args=[study.slug]),
        "groups": groups_of(form, present, place_in_part, first_step if part == WHOLE else all_together),
    }
    return wording_page(request, access, form, act, context)


def _correct(study: Study, part: str, form: CorrectionForm, present: Texts, user: Any) -> str:
    correct_shared_texts(study, part, form.texts, reason=form.cleaned_data["reason"], read=present, by=user)
    return _("The text is corrected. Experts see it from their next page on.")


def _reword(study: Study, part: str, form: CorrectionForm, present: Texts, user: Any) -> str:
    given = form.cleaned_data
    made = reword_list(study, part, form.texts, equivalent=given.get("compares") == "yes", reason=given.get("reason", ""), read=present, by=user)
    if not made:
        return _("The words are replaced.")
    return _("The words are changed. New versions of: %(codes)s.") % {"codes": ", ".join(version.item.code for version in made)}


def all_together(_place: str) -> str:
    """All points or options of one list stand together."""
    return "list"


def words(part: str, number: int | None, asked: bool) -> dict[str, Any]:
    """What the page says of the change, and its button."""
    if number is not None:
        return {"explained": correcting_in_words(number), "action": _("Correct this text")}
    if part == WHOLE:
        text = _("No round is open, so headings and introductions can be written anew. The perspective and the panels' names stand over every answer "
                 "that was given: of these only typing errors are mended and missing translations added. The record keeps both texts.")
        return {"explained": text, "action": _("Change these texts")}
    if asked:
        text = _("Every question that uses these words gets a new version for the rounds to come. What earlier rounds asked, and their results, "
                 "keep the words of %(name)s. Codes, the number of points and rules stay as they are.") % {"name": split(part)[1]}
        return {"explained": text, "action": _("Make the new versions")}
    return {"explained": _("No round has asked these words yet, so they are simply replaced."), "action": _("Replace these texts")}


def obstacle_to_changing(study: Study) -> str:
    """Why no shared text can be changed now, in words; "" when one can."""
    try:
        check_begun(study)
    except Refused as refusal:
        return str(refusal)
    return ""
