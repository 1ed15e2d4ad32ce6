"""The distribution strip as a picture of one number: everybody, and the panels as small multiples on the same axis."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from surveys.items import ItemSpec, kind_of
from surveys.strip import PANEL, Axis, Published, Strip, largest_share, own_mark
from surveys.views.expert.feedback import Shown
from surveys.views.expert.kinds.base import Audience, Figures, KindPage
from surveys.views.expert.wording import Phrase, Wording

Draw = Callable[..., Strip]


@dataclass(frozen=True)
class PanelRow:
    name: Phrase
    is_own: bool
    strip: Strip | None  # None: protected


@dataclass(frozen=True)
class StripShape:
    """`everybody` None: protected. `by_own_option`: the strip with the own option marked, for each option of a nominal item."""

    everybody: Strip | None
    panels: tuple[PanelRow, ...]
    by_own_option: tuple[tuple[str, Strip], ...] = ()

    @property
    def has_protected(self) -> bool:
        return self.everybody is None or any(row.strip is None for row in self.panels)


class StripPage(KindPage):
    """Kinds whose answer is one number on an axis."""

    picture = "surveys/pictures/strip.html"
    styles = False

    def component(self, spec: ItemSpec, code: str, wording: Wording) -> str:
        return ""

    def strip(self, spec: ItemSpec, figures: Figures, wording: Wording, **look: Any) -> Strip:
        raise NotImplementedError

    def axis(self, spec: ItemSpec, published: Published) -> Axis | None:
        raise NotImplementedError

    def shape(self, spec: ItemSpec, audience: Audience) -> StripShape | None:
        if not audience.groups or not kind_of(spec).components(spec):
            return None
        everybody = audience.everybody()
        strip = self.strip(spec, everybody, audience.wording, own_lane=True) if everybody else None
        return StripShape(strip, panel_rows(audience, lambda figures, **look: self.strip(spec, figures, audience.wording, **look)))

    def places(self, spec: ItemSpec, shown: Shown) -> Axis | None:
        return self.axis(spec, published(shown.component().get("all/all") or {}))

    def own_marks(self, spec: ItemSpec, value: Any, places: Axis | None) -> dict[str, str]:
        if places is None or not isinstance(value, int | float):
            return {"you_none": "yes"}
        mark = own_mark(places, value)
        return {"you_x": mark.x, "you_anchor": mark.anchor}


def panel_rows(audience: Audience, draw: Draw, component: str = "") -> tuple[PanelRow, ...]:
    """On the same axis and to the same height, the own panel first."""
    groups = audience.panels(component)
    peak = largest_share([figures.get("histogram") for _group, figures in groups if figures])
    return tuple(
        PanelRow(audience.names[group], group == audience.own_panel, draw(figures, role=PANEL, compact=True, peak=peak) if figures else None)
        for group, figures in groups
    )


def published(figures: Figures) -> Published:
    return Published(figures.get("n") or 0, figures.get("histogram"), figures.get("median"), figures.get("q1"), figures.get("q3"),
                     figures.get("n_cannot_judge") or 0)
