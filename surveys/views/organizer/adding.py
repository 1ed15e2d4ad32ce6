"""A further question for later rounds: its kind is chosen for a form, or it is written as in the study file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.exceptions import Refused
from surveys.forms import AddItemForm
from surveys.models import Item, Study
from surveys.permissions import Access
from surveys.studyfile.problems import StudyFileRefused
from surveys.studyfile.single_item import read_item
from surveys.views.organizer.builder.kinds import cards
from surveys.views.organizer.scope import REFUSED, study_page, study_response
from surveys.workflow.wordings import add_item, check_between_rounds

TEMPLATE = "surveys/organizer/item_add.html"


@study_page("edit_study", "GET", "POST")
def add(request: HttpRequest, access: Access) -> HttpResponse:
    """The form; with POST the question is read, checked with line and remedy, and added."""
    study = access.study
    form = AddItemForm(request.POST or None, study=study, sections=section_choices(study))
    problems: list[str] = []
    obstacle = ""
    if request.method == "POST" and form.is_valid():
        try:
            item = _add(study, form, request.user)
        except StudyFileRefused as refusal:
            problems = refusal.problems
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The question %(code)s is added. You choose below whether the next round asks it.") % {"code": item.code})
            return redirect("surveys:round-open", study.slug)
    elif request.method != "POST":
        obstacle = obstacle_to_adding(study)
    context = {"form": form, "problems": problems, "obstacle": obstacle, "names": names_in(study), "cards": cards(),
               "form_url": reverse("surveys:item-add-form", args=[study.slug])}
    return study_response(request, access, TEMPLATE, context, status=REFUSED if form.errors or problems else 200)


def _add(study: Study, form: AddItemForm, user: object) -> Item:
    definition, lines = read_item(form.cleaned_data["item"])
    return add_item(study, form.section, definition, title=form.title, lines=lines, reason=form.cleaned_data["reason"], by=user)


def section_choices(study: Study) -> list[tuple[str, str]]:
    language = get_language() or study.source_language
    return [(section.code, study.text(section.title, language)) for section in study.sections.all()]


def obstacle_to_adding(study: Study) -> str:
    """Why no question can be added now, in words; "" when one can."""
    try:
        check_between_rounds(study)
    except Refused as refusal:
        return str(refusal)
    return ""


def names_in(study: Study) -> dict[str, list[str]]:
    """Names that a question can refer to, for whoever writes one."""
    return {"scales": sorted(study.settings.get("scales", {})), "option_lists": sorted(study.settings.get("option_lists", {})),
            "languages": study.languages}
