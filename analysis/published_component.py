"""What may be told of a counted round: the further tables are made of this, and see nothing else.

Which rows are shown was decided when the round was counted, and stands in its stored rows. So an analysis cannot give away what is hidden:
asking for the answers of a protected group raises `Protected`. Figures of shown groups are functions of published distributions.

Figures over pairs of rounds need more: those who left and those who joined are groups too. `fine_groups` are the groups of which every
figure over pairs may be told, `pair_groups` those of which only rough ones may (`analysis.disclosure.coarsening`).
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from analysis.disclosure import Group, follows_from
from analysis.figures import histogram_of
from analysis.groups import panel_weights
from analysis.pairs import Pairs
from analysis.round_data import RoundData
from analysis.rows import Row

Name = tuple[str, str]
LEVELS_WITH_CATEGORIES = frozenset({"ordinal", "nominal", "binary", "rank"})


class Protected(Exception):
    """An analysis asked for answers that may not be told."""


class PublishedComponent:
    """One component of an asked item. `previous` is the same component in the round it is compared with, as published there."""

    def __init__(self, data: RoundData, item: Mapping[str, Any], component: Mapping[str, Any], rows: Sequence[Row],
                 previous: "PublishedComponent | None" = None) -> None:
        self.data, self.item, self.meta, self.previous = data, item, component, previous
        self.code, self.level = str(component["code"]), str(component["level"])
        self.categories: list[str] = list(component["categories"])
        self.minimum, self.maximum = component["minimum"], component["maximum"]
        self.rows = {(row.group.kind, row.group.code): row for row in rows}
        values = data.values[data.rows_of[item["key"], self.code]]
        self._values = np.where(data.submitted, values, np.nan)

    # --- one round ---

    @cached_property
    def groups(self) -> list[Group]:
        """The groups whose row is shown, in the files' order; some may have no answers."""
        return [row.group for row in self.rows.values() if not row.suppressed]

    @cached_property
    def panels(self) -> list[Group]:
        """The panels whose row is shown and that have answers."""
        return [group for group in self.groups if group.kind == "panel" and self.n(group)]

    @cached_property
    def protected_panels(self) -> list[str]:
        """Codes of the panels whose row is hidden: comparisons leave them out, and name them."""
        return [row.group.code for row in self.rows.values() if row.group.kind == "panel" and row.suppressed]

    def group(self, kind: str, code: str) -> Group | None:
        """The group, if its row is shown."""
        row = self.rows.get((kind, code))
        return None if row is None or row.suppressed else row.group

    def figures(self, group: Group) -> Mapping[str, Any]:
        """The group's published row."""
        self._check(group)
        return self.rows[group.kind, group.code].figures

    def n(self, group: Group) -> int:
        return int(self.here(group).sum())

    def here(self, group: Group) -> Any:
        """Which of the round's experts are in the group and answered. Shape (experts,), bool."""
        self._check(group)
        return self._members(group) & ~np.isnan(self._values)

    def answers(self, group: Group) -> Any:
        """The group's answers, float64: positions from 1 (ordinal), the option's index from 0 (nominal), 1 or 0 (binary), else the number."""
        return self._values[self.here(group)]

    def answers_by_expert(self, group: Group) -> Any:
        """The same in the order of the round's experts (`data.panelists`); NaN for those outside the group or without an answer."""
        return np.where(self.here(group), self._values, np.nan)

    def weights(self, group: Group) -> Any:
        """One over the number of answers of each one's panel where panels weigh equally; None where every answer counts once."""
        if group.kind not in ("equal_weight", "others_equal_weight"):
            return None
        here = self.here(group)
        return panel_weights(self.data.panel, here)[here]

    def histogram(self, group: Group) -> list[float] | None:
        """Counts over the full scale, options, or ten bins (weighted ones where panels weigh equally); None where nothing is binned."""
        return histogram_of(self.meta, self.answers(group), self.weights(group))

    def follows(self, group: Group) -> bool:
        """May this group, which has no row of its own, be told of? Only if its figures follow from rows that are shown."""
        shown_panels = {shown.code for shown in self.groups if shown.kind == "panel"}
        return shown_panels.issuperset(group.panels) or follows_from(self.groups, group, self._answers_by_panel)

    @cached_property
    def _answers_by_panel(self) -> dict[str, int]:
        present = ~np.isnan(self._values)
        return {panel: int((present & (self.data.panel == place)).sum()) for place, panel in enumerate(self.data.meta["panels"])}

    def _members(self, group: Group) -> Any:
        found = self.data.members.get((group.kind, group.code))
        if found is not None:
            return found
        return np.isin(self.data.panel, [place for place, panel in enumerate(self.data.meta["panels"]) if panel in group.panels])

    def _check(self, group: Group) -> None:
        row = self.rows.get((group.kind, group.code))
        if (row is not None and row.suppressed) or (row is None and not self.follows(group)):
            raise Protected(f"{self.item['key']} {self.code}: {group.kind} {group.code}")

    # --- pairs of rounds ---

    @cached_property
    def pair_groups(self) -> list[Group]:
        """Groups with figures over pairs; of those that are not fine, too, only rough ones may be told (coarse percent, kappa, p)."""
        if self.previous is None:
            return []
        return [row.group for row in self.rows.values() if not row.suppressed and row.figures.get("n_pairs") is not None]

    @cached_property
    def fine_groups(self) -> list[Group]:
        """Groups of which every figure over pairs, leavers and joiners may be told: `all`, theatres and panels.

        That was decided when the round was counted, beside the rows of both rounds (`ComponentRows`), and the earlier round's rows stand since
        then. Where a withdrawal erased answers that they still hold, nobody knows who left: then nothing fine is told.
        """
        if self.previous is None or self._someone_is_erased:
            return []
        return [group for group in self.pair_groups if group.kind != "equal_weight" and self._row(group).figures["paired_coarse"] == "no"]

    @cached_property
    def _pairs(self) -> Pairs:
        there = self._there
        return Pairs(self.data, self._values, self._before_here, there.data, there._values, self._left_there)

    def decided_anew(self) -> list[Group]:
        """`fine_groups` where no counting has decided on them: of the answers to two items, say, which the rows know nothing of together.

        The tables of stayers are equations too: beside a round's rows they give the leavers' (the joiners') distribution. So disclosure control
        looks at stayers and leavers, at stayers and joiners, and at the stayers' two answers together.
        """
        candidates = [group for group in self.pair_groups if group.kind != "equal_weight"]
        if not candidates or self._someone_is_erased:
            return []
        rows = {1: self._there.groups, 2: self.groups}
        told = self._pairs.told(rows, self.pair_groups, candidates, has_categories=self.level in LEVELS_WITH_CATEGORIES)
        return [group for group in candidates if (group.kind, group.code) in told.fine]

    def is_fine(self, group: Group) -> bool:
        return group in self.fine_groups

    def paired(self, group: Group) -> tuple[Any, Any]:
        """Both answers of those who answered twice, in the same order."""
        if not self.is_fine(group):
            raise Protected(f"{self.item['key']} {self.code}: pairs of {group.kind} {group.code}")
        return self.roughly_paired(group)

    def roughly_paired(self, group: Group) -> tuple[Any, Any]:
        """The same for any of `pair_groups`. What is worked out from it may be told only coarsened."""
        if group not in self.pair_groups:
            raise Protected(f"{self.item['key']} {self.code}: pairs of {group.kind} {group.code}")
        here = self._members(group) & self._stayed_here
        return self._before_here[here], self._values[here]

    def stayers(self, group: Group) -> Any:
        """Whose these pairs are; fine groups only. Shape (experts,), bool."""
        self.paired(group)
        return self._members(group) & self._stayed_here

    def leavers(self, group: Group) -> Any:
        """The earlier answers of those who did not answer again; fine groups only."""
        self.paired(group)
        there = self._there
        return there._values[there._members(group) & self._left_there]

    def joiners(self, group: Group) -> Any:
        """The answers of those who had none before; fine groups only."""
        self.paired(group)
        return self._values[self._members(group) & self._joined_here]

    def n_left(self, group: Group) -> int | None:
        """How many of the earlier round's answers have no pair, from published counts alone; None where those are not shown."""
        if self.previous is None or group not in self.pair_groups or self.previous.group(group.kind, group.code) is None:
            return None
        return int(self.previous.figures(group)["n"]) - int(self._row(group).figures["n_pairs"])

    def left(self, group: Group) -> Any:
        """The earlier answers of those who did not answer again, for **verdicts alone** (semantics.md: attrition publishes verdicts only)."""
        if self.previous is None or self.previous.group(group.kind, group.code) is None:
            raise Protected(f"{self.item['key']} {self.code}: leavers of {group.kind} {group.code}")
        return self.previous._values[self.previous._members(group) & self._left_there]

    @property
    def _there(self) -> "PublishedComponent":
        if self.previous is None:
            raise Protected(f"{self.item['key']} {self.code}: no earlier round")
        return self.previous

    def _row(self, group: Group) -> Row:
        return self.rows[group.kind, group.code]

    @cached_property
    def _before_here(self) -> Any:
        there = self._there
        return there.data.values_for(there.item["key"], there.code, self.data.panelists)

    @cached_property
    def _stayed_here(self) -> Any:
        return ~np.isnan(self._values) & ~np.isnan(self._before_here)

    @cached_property
    def _joined_here(self) -> Any:
        return ~np.isnan(self._values) & np.isnan(self._before_here)

    @cached_property
    def _left_there(self) -> Any:
        """Which experts of the earlier round answered then and not now. Shape (earlier experts,), bool."""
        there = self._there
        now = self.data.values_for(self.item["key"], self.code, there.data.panelists)
        return ~np.isnan(there._values) & np.isnan(now)

    @cached_property
    def _someone_is_erased(self) -> bool:
        """Do the earlier round's published rows hold more answers than its snapshot does today?"""
        there = self._there
        return any(there.figures(group)["n"] != there.n(group) for group in there.groups)
