"""Maps of the allies as charts: what the axes are, what the corners mean, and who stands highest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analysis.charts import Caption, Chart, Known, MapAxis, MapPoint, MapWords, Range, map_chart
from analysis.charts.scale import covering
from analysis.results.allied_questions import Standing
from analysis.results.ally_maps import AllyMap, Axis
from analysis.results.extremes import extremes_of
from analysis.results.item_words import named
from analysis.results.value_words import ValueWords, in_two_decimals
from surveys.items import kind_of
from surveys.models import Study
from surveys.queries import Groups
from surveys.templatetags.organizer import marked

Words = str | Promise
NAMES: dict[str, Words] = {
    "abandonment": gettext_lazy("Fear of abandonment"), "entrapment": gettext_lazy("Fear of entrapment"), "exposure": gettext_lazy("Exposure"),
    "threat": gettext_lazy("Threat"),
}
TITLES: dict[str, Words] = {
    "abandonment": gettext_lazy("Abandonment against entrapment"), "exposure": gettext_lazy("Exposure against threat"),
}
CORNERS: dict[str, tuple[Words, Words, Words, Words]] = {  # upper left, upper right, lower left, lower right; by what lies across
    "abandonment": (gettext_lazy("Fears entrapment"), gettext_lazy("Fears both"), gettext_lazy("Fears neither"), gettext_lazy("Fears abandonment")),
    "exposure": (gettext_lazy("Threatened, little exposed"), gettext_lazy("Threatened and exposed"), gettext_lazy("Neither threatened nor exposed"),
                 gettext_lazy("Exposed, little threatened")),
}
NO_CORNERS: tuple[Words, Words, Words, Words] = ("", "", "", "")


@dataclass(frozen=True)
class MapPictures:
    """The maps of one round, over the study's panels."""

    study: Study
    number: int
    groups: Groups

    def charts(self, maps: Iterable[AllyMap]) -> list[Chart]:
        return [self.chart(place, each) for place, each in enumerate(maps, start=1)]

    def chart(self, place: int, drawn: AllyMap) -> Chart:
        axes = [self.axis(axis) for axis in (drawn.across, drawn.up)]
        first, second, third, fourth = (str(word) for word in CORNERS.get(drawn.across.dimension, NO_CORNERS))
        words = MapWords(_("Panel"), (first, second, third, fourth), self.sorts(drawn))
        caption = Caption(f"map-{place}", self.title(drawn), self.sentence(drawn, [axis.name for axis in axes]), self.note(drawn), in_two_decimals)
        return map_chart(caption, words, axes[0], axes[1], [self.point(drawn, panel) for panel in self.groups.panels])

    def title(self, drawn: AllyMap) -> str:
        if drawn.is_plane:
            return self.text(drawn.across.question.definition["text"])
        theatre = next((self.text(theatre["name"]) for theatre in self.groups.theatres if theatre["code"] == drawn.theatre), "")
        title = str(TITLES[drawn.across.dimension])
        return _("%(title)s: %(theatre)s") % {"title": title, "theatre": theatre} if theatre else title

    def text(self, value: Any) -> str:
        return str(marked(self.study, value))

    def axis(self, axis: Axis) -> MapAxis:
        """The whole scale, whatever was answered, and its middle; numbers without limits have the room that they need."""
        spec = axis.question.spec
        part = next(component for component in kind_of(spec).components(spec) if component.code == axis.component)
        ends = ValueWords(self.study, spec).ends(axis.component) or ("", "")
        if part.categories:
            low, high = 1.0, float(len(part.categories))
        elif part.level == "probability":
            low, high, ends = 0.0, 100.0, ("0\u00a0%", "100\u00a0%")
        else:
            limits = (part.minimum, part.maximum)
            low, high = covering([*limits, *(number for standing in self.standings(axis) for number in (standing.mean, standing.low, standing.high))])
        return MapAxis(self.axis_name(axis), low, high, ends[0], ends[1], (low + high) / 2)

    def axis_name(self, axis: Axis) -> str:
        spec = axis.question.spec
        own = {"x": spec.x, "y": spec.y}.get(axis.component)
        return self.text(own.text) if own is not None else str(NAMES[axis.dimension])

    def standings(self, axis: Axis) -> list[Standing]:
        return [axis.question.now(self.number, axis.component, panel["code"]) for panel in self.groups.panels]

    def point(self, drawn: AllyMap, panel: Mapping[str, Any]) -> MapPoint:
        now = [axis.question.now(self.number, axis.component, panel["code"]) for axis in (drawn.across, drawn.up)]
        name, sort = self.text(panel["name"]), int(bool(self.sorts(drawn)) and drawn.theatre not in panel.get("theatres", ()))
        if any(standing.is_protected for standing in now):
            return MapPoint(name, sort=sort, known=Known.PROTECTED)
        across, up = (None if each.mean is None else Range(each.mean, each.low, each.high) for each in now)
        return MapPoint(name, across, up, sort, before=self.before(drawn, panel["code"]))

    def before(self, drawn: AllyMap, panel: str) -> tuple[float, float] | None:
        x, y = (axis.question.before(self.number, axis.component, panel) for axis in (drawn.across, drawn.up))
        return None if x is None or y is None else (x, y)

    def sorts(self, drawn: AllyMap) -> tuple[str, ...]:
        """Allies of the theatre that is asked about, and the others; nothing where the question names none."""
        name = next((self.text(theatre["name"]) for theatre in self.groups.theatres if theatre["code"] == drawn.theatre), "")
        return (_("stands in this theatre: %(theatre)s") % {"theatre": name}, _("stands elsewhere")) if name else ()

    def sentence(self, drawn: AllyMap, names: Sequence[str]) -> str:
        """Of the panels that stand on the map, who is highest and lowest on each axis."""
        standings = zip(self.groups.panels, self.standings(drawn.across), self.standings(drawn.up), strict=True)
        there = [(self.text(panel["name"]), (x.mean, y.mean)) for panel, x, y in standings if x.mean is not None and y.mean is not None]
        if len(there) < 2:
            return _("Too few panels are shown to compare them.")
        found = " ".join(extremes_in_words(name, [(panel, means[place]) for panel, means in there]) for place, name in enumerate(names))
        not_all = _("Not every panel can be shown.")
        return found if len(there) == len(self.groups.panels) else f"{found} {not_all}"

    def note(self, drawn: AllyMap) -> str:
        """The questions behind the axes, and what the crosses are: they are there once the further tables are."""
        has_intervals = any(standing.low is not None for axis in (drawn.across, drawn.up) for standing in self.standings(axis))
        crosses = (_("Means of each panel’s answers with their 95 % intervals: where crosses overlap, the order can be chance.") if has_intervals
                   else _("Means of each panel’s answers."))
        if drawn.is_plane:
            return crosses
        asked = [self.text(axis.question.definition["text"]) for axis in (drawn.across, drawn.up)]
        return _("Across: “%(across)s” Upwards: “%(up)s” %(crosses)s") % {"across": asked[0], "up": asked[1], "crosses": crosses}


def extremes_in_words(axis: str, means: Sequence[tuple[str, float]]) -> str:
    """Everybody who stands there by the figures that are shown: of two with the same mean, both are the highest."""
    ends = extremes_of(means, in_two_decimals)
    if ends.are_alike:
        return _("%(axis)s: %(figure)s in every panel that is shown.") % {"axis": axis, "figure": ends.low}
    return _("%(axis)s: highest in %(highest)s (%(high)s), lowest in %(lowest)s (%(low)s).") % {
        "axis": axis, "highest": named(ends.highest), "high": ends.high, "lowest": named(ends.lowest), "low": ends.low}
