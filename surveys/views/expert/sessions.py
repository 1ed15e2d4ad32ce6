"""Who is asking? A personal link is exchanged for a session; every expert's page begins here."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.models import AccessLink, Panelist, Round, Study
from surveys.views.expert.wording import Wording

LINKS = "links"  # the session's key: study slug → id of the redeemed link


@dataclass(frozen=True)
class Expert:
    """The expert of this session in one study, and the language of the page."""

    panelist: Panelist
    wording: Wording

    @property
    def study(self) -> Study:
        return self.panelist.study

    @property
    def language(self) -> str:
        return self.wording.language

    def reading(self, study_round: Round) -> "Expert":
        """The expert as a reader of this round: in a language it was not opened in, its texts come in the source language."""
        if self.may_read(study_round):
            return self
        return replace(self, wording=replace(self.wording, language=self.wording.source))

    def may_read(self, study_round: Round) -> bool:
        """Was the round opened in the expert's language?"""
        return self.wording.language in (study_round.languages or self.study.languages)

    @property
    def is_simulated(self) -> bool:
        return self.study.is_simulated or self.panelist.is_simulated

    @property
    def has_consented(self) -> bool:
        """To the present text; a study without one asks for nothing but taking part."""
        if "consent" not in self.study.settings:
            return True
        return self.panelist.consent_version == int(self.study.settings["consent"].get("version", 1))

    @cached_property
    def device_key(self) -> str:
        """Names this expert's drafts on the device: the same for each link of the expert, and of no use to anybody else."""
        return salted_hmac("surveys.expert.device", str(self.panelist.pk)).hexdigest()[:16]


def start_session(request: HttpRequest, link: AccessLink) -> None:
    """Remember the redeemed link under a fresh session key, so that a key known before is worth nothing."""
    links = {**request.session.get(LINKS, {}), link.panelist.study.slug: link.pk}
    if request.session.session_key is not None:
        request.session.cycle_key()  # a visitor without a session gets a fresh key when it is saved
    request.session[LINKS] = links


def end_session(request: HttpRequest, slug: str) -> None:
    """Forget this study on this device; a session that holds nothing else goes altogether."""
    links = {study: link for study, link in request.session.get(LINKS, {}).items() if study != slug}
    if links or "_auth_user_id" in request.session:
        request.session[LINKS] = links
    else:
        request.session.flush()


def find_expert(request: HttpRequest, slug: str) -> Expert | None:
    """One query besides the session's own; None without a redeemed link, or when it was revoked or the expert has left."""
    link_id = request.session.get(LINKS, {}).get(slug)
    if link_id is None:
        return None
    found = Panelist.objects.select_related("study", "panel").filter(access_links__pk=link_id, access_links__revoked_at=None)
    panelist = next(iter(found), None)
    if panelist is None or not panelist.takes_part or panelist.study.slug != slug:
        return None
    return Expert(panelist, wording_for(request, panelist))


def wording_for(request: HttpRequest, panelist: Panelist) -> Wording:
    """The study's texts follow the language chosen on the page; before any choice they come in the language on the list of experts."""
    page = get_language() or settings.LANGUAGE_CODE
    was_chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    language = page if was_chosen else panelist.language
    return Wording(language, panelist.study.source_language, page)


ExpertView = Callable[..., HttpResponse]


def for_expert(view: ExpertView) -> ExpertView:
    """Hand the session's expert to the view, or answer that the personal link is needed. An unknown study gets the same answer."""

    @wraps(view)
    def page(request: HttpRequest, slug: str, **more: Any) -> HttpResponse:
        expert = find_expert(request, slug)
        return view(request, expert, **more) if expert else link_needed(request)

    return page


def link_needed(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        text = _("Your session on this device has ended. Open your personal link again; what is kept here will then be sent.")
        return JsonResponse({"error": text, "reason": "session"}, status=401)
    return render(request, "surveys/expert/link_needed.html", status=403)


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
