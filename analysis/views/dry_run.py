"""A dry run: a copy of a draft study whose experts are simulated, made in the background; and the removal of whatever is simulated."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from analysis.tasks import run_simulation
from deterrence_delphi.queue import enqueue
from surveys.exceptions import Refused
from surveys.forms.simulating import DryRunForm
from surveys.models import Simulation, Study
from surveys.permissions import Access
from surveys.views.organizer.scope import REFUSED, study_page, study_response
from surveys.workflow.simulated import check_is_draft, copy_for_dry_run, remove_simulation


@study_page("simulate", "GET", "POST")
def dry_run(request: HttpRequest, access: Access) -> HttpResponse:
    """Says what a dry run is; starts one on confirmation. Pressed twice, there is one."""
    form = DryRunForm(request.POST or None, study=access.study)
    if request.method == "POST" and form.is_valid():
        try:
            simulation, created = copy_for_dry_run(access.study, form.plan, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _to_copy(request, simulation, created)
    context = {"form": form, "obstacle": _obstacle(access.study), "earlier": access.study.dry_runs.select_related("study").order_by("pk")}
    return study_response(request, access, "analysis/dry_run.html", context, status=REFUSED if form.errors else 200)


def _to_copy(request: HttpRequest, simulation: Simulation, created: bool) -> HttpResponse:
    if created:
        enqueue(run_simulation, simulation.pk)
        messages.success(request, _("The dry run has started. Its results come by themselves; you can leave this page."))
    else:
        messages.info(request, _("A dry run of this study is under way already: this one."))
    return redirect(simulation.study)


def _obstacle(study: Study) -> str:
    """Why there can be no dry run now, in words."""
    try:
        check_is_draft(study)
    except Refused as refusal:
        return str(refusal)
    return ""


@study_page("simulate", "GET", "POST")
def remove(request: HttpRequest, access: Access) -> HttpResponse:
    """Shows what will be removed, and removes it on confirmation."""
    study = access.study
    simulation = Simulation.objects.filter(study=study).select_related("source").first()
    if request.method == "POST":
        return _remove(request, study, simulation)
    context = {"simulation": simulation, "experts": study.panelists.count(), "opened": study.rounds.exclude(state="draft").count()}
    return study_response(request, access, "analysis/simulation_remove.html", context)


def _remove(request: HttpRequest, study: Study, simulation: Simulation | None) -> HttpResponse:
    source = simulation.source if simulation is not None else None
    try:
        left = remove_simulation(study, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(study)
    if left is None:
        messages.success(request, _("The dry run is removed, and nothing of it is left."))
        return redirect(source or "surveys:study-list")
    if study.is_simulated:
        messages.success(request, _("Everything simulated is removed. The study is a draft again."))
    else:
        messages.info(request, _("Nothing in this study is simulated; nothing changed."))
    return redirect(left)
