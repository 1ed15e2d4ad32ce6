"""The translators' page: each text beside its source, with its state; many are saved at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.enums import TranslationState
from surveys.exceptions import Refused
from surveys.forms.texts import language_in_words
from surveys.forms.translating import Sent, sent_texts, written_texts
from surveys.models import TextReview
from surveys.permissions import Access
from surveys.studyfile.shared_wording import without_unused_lists
from surveys.studyfile.translating import KeyedText
from surveys.views.organizer.builder.page import builder_response
from surveys.views.organizer.builder.places import parts_in_words, text_in_words, way_to_change
from surveys.views.organizer.scope import REFUSED, study_page
from surveys.workflow.drafts import Draft, read_draft
from surveys.workflow.text_reviews import Completeness, Translation, completeness_in, reviews_of, translations_in
from surveys.workflow.translations import Phase, Standing, TranslationsRefused, save_translations, seen_digest, standing_of, why_not

PER_PAGE = 30
TO_DO = (TranslationState.MISSING, TranslationState.OUTDATED, TranslationState.DRAFT)
TAGS = {TranslationState.MISSING: "bad", TranslationState.OUTDATED: "warn", TranslationState.DRAFT: "plain", TranslationState.REVIEWED: "good"}


@dataclass(frozen=True)
class Row:
    """A text as the page shows it. `typed`: what was sent, where that was refused; `problem` says why."""

    number: int
    translation: Translation
    seen: str
    where: str
    can_write: bool
    way: str
    typed: str
    is_marked: bool
    problem: str = ""

    @property
    def text(self) -> KeyedText:
        return self.translation.text

    @property
    def tag(self) -> str:
        return TAGS[self.translation.state]

    @property
    def lines(self) -> int:
        """How high its field is."""
        longest = max(len(self.text.source), len(self.typed))
        return min(12, max(self.text.source.count("\n") + 1, longest // 48 + 1, 2 if self.text.is_list else 1))


@dataclass
class Desk:
    """What a translator sees of a study in one language, as chosen in the address."""

    access: Access
    draft: Draft
    language: str
    state: str = ""
    part: str = ""

    @classmethod
    def of(cls, request: HttpRequest, access: Access) -> "Desk":
        draft = read_draft(access.study)
        targets, given = draft.definition["languages"][1:], request.GET
        language = given.get("language", "")
        state = given.get("state", "")
        return cls(access, draft, language if language in targets else next(iter(targets), ""),
                   state if state in TranslationState.values else "", given.get("part", ""))

    @cached_property
    def definition(self) -> Mapping[str, Any]:
        """As the next round would ask it: what no question uses any more need not be translated."""
        return without_unused_lists(self.draft.definition) if self.draft.is_ready else self.draft.definition

    @cached_property
    def completeness(self) -> dict[str, Completeness]:
        return completeness_in(self.definition, self.reviews)

    @cached_property
    def reviews(self) -> dict[tuple[str, str, str], TextReview]:
        return reviews_of(self.access.study)

    @cached_property
    def translations(self) -> list[Translation]:
        return translations_in(self.definition, self.language, self.reviews)

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.access.study, self.draft.versions)

    @property
    def chosen(self) -> list[Translation]:
        return [found for found in self.translations if self.state in ("", found.state) and self.part in ("", found.text.part)]

    def address(self, **changes: str) -> str:
        """This page, with another choice."""
        given = {"language": self.language, "state": self.state, "part": self.part, **changes}
        query = urlencode({name: value for name, value in given.items() if value})
        return f"{reverse('surveys:build-translations', args=[self.access.study.slug])}?{query}"

    @property
    def next_to_do(self) -> tuple[str, Translation] | None:
        """The first text that is missing, else outdated, else not reviewed: where it stands, and what it is."""
        for state in TO_DO:
            for found in self.translations:
                if found.state is state:
                    return self.address(state=state.value, part=""), found
        return None

    def row(self, number: int, found: Translation, sent: Sent | None = None, problem: str = "") -> Row:
        text, study = found.text, self.access.study
        can_write = self.standing.may_write(text, self.language)
        way = way_to_change(study, self.standing, text) if not can_write and self.access.may("edit_study") else ""
        typed = sent.typed if sent is not None and sent.typed is not None else found.present
        is_marked = sent.is_marked if sent is not None else found.state is TranslationState.REVIEWED
        return Row(number, found, seen_digest(text, self.language), text_in_words(text), can_write, way, typed, is_marked, problem)


@study_page("translate", "GET", "POST")
def translations(request: HttpRequest, access: Access) -> HttpResponse:
    desk = Desk.of(request, access)
    if request.method == "POST":
        return _save(request, desk)
    page = Paginator(desk.chosen, PER_PAGE).get_page(request.GET.get("page"))
    rows = [desk.row(number, found) for number, found in enumerate(page.object_list, start=1)]
    return _page(request, desk, rows, {"page": page, "query": desk.address().partition("?")[2] + "&"})


def _save(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All that was sent, or nothing: what was typed comes back then, with what was refused."""
    sent = sent_texts(request.POST)
    present = {found.text.key: found.present for found in desk.translations}
    written = written_texts(sent, present, marks_all=request.POST.get("do") == "review-page")
    try:
        changed = save_translations(desk.access.study, desk.language, written, by=request.user)
    except TranslationsRefused as refusal:
        return _refused(request, desk, sent, refusal.found)
    except Refused as refusal:
        return _refused(request, desk, sent, {}, str(refusal))
    text = ngettext("Saved. %(count)s text has changed.", "Saved. %(count)s texts have changed.", changed)
    messages.success(request, text % {"count": changed})
    keeps_page = request.GET.get("page", "").isdecimal() and not desk.state  # under a choice of state what is done has left the list
    return redirect(desk.address(**({"page": request.GET["page"]} if keeps_page else {})))


def _refused(request: HttpRequest, desk: Desk, sent: list[Sent], problems: Mapping[str, str], refusal: str = "") -> HttpResponse:
    there = {found.text.key: found for found in desk.translations}
    rows = [desk.row(number, there[one.key], one, problems.get(one.key, "")) for number, one in enumerate(sent, start=1) if one.key in there]
    lost = [one for one in sent if one.key not in there and one.typed]
    return _page(request, desk, rows, {"refusal": refusal or _("Nothing is saved yet: some texts can't be taken as they are."), "lost": lost,
                                       "wrong": [row for row in rows if row.problem], "is_refused": True}, status=REFUSED)


def _page(request: HttpRequest, desk: Desk, rows: list[Row], context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    to_do = desk.next_to_do
    context |= {
        "desk": desk, "rows": rows, "language_in_words": language_in_words(desk.language), "languages": _languages(desk),
        "source_language": desk.draft.definition["languages"][0], "source_in_words": language_in_words(desk.draft.definition["languages"][0]),
        "states": [(state.value, state.label) for state in TranslationState],
        "study_parts": parts_in_words([found.text for found in desk.translations], desk.definition),
        "next_url": to_do[0] if to_do else "", "next_where": text_in_words(to_do[1].text) if to_do else "", "next_state": to_do[1].state.label if to_do else "",
        "why_not": "" if desk.standing.phase is Phase.WRITING else why_not(desk.standing), "phase": desk.standing.phase.value,
        "may_edit": desk.access.may("edit_study"),
    }
    return builder_response(request, desk.access, desk.draft, "translations", context, part="build-translations", status=status)


def _languages(desk: Desk) -> list[dict[str, Any]]:
    return [{"code": language, "in_words": language_in_words(language), "url": desk.address(language=language, part="", state=""), "found": found,
             "is_current": language == desk.language} for language, found in desk.completeness.items()]
