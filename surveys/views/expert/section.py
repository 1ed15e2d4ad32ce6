"""A section of the questionnaire: a form that works by itself, on which a script saves each answer as it is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from surveys.exceptions import NotInvited, RoundNotOpen
from surveys.models import Round
from surveys.views.expert.given import given_in_form, is_untouched
from surveys.views.expert.home import section_rows
from surveys.views.expert.items import fill_items
from surveys.views.expert.kinds import needed_files
from surveys.views.expert.own_item import OwnItem, own_items
from surveys.views.expert.pages import deadline_of, expert_page
from surveys.views.expert.promises import what_counts
from surveys.views.expert.questionnaire import Asked, AskedSection, Questionnaire, questionnaire_of
from surveys.views.expert.sessions import Expert, for_expert
from surveys.views.expert.standing import OwnAnswers, hidden_in, open_round_of, own_answers, progress_of, rounds_of
from surveys.workflow.responses import Given, Saved, record_answers


@dataclass(frozen=True)
class SectionPage:
    """All that the page of a section rests on."""

    expert: Expert
    round: Round
    questionnaire: Questionnaire
    section: AskedSection
    own: OwnAnswers
    is_translated: bool = True

    @property
    def items(self) -> list[OwnItem]:
        return own_items(self.section.items, self.own, self.round, self.questionnaire)

    @property
    def asked(self) -> Questionnaire:
        """What is asked of this expert; this page's own section stays in it, though all of its items may be hidden."""
        hidden = hidden_in(self.questionnaire, self.own.given_in(self.round.number))
        return self.questionnaire.without(hidden, keep=self.section.code)


@require_http_methods(["GET", "HEAD", "POST"])
@for_expert
def section(request: HttpRequest, expert: Expert, code: str) -> HttpResponse:
    if not expert.has_consented:
        return HttpResponseRedirect(reverse("surveys:expert-consent", args=[expert.study.slug]))
    rounds = rounds_of(expert.panelist)
    study_round = open_round_of(rounds)
    if study_round is None:
        return _no_open_round(request, expert, rounds, code)
    questionnaire = questionnaire_of(study_round, expert.study.settings)
    found = questionnaire.section(code)
    if found is None:
        raise Http404
    page = SectionPage(expert.reading(study_round), study_round, questionnaire, found, own_answers(expert.panelist), expert.may_read(study_round))
    return _save(request, page) if request.method == "POST" else show_section(request, page, page.items)


def _no_open_round(request: HttpRequest, expert: Expert, rounds: list[Round], code: str) -> HttpResponse:
    """Back to where things stand; but somebody who just sent answers is told what became of them, and finds them on the page."""
    latest = rounds[-1] if rounds else None
    if request.method != "POST" or latest is None or not getattr(latest, "is_invited", False):
        return HttpResponseRedirect(reverse("surveys:expert-home", args=[expert.study.slug]))
    questionnaire = questionnaire_of(latest, expert.study.settings)
    found = questionnaire.section(code)
    if found is None:
        raise Http404
    page = SectionPage(expert.reading(latest), latest, questionnaire, found, own_answers(expert.panelist), expert.may_read(latest))
    return _too_late(request, page, touched_items(request.POST, page.items))


def touched_items(form: Mapping[str, str], items: list[OwnItem]) -> list[tuple[OwnItem, Given]]:
    """The items that the form says something new about."""
    given = [(item, as_meant(form, item)) for item in items]
    return [(item, gift) for item, gift in given if not is_untouched(item.asked, gift, item.stored, item.before, item.reason)]


def as_meant(form: Mapping[str, str], item: OwnItem) -> Given:
    """What the form gives for an item. Without a script “cannot judge” stays ticked when a value is typed afterwards.

    Where that was the stored answer, the page showed the box ticked and the fields empty: the value is the newer word.
    """
    given = given_in_form(form, item.asked)
    has_value = any(text.strip() for text in given.raw.values())
    is_newer = "without_script" in form and item.stored is not None and item.stored.cannot_judge and has_value
    return replace(given, cannot_judge=False) if is_newer else given


def _save(request: HttpRequest, page: SectionPage) -> HttpResponse:
    """Save what can be saved; what can't is shown again as it was sent, beside the reason."""
    touched = touched_items(request.POST, page.items)
    try:
        saved = record_answers(page.expert.panelist, page.round, [(item.asked.question, gift) for item, gift in touched]) if touched else {}
    except RoundNotOpen:
        return _too_late(request, page, touched)
    except NotInvited:
        return HttpResponseRedirect(reverse("surveys:expert-home", args=[page.expert.study.slug]), status=303)
    fresh = replace(page, own=own_answers(page.expert.panelist)) if touched else page
    items = fresh.items
    opened, hidden = opened_items(request.POST.get("not_seen", ""), items), {item.asked.pk for item in items if item.is_hidden}
    refused = {item.asked.pk: (gift, saved[item.asked.pk]) for item, gift in touched if saved[item.asked.pk].error and item.asked.pk not in hidden}
    if refused:
        return show_section(request, fresh, [_with_refusal(item, refused) for item in items], status=422, opened=opened)
    return HttpResponseRedirect(_address_of(fresh, opened) if opened else _next_address(request, fresh), status=303)


def opened_items(ids: str, items: list[OwnItem]) -> list[Asked]:
    """Of the items that the page did not show (`ids`, separated by spaces), those that are asked now and have no answer.

    A script keeps the list up to date as items appear, so whoever has seen an item and left it open is not held back.
    """
    named = set(ids.split())
    return [item.asked for item in items if str(item.asked.pk) in named and not item.is_hidden and item.stored is None]


def _address_of(page: SectionPage, opened: list[Asked]) -> str:
    address = reverse("surveys:expert-section", args=[page.expert.study.slug, page.section.code])
    return f"{address}?opened={'+'.join(str(asked.pk) for asked in opened)}"


def _with_refusal(item: OwnItem, refused: Mapping[int, tuple[Given, Saved]]) -> OwnItem:
    if item.asked.pk not in refused:
        return item
    given, saved = refused[item.asked.pk]
    text = saved.error
    if saved.conflict:
        text = _("%(refusal)s It is not overwritten. What you sent stands below: save again to keep yours, or reload the page to see the other.") % {
            "refusal": saved.error}
    return item.with_refusal(given, text)


def _too_late(request: HttpRequest, page: SectionPage, touched: list[tuple[OwnItem, Given]]) -> HttpResponse:
    """The round closed in the meantime: nothing of this is saved, and all of it is still on the page."""
    sent = {item.asked.pk: gift for item, gift in touched}
    text = _("Too late: this change is not counted.")
    items = [item.with_refusal(sent[item.asked.pk], text) if item.asked.pk in sent else item for item in page.items]
    return show_section(request, page, items, status=409, is_closed=True)


def _next_address(request: HttpRequest, page: SectionPage) -> str:
    """Where the pressed button leads: the next section, after the last one the review; or the same page."""
    slug = page.expert.study.slug
    _before, after = page.asked.neighbours(page.section)
    if request.POST.get("then") == "stay":
        return reverse("surveys:expert-section", args=[slug, page.section.code])
    return reverse("surveys:expert-section", args=[slug, after.code]) if after else reverse("surveys:expert-review", args=[slug])


def show_section(
    request: HttpRequest, page: SectionPage, items: list[OwnItem], status: int = 200, *, is_closed: bool = False, opened: Sequence[Asked] = (),
) -> HttpResponse:
    before, after = page.asked.neighbours(page.section)
    answers = page.own.given_in(page.round.number)
    filled = fill_items(page.expert, page.round, items)
    context: dict[str, Any] = {
        "round": page.round, "section": page.section, "title": page.expert.wording(page.section.title),
        "items": filled.html, "before": before, "after": after, "is_closed": is_closed,
        "progress": progress_of(page.questionnaire, answers), "sections": section_rows(page.expert, page.asked, answers),
        "deadline": deadline_of(page.round), "what_counts": what_counts(page.expert.study),
        "errors": [(item.asked, item.error) for item in items if item.error],
        **needed_files(asked.question.spec for asked in page.section.items),
        **conditions_of(page.section, items), "opened": opened or opened_items(request.GET.get("opened", ""), items),
        "is_translated": page.is_translated, "has_feedback": filled.has_pictures, "has_protected": filled.has_protected,
    }
    return expert_page(request, page.expert, "section", context, status)


def conditions_of(section: AskedSection, items: list[OwnItem]) -> dict[str, Any]:
    """Does an item of this page wait for another of it; and which items are not shown now."""
    here = {asked.pk for asked in section.items}
    has_conditions = any(asked.source is not None and asked.source.asked_item_id in here for asked in section.items)
    return {"has_conditions": has_conditions, "not_seen": " ".join(str(item.asked.pk) for item in items if item.is_hidden)}
