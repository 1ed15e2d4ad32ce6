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
        unordered options that differ are counted once at either, so at half the distance. Levels and steps are the second axis.
        """
        if self.length is None:
            return counts, np.full(self.levels.size, 0.5)
        return np.cumsum(counts, axis=1)[:, :-1], np.diff(self.levels) / self.length


def scale_of(answers: Array, length: float | None) -> Scale:
    """The scale of the answers given; NaN is none."""
    return Scale(np.unique(np.round(answers[~np.isnan(answers)], DECIMALS_OF_AN_ANSWER)), length)


class Counts(NamedTuple):
    """``table``: (panels, levels, draws), how many experts drawn gave each answer. ``n``: (panels,) how many experts there are.

    ``drawn``: (panels, draws), how many were drawn; infinite where nobody was, and the experts are taken as they are.
    """

    table: Array
    n: Array
    drawn: Array


class Split(NamedTuple):
    """Mean distance of two different experts: of the same panel, of any, and what the panels' difference adds."""

    within: Array
    total: Array

    @property
    def between(self) -> Array:
        return self.total - self.within


class Apportionment:
    """What any selection of panels is split from, worked out once for all of them."""

    def __init__(self, counts: Counts, scale: Scale) -> None:
        steps, self._widths = scale.steps(counts.table)
        weight = counts.table.sum(axis=1)
        self._shares = steps / np.maximum(weight, 1)[:, None]
        self._own = self._over_steps(self._shares * (1 - self._shares))
        self.within = self._of_different_experts(counts)

    def _of_different_experts(self, counts: Counts) -> Array:
        """Mean distance within each panel, NaN below two experts. Shape (panels, draws).

        An expert is no pair with itself, nor with itself drawn again: so many of all pairs are of different experts, on average.
        """
        with np.errstate(invalid="ignore", divide="ignore"):
            different = (1 - 1 / counts.n)[:, None] * (1 - 1 / counts.drawn)
            return np.where(counts.n[:, None] > 1, 2 * self._own / different, np.nan)

    def split(self, panels: Array) -> Split:
        """Total disagreement and its part within these panels, all weighing the same. NaN unless two panels have two answers each.

        The total is the distance of two different experts whose panels are drawn independently: with G panels both come
        from the same one with probability 1/G.
        """
        size = panels.size
        if size < 2:
            nothing = np.full(self.within.shape[1], np.nan)
            return Split(nothing, nothing)
        sums = self._shares[panels].sum(axis=0)
        return self._split(size, sums[None], self._own[panels].sum(axis=0)[None], self.within[panels].sum(axis=0)[None])[0]

    def without_each(self, panels: Array) -> Array:
        """What the panels' difference adds, without each of these panels in turn. Shape (panels, draws); NaN where fewer than two are left."""
        size = panels.size - 1
        if size < 2:
            return np.full((panels.size, self.within.shape[1]), np.nan)
        shares, own, within = self._shares[panels], self._own[panels], self.within[panels]
        found = self._split(size, shares.sum(axis=0) - shares, own.sum(axis=0) - own, within.sum(axis=0) - within)
        return np.stack([split.between for split in found])

    def _split(self, size: int, shares: Array, own: Array, within: Array) -> list[Split]:
        """Of selections of so many panels each, along the first axis, from the sums over their panels."""
        across = 2 * (self._over_steps(shares * (size - shares)) - own) / (size * (size - 1))
        mean = within / size
        return [Split(*figures) for figures in zip(mean, mean / size + (1 - 1 / size) * across, strict=True)]

    def across(self) -> Array:
        """Mean distance of an expert of one panel and one of another. Shape (panels, panels, draws)."""
        shares = self._shares
        one_way = np.einsum("asd,bsd,s->abd", shares, 1 - shares, self._widths)
        return np.asarray(one_way + one_way.swapaxes(0, 1))

    def _over_steps(self, steps: Array) -> Array:
        """The weighted sum; not as a matrix product, whose threads would wait for each other over so little."""
        return np.asarray(np.einsum("psd,s->pd", steps, self._widths))
