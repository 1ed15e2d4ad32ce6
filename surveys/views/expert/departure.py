"""Leaving: on this device only, or for good."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from surveys.enums import RoundState
from surveys.views.expert.pages import expert_page, study_texts
from surveys.views.expert.sessions import Expert, end_session, for_expert
from surveys.views.expert.standing import rounds_of
from surveys.workflow.responses import withdraw


def typed_word() -> str:
    """What an expert types to withdraw: short, and in the language of the page."""
    return pgettext("typed to confirm a withdrawal", "withdraw")


@require_http_methods(["GET", "HEAD", "POST"])
@for_expert
def withdrawal(request: HttpRequest, expert: Expert) -> HttpResponse:
    """What is deleted and what stays; done only when the word was typed."""
    rounds = rounds_of(expert.panelist)
    context: dict[str, Any] = {
        "word": typed_word(), "released": [found for found in rounds if found.state == RoundState.RELEASED],
        "answered": [found for found in rounds if getattr(found, "response_state", None) is not None],
    }
    if request.method != "POST":
        return expert_page(request, expert, "withdraw", context)
    if request.POST.get("word", "").strip().casefold() != typed_word().casefold():
        return expert_page(request, expert, "withdraw", {**context, "is_wrong": True, "typed": request.POST.get("word", "")[:80]}, status=422)
    withdraw(expert.panelist)
    end_session(request, expert.study.slug)
    return render(request, "surveys/expert/withdrawn.html", {**study_texts(expert.study, expert.wording), "device_key": expert.device_key})


@require_http_methods(["GET", "HEAD", "POST"])
@for_expert
def leave(request: HttpRequest, expert: Expert) -> HttpResponse:
    """End the session on this device; the personal link opens it again."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("surveys:expert-home", args=[expert.study.slug]))
    end_session(request, expert.study.slug)
    return render(request, "surveys/expert/left.html", {**study_texts(expert.study, expert.wording), "device_key": expert.device_key})
