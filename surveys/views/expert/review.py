"""Before submitting: everything in words, what is still missing, and one button."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from surveys.enums import ResponseState
from surveys.exceptions import NotInvited, Refused, ResponseIncomplete, RoundNotOpen
from surveys.models import Round
from surveys.views.expert.kinds import answer_in_words
from surveys.views.expert.own_item import own_items
from surveys.views.expert.pages import deadline_of, expert_page
from surveys.views.expert.promises import what_counts
from surveys.views.expert.questionnaire import AskedSection, questionnaire_of
from surveys.views.expert.sessions import Expert, for_expert
from surveys.views.expert.standing import OwnAnswers, hidden_in, open_round_of, own_answers, progress_of, rounds_of
from surveys.workflow.responses import left_open_in, submit_response


@require_GET
@for_expert
def review(request: HttpRequest, expert: Expert) -> HttpResponse:
    return show_review(request, expert)


def show_review(request: HttpRequest, expert: Expert, refusal: Refused | None = None) -> HttpResponse:
    study_round = open_round_of(rounds_of(expert.panelist))
    if study_round is None or not expert.has_consented:
        return HttpResponseRedirect(reverse("surveys:expert-home", args=[expert.study.slug]))
    expert = expert.reading(study_round)
    questionnaire = questionnaire_of(study_round, expert.study.settings)
    own = own_answers(expert.panelist)
    asked = questionnaire.without(hidden_in(questionnaire, own.given_in(study_round.number)))
    sections: list[dict[str, Any]] = [
        {"code": section.code, "title": expert.wording(section.title), "rows": review_rows(expert, section, own, study_round)}
        for section in asked.sections
    ]
    rows = [row for section in sections for row in section["rows"]]
    return expert_page(request, expert, "review", {
        "round": study_round, "sections": sections, "deadline": deadline_of(study_round), "what_counts": what_counts(expert.study),
        "progress": progress_of(questionnaire, own.given_in(study_round.number)), "refusal": refusal,
        "reasons_missing": [row for row in rows if row["reason_missing"]],
        "unanswered": [row for row in rows if not row["is_answered"] and not row["asked"].is_practice],
        "is_submitted": getattr(study_round, "response_state", None) == ResponseState.SUBMITTED,
    }, status=409 if refusal else 200)


def review_rows(expert: Expert, section: AskedSection, own: OwnAnswers, study_round: Round) -> list[dict[str, Any]]:
    """One row per item: the question, the answer in words, and what is missing."""
    address = reverse("surveys:expert-section", args=[expert.study.slug, section.code])
    rows = []
    for item in own_items(section.items, own, study_round):
        spec, stored = item.asked.question.spec, item.stored
        is_answered = stored is not None and stored.is_given
        is_value = stored is not None and stored.is_given and not stored.cannot_judge
        rows.append({
            "asked": item.asked, "question": expert.wording(spec.text), "url": f"{address}#{item.asked.prefix}", "is_answered": is_answered,
            "left_open": left_open_in(spec, stored.value) if stored else "",
            "words": answer_in_words(spec, stored.value, stored.cannot_judge, expert.wording) if stored else "",
            "decision": stored.decision if stored else "", "confidence": stored.confidence if stored else None,
            "expertise": stored.expertise if stored else None, "reason": item.reason,
            "reason_missing": spec.rationale == "required" and not spec.practice and is_value and not item.reason,
        })
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
@for_expert
def submit(request: HttpRequest, expert: Expert) -> HttpResponse:
    """Hand in. Twice is once; the answers can still be changed until the round closes."""
    study_round = open_round_of(rounds_of(expert.panelist))
    if request.method != "POST":
        return HttpResponseRedirect(reverse("surveys:expert-review", args=[expert.study.slug]))
    if study_round is not None:
        questions = [asked.question for asked in questionnaire_of(study_round, expert.study.settings)]
        try:
            submit_response(expert.panelist, study_round, questions)
        except ResponseIncomplete as refusal:
            return show_review(request, expert, refusal)
        except (RoundNotOpen, NotInvited):
            pass  # the page that follows says where things stand now
    return HttpResponseRedirect(reverse("surveys:expert-home", args=[expert.study.slug]), status=303)
