"""A plane: a place on a map of two scales, which can be given on the two scales alone just as well."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from surveys.items import ItemSpec, Scale
from surveys.items.plane import AXES, axis_of
from surveys.strip import GROUP, PANEL, Published, Strip
from surveys.strip.plane import Cross, PlaneMap, cross_on, plane_map
from surveys.views.expert.feedback import Shown
from surveys.views.expert.kinds.base import Audience, Figures, KindPage
from surveys.views.expert.kinds.rating import position_in_words, scale_context, scale_strip
from surveys.views.expert.kinds.strips import published
from surveys.views.expert.wording import Phrase, Wording, number_in_words


@dataclass(frozen=True)
class Point:
    """A position on one of the scales; `words` name the scale too."""

    position: int
    label: str
    words: str


@dataclass(frozen=True)
class PlaneAxis:
    """A scale of the plane. `low` and `high` say its ends in words, or by their numbers where they have none.

    `state` and `before` are the names of the own texts that belong to it.
    """

    code: str
    name: Phrase
    points: tuple[Point, ...]
    is_labelled: bool
    ends: tuple[Phrase, Phrase] | None
    low: str
    high: str

    @property
    def state(self) -> str:
        return f"value.{self.code}"

    @property
    def before(self) -> str:
        return f"before_value.{self.code}"


@dataclass(frozen=True)
class PlaneGroup:
    """A group on the map: the figures of both scales (None: protected), and the cross, where both middle answers are published."""

    name: Phrase | None  # None: everybody
    is_own: bool
    x: Strip | None
    y: Strip | None
    cross: Cross | None
    names: tuple[Phrase, Phrase]  # of the two scales

    @property
    def has_protected(self) -> bool:
        return self.x is None or self.y is None

    @property
    def strips(self) -> tuple[Strip | None, Strip | None]:
        return self.x, self.y

    @property
    def by_axis(self) -> tuple[tuple[Phrase, Strip | None], ...]:
        return (self.names[0], self.x), (self.names[1], self.y)

    @property
    def n(self) -> int | None:
        return next((strip.n for strip in self.strips if strip), None)


@dataclass(frozen=True)
class PlaneShape:
    map: PlaneMap
    x: PlaneAxis
    y: PlaneAxis
    everybody: PlaneGroup
    panels: tuple[PlaneGroup, ...]

    @property
    def groups(self) -> tuple[PlaneGroup, ...]:
        return self.everybody, *self.panels

    @property
    def has_protected(self) -> bool:
        return any(group.has_protected for group in self.groups)

    @property
    def sentences(self) -> tuple[tuple[PlaneAxis, Strip | None], ...]:
        """Each scale with everybody's figures on it."""
        return (self.x, self.everybody.x), (self.y, self.everybody.y)


class PlanePage(KindPage):
    picture = "surveys/pictures/plane.html"
    script = "js/kind-plane.js"

    def control(self, spec: ItemSpec, wording: Wording) -> dict[str, Any]:
        across, upwards = (axis_for(spec, code, wording) for code in AXES)
        return {"axes": (across, upwards), "across": across, "upwards": upwards}

    def words(self, spec: ItemSpec, value: Any, wording: Wording) -> str:
        return "; ".join(place_in_words(spec, code, value[code], wording) for code in AXES if code in value)

    def component(self, spec: ItemSpec, code: str, wording: Wording) -> str:
        return wording(axis_of(spec, code).text).plain

    def shape(self, spec: ItemSpec, audience: Audience) -> PlaneShape | None:
        if not audience.groups:
            return None
        plane, wording = map_of(spec), audience.wording
        found = [group_of(spec, plane, audience, place) for place, (kind, group) in enumerate(audience.groups)
                 if kind == "all" or group in audience.names]
        return PlaneShape(plane, axis_for(spec, "x", wording), axis_for(spec, "y", wording), found[0], tuple(found[1:]))

    def places(self, spec: ItemSpec, shown: Shown) -> PlaneMap:
        return map_of(spec)

    def own_marks(self, spec: ItemSpec, value: Any, places: PlaneMap | None) -> dict[str, str]:
        if places is None or not isinstance(value, dict) or set(value) != set(AXES):
            return {"you_none": "yes"}
        anchor = "end" if places.x.share(value["x"]) > 0.7 else "start"
        return {"you_x": places.across(value["x"]), "you_y": places.down(value["y"]), "you_anchor": anchor}


def scale_of(spec: ItemSpec, code: str) -> Scale:
    return axis_of(spec, code).scale


def map_of(spec: ItemSpec) -> PlaneMap:
    return plane_map(scale_of(spec, "x").points, scale_of(spec, "y").points)


def axis_for(spec: ItemSpec, code: str, wording: Wording) -> PlaneAxis:
    scale, found = scale_of(spec, code), scale_context(scale_of(spec, code), wording)
    points = tuple(Point(point, label, place_in_words(spec, code, point, wording)) for point, label in found["points"])
    low, high = found["ends"] or (number_in_words(1), number_in_words(scale.points))
    return PlaneAxis(code, wording(axis_of(spec, code).text), points, found["labelled"], found["ends"], low, high)


def place_in_words(spec: ItemSpec, code: str, position: int, wording: Wording) -> str:
    """“Severity: 4 of 9”"""
    axis = axis_of(spec, code)
    return _("%(name)s: %(value)s") % {"name": wording(axis.text).plain, "value": position_in_words(axis.scale, position, wording)}


def group_of(spec: ItemSpec, plane: PlaneMap, audience: Audience, place: int) -> PlaneGroup:
    """The group at this place among those the audience may see."""
    kind, group, x = audience.figures("x")[place]
    y = audience.figures("y")[place][2]
    name = None if kind == "all" else audience.names[group]

    def strip(code: str, figures: Figures | None) -> Strip | None:
        role = GROUP if kind == "all" else PANEL
        return scale_strip(scale_of(spec, code), published(figures), audience.wording, role=role) if figures else None

    return PlaneGroup(
        name, kind == "panel" and group == audience.own_panel, strip("x", x), strip("y", y), cross_on(plane, _known(x), _known(y)),
        (audience.wording(axis_of(spec, "x").text), audience.wording(axis_of(spec, "y").text)),
    )


def _known(figures: Figures | None) -> Published | None:
    return published(figures) if figures else None
