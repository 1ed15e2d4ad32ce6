"""Other ways in which the answers of both rounds could have been given, with the same rows, tables and percentages.

As with one round (`other_answers`): what is found is checked in whole numbers before it counts, and not finding one errs on the safe side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from analysis.disclosure.crossing_unknowns import CrossingUnknowns, product
from analysis.disclosure.crossings import Statement
from analysis.disclosure.row_space import RowSpace, Vector

MOST_UNKNOWNS = 2500
MOST_BRANCHES = 200
LARGEST_ENTRY = 50


class OtherCrossings:
    """Columns are panels that stayed, then left, then joined; empty ones are left out. `unknowns` knows the rows that are published."""

    def __init__(self, unknowns: CrossingUnknowns, statements: Sequence[Statement]) -> None:
        self.unknowns, self.crossing, self.points = unknowns, unknowns.crossing, unknowns.points
        self.tables = [each for each in statements if each.is_table]
        self.percentages = [each for each in statements if not each.is_table]
        self.vectors = unknowns.vectors
        self.of_tables = {number: [self.crossing.cells[number].table(each.group) for each in self.tables] for number in (1, 2)}

    # --- exchanges ---

    def exchanges(self, known: dict[int, RowSpace]) -> Iterator[tuple[int, Vector]]:
        """(round, difference over its cells) for people who exchange answers, as many as a simple solution of the equations has; without those
        that follow from differences that are `known` (which may grow meanwhile)."""
        for number in (1, 2):
            for vector in [*self._alike(number), *self._solutions[number]]:
                if not known[number].contains(vector) and self._is_exchangeable(vector, number):
                    yield number, vector

    @cached_property
    def _spaces(self) -> dict[int, RowSpace]:
        return {number: RowSpace.spanned_by([*self.vectors[number], *self.of_tables[number]]) for number in (1, 2)}

    @cached_property
    def _solutions(self) -> dict[int, list[Vector]]:
        """By round, vectors that span all differences the equations allow; without unwieldy ones."""
        found = {number: space.complement(self.crossing.cells[number].width).rows for number, space in self._spaces.items()}
        return {number: [row for row in rows if max(map(abs, row)) <= LARGEST_ENTRY] for number, rows in found.items()}

    def _alike(self, number: int) -> Iterator[Vector]:
        """Two cells that stand in the same rows and tables."""
        width = self.crossing.cells[number].width
        rows = self._spaces[number].rows
        alike: dict[Vector, list[int]] = {}
        for place, column in enumerate(zip(*rows, strict=True) if rows else [()] * width):
            alike.setdefault(column, []).append(place)
        for places in alike.values():
            for first, second in combinations(places, 2):
                yield tuple((place == first) - (place == second) for place in range(width))

    def _exchange_that_changes(self, number: int, cells: Sequence[int]) -> Vector | None:
        """Of two solutions taken together."""
        for first, second in combinations(self._solutions[number], 2):
            for sign in (-1, 1):
                vector = tuple(one + sign * other for one, other in zip(first, second, strict=True))
                if sum(vector[cell] for cell in cells) and self._is_exchangeable(vector, number):
                    return vector
        return None

    def _is_exchangeable(self, vector: Vector, number: int) -> bool:
        """Can people in these cells give each other's answer of the one round, those who stayed keeping the same answer of the other?"""
        able = {sign: np.ones((self.points, self.points), dtype=bool) for sign in (1, -1)}
        moving = [0] * len(self.crossing.panels)
        for entry, (place, stays, counts) in zip(vector, self.unknowns.counts[number], strict=True):
            if entry:
                able[1 if entry > 0 else -1] &= counts >= abs(entry)
                moving[place] += entry if stays else 0
        return self._some_pair(able[1], able[-1], moving)

    def _some_pair(self, giving: Any, taking: Any, moving: Sequence[int]) -> bool:
        """Two answers of this round beside one of the other. Who leaves or reaches the other round's answer changes how many changed."""
        same = np.eye(self.points, dtype=bool)
        leaving, reaching = giving & same, taking & same  # the other round's answer
        giving, taking = giving & ~same, taking & ~same
        apart = giving.any(axis=0) & taking.any(axis=0) & ((giving.sum(axis=0) > 1) | (taking.sum(axis=0) > 1) | (giving != taking).any(axis=0))
        steps = {
            0: bool(apart.any()), 1: bool((leaving.any(axis=0) & taking.any(axis=0)).any()), -1: bool((reaching.any(axis=0) & giving.any(axis=0)).any()),
        }
        return any(possible and self._keeps_percentages([step * number for number in moving]) for step, possible in steps.items())

    def _keeps_percentages(self, more: Sequence[int]) -> bool:
        changed = [number + further for number, further in zip(self.crossing.changed, more, strict=True)]
        return all(each.least <= product(each.weights, changed) <= each.most for each in self.percentages)

    # --- integer programmes ---

    def differences_that_change(self, number: int, cells: Sequence[int]) -> list[tuple[int, Vector]]:
        """By round, differences that change the joint histogram of some cells of one round; none if it can't, or no way was found in reason."""
        exchange = self._exchange_that_changes(number, cells)
        if exchange is not None or len(self.unknowns.real) > MOST_UNKNOWNS:
            return [] if exchange is None else [(number, exchange)]
        answers = self.unknowns.answers_of(self.unknowns.real, number)
        for category, count in enumerate(answers[list(cells)].sum(axis=0).tolist()):
            other = self._answers_with_fewer(number, cells, category, count) if count else None
            if other is not None:
                return self._differences(other)
        return []

    def _answers_with_fewer(self, number: int, cells: Sequence[int], category: int, count: int) -> Any:
        real = self.unknowns.real
        chosen = np.zeros(self.crossing.cells[number].width, dtype=np.int64)
        chosen[list(cells)] = 1
        row = self.unknowns.row(chosen, number)[category]
        known = self._equations @ real
        limits = [(*self.unknowns.percentage(each), each.least, each.most) for each in self.percentages]
        percentages = np.array([*(entries / whole for entries, whole, _least, _most in limits), row])
        least = [*(lowest / whole for _entries, whole, lowest, _most in limits), -np.inf]
        most = [*(highest / whole for _entries, whole, _least, highest in limits), count - 1]
        found = milp(
            np.zeros(len(real)), integrality=np.ones(len(real), dtype=np.int64), bounds=Bounds(0, self.unknowns.highest),
            constraints=[LinearConstraint(self._equations, known, known), LinearConstraint(percentages, least, most)],
            options={"node_limit": MOST_BRANCHES},
        )
        return None if found.x is None else np.rint(found.x).astype(np.int64)

    @cached_property
    def _equations(self) -> Any:
        """Each column's number, each row in every category, each table in every combination of categories."""
        tables = [self.unknowns.table(vector) for vector in RowSpace.spanned_by([each.weights for each in self.tables]).rows]
        return csr_array(np.vstack([*self.unknowns.of_columns_and_rows, *tables]))

    def _differences(self, other: Any) -> list[tuple[int, Vector]]:
        """Category by category; empty if in whole numbers these are not what was asked for."""
        if not self.unknowns.is_another_way(other, self.tables, self.percentages):
            return []
        changed = {number: self.unknowns.answers_of(other - self.unknowns.real, number) for number in (1, 2)}
        return [(number, tuple(column)) for number, found in changed.items() for column in found.T.tolist() if any(column)]
