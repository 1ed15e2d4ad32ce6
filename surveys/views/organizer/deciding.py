"""The walk to the next round: from item to item what is proposed and what is decided, then deadline and languages, the summary, the act."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from surveys.enums import Ground, ItemAct
from surveys.exceptions import Refused
from surveys.forms import ItemDecisionForm
from surveys.models import Study
from surveys.permissions import Access
from surveys.views.organizer.opening import Plan, obstacle_page, open_as_planned, open_first, opened_already, review
from surveys.views.organizer.round_summary import decided_in, wording_of
from surveys.views.organizer.scope import REFUSED, study_page, study_response
from surveys.workflow.conditions import missing_source
from surveys.workflow.decisions import accept_proposals, decide_item, keep_terms
from surveys.workflow.walk import Step, Walk, obstacle_to, walk_of


def act_words(step: Step) -> dict[str, tuple[str, str]]:
    """Each act that is possible for an item, as a choice and what it means."""
    known = {
        ItemAct.CARRY: (_("Ask it again as it is"), _("Experts see the feedback and keep or change their answer.")),
        ItemAct.DROP: (_("Drop it"), _("It is not asked; it keeps its last verdict.")),
        ItemAct.REWORD: (_("Reword it…"), _("The page for rewording opens next; the question gets a new version.")),
        ItemAct.ADD: (_("Ask it"), _("It joins the questionnaire.")),
    }
    if step.is_reworded:
        known[ItemAct.REWORD] = (_("Ask its new wording"), wording_of(step.version))
    if not step.was_asked:
        known[ItemAct.DROP] = (_("Leave it out"), _("It is not asked in this round."))
    return {act: known[act] for act in step.acts}


@study_page("open_round", "GET", "POST")
def open_next(request: HttpRequest, access: Access) -> HttpResponse:
    """The form of round 1; from then on every item with its proposal and its decision, on the way to the next round."""
    plan = Plan.of(access.study)
    walk = plan.walk
    if walk is None:
        return open_first(request, access, plan)
    obstacle = obstacle_to(access.study, walk.before)
    if obstacle:
        return redirect(access.study) if opened_already(request, plan) else obstacle_page(request, access, obstacle, walk.number)
    return overview(request, access, walk)


def overview(request: HttpRequest, access: Access, walk: Walk) -> HttpResponse:
    """The list (4 queries besides the user's and the study's); with POST all proposals are accepted."""
    refused = ""
    if request.method == "POST":
        try:
            made = accept_proposals(access.study, by=request.user, seen=request.POST.get("seen", ""))
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("Accepted as proposed: %(count)s.") % {"count": len(made)})
            return redirect("surveys:round-open", access.study.slug)
    context = {"walk": walk, "study_round": walk.before, "refused": refused, "next": walk.next_due(), "obstacle": obstacle_to_asking(walk)}
    return study_response(request, access, "surveys/organizer/walk.html", context, status=REFUSED if refused else 200)


def obstacle_to_asking(walk: Walk) -> str:
    """Why what was decided can't be asked as a round, in words; "" when it can, or while something is due."""
    if walk.due:
        return ""
    if not walk.asked:
        return _("Nothing is left to ask. Ask one question at least, or finish the study.")
    return missing_source(step.version.definition for step in walk.asked)


def walk_or_404(study: Study) -> Walk:
    walk = walk_of(study)
    if walk is None:
        raise Http404
    return walk


@study_page("open_round", "GET", "POST")
def decide(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """One item: what came out, what is proposed, and the decision (4 queries besides the user's and the study's)."""
    walk = walk_or_404(access.study)
    step = walk.step(code)
    if step is None:
        raise Http404
    obstacle = obstacle_to(access.study, walk.before)
    if obstacle:
        return obstacle_page(request, access, obstacle, walk.number)
    form = _form(request, step)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            decision = decide_item(access.study, code, form.cleaned_data["act"], reason=form.own_reason, by=request.user, seen=form.cleaned_data["seen"])
        except Refused as refusal:
            refused = str(refusal)
            walk = walk_or_404(access.study)
            step = walk.step(code) or step
        else:
            return redirect(_after(access.study, walk, step, decision.act))
    context = {"walk": walk, "study_round": walk.before, "step": step, "form": form, "refused": refused, "choices": _choices(step, form),
               "proposed": act_words(step)[step.proposal.act][0], "ground": Ground(step.proposal.ground).label, "next": walk.next_due(code)}
    return study_response(request, access, "surveys/organizer/decide.html", context, status=REFUSED if form.errors or refused else 200)


def _form(request: HttpRequest, step: Step) -> ItemDecisionForm:
    return ItemDecisionForm(request.POST or None, acts=list(act_words(step)), step=step)


def _choices(step: Step, form: forms.Form) -> list[dict[str, Any]]:
    chosen = form["act"].value()
    return [{"act": act, "label": label, "meaning": meaning, "is_chosen": act == chosen} for act, (label, meaning) in act_words(step).items()]


def _after(study: Study, walk: Walk, step: Step, act: str) -> str:
    """Where the walk goes on: to rewording, to the next item that is due, or to the list when none is."""
    if act == ItemAct.REWORD and not step.is_reworded:
        return reverse("surveys:item-reword", args=[study.slug, step.code])
    following = walk.next_due(step.code)
    if following is None:
        return reverse("surveys:round-open", args=[study.slug])
    return reverse("surveys:round-decide", args=[study.slug, following.code]) + "#question"


@study_page("open_round", "GET", "POST")
def summary(request: HttpRequest, access: Access) -> HttpResponse:
    """Deadline and languages; with `step=review` everything that opening does, which becomes the record; with `step=confirm` it happens."""
    plan = Plan.of(access.study)
    if request.POST.get("step") == "confirm" and opened_already(request, plan):
        return redirect(access.study)
    walk = plan.walk
    if walk is None:
        raise Http404
    obstacle = obstacle_to(access.study, walk.before)
    if obstacle:
        return obstacle_page(request, access, obstacle, walk.number)
    if walk.due or obstacle_to_asking(walk):
        messages.info(request, obstacle_to_asking(walk) or _("Some questions wait for a decision."))
        return redirect("surveys:round-open", access.study.slug)
    form = plan.terms(request.POST or None, walk.draft)
    if request.method != "POST" or not form.is_valid():
        return _terms_page(request, access, plan, walk, form)
    languages, codes = plan.languages(form.cleaned_data["allow_incomplete"]), [step.code for step in walk.asked]
    if request.POST.get("step") != "confirm" or request.POST.get("seen") != walk.seen:
        if request.POST.get("step") == "confirm":
            messages.warning(request, _("Decisions have changed in between; nothing is open yet. This is the summary of now."))
        keep_terms(access.study, form.cleaned_data["deadline"], languages)
        shown = {"walk": walk, "dropped": len(walk.dropped), "parts": decided_in(walk)}
        return study_response(request, access, "surveys/organizer/open_review.html", {**review(plan, form, codes), **shown})
    return open_as_planned(request, plan, form, codes) or _terms_page(request, access, plan, walk, form)


def _terms_page(request: HttpRequest, access: Access, plan: Plan, walk: Walk, form: forms.Form) -> HttpResponse:
    context = {"plan": plan, "walk": walk, "form": form, "allowed": form["allow_incomplete"].value() or []}
    return study_response(request, access, "surveys/organizer/round_terms.html", context, status=REFUSED if form.errors else 200)
