"""A grid whose rows are the study's panels, as published: who expects which role of whom. The role tables are made of this alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from analysis.published import PublishedComponent, PublishedItem
from analysis.statistics.matrix import histogram_moments, histogram_quantiles

SMALLEST_FOR_A_VERDICT = 5
PROTECTED, INSUFFICIENT, NO_VARIATION, OK = "protected", "insufficient_n", "no_variation", "ok"
SMALL = "fewer than 5 answers on a side"


def is_role_grid(item: PublishedItem) -> bool:
    """A grid over the panels that says that it asks who should do what; its mirror asks about the expert's own country instead."""
    return item.kind == "grid" and item.meta["about"] == "role_expectation" and bool(item.meta["rows_are_panels"]) and not item.meta["mirror"]


@dataclass(frozen=True)
class RoleGrid:
    """Counts of answers per position, from published rows. Panels in file order stand on both axes, as raters and as targets.

    `counts`: raters × targets × functions × positions, NaN where the panel's row is hidden. `everybody`: the same without raters, from the
    rows of all experts together.
    """

    panels: tuple[str, ...]
    functions: tuple[str, ...]
    counts: Any
    everybody: Any

    @classmethod
    def of(cls, item: PublishedItem) -> "RoleGrid":
        return cls._of(item, item.components)

    @classmethod
    def before(cls, item: PublishedItem) -> "RoleGrid | None":
        """As the round published it that the item is compared with."""
        earlier = [component.previous for component in item.components]
        found = [component for component in earlier if component is not None]
        return cls._of(item, found) if found and len(found) == len(earlier) else None

    @classmethod
    def _of(cls, item: PublishedItem, components: Sequence[PublishedComponent]) -> "RoleGrid":
        panels, functions = tuple(item.data.meta["panels"]), tuple(item.meta["columns"])
        by_code = {component.code: component for component in components}
        cells = [[by_code[f"{target}.{function}"] for function in functions] for target in panels]

        def published(kind: str, code: str) -> list[list[list[float]]]:
            return [[published_counts(cell, kind, code) for cell in row] for row in cells]

        counts = np.array([published("panel", panel) for panel in panels], dtype=float)
        return cls(panels, functions, counts, np.array(published("all", "all"), dtype=float))

    @cached_property
    def is_told(self) -> Any:
        """Is the panel's row shown? Raters × targets × functions; rows without answers are shown, too."""
        return ~np.isnan(self.counts[..., 0])

    @cached_property
    def n(self) -> Any:
        return self.counts.sum(axis=-1)

    @cached_property
    def means(self) -> Any:
        """Raters × targets × functions; NaN where hidden or without answers."""
        return histogram_moments(self.counts).mean

    @cached_property
    def own(self) -> Any:
        """What the target's own experts expect of it: targets × functions × positions."""
        places = np.arange(len(self.panels))
        return self.counts[places, places]

    @cached_property
    def others_by_panel(self) -> Any:
        """What each other panel expects, the target's own left out (NaN)."""
        others = self.counts.copy()
        places = np.arange(len(self.panels))
        others[places, places] = np.nan
        return others

    @cached_property
    def others_together(self) -> Any:
        """What all others expect, every answer once: everybody's row less the target's own, or the sum of the others' rows; else NaN.

        Taken from published rows, and not from the answers: those may have lost people since.
        """
        places = np.arange(len(self.panels))
        others = self.counts.copy()
        others[places, places] = 0.0
        difference, total = self.everybody - self.own, others.sum(axis=0)
        return np.where(np.isnan(difference), total, difference)

    def without(self, rater: str) -> "RoleGrid":
        """As if nobody of this panel had answered. What everybody but them said is known only where their own row is told."""
        place = self.panels.index(rater)
        counts = self.counts.copy()
        counts[place] = 0.0
        return RoleGrid(self.panels, self.functions, counts, self.everybody - self.counts[place])

    def compared(self, target: int, function: int) -> tuple[str, ...]:
        """The other panels that stand in the mean of the others' means."""
        return tuple(panel for place, panel in enumerate(self.panels) if place != target and self.n[place, target, function] > 0)

    def hidden(self, target: int, function: int) -> tuple[str, ...]:
        """The panels that cannot stand in it, because their row is protected."""
        return tuple(panel for place, panel in enumerate(self.panels) if place != target and not self.is_told[place, target, function])

    def cells(self) -> Iterator[tuple[int, int, str, str]]:
        """(target's place, function's place, target, function), in the grid's order."""
        for place, target in enumerate(self.panels):
            for column, function in enumerate(self.functions):
                yield place, column, target, function


def published_counts(component: PublishedComponent, kind: str, code: str) -> list[float]:
    group = component.group(kind, code)
    return [np.nan] * len(component.categories) if group is None else list(component.figures(group)["histogram"])


def whole(number: Any) -> int | None:
    """A count, or None where it is not told."""
    return None if number is None or np.isnan(number) else int(number)


def medians_of(counts: Any) -> Any:
    """The ordinary median, whatever the study's quantile type; NaN where hidden or without answers."""
    return histogram_quantiles(np.nan_to_num(counts), 0.5)[..., 0]
