"""Where am I: the round and its deadline, what is left, and what came of earlier rounds. And consent, which comes first."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from surveys.enums import ResponseState, RoundState
from surveys.models import Round
from surveys.views.expert.items import fill_results
from surveys.views.expert.kinds import needed_files
from surveys.views.expert.own_item import OwnItem
from surveys.views.expert.pages import deadline_of, expert_page, moment_of
from surveys.views.expert.promises import what_becomes_of_answers, what_counts
from surveys.views.expert.questionnaire import Questionnaire, questionnaire_of
from surveys.views.expert.sessions import Expert, for_expert
from surveys.views.expert.standing import OwnAnswer, hidden_in, open_round_of, own_answers, progress_of, rounds_of
from surveys.workflow.invitations import give_consent


@require_GET
@for_expert
def home(request: HttpRequest, expert: Expert) -> HttpResponse:
    if not expert.has_consented:
        return HttpResponseRedirect(reverse("surveys:expert-consent", args=[expert.study.slug]))
    rounds = rounds_of(expert.panelist)
    study_round = open_round_of(rounds)
    context: dict[str, Any] = {
        "released": [found for found in rounds if found.state == RoundState.RELEASED],
        "latest": rounds[-1] if rounds else None, "round": study_round, "what_counts": what_counts(expert.study),
    }
    if study_round is not None:
        context.update(standing_in(expert.reading(study_round), study_round))
    return expert_page(request, expert, "home", context)


def standing_in(expert: Expert, study_round: Round) -> dict[str, Any]:
    """How far the expert is in the open round."""
    questionnaire = questionnaire_of(study_round, expert.study.settings)
    answers = own_answers(expert.panelist).given_in(study_round.number)
    answered = {answer.asked_item_id for answer in answers}
    rows = section_rows(expert, questionnaire.without(hidden_in(questionnaire, answers)), answers)
    unfinished = next((row for row in rows if row["answered"] < row["total"]), rows[0]) if answered else rows[0]
    submitted = getattr(study_round, "response_state", None) == ResponseState.SUBMITTED
    return {
        "deadline": deadline_of(study_round), "progress": progress_of(questionnaire, answers), "sections": rows,
        "continue_at": unfinished["url"], "has_begun": bool(answered), "is_submitted": submitted,
        "submitted_at": moment_of(getattr(study_round, "submitted_at", None), expert.study),
    }


def section_rows(expert: Expert, questionnaire: Questionnaire, answers: list[OwnAnswer]) -> list[dict[str, Any]]:
    """The sections with their titles, addresses and how many of their items are answered, practice apart."""
    answered = {answer.asked_item_id for answer in answers}
    rows = []
    for section in questionnaire.sections:
        counted = [asked.pk for asked in section.items if not asked.is_practice]
        rows.append({
            "code": section.code, "title": expert.wording(section.title), "total": len(counted), "answered": len(answered.intersection(counted)),
            "url": reverse("surveys:expert-section", args=[expert.study.slug, section.code]), "is_practice": bool(section.items) and not counted,
        })
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
@for_expert
def consent(request: HttpRequest, expert: Expert) -> HttpResponse:
    """The study's information and the text to agree to."""
    context: dict[str, Any] = {"what_becomes": what_becomes_of_answers(expert.study), "what_counts": what_counts(expert.study)}
    if request.method == "POST":
        if request.POST.get("agree") == "yes":
            give_consent(expert.panelist)
            return HttpResponseRedirect(reverse("surveys:expert-home", args=[expert.study.slug]), status=303)
        return expert_page(request, expert, "consent", {**context, "is_missing": True}, status=422)
    return expert_page(request, expert, "consent", context)


@require_GET
@for_expert
def results(request: HttpRequest, expert: Expert, number: int) -> HttpResponse:
    """What came of a released round: each item with the own answer, the group's and the panels' where they are shown."""
    if not expert.has_consented:
        return HttpResponseRedirect(reverse("surveys:expert-consent", args=[expert.study.slug]))
    study_round = next((found for found in rounds_of(expert.panelist) if found.number == number), None)
    if study_round is None or study_round.state != RoundState.RELEASED:
        raise Http404
    expert = expert.reading(study_round)
    own = own_answers(expert.panelist)
    questionnaire = questionnaire_of(study_round, expert.study.settings)
    hidden = hidden_in(questionnaire, own.given_in(number))
    sections = []
    for section in questionnaire.sections:
        items = [OwnItem(asked, before=_given(None if asked.pk in hidden else own.by_item.get(asked.pk)), reason_before=own.reasons.get(asked.pk, ""))
                 for asked in section.items]
        filled = fill_results(expert, study_round, items)
        sections.append({"code": section.code, "title": expert.wording(section.title), "items": filled.html, "has_protected": filled.has_protected})
    return expert_page(request, expert, "results", {**needed_files(asked.question.spec for asked in questionnaire), "round": study_round, "sections": sections,
                                                    "has_protected": any(one["has_protected"] for one in sections),
                                                    "closed_at": moment_of(study_round.closed_at, expert.study)})


def _given(answer: OwnAnswer | None) -> OwnAnswer | None:
    return answer if answer is not None and answer.is_given else None
