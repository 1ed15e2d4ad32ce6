"""An item's feedback, ready for its template: the picture that its kind draws, the middle half, and the reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.items import kind_of
from surveys.models import Panel
from surveys.views.expert.feedback import Shown
from surveys.views.expert.kinds import Audience, page_of
from surveys.views.expert.kinds.base import Shape
from surveys.views.expert.questionnaire import Asked
from surveys.views.expert.sessions import Expert
from surveys.visibility import visible_groups


@dataclass(frozen=True)
class Picture:
    """`shape` is drawn by `template`; None: the study shows nothing of others' answers, or the kind has nothing to draw."""

    round_number: int
    shape: Shape | None
    template: str
    middle_half: tuple[float, float] | None
    reasons: Mapping[str, list[str]]

    @property
    def is_shown(self) -> bool:
        return self.shape is not None

    @property
    def has_protected(self) -> bool:
        return self.shape is not None and self.shape.has_protected

    @property
    def has_reasons(self) -> bool:
        return any(self.reasons.values())

    @property
    def has_sides(self) -> bool:
        return any(texts for position, texts in self.reasons.items() if position)

    @property
    def sides(self) -> list[list[str]]:
        return [self.reasons["below"], self.reasons["within"], self.reasons["above"]]

    @property
    def unplaced(self) -> list[str]:
        return self.reasons[""]


def picture_of(asked: Asked, expert: Expert, shown: Shown, panels: Sequence[Panel]) -> Picture:
    """What this item's feedback shows to members of the expert's panel."""
    spec, own_panel = asked.question.spec, expert.panelist.panel.code
    names = {panel.code: expert.wording(panel.name) for panel in panels}
    distribution = expert.study.feedback_settings["distribution"]
    groups = visible_groups(own_panel, list(names), distribution) if kind_of(spec).components(spec) else []
    page = page_of(spec)
    return Picture(
        round_number=shown.round_number, template=page.picture,
        shape=page.shape(spec, Audience(shown, groups, names, own_panel, expert.wording)) if groups else None,
        middle_half=shown.middle_half if groups else None, reasons=shown.reasons_by_position(),
    )
