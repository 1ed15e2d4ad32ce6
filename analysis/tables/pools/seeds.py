"""Whose answers Cooke's model may look at: everybody who answered every seed, if that gives nobody away.

The pools beside it are made of everybody who answered an item. The two differ by those who answered it but not every seed: a set of people
like the leavers of a round, and kept from view in the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from analysis.disclosure import Group, tables_shown
from analysis.published import PublishedComponent, PublishedItem

Everybody = tuple[str, str]
ALL: Everybody = ("all", "all")


@dataclass(frozen=True)
class Elicited:
    """Items that ask for the same quantiles."""

    items: Sequence[PublishedItem]

    @cached_property
    def shown(self) -> list[PublishedItem]:
        """Those of which everybody's rows are shown, and answered."""
        return [item for item in self.items if all(component.group(*ALL) for component in item.components) and self.answers(item).any()]

    @cached_property
    def seeds(self) -> list[PublishedItem]:
        return [item for item in self.shown if item.meta.get("truth") is not None]

    @cached_property
    def used(self) -> Any:
        """Which of the round's experts answered every seed. Shape (experts,), bool."""
        return np.logical_and.reduce([self.answers(item) for item in self.seeds])

    @cached_property
    def told(self) -> list[PublishedItem]:
        """The items that may be told of beside their pools; none unless all seeds may."""
        safe = [item for item in self.shown if self.is_safe(item)]
        return safe if all(seed in safe for seed in self.seeds) else []

    @property
    def minimum(self) -> int:
        return self.items[0].minimum

    def answers(self, item: PublishedItem) -> Any:
        """Which experts answered the item."""
        everybody = everybody_of(item.components[0])
        return np.logical_and.reduce([component.here(everybody) for component in item.components])

    def quantiles(self, item: PublishedItem) -> Any:
        """Of the experts used: experts × quantiles, NaN for those who did not answer the item."""
        table = np.column_stack([component.answers_by_expert(everybody_of(component)) for component in item.components])
        return np.where(self.answers(item)[:, None], table, np.nan)[self.used]

    def is_safe(self, item: PublishedItem) -> bool:
        counted = self.answers(item) & self.used
        left_out = int(self.answers(item).sum() - counted.sum())
        enough = counted.sum() >= self.minimum and (left_out == 0 or left_out >= self.minimum)
        return bool(enough) and all(self._nobody_is_told(component, counted) for component in item.components)

    def _nobody_is_told(self, component: PublishedComponent, counted: Any) -> bool:
        everybody = everybody_of(component)
        answers = component.answers_by_expert(everybody)
        others = component.here(everybody) & ~counted
        by_panel = [histograms(component, answers, chosen, counted | others) for chosen in (counted, others)]
        return ALL in tables_shown(component.groups, [everybody], by_panel[0], by_panel[1], self.minimum, last_check=False)


def histograms(component: PublishedComponent, answers: Any, chosen: Any, present: Any) -> dict[str, list[int]]:
    """Panel → how many of those chosen gave each of the different answers."""
    different = np.unique(answers[present])
    return {
        panel: np.bincount(np.searchsorted(different, answers[chosen & (component.data.panel == place)]), minlength=len(different)).tolist()
        for place, panel in enumerate(component.data.meta["panels"])
    }


def everybody_of(component: PublishedComponent) -> Group:
    return next(group for group in component.groups if (group.kind, group.code) == ALL)
