"""The answers of published panels in two rounds, one row per expert, as statistics over panels take them.

What is hidden is not there: the answers of a panel stand in it only for the components, and the round, in which its row is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from analysis.disclosure import Group
from analysis.published import PublishedComponent, PublishedItem
from analysis.round_data import RoundData
from analysis.statistics.gaps.apportionment import scale_of
from analysis.statistics.gaps.disagreements import Question, Scope
from analysis.tables.gap_figures import scale_length
from analysis.tables.two_rounds import is_fine

LEAST_FOR_VERDICT = 5

@dataclass(frozen=True)
class Asked:
    """A component of an item, and which panels it can be compared over: codes, in the files' order."""

    item: PublishedItem
    component: PublishedComponent

    @cached_property
    def panels(self) -> list[str]:
        """Those whose row is shown."""
        return [panel.code for panel in self.component.panels]

    @cached_property
    def panels_since(self) -> list[str]:
        """Those whose row is shown in both rounds, and of which every figure over both rounds may be told."""
        there = self.component.previous
        return [] if there is None else [panel for panel in self.panels if there.group("panel", panel) is not None and self._is_fine(panel)]

    def _is_fine(self, panel: str) -> bool:
        group = self.component.group("panel", panel)
        return group is not None and is_fine(self.item, self.component, group)

    @property
    def has_distance(self) -> bool:
        """Can two answers be a share of the scale apart? Not where a number has no limits, or a scale one position."""
        return self.component.level == "nominal" or self.length is not None

    @property
    def length(self) -> float | None:
        return {"nominal": None, "binary": 1.0}.get(self.component.level, scale_length(self.component))


class PanelAnswers:
    """Experts of this round and of those before it that its components are compared with, each in the panel of that round."""

    def __init__(self, data: RoundData, asked: Sequence[Asked]) -> None:
        self.data, self.asked = data, asked
        self._rows: dict[tuple[str, str], int] = {}
        self._rows_of: dict[int, Any] = {}
        for there in [data, *(each.component.previous.data for each in asked if each.component.previous is not None)]:
            if id(there) not in self._rows_of:
                self._rows_of[id(there)] = self._rows_for(there)

    def _rows_for(self, there: RoundData) -> Any:
        """The row of each expert of a round; who changed panels is somebody else."""
        codes = there.meta["panels"]
        keys = ((codes[panel], panelist) for panel, panelist in zip(there.panel, there.panelists, strict=True))
        return np.array([self._rows.setdefault(key, len(self._rows)) for key in keys], dtype=np.int64)

    @cached_property
    def panels(self) -> Any:
        """The place of each expert's panel in this round's order; -1 where it has none. Shape (experts,)."""
        places = {code: place for place, code in enumerate(self.data.meta["panels"])}
        return np.array([places.get(panel, -1) for panel, _panelist in self._rows], dtype=np.int64)

    @cached_property
    def questions(self) -> list[Question]:
        return [self._question(each) for each in self.asked]

    @property
    def questions_now(self) -> list[Question]:
        """The same without the earlier round: what is told of this one must not depend on who answered what before."""
        return [question._replace(before=np.full_like(question.after, np.nan)) for question in self.questions]

    @cached_property
    def sizes(self) -> tuple[Any, Any]:
        """How many of each panel answered each component, in the earlier round and in this one. Shape (components, panels) each."""
        n_panels = len(self.data.meta["panels"])
        both = [[question.before, question.after] for question in self.questions]
        counts = [[np.bincount(self.panels[(self.panels >= 0) & ~np.isnan(given)], minlength=n_panels) for given in pair] for pair in both]
        found = np.array(counts, dtype=np.int64).reshape(-1, 2, n_panels)
        return found[:, 0], found[:, 1]

    def _question(self, asked: Asked) -> Question:
        after = self._answers(asked.component, asked.panels)
        there = asked.component.previous
        before = np.full(after.shape, np.nan) if there is None else self._answers(there, asked.panels_since)
        return Question(asked.item.code, scale_of(np.concatenate([before, after]), asked.length), before, after)

    def _answers(self, component: PublishedComponent, panels: Sequence[str]) -> Any:
        found = np.full(len(self._rows), np.nan)
        rows = self._rows_of[id(component.data)]
        for panel in panels:
            group = component.group("panel", panel)
            if group is not None:
                given = component.answers_by_expert(group)
                found[rows[~np.isnan(given)]] = given[~np.isnan(given)]
        return found


class Comparison:
    """Panels of a group compared over components: in this round those with two answers, since the earlier one those with enough in both.

    Enough are so many that a verdict may rest on them. Where no two panels have so many on any component, the change is over all with two answers
    in both rounds, and has no verdict.
    """

    def __init__(self, answers: PanelAnswers, group: Group) -> None:
        codes = answers.data.meta["panels"]
        self.group, self.asked, self.members = group, answers.asked, [codes.index(panel) for panel in group.panels]
        self.codes = codes
        before, after = answers.sizes
        mine, fewest = np.isin(codes, group.panels), np.minimum(before, after)
        told_now, self._told = (
            np.array([np.isin(codes, panels) & mine for panels in found], dtype=bool).reshape(-1, len(codes))
            for found in ([each.panels for each in self.asked], [each.panels_since for each in self.asked])
        )
        judged = _two_panels(self._told & (fewest >= LEAST_FOR_VERDICT))
        self.may_be_judged = bool(judged.any())
        self._now = _two_panels(told_now & (after >= 2))
        self._since = judged if self.may_be_judged else _two_panels(self._told & (fewest >= 2))
        self.scope = Scope(told_now, self._since)

    @property
    def n_panels(self) -> int:
        return int(self._now.any(axis=0).sum())

    @property
    def n_panels_since(self) -> int:
        return int(self._since.any(axis=0).sum())

    @property
    def left_out(self) -> list[str]:
        """Panels of the group that are not compared over every component over which any are."""
        compared = self._now[self._now.any(axis=1)]
        return [self.codes[panel] for panel in self.members if not (len(compared) and compared[:, panel].all())]

    @property
    def left_out_since(self) -> list[str]:
        """Those compared now that the change over some component is not about."""
        return self._members_in(self._now & ~self._since)

    @property
    def untold_since(self) -> list[str]:
        """Those of them of which not every figure over both rounds may be told."""
        return self._members_in(self._now & ~self._told)

    def _members_in(self, cells: Any) -> list[str]:
        found = cells[self._since.any(axis=1)].any(axis=0)
        return [self.codes[panel] for panel in self.members if found[panel]]

    @property
    def looks_back(self) -> bool:
        """Is any of the components compared with an earlier round?"""
        return any(each.component.previous is not None for each in self.asked)


def _two_panels(compared: Any) -> Any:
    """One panel alone is compared with nobody."""
    return compared & (compared.sum(axis=1) >= 2)[:, None]
