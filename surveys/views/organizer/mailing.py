"""Invitations and reminders: who is due, send, what became of each."""

import re
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from surveys.enums import MessageKind, MessageState
from surveys.exceptions import Refused
from surveys.models import Message, Round
from surveys.permissions import Access
from surveys.views.organizer.experts import DELIVERY
from surveys.views.organizer.scope import round_of, study_page, study_response
from surveys.workflow.invitations import MOST_REMINDERS, messages_due, queue_messages, resend_message

PER_PAGE = 100
PROBLEMS: tuple[tuple[re.Pattern[str], str | Promise], ...] = (
    (re.compile(r"mail server not reached \((?P<error>\w+)\)"), gettext_lazy("mail server not reached (%(error)s)")),
    (re.compile(r"refused by the mail server \((?P<error>\w+)\)"), gettext_lazy("refused by the mail server (%(error)s)")),
    (re.compile(r"broken off while sending \((?P<error>\w+)\); it may have gone out"),
     gettext_lazy("broken off while sending (%(error)s); it may have gone out")),
    (re.compile("interrupted while sending; it may have gone out"), gettext_lazy("interrupted while sending; it may have gone out")),
)


@study_page("send_messages", "GET", "POST")
def invitations(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    return _mailing(request, access, round_of(access.study, number), MessageKind.INVITATION)


@study_page("send_messages", "GET", "POST")
def reminders(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    return _mailing(request, access, round_of(access.study, number), MessageKind.REMINDER)


def _mailing(request: HttpRequest, access: Access, study_round: Round, kind: MessageKind) -> HttpResponse:
    if request.method == "POST":
        return _send(request, access, study_round, kind)
    context: dict[str, Any] = {"study_round": study_round, "kind": kind, "most_reminders": MOST_REMINDERS}
    if not study_round.is_open:
        context["obstacle"] = _("Round %(number)s is not open, so nobody is written to.") % {"number": study_round.number}
    else:
        try:
            context["number"], due = messages_due(study_round, kind)
            context["due"] = len(due)
        except Refused as refusal:
            context["obstacle"] = str(refusal)
    return study_response(request, access, "surveys/organizer/mailing.html", context)


def _send(request: HttpRequest, access: Access, study_round: Round, kind: MessageKind) -> HttpResponse:
    """Queues the e-mail that the page spoke of: a second press, or a second organizer, sends nothing more."""
    seen = request.POST.get("number", "")
    try:
        if not study_round.is_open or not seen.isdecimal():
            raise Refused(_("Nothing was sent: the round is not open."))
        count = queue_messages(study_round, kind, by=request.user, seen_number=int(seen[:6]))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(access.study)
    text = ngettext("%(count)s e-mail is on its way.", "%(count)s e-mails are on their way.", count) % {"count": count}
    messages.success(request, text if count else _("Nothing was left to send: these e-mails are on their way already."))
    return redirect("surveys:messages", access.study.slug, study_round.number)


@study_page("send_messages")
def message_status(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Every kind in numbers; one by one those that everybody gets, and those that failed. A list of reminders would tell who was silent."""
    study_round = round_of(access.study, number)
    found = Message.objects.filter(round=study_round)
    listed = found.filter(Q(kind__in=DELIVERY) | Q(state=MessageState.FAILED)).select_related("panelist__panel")
    listed = listed.annotate(has_failed=Q(state=MessageState.FAILED)).order_by("-has_failed", "-pk")
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    for message in page.object_list:
        message.panelist.panel.study = access.study
        message.problem = problem_in_words(message.problem)
    context = {"study_round": study_round, "summary": summary_of(found), "page": page}
    return study_response(request, access, "surveys/organizer/messages.html", context)


def problem_in_words(problem: str) -> str:
    """Why an e-mail failed, as the worker noted it, in the reader's language."""
    for pattern, words in PROBLEMS:
        found = pattern.fullmatch(problem)
        if found:
            return str(words) % found.groupdict()
    return problem


def summary_of(found: Any) -> list[dict[str, Any]]:
    """One row per kind and number: how many are in which state (1 query)."""
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    for kind, number, state, n in found.values_list("kind", "number", "state").annotate(n=Count("pk")).order_by("kind", "number"):
        row = rows.setdefault((kind, number), {"kind": MessageKind(kind).label, "number": number, **dict.fromkeys(MessageState.values, 0)})
        row[state] = n
    return list(rows.values())


@study_page("send_messages", "POST")
def resend(request: HttpRequest, access: Access, number: int, message_id: int) -> HttpResponse:
    message = get_object_or_404(Message.objects.select_related("panelist__study", "round__study"),
                                pk=message_id, round__study=access.study, round__number=number)
    try:
        resend_message(message, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A new e-mail is on its way."))
    return redirect("surveys:messages", access.study.slug, number)
