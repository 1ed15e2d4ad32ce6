"""What a question says: reworded between rounds, its typing errors corrected while a round is open."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.exceptions import Refused
from surveys.forms import CorrectionForm, RewordForm
from surveys.forms.digests import digest_of
from surveys.forms.texts import language_in_words
from surveys.models import ItemVersion, Study
from surveys.permissions import Access
from surveys.queries import asked_items
from surveys.studyfile.problems import StudyFileRefused
from surveys.studyfile.wording import texts_in, with_texts
from surveys.views.organizer.scope import REFUSED, round_of, study_page, study_response
from surveys.workflow.wordings import check_between_rounds, correct_text, present_versions, reword_item

TEMPLATE = "surveys/organizer/wording.html"
PLACES: dict[str, str | Promise] = {
    "text": gettext_lazy("Question"),
    "help": gettext_lazy("Help below the question"),
    "unit": gettext_lazy("Unit"),
    "x": gettext_lazy("Scale from left to right"),
    "y": gettext_lazy("Scale from bottom to top"),
    "options": gettext_lazy("Option %(code)s"),
    "rows": gettext_lazy("Row %(code)s"),
    "columns": gettext_lazy("Column %(code)s"),
}


def place_in_words(place: str) -> str:
    kind, _dot, code = place.partition(".")
    return str(PLACES[kind]) % {"code": code}


def first_step(place: str) -> str:
    """options.isr → options"""
    return place.partition(".")[0]


def groups_of(form: CorrectionForm, present: Mapping[str, Mapping[str, str]], in_words: Callable[[str], str] = place_in_words,
              group_of: Callable[[str], str] = first_step) -> list[list[dict[str, Any]]]:
    """For each place its text of now in every language, beside the field for the new one; all options, rows or columns together."""
    found: dict[str, list[dict[str, Any]]] = {}
    for place, names in form.places.items():
        rows = []
        for name in names:
            language = name.rpartition(".")[2]
            rows.append({"language": language, "language_name": language_in_words(language), "present": present[place].get(language, ""), "field": form[name]})
        found.setdefault(group_of(place), []).append({"label": in_words(place), "rows": rows})
    return list(found.values())


def refused_with(refusal: Refused) -> list[str]:
    """What was refused; of mistakes in an item the path and what to do, for a form has no lines."""
    if isinstance(refusal, StudyFileRefused):
        return [f"{problem.path}: {problem.text}" if problem.path else problem.text for problem in refusal.found]
    return [str(refusal)]


@study_page("edit_study", "GET", "POST")
def reword(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """A new wording for the rounds to come."""
    study, (version, asked) = access.study, versions_or_404(access.study, code)
    present = {"text": {}, "help": {}, **texts_in(version.definition, study.source_language)}
    form = RewordForm(request.POST or None, texts=present, languages=study.languages, seen=digest_of(version.definition), was_asked=asked is not None)

    def act() -> str:
        definition = with_texts(version.definition, form.texts, study.source_language)
        made = reword_item(study, code, definition, equivalent=form.cleaned_data.get("compares") == "yes",
                           reason=form.cleaned_data.get("reason", ""), read=version.definition, by=request.user)
        return _("The question is reworded. The next round that asks it shows version %(number)s.") % {"number": made.number}

    context = {
        "heading": _("Reword a question"), "version": version, "obstacle": "" if request.method == "POST" else obstacle_to_rewording(study),
        "explained": _("This makes a new version for the rounds to come. What earlier rounds asked, and their results, stay as they are. "
                       "Options, scales and limits are kept.") if asked else _("No round has asked this question yet, so its text is simply replaced."),
        "action": _("Make the new version") if asked else _("Replace this text"), "whole_url": reverse("surveys:item-whole", args=[study.slug, code]),
        "edit_url": reverse("surveys:item-edit", args=[study.slug, code]),
        "above": _("Next round"), "above_url": reverse("surveys:round-open", args=[study.slug]), "groups": groups_of(form, present),
    }
    return wording_page(request, access, form, act, context)


@study_page("edit_study")
def corrections(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """The questions of an open round, each with a way to correct it."""
    study_round = round_of(access.study, number)
    return study_response(request, access, "surveys/organizer/corrections.html", {"study_round": study_round, "asked": asked_items(study_round)})


@study_page("edit_study", "GET", "POST")
def correct(request: HttpRequest, access: Access, number: int, code: str) -> HttpResponse:
    """The same texts, for typing errors and missing translations alone."""
    study, study_round = access.study, round_of(access.study, number)
    asked = study_round.asked_items.select_related("item_version__item").filter(item_version__item__code=code).first()
    if asked is None:
        raise Http404
    version = asked.item_version
    present = texts_in(version.definition, study.source_language)
    form = CorrectionForm(request.POST or None, texts=present, languages=study.languages, seen=digest_of(version.definition))

    def act() -> str:
        correct_text(study_round, code, form.texts, reason=form.cleaned_data["reason"], read=version.definition, by=request.user)
        return _("The text is corrected. Experts see it from their next page on.")

    context = {
        "heading": _("Correct a typing error"), "version": version, "explained": correcting_in_words(number), "action": _("Correct this text"),
        "obstacle": "" if study_round.is_open else _("Round %(number)s is not open. Between rounds a question is reworded instead.") % {"number": number},
        "above": _("Correct a typing error"), "above_url": reverse("surveys:corrections", args=[study.slug, number]), "groups": groups_of(form, present),
    }
    return wording_page(request, access, form, act, context)


def correcting_in_words(number: int) -> str:
    text = _("Round %(number)s is open: experts may have answered already. Mend typing errors and add missing translations; anything that "
             "changes what is asked is refused. The answers stay as they are, and the record keeps both texts.")
    return text % {"number": number}


def versions_or_404(study: Study, code: str) -> tuple[ItemVersion, ItemVersion | None]:
    """The version that the next round asks, and the one that was asked last."""
    try:
        return present_versions(study, code)
    except Refused:
        raise Http404 from None


def obstacle_to_rewording(study: Study) -> str:
    """Why no question can be changed now, in words; "" when one can."""
    try:
        check_between_rounds(study)
    except Refused as refusal:
        return str(refusal)
    return ""


def wording_page(request: HttpRequest, access: Access, form: CorrectionForm, act: Callable[[], str], context: dict[str, Any]) -> HttpResponse:
    """The form; with POST the act, after which the page above is shown. What was typed is kept where something is refused."""
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["seen"] != form.initial["seen"]:
            problems = [_("Somebody has changed this question in between. Its present text stands beside yours; send the form again if yours is to hold.")]
        else:
            try:
                messages.success(request, act())
            except Refused as refusal:
                problems = refused_with(refusal)
            else:
                return redirect(context["above_url"])
    context |= {"form": form, "problems": problems, "seen": form.initial["seen"]}
    return study_response(request, access, TEMPLATE, context, status=REFUSED if form.errors or problems else 200)
