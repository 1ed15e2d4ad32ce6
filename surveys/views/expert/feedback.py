"""Controlled feedback as an expert's page shows it: everybody's figures, each panel's where the study and disclosure control allow, reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.enums import RoundState
from surveys.models import Feedback, Round
from surveys.queries import LINE

POSITIONS = ("below", "within", "above")


@dataclass(frozen=True)
class Shown:
    """The frozen feedback of an item: the round it tells of, its published figures, and the reasons let through."""

    round_number: int
    figures: Mapping[str, Any]
    reasons: list[dict[str, str]]

    def component(self, code: str = "") -> Mapping[str, Any]:
        return self.figures.get("components", {}).get(code, {})

    @property
    def middle_half(self) -> tuple[float, float] | None:
        everybody = self.component().get("all/all") or {}
        low, high = everybody.get("q1"), everybody.get("q3")
        return None if low is None or high is None else (low, high)

    def reasons_by_position(self) -> dict[str, list[str]]:
        """`below`, `within` and `above` the middle half, and "" for reasons without a place."""
        found: dict[str, list[str]] = {position: [] for position in (*POSITIONS, "")}
        for reason in self.reasons:
            found[reason["position"] if reason["position"] in POSITIONS else ""].append(reason["text"])
        return found


def earlier_feedback(study_round: Round, line_ids: Iterable[int]) -> dict[int, Shown]:
    """Line of versions → the frozen feedback of the latest earlier released round that asked one of them (1 query; none in round 1)."""
    if study_round.number == 1:
        return {}
    return _by_line(Feedback.objects.annotate(line_id=LINE).filter(
        round__study_id=study_round.study_id, round__state=RoundState.RELEASED, round__number__lt=study_round.number,
        frozen_at__isnull=False, line_id__in=list(line_ids),
    ))


def feedback_of(study_round: Round) -> dict[int, Shown]:
    """Line of versions → the feedback of a released round itself (1 query)."""
    return _by_line(Feedback.objects.annotate(line_id=LINE).filter(round=study_round, round__state=RoundState.RELEASED, frozen_at__isnull=False))


def _by_line(rows: Any) -> dict[int, Shown]:
    found = rows.select_related("round").order_by("round__number")
    return {row.line_id: Shown(row.round.number, row.figures, row.reasons) for row in found}
