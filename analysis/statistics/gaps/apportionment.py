"""Rao's apportionment of diversity: how far two answers lie apart within a panel, and how far across panels.

Everything is a function of counts per panel and level, and of weighted counts as well, so that thousands of
resamples are split at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from analysis.statistics.answers import DECIMALS_OF_AN_ANSWER, Array


@dataclass(frozen=True)
class Scale:
    """Which answers there are, and how far apart two of them lie.

    ``levels``: all different answers in rising order. Their distance is \\|x - y\\| / ``length``; without a length
    (unordered options) it is 0 for equal and 1 for different answers.
    """

    levels: Array
    length: float | None

    def codes(self, answers: Array) -> Array:
        """The place of each answer among the levels; -1 where it is missing."""
        rounded = np.round(answers, DECIMALS_OF_AN_ANSWER)
        return np.where(np.isnan(rounded), -1, np.searchsorted(self.levels, rounded))

    def steps(self, counts: Array) -> tuple[Array, Array]:
        """Counts whose shares x and y give the mean distance of two groups as the sum of width * (x(1 - y) + y(1 - x)).

        Along an ordered scale these are the answers up to each level, and the width is the way to the next; two
        unordered options that differ are counted once at either, so at half the distance.
        """
        if self.length is None:
            return counts, np.full(self.levels.size, 0.5)
        return np.cumsum(counts, axis=-1)[..., :-1], np.diff(self.levels) / self.length


def scale_of(answers: Array, length: float | None) -> Scale:
    """The scale of the answers given; NaN is none."""
    return Scale(np.unique(np.round(answers[~np.isnan(answers)], DECIMALS_OF_AN_ANSWER)), length)


class Counts(NamedTuple):
    """``table``: (..., panels, levels), how many experts (or how much weight) gave each answer; ``squares``: (..., panels), the
    sum of the experts' squared weights, which for plain counts is their number.
    """

    table: Array
    squares: Array


class Split(NamedTuple):
    """Mean distance of two different experts: of the same panel, of any, and what the panels' difference adds."""

    within: Array
    total: Array

    @property
    def between(self) -> Array:
        return self.total - self.within


def split(counts: Counts, scale: Scale) -> Split:
    """Total disagreement and its part within panels, all panels weighing the same. NaN unless two panels have two answers each.

    The total is the distance of two different experts whose panels are drawn independently: with G panels both come
    from the same one with probability 1/G.
    """
    steps, widths = scale.steps(counts.table)
    weight = counts.table.sum(axis=-1)
    panels = weight.shape[-1]
    if panels < 2:
        nothing = np.full(weight.shape[:-1], np.nan)
        return Split(nothing, nothing)
    with np.errstate(invalid="ignore", divide="ignore"):
        within = _within(steps, weight, counts.squares, widths).mean(axis=-1)
        shares = steps / weight[..., None]
    sums = shares.sum(axis=-2)
    own = (shares * (1 - shares)).sum(axis=-2)
    across = 2 * ((sums * (panels - sums) - own) @ widths) / (panels * (panels - 1))
    return Split(within, within / panels + (1 - 1 / panels) * across)


def within_panels(counts: Counts, scale: Scale) -> Array:
    """Mean distance of two different experts of each panel; NaN below two. Shape (..., panels)."""
    steps, widths = scale.steps(counts.table)
    return _within(steps, counts.table.sum(axis=-1), counts.squares, widths)


def across_panels(counts: Counts, scale: Scale) -> Array:
    """Mean distance of an expert of one panel and one of another. Shape (..., panels, panels)."""
    steps, widths = scale.steps(counts.table)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = steps / counts.table.sum(axis=-1)[..., None]
    one_way = (shares * widths) @ np.swapaxes(1 - shares, -1, -2)
    return np.asarray(one_way + np.swapaxes(one_way, -1, -2))


def _within(steps: Array, weight: Array, squares: Array, widths: Array) -> Array:
    """An expert is no pair with itself, also where a resample weighs it more than once: hence the squares."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(2 * ((steps * (weight[..., None] - steps)) @ widths) / (weight**2 - squares))
