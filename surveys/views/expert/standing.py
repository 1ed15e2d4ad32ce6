"""Where an expert stands: the study's rounds, the own answers of all of them, and how much is left."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection

from surveys.enums import RoundState
from surveys.models import Answer, Panelist, Rationale, Round
from surveys.views.expert.questionnaire import Questionnaire
from surveys.workflow.earlier import hidden_answers
from surveys.workflow.responses import hidden_from


class OwnAnswer(NamedTuple):
    """An answer of the expert, named as the columns of ANSWERS."""

    round_number: int
    response_id: int
    asked_item_id: int
    line_id: int
    value: Any
    is_complete: bool
    cannot_judge: bool
    confidence: int | None
    expertise: int | None
    decision: str
    revision: int
    saved_at: datetime
    waits: bool  # for the answer to another item: a later change of that may have hidden this one

    @property
    def is_given(self) -> bool:
        return self.cannot_judge or (self.value is not None and self.is_complete)


@dataclass(frozen=True)
class OwnAnswers:
    """All answers of an expert in a study, round by round, and the reasons by asked item (1 query, when they are asked for)."""

    panelist_id: int
    answers: Sequence[OwnAnswer]
    looked_up: dict[frozenset[int], frozenset[tuple[int, int]]] = field(default_factory=dict)

    @cached_property
    def by_item(self) -> dict[int, OwnAnswer]:
        return {answer.asked_item_id: answer for answer in self.answers}

    @cached_property
    def reasons(self) -> Mapping[int, str]:
        return dict(Rationale.objects.filter(response__panelist=self.panelist_id).values_list("asked_item_id", "text"))

    def earlier(self, number: int) -> dict[int, OwnAnswer]:
        """Line of versions → the latest given answer of a round before this one, unless a later change hid its question."""
        before = [answer for answer in self.answers if answer.round_number < number and answer.is_given]
        hidden = self._hidden_before(frozenset(answer.response_id for answer in before if answer.waits))
        return {answer.line_id: answer for answer in before if (answer.response_id, answer.asked_item_id) not in hidden}

    def _hidden_before(self, responses: frozenset[int]) -> frozenset[tuple[int, int]]:
        """Looked up once; a study in which nothing waits has nothing to look up."""
        if responses not in self.looked_up:
            self.looked_up[responses] = hidden_answers(responses) if responses else frozenset()
        return self.looked_up[responses]

    def given_in(self, number: int) -> list[OwnAnswer]:
        return [answer for answer in self.answers if answer.round_number == number and answer.is_given]


# Every page of an expert needs these two. To put them together anew each time took longer than to run them (benchmarks/README.md).
ANSWERS = """
SELECT answer.*, study_round.number AS round_number, COALESCE(version.first_version_id, version.id) AS line_id, {waits} AS waits
FROM surveys_answer answer
JOIN surveys_response response ON response.id = answer.response_id
JOIN surveys_round study_round ON study_round.id = response.round_id
JOIN surveys_askeditem asked ON asked.id = answer.asked_item_id
JOIN surveys_itemversion version ON version.id = asked.item_version_id
WHERE response.panelist_id = %s
ORDER BY study_round.number, asked.position
"""
WAITS = {"postgresql": "jsonb_exists(version.definition, 'shown_if')", "sqlite": "json_type(version.definition, '$.shown_if') IS NOT NULL"}
ROUNDS = """
SELECT study_round.*, invitation.id IS NOT NULL AS is_invited, invitation.item_order AS item_order,
    response.state AS response_state, response.submitted_at AS submitted_at
FROM surveys_round study_round
LEFT JOIN surveys_invitation invitation ON invitation.round_id = study_round.id AND invitation.panelist_id = %s
LEFT JOIN surveys_response response ON response.round_id = study_round.id AND response.panelist_id = %s
WHERE study_round.study_id = %s AND study_round.state <> %s
ORDER BY study_round.number
"""


def own_answers(panelist: Panelist) -> OwnAnswers:
    """1 query, and another one for the reasons if somebody asks for them."""
    rows = Answer.objects.raw(ANSWERS.format(waits=WAITS[connection.vendor]), [panelist.pk])
    return OwnAnswers(panelist.pk, [OwnAnswer(*(getattr(row, name) for name in OwnAnswer._fields)) for row in rows])


def rounds_of(panelist: Panelist) -> list[Round]:
    """The study's opened rounds, each with `is_invited`, `item_order`, `response_state` and `submitted_at` of this expert (1 query)."""
    rounds: list[Round] = list(Round.objects.raw(ROUNDS, [panelist.pk, panelist.pk, panelist.study_id, RoundState.DRAFT]))
    for study_round in rounds:
        study_round.study = panelist.study
        study_round.item_order = _as_order(study_round.item_order)  # type: ignore[attr-defined]
        study_round.submitted_at = _as_moment(study_round.submitted_at)  # type: ignore[attr-defined]
    return rounds


def _as_moment(column: datetime | None) -> datetime | None:
    """SQLite hands a time beside the model's own columns over without its zone, which is UTC."""
    return column.replace(tzinfo=UTC) if column is not None and column.tzinfo is None else column


def _as_order(column: Any) -> Any:
    """A JSON column beside the model's own comes as its text."""
    return json.loads(column) if isinstance(column, str) else column


def hidden_in(questionnaire: Questionnaire, answers: Iterable[OwnAnswer]) -> frozenset[int]:
    """Asked items that the expert's answers of the round hide."""
    values = {answer.asked_item_id: answer.value for answer in answers if answer.is_given and answer.value is not None}
    return hidden_from((asked.question for asked in questionnaire), values)


def open_round_of(rounds: Iterable[Round]) -> Round | None:
    """The open round that this expert is invited to."""
    return next((found for found in rounds if found.is_open and getattr(found, "is_invited", False)), None)


@dataclass(frozen=True)
class Progress:
    answered: int
    total: int
    minutes: int

    @property
    def left(self) -> int:
        return self.total - self.answered

    @property
    def percent(self) -> int:
        return round(100 * self.answered / self.total) if self.total else 0


def progress_of(questionnaire: Questionnaire, answers: Sequence[OwnAnswer]) -> Progress:
    """How many of the items asked of this expert are answered, practice apart, and how long the rest may take at the own pace."""
    wanted = {asked.pk for asked in questionnaire if not asked.is_practice} - hidden_in(questionnaire, answers)
    answered = [answer for answer in answers if answer.asked_item_id in wanted]
    left = len(wanted) - len(answered)
    return Progress(len(answered), len(wanted), minutes_for(left, [answer.saved_at for answer in answers]))


USUAL_SECONDS = 40.0
LONGEST_PAUSE = 300.0  # a longer gap is not thinking about one item
PACE_KNOWN_FROM = 3


def minutes_for(items: int, saved: Sequence[datetime]) -> int:
    """Minutes that so many items may take, at least one while any is left."""
    return max(1, round(items * seconds_per_item(saved) / 60)) if items else 0


def seconds_per_item(saved: Sequence[datetime]) -> float:
    """The median time between one answer and the next; answers saved together share the time before them."""
    moments = sorted(saved)
    gaps: list[float] = []
    for moment in sorted(set(moments))[1:]:
        together = moments.count(moment)
        before = max(earlier for earlier in moments if earlier < moment)
        seconds = (moment - before).total_seconds() / together
        gaps += [seconds] * together if seconds <= LONGEST_PAUSE else []
    if len(gaps) < PACE_KNOWN_FROM:
        return USUAL_SECONDS
    return max(5.0, sorted(gaps)[len(gaps) // 2])
