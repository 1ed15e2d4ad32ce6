"""The expert's own record: every answer of all rounds, to read, to print, and as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from surveys.files.cells import csv_bytes, text_cell
from surveys.models import Round
from surveys.views.expert.kinds import answer_in_words
from surveys.views.expert.pages import expert_page, moment_of
from surveys.views.expert.questionnaire import Asked, questionnaire_of
from surveys.views.expert.sessions import Expert, for_expert
from surveys.views.expert.standing import OwnAnswer, OwnAnswers, own_answers, rounds_of
from surveys.views.expert.wording import raw_of

COLUMNS = ("study", "round", "item", "question", "value", "answer", "cannot_judge", "confidence", "expertise", "decision", "reason", "saved_at")


def own_rows(expert: Expert) -> Iterator[tuple[Round, Asked, OwnAnswer, str]]:
    """Round by round, in the questionnaire's order: each given answer with its reason."""
    own = own_answers(expert.panelist)
    for study_round in rounds_of(expert.panelist):
        if getattr(study_round, "response_state", None) is not None:
            yield from _rows_of_round(expert, study_round, own)


def _rows_of_round(expert: Expert, study_round: Round, own: OwnAnswers) -> Iterator[tuple[Round, Asked, OwnAnswer, str]]:
    for asked in questionnaire_of(study_round, expert.study.settings):
        answer = own.by_item.get(asked.pk)
        if answer is not None and answer.is_given:
            yield study_round, asked, answer, own.reasons.get(asked.pk, "")


@require_GET
@for_expert
def my_answers(request: HttpRequest, expert: Expert) -> HttpResponse:
    rounds: dict[int, list[dict[str, Any]]] = {}
    for study_round, asked, answer, reason in own_rows(expert):
        spec = asked.question.spec
        rounds.setdefault(study_round.number, []).append({
            "asked": asked, "question": expert.wording(spec.text), "reason": reason, "decision": answer.decision,
            "words": answer_in_words(spec, answer.value, answer.cannot_judge, expert.wording),
            "confidence": answer.confidence, "expertise": answer.expertise, "at": moment_of(answer.saved_at, expert.study),
        })
    return expert_page(request, expert, "my_answers", {"rounds": rounds})


@require_GET
@for_expert
def my_answers_csv(request: HttpRequest, expert: Expert) -> HttpResponse:
    """One row per answer; text can't run as a formula in a spreadsheet."""
    rows = [_cells(expert, *row) for row in own_rows(expert)]
    response = HttpResponse(csv_bytes(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{expert.study.slug}-my-answers.csv"'
    return response


def _cells(expert: Expert, study_round: Round, asked: Asked, answer: OwnAnswer, reason: str) -> list[str]:
    spec = asked.question.spec
    raw = raw_of(spec, answer.value)
    value = raw.get("", "") if set(raw) <= {""} else "; ".join(f"{code}={text}" for code, text in raw.items())
    is_number = isinstance(answer.value, int | float)
    return [
        text_cell(expert.study.slug), str(study_round.number), text_cell(asked.code), text_cell(expert.wording(spec.text).plain),
        value if is_number else text_cell(value), text_cell(answer_in_words(spec, answer.value, answer.cannot_judge, expert.wording)),
        "1" if answer.cannot_judge else "0", "" if answer.confidence is None else str(answer.confidence),
        "" if answer.expertise is None else str(answer.expertise), answer.decision, text_cell(reason), answer.saved_at.isoformat(timespec="seconds"),
    ]
