"""Who answered what in two rounds, panel by panel, and what may be said of those who answered twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np

from analysis.disclosure.coarsening import coarse_percent
from analysis.disclosure.movements import Cells
from analysis.disclosure.suppression import Group

HALF_A_FIFTH = 10
Verdict = Callable[[int], Callable[[float], bool] | None] | None
"""Number of pairs → whether a percentage is stable, by the published verdict; None where that is not told."""


@dataclass(frozen=True)
class Statement:
    """What is told of a group's stayers: the whole table of their two answers, or that the weighted number of those who changed lies between
    `least` and `most`. weights: for each panel what one of its stayers counts."""

    group: Group
    is_table: bool
    weights: tuple[int, ...]
    least: int = 0
    most: int = 0


@dataclass(frozen=True)
class Crossing:
    """Counts over the categories that occur, the same for both rounds. Shapes: stayed (panels, before, after), left and joined (panels, categories)."""

    panels: tuple[str, ...]
    stayed: Any
    left: Any
    joined: Any

    @cached_property
    def cells(self) -> dict[int, Cells]:
        """By round, those who stayed and those who did not."""
        return {number: Cells(*self.histograms(number)) for number in (1, 2)}

    def histograms(self, number: int) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        """Panel → the round's answers of those who stayed; and of those who did not."""
        stayed, moved = self.stayed.sum(axis=2 if number == 1 else 1), self.left if number == 1 else self.joined
        return dict(zip(self.panels, stayed.tolist(), strict=True)), dict(zip(self.panels, moved.tolist(), strict=True))

    @cached_property
    def pairs(self) -> list[int]:
        """Those who stayed, by panel."""
        return [int(number) for number in self.stayed.sum(axis=(1, 2))]

    @cached_property
    def changed(self) -> list[int]:
        """Those of them who gave another answer, by panel."""
        return [int(number) for number in self.stayed.sum(axis=(1, 2)) - np.trace(self.stayed, axis1=1, axis2=2)]

    def pairs_of(self, group: Group) -> int:
        return sum(number for panel, number in zip(self.panels, self.pairs, strict=True) if panel in group.panels)

    def table(self, group: Group) -> Statement:
        return Statement(group, True, self._weights(group))

    def percentage(self, group: Group, is_stable: Verdict = None) -> Statement:
        """Roughly: the fifth that it lies in, and whether that much is stable."""
        weights = self._weights(group)
        whole = sum(weight * number for weight, number in zip(weights, self.pairs, strict=True))
        if not whole:
            return Statement(group, False, weights)
        changed = sum(weight * number for weight, number in zip(weights, self.changed, strict=True))
        middle = int(coarse_percent(100 * changed / whole))
        least = 0 if middle == HALF_A_FIFTH else (middle - HALF_A_FIFTH) * whole // 100 + 1
        most = (middle + HALF_A_FIFTH) * whole // 100
        judge = is_stable(self.pairs_of(group)) if is_stable else None
        if judge is None:
            return Statement(group, False, weights, least, most)
        return Statement(group, False, weights, *_as_judged(least, most, changed, lambda number: judge(100 * number / whole)))

    def _weights(self, group: Group) -> tuple[int, ...]:
        whole = lcm(*(number for number in self.pairs if number)) if group.kind == "equal_weight" else 0
        return tuple(
            (whole // number if whole else 1) if number and panel in group.panels else 0 for panel, number in zip(self.panels, self.pairs, strict=True)
        )


def in_order(groups: Sequence[Group], crossing: Crossing) -> list[Group]:
    """As they are taken up: `all`, theatres, panels, the larger first, then where panels weigh equally."""
    order = {"all": 0, "theatre": 1, "panel": 2, "equal_weight": 3}
    return sorted(groups, key=lambda group: (order[group.kind], -crossing.pairs_of(group)))


def _as_judged(least: int, most: int, number: int, is_stable: Callable[[int], bool]) -> tuple[int, int]:
    """The part of the interval of which the same is said. (The numbers can be too large for `bisect`.)"""
    said = is_stable(number)
    if is_stable(most) == said == is_stable(least):
        return least, most
    inside, outside = number, most if said else least
    while abs(inside - outside) > 1:
        middle = (inside + outside) // 2
        inside, outside = (middle, outside) if is_stable(middle) == said else (inside, middle)
    return (least, inside) if said else (inside, most)
