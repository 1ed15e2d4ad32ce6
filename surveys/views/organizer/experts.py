"""The experts of a study: who is on the list, add one, put one in another's place. Never whether somebody answered."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.enums import MessageKind, PanelistState
from surveys.exceptions import Refused
from surveys.forms import ExpertForm
from surveys.models import Message, Panelist, Study
from surveys.permissions import Access
from surveys.views.organizer.scope import REFUSED, study_page, study_response
from surveys.workflow.identities import Person, people_of, person_of
from surveys.workflow.panels import add_expert, replace_expert

PER_PAGE = 100
DELIVERY = (MessageKind.INVITATION, MessageKind.NEW_LINK)  # a reminder would tell who has not submitted


@study_page("manage_panel")
def expert_list(request: HttpRequest, access: Access) -> HttpResponse:
    """By panel: pseudonym, person, language, state, what became of the invitation (6 queries)."""
    study = access.study
    panelists = Panelist.objects.filter(study=study).select_related("panel").order_by("panel__position", "pk")
    page = Paginator(panelists, PER_PAGE).get_page(request.GET.get("page"))
    return study_response(request, access, "surveys/organizer/experts.html", {"page": page, "panels": rows_by_panel(study, list(page.object_list))})


def rows_by_panel(study: Study, panelists: list[Panelist]) -> list[dict[str, Any]]:
    people = people_of(panelists)
    delivery = delivery_of(panelists)
    panels: dict[int, dict[str, Any]] = {}
    for panelist in panelists:
        panelist.panel.study = study
        entry = panels.setdefault(panelist.panel_id, {"panel": panelist.panel, "rows": []})
        entry["rows"].append({"panelist": panelist, "person": people.get(panelist.pk, Person()), "state": shown_state(study, panelist),
                              "message": delivery.get(panelist.pk)})
    return list(panels.values())


def delivery_of(panelists: list[Panelist]) -> dict[int, Message]:
    """Panelist id → the latest e-mail that everybody gets (1 query)."""
    sent = Message.objects.filter(panelist__in=panelists, kind__in=DELIVERY).order_by("pk")
    return {message.panelist_id: message for message in sent}


def shown_state(study: Study, panelist: Panelist) -> str:
    """Where organizers are not to learn who answers, somebody invited and somebody taking part look the same."""
    if panelist.state == PanelistState.ACTIVE and "organizers" in study.settings.get("anonymity", []):
        return str(PanelistState.INVITED.label)
    return panelist.get_state_display()


def panel_choices(study: Study) -> list[tuple[int, str]]:
    language = get_language() or study.source_language
    return [(panel.pk, study.text(panel.name, language) or panel.code) for panel in study.panels.all()]


@study_page("manage_panel", "GET", "POST")
def add(request: HttpRequest, access: Access) -> HttpResponse:
    form = ExpertForm(request.POST or None, study=access.study, panels=panel_choices(access.study))
    if request.method == "POST" and form.is_valid():
        try:
            panelist = add_expert(access.study, panel=access.study.panels.get(pk=form.cleaned_data["panel"]), person=form.person,
                                  language=form.cleaned_data["language"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The expert is added as %(code)s.") % {"code": panelist.code})
            return redirect("surveys:experts", access.study.slug)
    context = {"form": form, "open_round": access.study.rounds.filter(state="open").first()}
    return study_response(request, access, "surveys/organizer/expert_add.html", context, status=REFUSED if form.errors else 200)


@study_page("manage_panel", "GET", "POST")
def replace(request: HttpRequest, access: Access, panelist_id: int) -> HttpResponse:
    leaving = get_object_or_404(Panelist.objects.select_related("panel"), study=access.study, pk=panelist_id)
    leaving.study = leaving.panel.study = access.study
    form = ExpertForm(request.POST or None, study=access.study, panels=None, initial={"language": leaving.language})
    if request.method == "POST" and form.is_valid():
        try:
            arrived = replace_expert(leaving, person=form.person, language=form.cleaned_data["language"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(left)s is replaced by %(arrived)s.") % {"left": leaving.code, "arrived": arrived.code})
            return redirect("surveys:experts", access.study.slug)
    context = {"form": form, "leaving": leaving, "person": person_of(leaving)}
    return study_response(request, access, "surveys/organizer/expert_replace.html", context, status=REFUSED if form.errors else 200)
