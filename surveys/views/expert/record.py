"""The expert's own record: every answer of all rounds, to read, to print, and as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from surveys.files.cells import csv_bytes, text_cell
from surveys.models import Round
from surveys.views.expert.kinds import answer_in_full
from surveys.views.expert.pages import expert_page, moment_of
from surveys.views.expert.questionnaire import Asked, questionnaire_of
from surveys.views.expert.sessions import Expert, for_expert
from surveys.views.expert.standing import OwnAnswer, OwnAnswers, hidden_in, own_answers, rounds_of
from surveys.views.expert.wording import raw_of

COLUMNS = ("study", "round", "item", "question", "value", "answer", "cannot_judge", "confidence", "expertise", "decision", "reason", "saved_at", "counted")


@dataclass(frozen=True)
class OwnRow:
    """An answer in the record. `is_hidden`: its question was not asked any more after a later change, so it does not count."""

    round: Round
    asked: Asked
    answer: OwnAnswer
    reason: str
    is_hidden: bool

    @property
    def is_counted(self) -> bool:
        return not self.is_hidden and not self.asked.is_practice


def own_rows(expert: Expert) -> Iterator[OwnRow]:
    """Round by round, in the order in which the expert was asked: each given answer with its reason."""
    own = own_answers(expert.panelist)
    for study_round in rounds_of(expert.panelist):
        if getattr(study_round, "response_state", None) is not None:
            yield from _rows_of_round(expert, study_round, own)


def _rows_of_round(expert: Expert, study_round: Round, own: OwnAnswers) -> Iterator[OwnRow]:
    questionnaire = questionnaire_of(study_round, expert.study.settings)
    hidden = hidden_in(questionnaire, own.given_in(study_round.number))
    for asked in questionnaire:
        answer = own.by_item.get(asked.pk)
        if answer is not None and answer.is_given:
            yield OwnRow(study_round, asked, answer, own.reasons.get(asked.pk, ""), asked.pk in hidden)


@require_GET
@for_expert
def my_answers(request: HttpRequest, expert: Expert) -> HttpResponse:
    rounds: dict[int, list[dict[str, Any]]] = {}
    for row in own_rows(expert):
        answer, spec = row.answer, row.asked.question.spec
        rounds.setdefault(row.round.number, []).append({
            "asked": row.asked, "question": expert.wording(spec.text), "reason": row.reason, "decision": answer.decision, "is_hidden": row.is_hidden,
            "words": answer_in_full(spec, answer.value, answer.cannot_judge, expert.wording),
            "confidence": answer.confidence, "expertise": answer.expertise, "at": moment_of(answer.saved_at, expert.study),
        })
    return expert_page(request, expert, "my_answers", {"rounds": rounds})


@require_GET
@for_expert
def my_answers_csv(request: HttpRequest, expert: Expert) -> HttpResponse:
    """One row per answer; text can't run as a formula in a spreadsheet."""
    rows = [_cells(expert, row) for row in own_rows(expert)]
    response = HttpResponse(csv_bytes(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{expert.study.slug}-my-answers.csv"'
    return response


def _cells(expert: Expert, row: OwnRow) -> list[str]:
    answer, spec = row.answer, row.asked.question.spec
    raw = raw_of(spec, answer.value)
    value = raw.get("", "") if set(raw) <= {""} else "; ".join(f"{code}={text}" for code, text in raw.items())
    is_number = isinstance(answer.value, int | float)
    return [
        text_cell(expert.study.slug), str(row.round.number), text_cell(row.asked.code), text_cell(expert.wording(spec.text).plain),
        value if is_number else text_cell(value), text_cell(answer_in_full(spec, answer.value, answer.cannot_judge, expert.wording)),
        "1" if answer.cannot_judge else "0", "" if answer.confidence is None else str(answer.confidence),
        "" if answer.expertise is None else str(answer.expertise), answer.decision, text_cell(row.reason), answer.saved_at.isoformat(timespec="seconds"),
        "1" if row.is_counted else "0",
    ]
