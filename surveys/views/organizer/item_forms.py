"""The builder's form of an item between rounds: a new version of one that was asked, or a further one for the rounds to come."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from surveys.exceptions import Refused
from surveys.forms.items import ItemForm, Surroundings
from surveys.forms.items.between_rounds import PlaceForm, VersionForm
from surveys.forms.items.page import groups_of, problems_of
from surveys.forms.parts import digest_of
from surveys.items import KINDS
from surveys.permissions import Access
from surveys.queries import definition_of
from surveys.studyfile.editing import item_codes
from surveys.studyfile.problems import StudyFileRefused
from surveys.views.organizer.adding import obstacle_to_adding, section_choices
from surveys.views.organizer.builder.item_acts import asked_again, differences
from surveys.views.organizer.scope import REFUSED, study_page, study_response
from surveys.views.organizer.wording import obstacle_to_rewording, versions_or_404
from surveys.workflow.wordings import RULE_KEYS, VERSION_KEYS, add_item, reword_item

TEMPLATE = "surveys/organizer/item_form.html"
Save = Callable[[], str]


@study_page("edit_study", "GET", "POST")
def edit(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Every key of an item for its next version. Its code and kind stay, and so do its rules once they are locked."""
    study, (version, asked) = access.study, versions_or_404(access.study, code)
    fixed = frozenset(VERSION_KEYS) | (frozenset(RULE_KEYS) if study.rules_locked_at is not None else frozenset())
    form = _item_form(request, version.definition, Surroundings(definition_of(study), code), left_out=fixed, has_fixed_head=True)
    beside = VersionForm(_sent(request), was_asked=asked is not None, **_typed(request))

    def save() -> str:
        made = reword_item(study, code, form.definition, equivalent=beside.cleaned_data.get("compares") == "yes",
                           reason=beside.cleaned_data.get("reason", ""), read=version.definition, by=request.user)
        return _("The question is reworded. The next round that asks it shows version %(number)s.") % {"number": made.number}

    context = {"heading": _("Change the question"), "action": _("Make the new version") if asked else _("Replace this question"), "version": version,
               "obstacle": "" if request.method == "POST" else obstacle_to_rewording(study),
               "other_url": reverse("surveys:item-whole", args=[study.slug, code]), "above": _("Reword a question"),
               "above_url": reverse("surveys:item-reword", args=[study.slug, code])}
    return _page(request, access, form, beside, save, context)


@study_page("edit_study", "GET", "POST")
def add(request: HttpRequest, access: Access) -> HttpResponse:
    """A further question of the kind that the address names."""
    study, kind = access.study, request.GET.get("kind", "")
    if kind not in KINDS:
        return redirect("surveys:item-add", study.slug)
    form = _item_form(request, {"kind": kind}, Surroundings(definition_of(study)), left_out=frozenset(VERSION_KEYS))
    beside = PlaceForm(_sent(request), study=study, sections=section_choices(study), **_typed(request))

    def save() -> str:
        item = add_item(study, beside.section, form.definition, title=beside.title, reason=beside.cleaned_data["reason"], by=request.user)
        return _("The question %(code)s is added. You choose below whether the next round asks it.") % {"code": item.code}

    context = {"heading": _("Add a question"), "action": _("Add this question"), "obstacle": "" if request.method == "POST" else obstacle_to_adding(study),
               "other_url": reverse("surveys:item-add", args=[study.slug]), "above": _("Add a question"),
               "above_url": reverse("surveys:item-add", args=[study.slug]), "kinds": KINDS}
    return _page(request, access, form, beside, save, context)


def _is_save(request: HttpRequest) -> bool:
    return request.method == "POST" and ":" not in request.POST.get("do", "")


def _sent(request: HttpRequest) -> Any:
    """What the form beside is judged by; nothing while only an option was added."""
    return request.POST if _is_save(request) else None


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What was typed beside, to be shown again without being judged."""
    return {"initial": request.POST.dict()} if request.method == "POST" else {}


def _item_form(request: HttpRequest, item: Mapping[str, Any], around: Surroundings, **options: Any) -> ItemForm:
    form = ItemForm(request.POST if request.method == "POST" else None, item=item, around=around, **options)
    return asked_again(form, request.POST["do"]) if request.method == "POST" and not _is_save(request) else form


def _page(request: HttpRequest, access: Access, form: ItemForm, beside: Form, save: Save, context: dict[str, Any]) -> HttpResponse:
    problems: dict[str, list[str]] = {}
    if _is_save(request) and form.is_valid() & beside.is_valid():
        overtaken = differences(form) if form.is_overtaken else []
        if form.is_overtaken:
            context |= {"overtaken": overtaken}
            form = asked_again(form, "", has_read=True)
        else:
            try:
                messages.success(request, save())
            except Refused as refusal:
                problems = _refused(form, refusal, context)
            else:
                return redirect("surveys:round-open", access.study.slug)
    is_refused = bool(form.errors or beside.errors or problems or "refused" in context or "overtaken" in context)
    shown = {"form": form, "beside": beside, "groups": groups_of(form, problems), "item_problems": problems.get("", []), "here_url": request.get_full_path(),
             "is_refused": is_refused, "draft_step": digest_of([form.item, sorted(item_codes(form.around.definition))])}
    return study_response(request, access, TEMPLATE, {**shown, **context}, status=REFUSED if is_refused else 200)


def _refused(form: ItemForm, refusal: Refused, context: dict[str, Any]) -> dict[str, list[str]]:
    """Mistakes in the item stand at their fields; whatever else was refused above the form."""
    if isinstance(refusal, StudyFileRefused):
        context["refused"] = _("Something is missing or not understood. Nothing was saved yet.")
        return problems_of(form.definition, (), refusal.found)
    context["refused"] = str(refusal)
    return {}
