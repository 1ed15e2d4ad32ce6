"""Other ways in which the answers of both rounds could have been given, with the same rows, tables and percentages.

As with one round (`other_answers`): what is found is checked in whole numbers before it counts, and not finding one errs on the safe side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from analysis.disclosure.crossings import Crossing, Statement
from analysis.disclosure.row_space import RowSpace, Vector
from analysis.disclosure.suppression import Group

MOST_UNKNOWNS = 2500
MOST_BRANCHES = 200
LARGEST_ENTRY = 50


class OtherCrossings:
    """`rows`: by round, the groups whose row is published. Columns are panels that stayed, then left, then joined; empty ones are left out."""

    def __init__(self, crossing: Crossing, rows: Mapping[int, Sequence[Group]], statements: Sequence[Statement]) -> None:
        self.crossing, self.size, self.points = crossing, len(crossing.panels), crossing.left.shape[1]
        self.tables = [each for each in statements if each.is_table]
        self.percentages = [each for each in statements if not each.is_table]
        self.vectors = {number: [crossing.cells[number].row(group) for group in rows[number]] for number in (1, 2)}
        self.of_tables = {number: [crossing.cells[number].table(each.group) for each in self.tables] for number in (1, 2)}

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
        moving = [0] * self.size
        cells = self.crossing.cells[number]
        for panel, stays, entry in zip(cells.panels, cells.stays, vector, strict=True):
            if entry:
                able[1 if entry > 0 else -1] &= self._counts(panel, stays, number) >= abs(entry)
                moving[self.crossing.panels.index(panel)] += entry if stays else 0
        return self._some_pair(able[1], able[-1], moving)

    def _counts(self, panel: str, stays: bool, number: int) -> Any:
        """Shape (answer of this round, answer of the other); those who did not stay go with any answer of the other."""
        place = self.crossing.panels.index(panel)
        if stays:
            stayed = self.crossing.stayed[place]
            return stayed if number == 1 else stayed.T
        return (self.crossing.left if number == 1 else self.crossing.joined)[place][:, None]

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
        return all(each.least <= _product(each.weights, changed) <= each.most for each in self.percentages)

    # --- integer programmes ---

    def differences_that_change(self, number: int, cells: Sequence[int]) -> list[tuple[int, Vector]]:
        """By round, differences that change the joint histogram of some cells of one round; none if it can't, or no way was found in reason."""
        exchange = self._exchange_that_changes(number, cells)
        if exchange is not None or len(self._real) > MOST_UNKNOWNS:
            return [] if exchange is None else [(number, exchange)]
        answers = self._answers_of(self._real, number)
        for category, count in enumerate(answers[list(cells)].sum(axis=0).tolist()):
            other = self._answers_with_fewer(number, cells, category, count) if count else None
            if other is not None:
                return self._differences(other)
        return []

    @cached_property
    def _real(self) -> Any:
        return np.concatenate([part.ravel() for part in (self.crossing.stayed, self.crossing.left, self.crossing.joined)])

    def _answers_of(self, entries: Any, number: int) -> Any:
        """Cells of the round × categories."""
        size, points = self.size, self.points
        stayed = entries[: size * points**2].reshape(size, points, points).sum(axis=2 if number == 1 else 1)
        moved = entries[size * points**2 :].reshape(2, size, points)[number - 1]
        cells = self.crossing.cells[number]
        places = [self.crossing.panels.index(panel) for panel in cells.panels]
        return np.array([(stayed if stays else moved)[place] for place, stays in zip(places, cells.stays, strict=True)])

    def _answers_with_fewer(self, number: int, cells: Sequence[int], category: int, count: int) -> Any:
        chosen = np.zeros(self.crossing.cells[number].width, dtype=np.int64)
        chosen[list(cells)] = 1
        row = self._row_of(chosen, number)[category]
        known = self._equations @ self._real
        limits = [(*self._percentage_row(each), each.least, each.most) for each in self.percentages]
        percentages = np.array([*(entries / whole for entries, whole, _least, _most in limits), row])
        least = [*(lowest / whole for _entries, whole, lowest, _most in limits), -np.inf]
        most = [*(highest / whole for _entries, whole, _least, highest in limits), count - 1]
        found = milp(
            np.zeros(len(self._real)), integrality=np.ones(len(self._real), dtype=np.int64), bounds=Bounds(0, self._highest),
            constraints=[LinearConstraint(self._equations, known, known), LinearConstraint(percentages, least, most)],
            options={"node_limit": MOST_BRANCHES},
        )
        return None if found.x is None else np.rint(found.x).astype(np.int64)

    def _percentage_row(self, statement: Statement) -> tuple[Any, int]:
        """Its entries, and what to divide them and its limits by, so that they are no larger than 1."""
        off_diagonal, rest = (1 - np.eye(self.points)).ravel(), np.zeros(2 * self.size * self.points)
        return np.concatenate([np.kron(np.array(statement.weights, dtype=float), off_diagonal), rest]), max(1, *statement.weights)

    @cached_property
    def _highest(self) -> Any:
        """Nobody of an empty column answers otherwise."""
        numbers = [self.crossing.stayed.sum(axis=(1, 2)), self.crossing.left.sum(axis=1), self.crossing.joined.sum(axis=1)]
        return np.concatenate([np.repeat(each, width) for each, width in zip(numbers, (self.points**2, self.points, self.points), strict=True)])

    @cached_property
    def _equations(self) -> Any:
        """Each column's number, each row in every category, each table in every combination of categories."""
        size, points = self.size, self.points
        found = [np.kron(np.eye(size), np.ones(points**2)), np.kron(np.eye(size), np.ones(points)), np.kron(np.eye(size), np.ones(points))]
        rows = [np.zeros((3 * size, len(self._real)))]
        rows[0][:size, : size * points**2] = found[0]
        rows[0][size : 2 * size, size * points**2 : size * (points**2 + points)] = found[1]
        rows[0][2 * size :, size * (points**2 + points) :] = found[2]
        rows += [self._row_of(np.array(vector, dtype=float) / max(map(abs, vector)), number)
                 for number in (1, 2) for vector in RowSpace.spanned_by(self.vectors[number]).rows]
        for vector in RowSpace.spanned_by([each.weights for each in self.tables]).rows:
            table = np.zeros((points**2, len(self._real)))
            table[:, : size * points**2] = np.kron(vector, np.eye(points**2))
            rows.append(table)
        return csr_array(np.vstack(rows))

    def _row_of(self, vector: Any, number: int) -> Any:
        """A row over the round's cells, in every category."""
        size, points = self.size, self.points
        found = np.zeros((points, len(self._real)))
        step = np.kron(np.eye(points), np.ones(points)) if number == 1 else np.kron(np.ones(points), np.eye(points))
        cells = self.crossing.cells[number]
        for panel, stays, entry in zip(cells.panels, cells.stays, vector, strict=True):
            place = self.crossing.panels.index(panel)
            first = place * points**2 if stays else size * points**2 + ((number - 1) * size + place) * points
            found[:, first : first + (points**2 if stays else points)] = entry * (step if stays else np.eye(points))
        return found

    def _differences(self, other: Any) -> list[tuple[int, Vector]]:
        """Category by category; empty if in whole numbers these are not what was asked for."""
        if not self._is_another_way(other):
            return []
        changed = {number: self._answers_of(other - self._real, number) for number in (1, 2)}
        return [(number, tuple(column)) for number, found in changed.items() for column in found.T.tolist() if any(column)]

    def _is_another_way(self, other: Any) -> bool:
        """Exactly: nobody less than never, as many in each column, in the same rows, tables and percentages."""
        size, points = self.size, self.points
        stayed = other[: size * points**2].reshape(size, points, points)
        if other.min() < 0 or any((self._columns(other) != self._columns(self._real)).tolist()):
            return False
        for number in (1, 2):
            changed = self._answers_of(other - self._real, number).T.tolist()
            if any(_product(vector, column) for vector in self.vectors[number] for column in changed):
                return False
        steps = (stayed - self.crossing.stayed).reshape(size, -1).T.tolist()
        if any(_product(each.weights, step) for each in self.tables for step in steps):
            return False
        movers = (stayed.sum(axis=(1, 2)) - np.trace(stayed, axis1=1, axis2=2)).tolist()
        return all(each.least <= _product(each.weights, movers) <= each.most for each in self.percentages)

    def _columns(self, entries: Any) -> Any:
        size, points = self.size, self.points
        stayed, moved = entries[: size * points**2].reshape(size, -1), entries[size * points**2 :].reshape(2 * size, points)
        return np.concatenate([stayed.sum(axis=1), moved.sum(axis=1)])


def _product(row: Sequence[int], column: Sequence[int]) -> int:
    return sum(entry * number for entry, number in zip(row, column, strict=True) if entry)
