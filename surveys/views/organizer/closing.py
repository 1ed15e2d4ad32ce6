"""Deadline, closing, reopening, finishing: each shows what it will do, and does it on confirmation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.enums import RoundState
from surveys.exceptions import Refused
from surveys.forms import DeadlineForm, ReopenForm
from surveys.models import Round
from surveys.permissions import Access
from surveys.queries import number_in_round, progress_by_panel
from surveys.views.organizer.scope import REFUSED, round_of, study_page, study_response
from surveys.workflow.rounds import answered_drafts, close_round, finish_study, move_deadline, number_of_drafts_that_count, reopen_round

AFTER_OPEN = (RoundState.CLOSED, RoundState.AGGREGATED, RoundState.RELEASED)


@study_page("move_deadline", "GET", "POST")
def deadline(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    study_round = round_of(access.study, number)
    form = DeadlineForm(request.POST or None, study=access.study, initial={"deadline": study_round.deadline_at})
    if request.method == "POST" and form.is_valid():
        try:
            move_deadline(study_round.pk, form.cleaned_data["deadline"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The deadline is set."))
            return redirect(access.study)
    context = {"form": form, "study_round": study_round, "waiting": _not_submitted(study_round)}
    return study_response(request, access, "surveys/organizer/deadline.html", context, status=REFUSED if form.errors else 200)


def _not_submitted(study_round: Round) -> int:
    return sum(row["started"] + row["silent"] for row in progress_by_panel(study_round))


@study_page("close_round", "GET", "POST")
def close(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    study_round = round_of(access.study, number, answered_drafts=number_in_round(answered_drafts()))
    if request.method == "POST":
        return _close(request, access, study_round)
    drafts = number_of_drafts_that_count(study_round, study_round.answered_drafts)  # type: ignore[attr-defined]
    rows = progress_by_panel(study_round)
    totals = {key: sum(row[key] for row in rows) for key in ("invited", "submitted", "silent")}
    context = {"study_round": study_round, "drafts": drafts, "totals": totals, "already": study_round.state in AFTER_OPEN}
    return study_response(request, access, "surveys/organizer/close.html", context)


def _close(request: HttpRequest, access: Access, study_round: Round) -> HttpResponse:
    """Whoever comes second is told that it holds already."""
    began = timezone.now()
    try:
        closed = close_round(study_round.pk, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(access.study)
    if closed.closed_by_id == request.user.pk and closed.closed_at is not None and closed.closed_at >= began:
        messages.success(request, _("Round %(number)s is closed. Its answers are being counted.") % {"number": closed.number})
    else:
        messages.info(request, _("Round %(number)s was closed already; nothing changed.") % {"number": closed.number})
    return redirect(access.study)


@study_page("reopen_round", "GET", "POST")
def reopen(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    study_round = round_of(access.study, number)
    was_open = study_round.is_open
    form = ReopenForm(request.POST or None, study=access.study)
    if request.method == "POST" and form.is_valid():
        try:
            reopen_round(study_round.pk, reason=form.cleaned_data["reason"], deadline_at=form.cleaned_data["deadline"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            text = _("Round %(number)s was open already; nothing changed.") if was_open else _("Round %(number)s is open again.")
            messages.success(request, text % {"number": number})
            return redirect(access.study)
    context = {"form": form, "study_round": study_round}
    return study_response(request, access, "surveys/organizer/reopen.html", context, status=REFUSED if form.errors else 200)


@study_page("finish_study", "GET", "POST")
def finish(request: HttpRequest, access: Access) -> HttpResponse:
    was_finished = access.study.finished_at is not None
    if request.method == "POST":
        try:
            finish_study(access.study, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            text = _("The study was finished already; nothing changed.") if was_finished else _("The study is finished.")
            messages.success(request, text)
        return redirect(access.study)
    last = access.study.rounds.exclude(state=RoundState.DRAFT).order_by("-number").first()
    context = {"last": last, "can_finish": last is not None and last.state == RoundState.AGGREGATED, "was_finished": was_finished}
    return study_response(request, access, "surveys/organizer/finish.html", context)
