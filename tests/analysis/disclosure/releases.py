"""Two counted rounds, made without a database, and everything that is published of them, as printed.

A `World` is what happened: who answered what. A `Release` is what a reader gets to see of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from analysis.aggregation import compared_with, rows_of_item
from analysis.disclosure import Group, ToldOfPairs
from analysis.exports.cells import number_cell, text_cell
from analysis.published import PublishedComponent, PublishedItem, PublishedRound
from analysis.round_data import RoundData
from analysis.rows import Before, ComponentRows, Row, with_outcome
from analysis.statistics import adjust_p_values
from analysis.tables import TABLES
from analysis.tables.base import Closing, Table, Values, unpacked

Names = frozenset[tuple[str, str]]
Item = Mapping[str, Any]
DEAR = ("disagreement", "influence", "sensitivity", "convergence", "gaps", "measures")
"""Tables that take long, so they are compared last."""


@dataclass(frozen=True)
class Design:
    """Who was asked what, and by which rules: what a reader knows beforehand. `panel`: each expert's, by its place."""

    panels: tuple[str, ...]
    theatres: Mapping[str, tuple[str, ...]]
    minimum: int
    panel: tuple[int, ...]
    items: tuple[Item, ...]

    @property
    def components(self) -> list[tuple[Item, Item]]:
        return [(item, component) for item in self.items for component in item["components"]]

    def first_value(self, place: int) -> int:
        """Options are counted from 0, positions from 1."""
        return 0 if self.components[place][1]["level"] == "nominal" else 1


@dataclass(frozen=True)
class World:
    """What every expert answered, by round. Shapes (components, experts), NaN where there is no answer."""

    before: Any
    after: Any

    def of_round(self, number: int) -> Any:
        return self.before if number == 1 else self.after


@dataclass(frozen=True)
class Pattern:
    """Which rows are shown, which of them with figures over pairs, and which groups are fine: (round, place of the component) → names."""

    shown: Mapping[tuple[int, int], Names]
    paired: Mapping[tuple[int, int], Names]
    fine: Mapping[int, Names]


@dataclass(frozen=True)
class Release:
    """What is published of a world. `pattern`: what is shown, if that is not to be decided by this world itself."""

    design: Design
    world: World
    pattern: Pattern | None = None
    _printed: dict[str, list[Any]] = field(default_factory=dict)

    @cached_property
    def data(self) -> dict[int, RoundData]:
        return {number: round_data(self.design, self.world, number) for number in (1, 2)}

    @cached_property
    def rounds(self) -> dict[int, PublishedRound]:
        first = [self._item(1, item, None) for item in self.design.items]
        second = [self._item(2, item, there) for item, there in zip(self.design.items, first, strict=True)]
        return {1: PublishedRound(self.data[1], first), 2: PublishedRound(self.data[2], second)}

    def component(self, number: int, place: int) -> PublishedComponent:
        return [component for item in self.rounds[number].items for component in item.components][place]

    def _item(self, number: int, item: Item, there: PublishedItem | None) -> PublishedItem:
        before = None if there is None else Before(self.data[1], look_up(there), item["key"])
        places = [place for place, (other, _) in enumerate(self.design.components) if other is item]
        made = []
        for place, meta, rows in zip(places, item["components"], self._rows(number, item, before, places), strict=True):
            for row in rows:
                row.figures.update(compared_with(before))
                with_outcome(row)
            previous = None if there is None else there.component(meta["code"])
            made.append(PublishedComponent(self.data[number], item, meta, rows, previous))
            if previous is not None and self.pattern is not None:
                vars(made[-1])["fine_groups"] = [
                    row.group for row in rows if name(row) in self.pattern.fine[place] and row.group.kind != "equal_weight"
                ]
        return PublishedItem(item, tuple(made))

    def _rows(self, number: int, item: Item, before: Before | None, places: Sequence[int]) -> list[list[Row]]:
        if self.pattern is None:
            return [rows for _component, rows in rows_of_item(self.data[number], item, before)]
        found = []
        for place, component in zip(places, item["components"], strict=True):
            told = ToldOfPairs(self.pattern.paired[number, place], self.pattern.fine[place])
            part = RowsAsTold(self.data[number], item, component, before)
            found.append(part.rows_as_told(self.pattern.shown[number, place], told))
        return found

    def experts(self, panels: Sequence[str]) -> list[int]:
        return [place for place, panel in enumerate(self.design.panel) if self.design.panels[panel] in panels]

    def own_pattern(self) -> Pattern:
        found = {(number, place): self.component(number, place) for number in (1, 2) for place in range(len(self.design.components))}
        return Pattern(
            {at: frozenset(name(row) for row in component.rows.values() if not row.suppressed) for at, component in found.items()},
            {at: frozenset(name(row) for row in component.rows.values() if not row.pairs_suppressed) for at, component in found.items()},
            {place: frozenset(name(row) for row in component.rows.values() if row.figures.get("paired_coarse") == "no" and not row.pairs_suppressed)
             for (number, place), component in found.items() if number == 2},
        )

    # --- as printed ---

    def is_same_as(self, other: Release) -> bool:
        return self.differs_in(other) is None

    def differs_in(self, other: Release) -> str | None:
        """The first file and round in which something else is printed; the cheap ones are looked at first."""
        return next((part for part in PARTS if self.printed(part) != other.printed(part)), None)

    def printed(self, part: str) -> list[Any]:
        if part not in self._printed:
            table, _, number = part.rpartition(" ")
            self._printed[part] = list(self._lines(table, self.rounds[int(number)]))
        return self._printed[part]

    def _lines(self, table: str, published: PublishedRound) -> Iterator[Any]:
        if table == "aggregates":
            for item in published.items:
                for component in item.components:
                    yield from ((component.code, name(row), row.suppressed, cells(row.figures)) for row in component.rows.values())
        else:
            yield from lines_of_table(BY_NAME[table], published)


class RowsAsTold(ComponentRows):
    """The rows of other answers, with what is told of them decided beforehand."""

    def rows_as_told(self, shown: Names, told: ToldOfPairs) -> list[Row]:
        self.decided = told
        return self.rows(shown, told.rough)

    def _told_of_pairs(self, _shown: Names, _pairs_shown: Names) -> ToldOfPairs:
        return self.decided


BY_NAME = {table.name: table for table in TABLES}
PARTS = tuple(f"{table} {number}" for table in ("aggregates", *sorted(BY_NAME, key=lambda code: (code in DEAR, code))) for number in (2, 1))


def name(row: Row) -> tuple[str, str]:
    return row.group.kind, row.group.code


def cells(value: Any) -> Any:
    """Figures as files have them."""
    if isinstance(value, Mapping):
        return {key: cells(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [cells(each) for each in value]
    return text_cell(value) if isinstance(value, str) else number_cell(value)


RELATING_ITEMS = {f"mean_{figure}_{end}" for figure in ("emd_normalised", "absolute_delta", "total_variation") for end in ("low", "high")}
"""Limits in gaps.csv that rest on answers to several components together, as those of disagreement.csv over all items."""


def lines_of_table(table: Table, published: PublishedRound) -> Iterator[Any]:
    """A table's rows of the items, p values corrected, and of the round."""
    by_item = [(item, list(unpacked(table.packed(table.of_item(item)))) if table.of_item else []) for item in published.items]
    everything = [row for _item, rows in by_item for row in rows]
    correct(table, everything)
    several = len(published.items[0].components) > 1
    if table.of_round is not None and not (several and table.name == "disagreement"):  # promised for each component by itself (docs/disclosure.md, Limits)
        named = [{**row, "item": item.code, "kind": item.kind} for item, rows in by_item for row in rows]
        of_round = unpacked(table.packed(table.of_round(Closing(published, lambda _name: iter(named)))))
        everything += [{**row, **(dict.fromkeys(RELATING_ITEMS & row.keys()) if several else {})} for row in of_round]
    kinds = {column.name: column.kind for column in table.columns}
    for row in everything:
        yield [number_cell(value) if kinds[key] == "number" else text_cell(value or "") for key, value in row.items()]


def correct(table: Table, rows: Sequence[Values]) -> None:
    for family in table.families:
        members: dict[str, list[tuple[Values, float]]] = defaultdict(list)
        for row in rows:
            taken = family.take(row)
            if taken is not None:
                members[taken[0]].append((row, taken[1]))
        for found in members.values():
            for (row, _p), corrected in zip(found, adjust_p_values([p for _row, p in found], family.method), strict=True):
                family.put(row, corrected or 0.0)


def look_up(there: PublishedItem) -> Any:
    def published(_key: str, component: str, kind: str, code: str) -> Mapping[str, Any] | None:
        found = there.component(component)
        group = found.group(kind, code) if found else None
        return None if found is None or group is None else found.figures(group)

    return published


def round_data(design: Design, world: World, number: int) -> RoundData:
    values = world.of_round(number)
    experts, items = len(design.panel), len(design.items)
    meta = {
        "study": "attacked", "round": number, "closing": 1, "minimum": design.minimum, "quantile_type": 7, "rules_sha256": "",
        "consensus": CONSENSUS, "stability": STABILITY, "panels": list(design.panels),
        "theatres": {code: list(members) for code, members in design.theatres.items()}, "theatre_order": list(design.theatres),
        "items": list(design.items), "panelists": [f"e{place}" for place in range(experts)],
    }
    nothing = np.zeros((items, experts), dtype=bool)
    return RoundData(
        meta=meta, panel=np.array(design.panel, dtype=np.int32), invited=np.ones(experts, dtype=bool),
        submitted=~np.isnan(values).all(axis=0), values=values, cannot_judge=np.zeros(values.shape, dtype=bool),
        decision=np.zeros((items, experts), dtype=np.int8), confidence=np.full((items, experts), np.nan), has_reason=nothing, not_shown=nothing,
    )


CONSENSUS = {"ordinal": {"rule": "iqr", "at_most": 1}, "nominal": {"rule": "modal_share", "at_least": 0.6}, "interval": {"rule": "iqr", "at_most": 2}}
STABILITY = {"ordinal": {"rule": "percent_changed", "at_most": 15}, "nominal": {"rule": "percent_changed", "at_most": 15},
             "interval": {"rule": "percent_changed", "at_most": 15}}
FIVE = ["1", "2", "3", "4", "5"]


def component(code: str = "", level: str = "ordinal", **changes: Any) -> dict[str, Any]:
    limits = {"categories": [], "minimum": 0, "maximum": 10} if level == "interval" else {"categories": FIVE, "minimum": None, "maximum": None}
    return {"code": code, "level": level, "consensus": [], "stability": [], **limits, **changes}


def item(code: str, kind: str, components: Sequence[Item], **changes: Any) -> dict[str, Any]:
    return {
        "key": f"{code}/1", "code": code, "kind": kind, "section": "main", "version": 1, "line": f"{code}/1", "practice": False,
        "components": list(components), "together": False, "whole_level": "", "shown_if": None, "at_most": None, "consensus": [], "stability": [],
        "theatre": "", "same_as": "", "about": "", "mirror": "", "truth": None, "rows": [], "columns": [], "rows_are_panels": False,
        "interval": None, **changes,
    }


RATING = item("grave", "rating", [component()])
CHOICE = item("lead", "single_choice", [component(level="nominal")])
NUMBER = item("years", "number", [component(level="interval")])


def role_grid(panels: Sequence[str]) -> Item:
    """What is expected of each ally, in one function."""
    return item("roles", "grid", [component(f"{panel}.lead") for panel in panels], rows=list(panels), columns=["lead"], rows_are_panels=True,
                about="role_expectation")


def groups_named(component: PublishedComponent) -> list[Group]:
    """Groups without a row of their own that tables speak of: sides of theatres, panels of both, everybody but one ally."""
    panels = component.data.meta["panels"]
    theatres = [group.panels for group in component.data.groups if group.kind == "theatre"]
    sets = [tuple(panel for panel in panels if panel != ally) for ally in panels]
    sets += [tuple(panel for panel in one if panel not in other) for one in theatres for other in theatres]
    sets += [tuple(panel for panel in one if panel in other) for one in theatres for other in theatres if one != other]
    weighted = [Group("others_equal_weight", "", chosen) for chosen in sets[: len(panels)]]
    return [*(Group("others", "", chosen) for chosen in sets if chosen), *(group for group in weighted if group.panels)]
