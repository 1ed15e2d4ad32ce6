"""role_pairs.csv: two allies at a time. Reciprocity: what each expects of the other. Mirror: what one expects, and what the other believes it does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, permutations
from typing import Any

import numpy as np

from analysis.published import PublishedItem
from analysis.statistics import adjust_p_values
from analysis.statistics.roles.mean_estimates import MeanEstimates, mean_estimates
from analysis.tables.base import Closing, Table, Values, number, text
from analysis.tables.role_grids import (
    INSUFFICIENT,
    NO_VARIATION,
    OK,
    PROTECTED,
    SMALL,
    SMALLEST_FOR_A_VERDICT,
    RoleGrid,
    is_role_grid,
    whole,
)

RECIPROCITY, MIRROR = "reciprocity", "mirror"
COLUMNS = (
    text("comparison", "reciprocity: what first expects of second beside what second expects of first; "
                       "mirror: beside what second believes that first expects"),
    text("grid", "the code of the role grid"),
    text("mirror", "the code of the grid that asks what the others expect of one's own country; mirror rows only"),
    text("first", "a panel's code"),
    text("second", "the other panel's"),
    text("function", "the code of the function; empty in rows about the mean over all functions"),
    number("n_functions", "functions in the mean: those in which both sides are told and have answers"),
    text("left_out", "the other functions, joined by |"),
    number("expected_n", "answers of first's experts about second; over functions, the fewest"),
    number("expected_mean", "the mean of their positions: what first expects of second"),
    number("counterpart_n", "answers of second's experts; over functions, the fewest"),
    number("counterpart_mean", "reciprocity: what second expects of first; mirror: what second believes that first expects of second"),
    number("difference", "expected_mean - counterpart_mean; positive: first expects more of second than the other way round, or than second believes"),
    number("difference_low", "lower end of its 95 % interval (Welch); over functions at its widest, as if each one's answers moved together"),
    number("difference_high", "upper end"),
    number("p_welch", "two-sided, from 5 answers a side"),
    number("p_holm", "corrected over all pairs and functions of the comparison; rows over functions apart, over all pairs (Holm)"),
    text("status", "ok; protected; insufficient_n; no_variation"),
    text("reason", "why a figure is empty"),
)


@dataclass(frozen=True)
class PairedMeans:
    """Ordered or unordered pairs of panels × functions, the mean over functions in one more column at the end."""

    pairs: Sequence[tuple[int, int]]
    expected: Any
    counterpart: Any
    """Counts: pairs × functions × positions, NaN where hidden."""

    @cached_property
    def is_known(self) -> Any:
        return (self.expected.sum(axis=-1) > 0) & (self.counterpart.sum(axis=-1) > 0)

    @cached_property
    def sides(self) -> tuple[MeanEstimates, MeanEstimates]:
        return self._with_mean(self.expected), self._with_mean(self.counterpart)

    def _with_mean(self, counts: Any) -> MeanEstimates:
        by_function = mean_estimates(counts)
        over_all = by_function.averaged(self.is_known)
        return MeanEstimates(*(np.column_stack([getattr(by_function, name), getattr(over_all, name)]) for name in ("mean", "squared_error", "df")))

    @cached_property
    def n(self) -> tuple[Any, Any]:
        """Answers of both sides; over functions the fewest, 0 without any function."""
        return self._n(self.expected), self._n(self.counterpart)

    def _n(self, counts: Any) -> Any:
        n = counts.sum(axis=-1)
        fewest = np.where(self.is_known, n, np.inf).min(axis=-1)
        return np.column_stack([n, np.where(np.isinf(fewest), 0, fewest)])

    @cached_property
    def difference(self) -> MeanEstimates:
        return self.sides[0].minus(self.sides[1])

    @cached_property
    def interval(self) -> tuple[Any, Any]:
        return self.difference.interval()

    @cached_property
    def is_large_enough(self) -> Any:
        return (self.n[0] >= SMALLEST_FOR_A_VERDICT) & (self.n[1] >= SMALLEST_FOR_A_VERDICT)

    @cached_property
    def p_values(self) -> Any:
        return np.where(self.is_large_enough, self.difference.p_values(), np.nan)

    @cached_property
    def p_holm(self) -> Any:
        by_function, over_all = self.p_values[:, :-1], self.p_values[:, -1]
        return np.column_stack([_holm(by_function), _holm(over_all)])


def _holm(p_values: Any) -> Any:
    return np.array(adjust_p_values(p_values.ravel(), "holm"), dtype=float).reshape(p_values.shape)


def rows(item: PublishedItem) -> Iterator[Values]:
    if is_role_grid(item):
        grid = RoleGrid.of(item)
        yield from rows_of(grid, reciprocity(grid), {"comparison": RECIPROCITY, "grid": item.code})


def reciprocity(grid: RoleGrid) -> PairedMeans:
    pairs = list(combinations(range(len(grid.panels)), 2))
    return PairedMeans(pairs, _of(grid, pairs), _of(grid, [(second, first) for first, second in pairs]))


def mirror_rows(closing: Closing) -> Iterator[Values]:
    """For every grid that mirrors a role grid of the same round."""
    for item in closing.round.items:
        mirrored = closing.round.by_code.get(str(item.meta["mirror"])) if item.meta["mirror"] else None
        if mirrored is not None and is_role_grid(mirrored) and item.meta["rows_are_panels"]:
            grid = RoleGrid.of(mirrored)
            yield from rows_of(grid, mirror_gaps(grid, RoleGrid.of(item)), {"comparison": MIRROR, "grid": mirrored.code, "mirror": item.code})


def mirror_gaps(grid: RoleGrid, believed: RoleGrid) -> PairedMeans:
    """In the mirror the rows are those who expect: second's experts answer it about first."""
    pairs = list(permutations(range(len(grid.panels)), 2))
    return PairedMeans(pairs, _of(grid, pairs), _of(believed, [(second, first) for first, second in pairs]))


def _of(grid: RoleGrid, pairs: Sequence[tuple[int, int]]) -> Any:
    raters, rows_of_grid = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return grid.counts[raters, rows_of_grid]


def rows_of(grid: RoleGrid, means: PairedMeans, beginning: Values) -> Iterator[Values]:
    for place, (first, second) in enumerate(means.pairs):
        known = means.is_known[place]
        left_out = [function for function, is_known in zip(grid.functions, known, strict=True) if not is_known]
        for column, function in enumerate([*grid.functions, ""]):
            over_all = {} if function else {"n_functions": int(known.sum()), "left_out": "|".join(left_out)}
            yield {**beginning, "first": grid.panels[first], "second": grid.panels[second], "function": function, **over_all,
                   **figures(means, (place, column)), **obstacle(means, (place, column))}


def figures(means: PairedMeans, cell: tuple[int, int]) -> Values:
    return {
        "expected_n": whole(means.n[0][cell]), "expected_mean": means.sides[0].mean[cell],
        "counterpart_n": whole(means.n[1][cell]), "counterpart_mean": means.sides[1].mean[cell],
        "difference": means.difference.mean[cell], "difference_low": means.interval[0][cell], "difference_high": means.interval[1][cell],
        "p_welch": means.p_values[cell], "p_holm": means.p_holm[cell],
    }


def obstacle(means: PairedMeans, cell: tuple[int, int]) -> Values:
    numbers = [whole(side[cell]) for side in means.n]
    if None in numbers:
        return {"status": PROTECTED, "reason": "a panel's row is protected"}
    if not means.is_large_enough[cell]:
        return {"status": INSUFFICIENT, "reason": SMALL if all(numbers) else "a side has no answers that may be told"}
    if not means.difference.squared_error[cell] > 0:
        return {"status": NO_VARIATION, "reason": "neither side varies, so there is no interval"}
    return {"status": OK}


TABLE = Table("role_pairs", COLUMNS, of_item=rows, of_round=mirror_rows)
