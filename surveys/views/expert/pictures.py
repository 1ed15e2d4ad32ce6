"""The pictures of a group's answers on an expert's page: the strip of everybody, and the panels as small multiples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveys.enums import Level
from surveys.items import ItemSpec, kind_of
from surveys.models import Panel
from surveys.strip import (
    GROUP,
    PANEL,
    Axis,
    Published,
    Strip,
    largest_share,
    nominal_strip,
    numeric_axis,
    numeric_strip,
    ordinal_axis,
    ordinal_strip,
    own_mark,
)
from surveys.views.expert.feedback import Shown
from surveys.views.expert.questionnaire import Asked
from surveys.views.expert.sessions import Expert
from surveys.views.expert.standing import OwnAnswer
from surveys.views.expert.wording import Phrase, Wording, number_in_words
from surveys.visibility import figures_for, visible_groups

POSITIONED = (Level.ORDINAL, Level.INTERVAL, Level.PROBABILITY)


@dataclass(frozen=True)
class PanelRow:
    name: Phrase
    is_own: bool
    strip: Strip | None  # None: protected


@dataclass(frozen=True)
class Picture:
    """An item's feedback, ready for its template. `everybody` None: protected, or not shown by the study (`is_shown`)."""

    round_number: int
    is_shown: bool
    everybody: Strip | None
    by_own_option: tuple[tuple[str, Strip], ...]  # nominal items: the strip with the own option marked, for each option
    panels: tuple[PanelRow, ...]
    middle_half: tuple[float, float] | None
    reasons: Mapping[str, list[str]]

    @property
    def has_protected(self) -> bool:
        return self.is_shown and (self.everybody is None or any(row.strip is None for row in self.panels))

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
    spec = asked.question.spec
    names = {panel.code: expert.wording(panel.name) for panel in panels}
    distribution = expert.study.feedback_settings["distribution"]
    groups = visible_groups(expert.panelist.panel.code, list(names), distribution) if kind_of(spec).components(spec) else []
    figures = figures_for(groups, shown.component())
    everybody = next((found for kind, _group, found in figures if kind == "all"), None)
    others = [(group, found) for kind, group, found in figures if kind == "panel"]
    return Picture(
        round_number=shown.round_number, is_shown=bool(groups),
        everybody=_strip(spec, everybody, expert.wording) if everybody else None,
        by_own_option=_by_own_option(spec, everybody, expert.wording),
        panels=_panel_rows(spec, others, names, expert),
        middle_half=shown.middle_half if groups else None, reasons=shown.reasons_by_position(),
    )


def _by_own_option(spec: ItemSpec, figures: Mapping[str, Any] | None, wording: Wording) -> tuple[tuple[str, Strip], ...]:
    if not figures or not spec.options:
        return ()
    return tuple((option.code, _strip(spec, figures, wording, own_option=option.code)) for option in spec.options)


def _panel_rows(
    spec: ItemSpec, groups: Sequence[tuple[str, Mapping[str, Any] | None]], names: Mapping[str, Phrase], expert: Expert
) -> tuple[PanelRow, ...]:
    """On the same axis and to the same height, the own panel first."""
    peak = largest_share([figures.get("histogram") for _group, figures in groups if figures])
    return tuple(
        PanelRow(names[group], group == expert.panelist.panel.code,
                 _strip(spec, figures, expert.wording, role=PANEL, compact=True, peak=peak) if figures else None)
        for group, figures in groups if group in names
    )


def _strip(
    spec: ItemSpec, figures: Mapping[str, Any], wording: Wording, *, role: str = GROUP, compact: bool = False,
    peak: float | None = None, own_option: str | None = None,
) -> Strip:
    published, component = _published(figures), kind_of(spec).components(spec)[0]
    if component.level == Level.NOMINAL:
        return nominal_strip([(option.code, wording(option.text).plain) for option in spec.options], published, own=own_option, role=role)
    lane = not compact
    if component.level == Level.ORDINAL:
        words = [word.plain for word in wording.labels(spec) or wording.ends(spec) or ()]
        return ordinal_strip(len(component.categories), published, words=words, role=role, own_lane=lane, compact=compact, peak=peak,
                             format_number=number_in_words)
    unit = "%" if component.level == Level.PROBABILITY else wording(spec.unit).plain
    return numeric_strip(component.minimum, component.maximum, published, unit=unit, role=role, own_lane=lane, compact=compact, peak=peak,
                         format_number=number_in_words)


def _published(figures: Mapping[str, Any]) -> Published:
    return Published(figures.get("n") or 0, figures.get("histogram"), figures.get("median"), figures.get("q1"), figures.get("q3"),
                     figures.get("n_cannot_judge") or 0)


def axis_of(spec: ItemSpec, shown: Shown) -> Axis | None:
    """The axis of the item's strip; None for options and texts."""
    components = kind_of(spec).components(spec)
    if not components or components[0].level not in POSITIONED:
        return None
    component = components[0]
    if component.level == Level.ORDINAL:
        return ordinal_axis(len(component.categories))
    return numeric_axis(component.minimum, component.maximum, _published(shown.component().get("all/all") or {}), None)


def own_place(spec: ItemSpec, own: OwnAnswer | None, axis: Axis | None) -> dict[str, str]:
    """Where the own answer stands in the picture: names for the places that the templates mark."""
    if own is None or own.value is None:
        return {"you_none": "yes"}
    if axis is not None and isinstance(own.value, int | float):
        mark = own_mark(axis, own.value)
        return {"you_x": mark.x, "you_anchor": mark.anchor}
    codes = {option.code for option in spec.options}
    return {"you_option": own.value} if own.value in codes else {"you_none": "yes"}
