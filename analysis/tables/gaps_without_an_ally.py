"""Do the gaps between the allies narrow, and is more or less expected of one than it means to do: the same verdicts without one of the others.

Both are about panels that are told of anyhow, each for itself: without one of them nothing is told that its rows and the others' don't give.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.published import PublishedItem
from analysis.rules import NOT_ASSESSED
from analysis.tables.base import Values
from analysis.tables.role_changes import RoleChanges
from analysis.tables.role_gaps import RoleGaps
from analysis.tables.role_grids import RoleGrid, is_role_grid
from analysis.tables.roles import verdict
from analysis.tables.split_disagreement import SplitDisagreement

Cell = tuple[int, int]


def disagreement_without(split: SplitDisagreement | None, panel: str) -> Values:
    """Nothing where there is no verdict on a change."""
    if split is None or split.verdict is None:
        return {}
    without = split.verdict_without(panel)
    return {"disagreement": split.verdict, "disagreement_without": without, "disagreement_changes": without and yes(without != split.verdict)}


def yes(differs: bool) -> str:
    return "yes" if differs else "no"


@dataclass(frozen=True)
class Roles:
    """A role grid's verdicts in this round, and since an earlier one."""

    gaps: RoleGaps
    changes: RoleChanges | None

    @classmethod
    def of(cls, grid: RoleGrid, earlier: RoleGrid | None) -> "Roles":
        gaps = RoleGaps.of(grid)
        return cls(gaps, RoleChanges(gaps, RoleGaps.of(earlier)) if earlier else None)

    def verdicts(self, cell: Cell) -> tuple[str, str]:
        """On the gap, and on how it narrows."""
        return verdict(self.gaps, cell), self.changes.narrowing(cell) if self.changes else NOT_ASSESSED


@dataclass(frozen=True)
class RolesWithoutAnAlly:
    """Of an item; nothing for those that are no role grid. Each ally is taken out of all cells, so that p values are corrected without it, too."""

    item: PublishedItem

    @cached_property
    def _grids(self) -> tuple[RoleGrid, RoleGrid | None] | None:
        return (RoleGrid.of(self.item), RoleGrid.before(self.item)) if is_role_grid(self.item) else None

    @cached_property
    def _cells(self) -> Mapping[str, Cell]:
        return {f"{target}.{function}": (place, column) for place, column, target, function in self._grids[0].cells()} if self._grids else {}

    @cached_property
    def _by_ally(self) -> dict[str, Roles]:
        """"" for all of them together."""
        return {"": Roles.of(*self._grids)} if self._grids else {}

    def _without(self, ally: str) -> Roles:
        if ally not in self._by_ally and self._grids:
            now, earlier = self._grids
            self._by_ally[ally] = Roles.of(now.without(ally), earlier and earlier.without(ally))
        return self._by_ally[ally]

    def of(self, component: str, ally: str) -> Values:
        """Nothing about an ally's own cells, or one whose row is hidden there."""
        cell = self._cells.get(component)
        if cell is None or self._grids is None:
            return {}
        gap, narrowing = self._by_ally[""].verdicts(cell)
        found: Values = {"role_gap": gap, "role_narrowing": narrowing}
        grid = self._grids[0]
        rater = grid.panels.index(ally)
        if rater == cell[0] or not grid.is_told[(rater, *cell)]:
            return found
        gap_without, narrowing_without = self._without(ally).verdicts(cell)
        differs = (gap, narrowing) != (gap_without, narrowing_without)
        return {**found, "role_gap_without": gap_without, "role_narrowing_without": narrowing_without, "role_changes": yes(differs)}
