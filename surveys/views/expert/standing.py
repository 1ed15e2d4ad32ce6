"""Where an expert stands: the study's rounds, the own answers of all of them, and how much is left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Subquery

from surveys.enums import RoundState
from surveys.models import Answer, Invitation, Panelist, Rationale, Response, Round
from surveys.views.expert.questionnaire import Asked


class OwnAnswer(NamedTuple):
    """An answer of the expert, in the order of OWN_FIELDS."""

    round_number: int
    asked_item_id: int
    version_id: int
    value: Any
    cannot_judge: bool
    confidence: int | None
    expertise: int | None
    decision: str
    revision: int
    saved_at: datetime

    @property
    def is_given(self) -> bool:
        return self.cannot_judge or self.value is not None


OWN_FIELDS = ("response__round__number", "asked_item_id", "asked_item__item_version_id", "value", "cannot_judge", "confidence",
              "expertise", "decision", "revision", "saved_at")


@dataclass(frozen=True)
class OwnAnswers:
    """All answers of an expert in a study, and the reasons by asked item."""

    answers: Sequence[OwnAnswer]
    reasons: Mapping[int, str]

    @cached_property
    def by_item(self) -> dict[int, OwnAnswer]:
        return {answer.asked_item_id: answer for answer in self.answers}

    def earlier(self, number: int) -> dict[int, OwnAnswer]:
        """Item version id → the latest given answer of a round before this one."""
        return {answer.version_id: answer for answer in self.answers if answer.round_number < number and answer.is_given}

    def given_in(self, number: int) -> list[OwnAnswer]:
        return [answer for answer in self.answers if answer.round_number == number and answer.is_given]


def own_answers(panelist: Panelist) -> OwnAnswers:
    """2 queries; answers come round by round."""
    rows = Answer.objects.filter(response__panelist=panelist).order_by("response__round__number", "asked_item__position")
    reasons = Rationale.objects.filter(response__panelist=panelist).values_list("asked_item_id", "text")
    return OwnAnswers([OwnAnswer(*row) for row in rows.values_list(*OWN_FIELDS)], dict(reasons))


def rounds_of(panelist: Panelist) -> list[Round]:
    """The study's opened rounds, each with `is_invited`, `response_state` and `submitted_at` of this expert (1 query)."""
    mine = Response.objects.filter(round=OuterRef("pk"), panelist=panelist)
    rounds: list[Round] = list(
        Round.objects.filter(study_id=panelist.study_id).exclude(state=RoundState.DRAFT).order_by("number").annotate(
            is_invited=Exists(Invitation.objects.filter(round=OuterRef("pk"), panelist=panelist)),
            response_state=Subquery(mine.values("state")[:1]),
            submitted_at=Subquery(mine.values("submitted_at")[:1]),
        )
    )
    for study_round in rounds:
        study_round.study = panelist.study
    return rounds


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


def progress_of(items: Iterable[Asked], answers: Sequence[OwnAnswer]) -> Progress:
    """How many of these items are answered, and how long the rest may take at this expert's own pace."""
    wanted = {asked.pk for asked in items}
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
