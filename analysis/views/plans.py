"""A study's plans: ask for one, see how far it is, read what it found. For those who run the study, also while it is a draft."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from analysis.models import PlanRun
from analysis.planning.parameters import PlanParameters
from analysis.planning.plan_runs import WAITING, plans_of, request_plan
from analysis.planning.result import PlanResult
from analysis.planning.sentences import lead
from analysis.planning.study_items import latest_specs
from analysis.planning.table import plan_csv
from analysis.tasks import run_plan
from analysis.views.plan_form import PlanForm
from analysis.views.plan_pictures import shape_pages
from deterrence_delphi.queue import enqueue
from surveys.models import Study
from surveys.permissions import Access
from surveys.views.organizer.scope import REFUSED, study_page, study_response

LOOK_AGAIN = 4  # seconds


@study_page("edit_study", "GET", "POST")
def plan_list(request: HttpRequest, access: Access) -> HttpResponse:
    """The form, filled in like the plan named by `like`, and earlier plans (3 queries)."""
    study = access.study
    plans = plans_of(study)
    form = PlanForm(request.POST if request.method == "POST" else None, panels=study.panels.count(), items=items_of(study),
                    start=start_of(plans, request.GET.get("like", "")))
    if request.method == "POST" and form.is_valid():
        return _ask(request, study, form.parameters())
    return study_response(request, access, "analysis/plans.html", {"form": form, "plans": plans}, status=REFUSED if form.errors else 200)


def _ask(request: HttpRequest, study: Study, parameters: PlanParameters) -> HttpResponse:
    plan, is_new = request_plan(study, parameters, by=request.user)
    if is_new:
        enqueue(run_plan, plan.pk)
    else:
        messages.info(request, _("A plan of this study is still being worked out. Ask for another one when it is there."))
    return redirect("analysis:plan", study.slug, plan.pk)


def items_of(study: Study) -> list[tuple[str, str]]:
    """Code and text of the items that a plan can be made for (1 query)."""
    language = get_language() or study.source_language
    return [(spec.code, study.text(spec.text, language)) for spec in latest_specs(study) if spec.kind != "text" and not spec.practice]


def start_of(plans: list[PlanRun], like: str) -> PlanParameters | None:
    """The assumptions of an earlier plan of this study."""
    return next((PlanParameters.from_json(plan.parameters) for plan in plans if like == str(plan.pk)), None)


@study_page("edit_study")
def plan_page(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """What the plan found; while it is worked out, how far it is, and the browser looks again by itself (1 query)."""
    plan = plan_in(access.study, number)
    if plan.state in WAITING:
        response = study_response(request, access, "analysis/plan_progress.html", {"plan": plan})
        response["Refresh"] = str(LOOK_AGAIN)
        return response
    if plan.result is None:
        return study_response(request, access, "analysis/plan_progress.html", {"plan": plan})
    result, parameters = PlanResult.from_json(plan.result), PlanParameters.from_json(plan.parameters)
    return study_response(request, access, "analysis/plan.html", {
        "plan": plan, "result": result, "parameters": parameters, "lead": lead(result, parameters.power), "shapes": shape_pages(result, parameters)})


def plan_in(study: Study, number: int) -> PlanRun:
    plan = get_object_or_404(PlanRun.objects.select_related("requested_by"), study=study, pk=number)
    plan.study = study
    return plan


@study_page("edit_study")
def plan_file(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """All figures as CSV."""
    plan = plan_in(access.study, number)
    if plan.result is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{access.study.slug}-plan-{plan.pk}.csv"'}
    return HttpResponse(plan_csv(PlanResult.from_json(plan.result)), content_type="text/csv; charset=utf-8", headers=headers)
