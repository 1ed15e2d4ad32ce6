"""Rao's apportionment of diversity: how far two answers lie apart within a panel, and how far across panels.

Everything is a function of counts per panel and level, and of weighted counts as well, so that thousands of draws are
split at once.
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
    """``table``: (draws, panels, levels), how many experts drawn gave each answer. ``n``: (panels,) how many experts there are.

    ``drawn``: (draws, panels), how many were drawn; infinite where nobody was, and the experts are taken as they are.
    """

    table: Array
    n: Array
    drawn: Array

    def of_panels(self, panels: Array) -> Counts:
        return Counts(self.table[:, panels], self.n[panels], self.drawn[:, panels])


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
    panels = counts.n.size
    if panels < 2:
        nothing = np.full(len(counts.table), np.nan)
        return Split(nothing, nothing)
    shares, widths = _shares(counts, scale)
    within = _within(shares, widths, counts).mean(axis=-1)
    sums = shares.sum(axis=-2)
    own = (shares * (1 - shares)).sum(axis=-2)
    across = 2 * _weighted(sums * (panels - sums) - own, widths) / (panels * (panels - 1))
    return Split(within, within / panels + (1 - 1 / panels) * across)


def within_panels(counts: Counts, scale: Scale) -> Array:
    """Mean distance of two different experts of each panel; NaN below two. Shape (draws, panels)."""
    return _within(*_shares(counts, scale), counts)


def across_panels(counts: Counts, scale: Scale) -> Array:
    """Mean distance of an expert of one panel and one of another. Shape (draws, panels, panels)."""
    shares, widths = _shares(counts, scale)
    one_way = (shares * widths) @ np.swapaxes(1 - shares, -1, -2)
    return np.asarray(one_way + np.swapaxes(one_way, -1, -2))


def _shares(counts: Counts, scale: Scale) -> tuple[Array, Array]:
    steps, widths = scale.steps(counts.table)
    with np.errstate(invalid="ignore", divide="ignore"):
        return steps / counts.table.sum(axis=-1)[..., None], widths


def _within(shares: Array, widths: Array, counts: Counts) -> Array:
    """An expert is no pair with itself, nor with itself drawn again: so many of all pairs are of different experts, on average."""
    with np.errstate(invalid="ignore", divide="ignore"):
        different = (1 - 1 / counts.n) * (1 - 1 / counts.drawn)
        return np.asarray(np.where(counts.n > 1, 2 * _weighted(shares * (1 - shares), widths) / different, np.nan))


def _weighted(steps: Array, widths: Array) -> Array:
    """The sum over steps; not as a matrix product, whose threads would wait for each other over so little."""
    return np.asarray(np.einsum("...s,s->...", steps, widths))
