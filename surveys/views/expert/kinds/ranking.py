"""A ranking: options to be put in order, and the own order beside the group's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from surveys.items import ItemSpec
from surveys.items.base import option_codes
from surveys.strip.slope import MOST_DRAWN, mean_order, slope_height
from surveys.views.expert.feedback import Shown
from surveys.views.expert.kinds.base import Audience, Figures, KindPage, option_name, option_texts
from surveys.views.expert.wording import Phrase, Wording, number_in_words

DECIMALS = 2  # of a mean position: enough to tell two options apart among a few dozen experts
Options = Sequence[tuple[str, Phrase]]


@dataclass(frozen=True)
class Place:
    """An option in a group's order. `y` is the height of its row in the picture; the figures are in words."""

    code: str
    name: Phrase
    position: int
    y: str
    mean: str
    middle: str
    half: tuple[str, str] | None


@dataclass(frozen=True)
class Order:
    """A group's order, first to last; no places where nobody gave a whole one."""

    n: int
    n_cannot_judge: int
    places: tuple[Place, ...]

    def position_of(self, code: str) -> int | None:
        return next((place.position for place in self.places if place.code == code), None)


@dataclass(frozen=True)
class PanelOrder:
    """`order` None: protected."""

    name: Phrase
    is_own: bool
    order: Order | None


@dataclass(frozen=True)
class RankingShape:
    """`everybody` None: protected. `options` stand in the questionnaire's order."""

    everybody: Order | None
    panels: tuple[PanelOrder, ...]
    options: tuple[tuple[str, Phrase], ...]

    @property
    def has_protected(self) -> bool:
        return self.everybody is None or any(panel.order is None for panel in self.panels)

    @property
    def is_drawn(self) -> bool:
        return len(self.options) <= MOST_DRAWN

    @property
    def positions(self) -> list[str]:
        return [str(position) for position in range(1, len(self.options) + 1)]

    @property
    def shown_panels(self) -> list[PanelOrder]:
        return [panel for panel in self.panels if panel.order is not None and panel.order.places]

    @property
    def silent_panels(self) -> list[PanelOrder]:
        """Panels without a column in the table: protected, or nobody of them answered."""
        return [panel for panel in self.panels if panel.order is None or not panel.order.places]

    @property
    def lines(self) -> list[tuple[Phrase, list[tuple[PanelOrder, int | None]]]]:
        """An option and its position in each panel's order; the lines stand in everybody's order where there is one."""
        names = dict(self.options)
        codes = [place.code for place in self.everybody.places] if self.everybody and self.everybody.places else list(names)
        shown = [(panel, panel.order) for panel in self.shown_panels if panel.order]
        return [(names[code], [(panel, order.position_of(code)) for panel, order in shown]) for code in codes]


class RankingPage(KindPage):
    picture = "surveys/pictures/ranking.html"
    script = "js/kind-ranking.js"

    def control(self, spec: ItemSpec, wording: Wording) -> dict[str, Any]:
        return {"options": option_texts(spec, wording), "positions": range(1, len(spec.options) + 1)}

    def words(self, spec: ItemSpec, value: Any, wording: Wording) -> str:
        """Those that have a position, in order."""
        names = dict(option_texts(spec, wording))
        ranked = sorted((rank, code) for code, rank in value.items() if code in names)
        return " · ".join(f"{rank}. {names[code].plain}" for rank, code in ranked)

    def component(self, spec: ItemSpec, code: str, wording: Wording) -> str:
        return option_name(spec, code, wording)

    def shape(self, spec: ItemSpec, audience: Audience) -> RankingShape | None:
        if not audience.groups:
            return None
        options = option_texts(spec, audience.wording)
        everybody = order_of(options, [audience.everybody(code) for code, _name in options])
        by_option = [dict(audience.panels(code)) for code, _name in options]
        panels = tuple(
            PanelOrder(audience.names[panel], panel == audience.own_panel, order_of(options, [found[panel] for found in by_option]))
            for panel in by_option[0]
        )
        return RankingShape(everybody, panels, tuple(options))

    def places(self, spec: ItemSpec, shown: Shown) -> int:
        """How many rows the picture has."""
        return len(spec.options)

    def own_marks(self, spec: ItemSpec, value: Any, places: int) -> dict[str, str]:
        """`own_at.RANK`: the code that stands there; `own_y.CODE`: the height of its row."""
        if not isinstance(value, dict) or set(value) != set(option_codes(spec)):
            return {"you_none": "yes"}
        at = {f"own_at.{rank}": code for code, rank in value.items()}
        return {"own_order": "yes", **at, **{f"own_y.{code}": slope_height(rank, places) for code, rank in value.items()}}


def order_of(options: Options, figures: Sequence[Figures | None]) -> Order | None:
    """`figures`: of each option in turn; a group's options are shown or hidden together. None: protected."""
    by_code = {code: found for (code, _name), found in zip(options, figures, strict=True) if found is not None}
    if len(by_code) < len(options):
        return None
    names, first = dict(options), by_code[options[0][0]]
    ordered = mean_order([code for code, _name in options], {code: found.get("mean") for code, found in by_code.items()})
    places = tuple(place_of(code, names[code], position, len(options), by_code[code]) for position, code in enumerate(ordered, start=1))
    return Order(first.get("n") or 0, first.get("n_cannot_judge") or 0, places)


def place_of(code: str, name: Phrase, position: int, options: int, figures: Figures) -> Place:
    low, high = figures.get("q1"), figures.get("q3")
    half = None if low is None or high is None else (number_in_words(low), number_in_words(high))
    median = figures.get("median")
    mean = number_in_words(round(figures["mean"], DECIMALS))
    return Place(code, name, position, slope_height(position, options), mean, "" if median is None else number_in_words(median), half)
