"""A grid's feedback: the group's middle answers as a heat table, one more for each panel, and the table twin."""

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.items import ItemSpec
from surveys.items.grid import cells_of
from surveys.items.rating import points_of
from surveys.strip.heat import HeatCell, HeatTable, heat_table
from surveys.views.expert.kinds.base import Audience, Figures
from surveys.views.expert.kinds.strips import published
from surveys.views.expert.wording import Phrase, Wording, number_in_words

WIDE_FROM = 4  # more columns than these need the width of a page


@dataclass(frozen=True)
class PanelHeat:
    name: Phrase
    is_own: bool
    table: HeatTable


@dataclass(frozen=True)
class GridShape:
    """`low` and `high`: everybody's extreme middle answers in words. `own_row`: the row that is marked as the own country."""

    columns: tuple[Phrase, ...]
    everybody: HeatTable
    panels: tuple[PanelHeat, ...]
    own_row: str
    low: str
    high: str
    names: Mapping[str, str]  # cell → its name in words

    @property
    def is_wide(self) -> bool:
        """Too wide to stand beside another table."""
        return len(self.columns) > WIDE_FROM

    @property
    def has_protected(self) -> bool:
        return self.everybody.has_protected or any(panel.table.has_protected for panel in self.panels)

    @property
    def lines(self) -> list[tuple[str, HeatCell, list[HeatCell]]]:
        """The table twin: a cell's name, everybody's figures, those of the panels."""
        panels = [panel.table.cells for panel in self.panels]
        return [(self.names[code], cell, [cells[code] for cells in panels]) for code, cell in self.everybody.cells.items()]


def grid_shape(spec: ItemSpec, audience: Audience, names: Mapping[str, str]) -> GridShape:
    tables, wording = heat_tables(spec, audience), audience.wording
    everybody = tables["all/all"]
    panels = tuple(
        PanelHeat(audience.names[group], group == audience.own_panel, tables[f"{kind}/{group}"])
        for kind, group in audience.groups if kind == "panel" and group in audience.names
    )
    low, high = (median_in_words(spec, median, wording) for median in (everybody.lowest, everybody.highest))
    own_row = audience.own_panel if spec.rows_are_panels else ""
    return GridShape(tuple(wording(option.text) for option in spec.columns), everybody, panels, own_row, low, high, names)


def heat_tables(spec: ItemSpec, audience: Audience) -> dict[str, HeatTable]:
    """"all/all" or "panel/CODE" → the cells of that group, as far as they are published."""
    found: dict[str, dict[str, Figures | None]] = {f"{kind}/{group}": {} for kind, group in audience.groups}
    for code in cells_of(spec):
        for kind, group, figures in audience.figures(code):
            found[f"{kind}/{group}"][code] = figures
    rows = [(option.code, audience.wording(option.text)) for option in spec.rows]
    columns, points = [option.code for option in spec.columns], points_of(spec)
    return {
        group: heat_table(rows, columns, points, {code: published(figures) if figures else None for code, figures in cells.items()}, number_in_words)
        for group, cells in found.items()
    }


def median_in_words(spec: ItemSpec, median: float | None, wording: Wording) -> str:
    """A median as "4 (Contribute)"; between two positions the number alone; "" for none."""
    if median is None:
        return ""
    labels, number = wording.labels(spec.scale), number_in_words(median)
    return f"{number} ({labels[int(median) - 1].plain})" if labels and median == int(median) else number
