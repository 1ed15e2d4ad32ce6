"""Published histograms of several groups, or of several questions on one scale, as one picture: bars on an axis, or shares of options."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from analysis.charts import Bars, Caption, Chart, HeatCell, HeatRow, Known, Sequential, SpreadNames, SpreadRow, distribution_chart, heat_map
from analysis.results.item_charts import axis_of, shares_of, spread_of
from analysis.results.pictures import WITHOUT_ORDER, component_of
from analysis.results.value_words import ValueWords, in_figures, percent
from surveys.items import Component, ItemSpec
from surveys.models import Study


@dataclass(frozen=True)
class Published:
    """A published row under the name that it has in the picture; `heading` stands over the rows that share it."""

    name: str
    figures: Mapping[str, Any]
    suppressed: bool
    heading: str = ""


@dataclass(frozen=True)
class Pictured:
    """What the rows answer: a question of one number, in the reader's words."""

    study: Study
    spec: ItemSpec

    @property
    def component(self) -> Component | None:
        return component_of(self.spec, "")

    @property
    def words(self) -> ValueWords:
        return ValueWords(self.study, self.spec)


def side_by_side(caption: Caption, pictured: Pictured, row_head: str, round_name: str, rows: Sequence[Published]) -> Chart | None:
    """None for a question that is not one number."""
    component = pictured.component
    if component is None:
        return None
    written = replace(caption, write=in_figures, note=" · ".join(part for part in (pictured.words.scale_note("", component.level), caption.note) if part))
    if component.level in WITHOUT_ORDER:
        return _shares(written, component, pictured.words, row_head, rows)
    bars = _bars(component, pictured.words, rows)
    drawn = [SpreadRow(row.name, spread_of(component.level, row.figures, bars, row.suppressed), None, row.heading) for row in rows]
    names = SpreadNames(row_head, round_name, "", _("Round"), _("Experts"), _("Median"), _("Lower quartile"), _("Upper quartile"),
                        _("Middle half of the answers"), _("How often each answer was given"))
    return distribution_chart(written, names, drawn, axis_of(component, drawn, has_bars=bool(bars.edges)), bars)


def _bars(component: Component, words: ValueWords, rows: Sequence[Published]) -> Bars:
    """One for each position, or equal parts of the range that numbers have."""
    if component.categories:
        labels = words.labels("") if component.level == "ordinal" else []
        names = [f"{place} ({labels[place - 1]})" if labels else str(place) for place in range(1, len(component.categories) + 1)]
        return Bars(tuple((place - 0.4, place + 0.4) for place in range(1, len(names) + 1)), tuple(names))
    histogram = next((row.figures["histogram"] for row in rows if not row.suppressed and row.figures.get("histogram")), None)
    if histogram is None or component.minimum is None or component.maximum is None:
        return Bars()
    low, width = component.minimum, (component.maximum - component.minimum) / len(histogram)
    edges = tuple((low + place * width, low + (place + 1) * width) for place in range(len(histogram)))
    return Bars(edges, tuple(f"{in_figures(start)}–{in_figures(end)}" for start, end in edges))


def _shares(caption: Caption, component: Component, words: ValueWords, row_head: str, rows: Sequence[Published]) -> Chart:
    """Options have no order, so nothing but a table of their shares."""
    options = [words.category("", component.level, code) for code in component.categories]
    heat = [HeatRow(row.name, _cells(row, len(options)), row.heading) for row in rows]
    in_percent = replace(caption, write=lambda share: f"{percent(share)}\u00a0%", note=_("Shares of the answers."))
    return heat_map(in_percent, row_head, options, heat, Sequential(0.0, 1.0, ("0\u00a0%", "100\u00a0%")))


def _cells(row: Published, size: int) -> tuple[HeatCell, ...]:
    shares = () if row.suppressed else shares_of(row.figures)
    if len(shares) != size:
        return (HeatCell(known=Known.PROTECTED if row.suppressed else Known.UNDEFINED),) * size
    return tuple(HeatCell(share) for share in shares)
