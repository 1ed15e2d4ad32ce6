"""GET /api/studies/<slug>/rounds/: where each round is, and when it was opened, closed, counted and released."""

from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse

from surveys.api.base import StudyApiView, listed_answer
from surveys.api.pages import PAGING
from surveys.api.shapes import MOMENT, TEXT, WHOLE, Shape, listed, or_none, paged, record
from surveys.enums import RoundState
from surveys.models import Round

MOMENTS = ("opened_at", "deadline_at", "closed_at", "aggregated_at", "released_at")
ROUND: dict[str, Shape] = {
    "round": {**WHOLE, "description": "the round's number, from 1"},
    "state": {"type": "string", "enum": [state.value for state in RoundState if state != RoundState.DRAFT]},
    "closing": {**WHOLE, "description": "how often it was closed; figures belong to one closing"},
    "languages": listed(TEXT),
    **{name: or_none(MOMENT) for name in MOMENTS},
}


class RoundList(StudyApiView):
    """In their order; a round that is not open yet is not there yet."""

    act: ClassVar[str] = "see_study"
    summary = "The rounds of a study"
    parameters = PAGING

    def answer_shape(self) -> Shape:
        return paged(record(**ROUND))

    def get(self, request: Request, slug: str) -> ApiResponse:
        asked = self.asked(request)
        rounds = self.access(request, slug).study.rounds.exclude(state=RoundState.DRAFT).order_by("number")
        return listed_answer(request, [row_of(study_round) for study_round in rounds], asked)


def row_of(study_round: Round) -> dict[str, Any]:
    return {
        "round": study_round.number, "state": study_round.state, "closing": study_round.closing, "languages": study_round.languages,
        **{name: getattr(study_round, name) for name in MOMENTS},
    }
