"""How surely many pairs of groups lie apart over all items: what resampling experts, with all their answers, does to mean gaps.

Mean gaps are means of absolute figures: of Cliff's deltas, of earth mover's distances, of total variations. Chance alone keeps each of them above 0, so
that over a hundred items nothing averages out. Their intervals are made as in ``matrix.absolute_sums``: every item's figure is a part of one sum.

Experts are resampled within panels, an expert with all answers, as in ``disagreements``: who leans one way on every item counts as the one person
that he or she is. The groups of a pair are sets of panels, and have no panel in common.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from analysis.statistics.answers import Array
from analysis.statistics.gaps.apportionment import Counts
from analysis.statistics.gaps.resampled_panels import ResampledPanels, draws_for
from analysis.statistics.matrix.absolute_sums import SumErrors, SumLimits, sum_errors, sum_limits
from analysis.statistics.sampling import seed_in

LEVEL = 0.95
FIGURES = DELTA, DISTANCE, VARIATION = "absolute_delta", "emd_normalised", "total_variation"
ALL_LEVELS = ""
Contrast = Callable[[Array, Array], Array]
_CELLS_AT_ONCE = 40_000


class Places(NamedTuple):
    """Each expert's place among so many, -1 for no answer."""

    codes: Array
    size: int


class AskedQuestion(NamedTuple):
    """One component. ``ordered``: places on the scale, rising; ``widths``: from each to the next, as shares of the scale's length (none: no distance);
    ``categories``: options, positions or bins. What is missing is left out with the figures made of it.

    Means are also taken over the questions of each ``level``; those of an item have one level, and follow each other.
    """

    item: str
    level: str
    ordered: Places | None
    widths: Array | None
    categories: Places | None

    @property
    def columns(self) -> list[Places]:
        """One where the places on the scale are the categories."""
        different = [self.ordered] if self.ordered is self.categories else [self.ordered, self.categories]
        return [places for places in different if places is not None]


class GroupPairs(NamedTuple):
    """``groups``: groups x panels, whether the panel is the group's; ``first``, ``second``: the groups of each pair."""

    groups: Array
    first: Array
    second: Array


class MeanGapErrors(NamedTuple):
    """``errors``: (level, figure) → what the draws do to its mean; ``fewest``: level → each pair's fewest answers of both groups to any question."""

    errors: Mapping[tuple[str, str], SumErrors]
    fewest: Mapping[str, Array]
    draws: int

    def limits(self, level: str, figure: str, means: Array) -> SumLimits:
        """``means``: the figure's mean over all items, for each pair; NaN stays."""
        return sum_limits(means, self.errors[level, figure], self.fewest[level] - 2, LEVEL, 1.0)

    def limits_of_pair(self, level: str, figure: str, pair: int, mean: float) -> tuple[float, float]:
        errors = SumErrors(*(found[pair : pair + 1] for found in self.errors[level, figure]))
        low, high = sum_limits(np.array([mean]), errors, self.fewest[level][pair : pair + 1] - 2, LEVEL, 1.0)
        return float(low[0]), float(high[0])


def mean_gap_errors(
    questions: Sequence[AskedQuestion], panels: Array, pairs: GroupPairs, compared: Array, draws: int | None = None, seed: int | None = None,
) -> MeanGapErrors:
    """``panels``: the number of each expert's panel, -1 for none. ``compared``: questions x pairs, whether the pair is compared on it.

    Every item weighs the same, and so does every question of an item.
    """
    columns = [places.codes for question in questions for places in question.columns]
    codes = np.stack(columns, axis=1, dtype=np.int32)
    draws = draws_for(int(((panels >= 0) & (codes >= 0).any(axis=1)).sum())) if draws is None else draws
    sample = ResampledPanels(codes, panels, pairs.groups.shape[1], draws, seed_in(seed))
    sums = _Sums(pairs.first.size, draws, list(dict.fromkeys(question.level for question in questions)))
    column = 0
    for _, of_item in groupby(zip(questions, compared, strict=True), key=lambda found: found[0].item):
        for question, chosen in of_item:
            _add(sums, sample, question, column, pairs, np.flatnonzero(chosen))
            column += len(question.columns)
        sums.finish_item()
    return sums.mean_gap_errors()


class _Sums:
    """The running sums over items, by level and figure, and those of the item at hand."""

    def __init__(self, n_pairs: int, draws: int, levels: Sequence[str]) -> None:
        self.draws = draws
        self._sums = {(level, figure): np.zeros((2, n_pairs, draws)) for level in levels for figure in FIGURES}
        self._items = {name: np.zeros(n_pairs) for name in self._sums}
        self._fewest = {level: np.full(n_pairs, np.inf) for level in levels}
        self._item: dict[tuple[str, str], tuple[Array, Array]] = {}

    def add(self, level: str, figure: str, pairs: Array, errors: SumErrors) -> None:
        whole = self._sums[level, figure]
        total, n = self._item.setdefault((level, figure), (np.zeros_like(whole), np.zeros(whole.shape[1])))
        total[:, pairs] += np.stack(errors)
        n[pairs] += 1

    def note_answers(self, level: str, pairs: Array, answers: Array) -> None:
        self._fewest[level][pairs] = np.minimum(self._fewest[level][pairs], answers)

    def finish_item(self) -> None:
        for name, (total, n) in self._item.items():
            self._sums[name] += total / np.maximum(n, 1)[:, None]
            self._items[name] += n > 0
        self._item = {}

    def mean_gap_errors(self) -> MeanGapErrors:
        found = {name: _mean(total, self._items[name]) for name, total in self._sums.items()}
        for figure in FIGURES:
            names = [name for name in self._sums if name[1] == figure]
            found[ALL_LEVELS, figure] = _mean(np.sum([self._sums[name] for name in names], axis=0), np.sum([self._items[name] for name in names], axis=0))
        every = np.min(list(self._fewest.values()), axis=0)
        return MeanGapErrors(found, {**self._fewest, ALL_LEVELS: every}, self.draws)


def _mean(total: Array, items: Array) -> SumErrors:
    above, below = total / np.maximum(items, 1)[:, None]
    return SumErrors(above, below)


def _add(sums: _Sums, sample: ResampledPanels, question: AskedQuestion, column: int, pairs: GroupPairs, chosen: Array) -> None:
    first, second = pairs.first[chosen], pairs.second[chosen]
    for place, places in enumerate(question.columns, start=column):
        shares, answers = _group_shares(sample.counts(place, places.size), pairs.groups)
        sums.note_answers(question.level, chosen, answers[first] + answers[second])
        for figure, contrast in _contrasts(question, places, shares):
            sums.add(question.level, figure, chosen, _errors(contrast, first, second, shares.shape[-1] - 1))


def _group_shares(counts: Counts, groups: Array) -> tuple[Array, Array]:
    """Shares of each place, shape (groups, places, 1 + draws), and how many answered. Every panel keeps its weight, however its experts are drawn."""
    of_panels = counts.table / np.maximum(counts.table.sum(axis=1), 1)[:, None]
    members = [np.flatnonzero(row) for row in groups & (counts.n > 0)]
    answers = np.array([counts.n[panels].sum() for panels in members])
    shares = np.zeros((len(groups), *of_panels.shape[1:]))
    for group, panels in enumerate(members):
        for panel in panels:
            shares[group] += counts.n[panel] / answers[group] * of_panels[panel]
    return shares, answers


def _contrasts(question: AskedQuestion, places: Places, shares: Array) -> Iterator[tuple[str, Contrast]]:
    """What is summed up without regard to its sign, as functions of the groups of some pairs. Shape (pairs, cells, 1 + draws)."""
    if places is question.ordered:
        upto = np.cumsum(shares, axis=1)
        net = 2 * upto - shares - 1  # how much of a group lies below each place, less how much above
        yield DELTA, lambda one, other: np.einsum("pld,pld->pd", shares[one], net[other])[:, None]
        if question.widths is not None:
            work = upto[:, :-1] * question.widths[:, None]
            yield DISTANCE, lambda one, other: work[one] - work[other]
    if places is question.categories:
        halves = shares / 2
        yield VARIATION, lambda one, other: halves[one] - halves[other]


def _errors(contrast: Contrast, first: Array, second: Array, draws: int) -> SumErrors:
    """Of all pairs, some at a time."""
    found = SumErrors(*(np.zeros((first.size, draws)) for _ in SumErrors._fields))
    at_once = max(1, _CELLS_AT_ONCE // (draws * max(1, contrast(first[:1], second[:1]).shape[1]))) if first.size else 1
    for start in range(0, first.size, at_once):
        block = slice(start, start + at_once)
        contrasts = contrast(first[block], second[block])
        given = contrasts[..., :1]
        for whole, part in zip(found, sum_errors(given[..., 0], contrasts[..., 1:] - given), strict=True):
            whole[block] = part
    return found
