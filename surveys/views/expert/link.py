"""The personal link. Reading it changes nothing, for mail scanners open links too; only its button redeems it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods

from surveys.exceptions import Refused
from surveys.models import AccessLink
from surveys.views.expert.pages import moment_of, study_texts
from surveys.views.expert.promises import what_becomes_of_answers, who_sees_what
from surveys.views.expert.questionnaire import questionnaire_of
from surveys.views.expert.sessions import start_session, wording_for
from surveys.views.expert.standing import minutes_for, open_round_of, rounds_of
from surveys.workflow.invitations import decline, find_link, link_status, redeem_link, request_new_link


@require_http_methods(["GET", "HEAD", "POST"])
def personal_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows who asks for what; POST redeems, declines, or asks for a fresh link when this one has expired."""
    link = find_link(token)
    status = link_status(link) if link else "unknown"
    if link is None or status in ("revoked", "gone"):
        return render(request, "surveys/expert/link_useless.html", status=404)
    speak_language_of(request, link)
    if status == "expired":
        return _expired(request, link)
    if request.method != "POST":
        return render(request, "surveys/expert/link.html", link_context(request, link))
    if request.POST.get("act") == "decline":
        return _decline(request, link)
    return _redeem(request, link)


def speak_language_of(request: HttpRequest, link: AccessLink) -> None:
    """Before the expert chose a language on a page, it is the one on the list of experts."""
    language = link.panelist.language
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and is_spoken(language):
        translation.activate(language)
        request.LANGUAGE_CODE = language


def is_spoken(language: str) -> bool:
    """Is the interface there in this language?"""
    return language in dict(settings.LANGUAGES)


def _redeem(request: HttpRequest, link: AccessLink) -> HttpResponse:
    """A session under a fresh key, the expert's language, and a clean address."""
    redeem_link(link)
    start_session(request, link)
    response = HttpResponseRedirect(reverse("surveys:expert-home", args=[link.panelist.study.slug]), status=303)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and is_spoken(link.panelist.language):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, link.panelist.language, max_age=31536000, samesite="Lax",
                            secure=settings.SESSION_COOKIE_SECURE, httponly=True)
    return response


def _expired(request: HttpRequest, link: AccessLink) -> HttpResponse:
    """Says so, and on request mails a fresh link to the address on file, which is not shown."""
    context: dict[str, Any] = study_texts(link.panelist.study, wording_for(request, link.panelist))
    if request.method == "POST":
        try:
            request_new_link(link)
            context["is_sent"] = True
        except Refused:
            context["is_refused"] = True
    return render(request, "surveys/expert/link_expired.html", context, status=200 if request.method == "POST" else 410)


def _decline(request: HttpRequest, link: AccessLink) -> HttpResponse:
    """First a page that asks again, then the act."""
    context: dict[str, Any] = link_context(request, link)
    if request.POST.get("confirm") == "yes":
        try:
            decline(link.panelist)
        except Refused as refusal:
            return render(request, "surveys/expert/decline.html", {**context, "refusal": str(refusal)}, status=409)
        return render(request, "surveys/expert/declined.html", context)
    return render(request, "surveys/expert/decline.html", context)


def link_context(request: HttpRequest, link: AccessLink) -> dict[str, Any]:
    """The study, who asks, how long it takes, who sees what, and what becomes of the answers."""
    study, wording = link.panelist.study, wording_for(request, link.panelist)
    study_round = open_round_of(rounds_of(link.panelist))
    context: dict[str, Any] = {
        **study_texts(study, wording), "is_simulated": study.is_simulated or link.panelist.is_simulated,
        "who_sees_what": who_sees_what(study), "what_becomes": what_becomes_of_answers(study), "round": study_round,
        "panel_name": wording(link.panelist.panel.name),
    }
    if study_round is not None:
        items = sum(1 for _asked in questionnaire_of(study_round, study.settings))
        context.update(items=items, minutes=minutes_for(items, []), deadline=moment_of(study_round.deadline_at, study))
    return context
