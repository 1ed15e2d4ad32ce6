"""A frozen round in memory: what was asked of whom, and the answers as arrays. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from analysis.disclosure import Group
from analysis.groups import groups_of, members


@dataclass(frozen=True)
class RoundData:
    """A frozen round.

    `meta`: study, round, closing, panels, theatres, items, panelists, settings.
     Arrays, with P panelists, I items, C components:
    panel (P) index of the panel; invited, submitted (P) bool; values (C × P) float64, NaN where there is no value, a nominal
    value is the index of its option; cannot_judge (C × P) bool; decision (I × P) 0 none, 1 new, 2 kept, 3 changed;
    confidence (I × P) float64, NaN where not given; has_reason (I × P) bool; not_shown (I × P) bool: hidden by the item's condition.
    """

    meta: Mapping[str, Any]
    panel: Any
    invited: Any
    submitted: Any
    values: Any
    cannot_judge: Any
    decision: Any
    confidence: Any
    has_reason: Any
    not_shown: Any

    @cached_property
    def panelists(self) -> list[str]:
        return list(self.meta["panelists"])

    @cached_property
    def places(self) -> dict[str, int]:
        """Panelist → column."""
        return {code: place for place, code in enumerate(self.panelists)}

    @cached_property
    def groups(self) -> list[Group]:
        """In the order of the files."""
        return groups_of(self.meta)

    @cached_property
    def members(self) -> dict[tuple[str, str], Any]:
        """(group type, group) → which experts stand in it. Shape (experts,), bool. Found once for all components."""
        return {(group.kind, group.code): members(group, self.meta, self.panel) for group in self.groups}

    @cached_property
    def panel_columns(self) -> list[Any]:
        """For each panel the columns of its experts."""
        return [np.flatnonzero(self.panel == place) for place in range(len(self.meta["panels"]))]

    @cached_property
    def n_invited(self) -> dict[tuple[str, str], int]:
        """(group type, group) → how many of it were invited."""
        return {group: int((inside & self.invited).sum()) for group, inside in self.members.items()}

    @cached_property
    def n_submitted(self) -> dict[tuple[str, str], int]:
        """(group type, group) → how many of it answered."""
        return {group: int((inside & self.submitted).sum()) for group, inside in self.members.items()}

    @cached_property
    def rows_of(self) -> dict[tuple[str, str], int]:
        """(item key, component code) → row in `values`."""
        pairs = [(item["key"], component["code"]) for item in self.meta["items"] for component in item["components"]]
        return {pair: row for row, pair in enumerate(pairs)}

    @cached_property
    def item_rows(self) -> dict[str, int]:
        """Item key → row in the arrays by item."""
        return {item["key"]: row for row, item in enumerate(self.meta["items"])}

    def values_for(self, key: str, component: str, panelists: list[str]) -> Any:
        """The component's values in the order of other panelists; NaN for those who are not here. Shape (len(panelists),)."""
        row = self.rows_of.get((key, component))
        found = np.full(len(panelists), np.nan)
        if row is None:
            return found
        here = np.array([self.places.get(code, -1) for code in panelists], dtype=np.int64)
        found[here >= 0] = self.values[row, here[here >= 0]]
        return found
