"""What a reader of both rounds does not know, as numbers in one row: how many of each panel stayed with which two answers, left with which answer,
joined with which answer. And what is told of them, as equations over these numbers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from analysis.disclosure.crossings import Crossing, Statement
from analysis.disclosure.row_space import RowSpace, Vector


class CrossingUnknowns:
    """Of one crossing and the rows published of it; what hangs on neither tables nor percentages is worked out once for all checks."""

    def __init__(self, crossing: Crossing, vectors: dict[int, list[Vector]]) -> None:
        self.crossing, self.size, self.points = crossing, len(crossing.panels), crossing.left.shape[1]
        self.of_stayers = self.size * self.points**2
        self.vectors = vectors
        self._categories = np.arange(self.points)[:, None]

    @cached_property
    def real(self) -> Any:
        return np.concatenate([part.ravel() for part in (self.crossing.stayed, self.crossing.left, self.crossing.joined)])

    @cached_property
    def highest(self) -> Any:
        """Nobody of an empty column answers otherwise."""
        numbers = [self.crossing.stayed.sum(axis=(1, 2)), self.crossing.left.sum(axis=1), self.crossing.joined.sum(axis=1)]
        return np.concatenate([np.repeat(each, width) for each, width in zip(numbers, (self.points**2, self.points, self.points), strict=True)])

    @cached_property
    def places(self) -> dict[int, tuple[Any, Any]]:
        """By round, for each of its cells: the panel's place, and whether it is of those who stayed."""
        index = {panel: place for place, panel in enumerate(self.crossing.panels)}
        cells = self.crossing.cells.items()
        return {number: (np.array([index[panel] for panel in each.panels], dtype=np.int64), np.array(each.stays, dtype=bool)) for number, each in cells}

    @cached_property
    def counts(self) -> dict[int, list[tuple[int, bool, Any]]]:
        """By round, for each of its cells: the panel's place, whether it is of those who stayed, and how many gave which answer of this round beside
        which of the other; those who did not stay go with any answer of the other."""
        stayed, moved = self.crossing.stayed, {1: self.crossing.left, 2: self.crossing.joined}
        return {number: [(place, stays, (stayed[place] if number == 1 else stayed[place].T) if stays else moved[number][place][:, None])
                         for place, stays in zip(places.tolist(), all_stay.tolist(), strict=True)] for number, (places, all_stay) in self.places.items()}

    def answers_of(self, numbers: Any, number: int) -> Any:
        """Cells of the round × categories."""
        size, points = self.size, self.points
        stayed = numbers[: self.of_stayers].reshape(size, points, points).sum(axis=2 if number == 1 else 1)
        moved = numbers[self.of_stayers :].reshape(2, size, points)[number - 1]
        places, stays = self.places[number]
        return np.where(stays[:, None], stayed[places], moved[places])

    def row(self, vector: Any, number: int) -> Any:
        """Equations for a row over the round's cells, one for every category."""
        found = np.zeros((self.points, len(self.real)))
        stayed = found[:, : self.of_stayers].reshape(self.points, self.size, self.points, self.points)
        moved = found[:, self.of_stayers :].reshape(self.points, 2, self.size, self.points)
        places, stays = self.places[number]
        entries, here = np.asarray(vector, dtype=float), self._categories
        if number == 1:
            stayed[here, places[stays], here, :] = entries[stays][None, :, None]
        else:
            stayed[here, places[stays], :, here] = entries[stays][None, :, None]
        moved[here, number - 1, places[~stays], here] = entries[~stays]
        return found

    def table(self, vector: Vector) -> Any:
        """Equations for a change table, one for every two categories."""
        found = np.zeros((self.points**2, len(self.real)))
        found[:, : self.of_stayers] = np.kron(vector, np.eye(self.points**2))
        return found

    def percentage(self, statement: Statement) -> tuple[Any, int]:
        """Its entries, and what to divide them and its limits by, so that they are no larger than 1."""
        off_diagonal, rest = (1 - np.eye(self.points)).ravel(), np.zeros(2 * self.size * self.points)
        return np.concatenate([np.kron(np.array(statement.weights, dtype=float), off_diagonal), rest]), max(1, *statement.weights)

    @cached_property
    def of_columns_and_rows(self) -> list[Any]:
        """Equations: each column's number, each published row in every category."""
        size, points = self.size, self.points
        columns = np.zeros((3 * size, len(self.real)))
        columns[:size, : self.of_stayers] = np.kron(np.eye(size), np.ones(points**2))
        columns[size:, self.of_stayers :] = np.kron(np.eye(2 * size), np.ones(points))
        return [columns, *(self.row(np.array(vector, dtype=float) / max(map(abs, vector)), number)
                           for number in (1, 2) for vector in RowSpace.spanned_by(self.vectors[number]).rows)]

    def is_another_way(self, other: Any, tables: Sequence[Statement], percentages: Sequence[Statement]) -> bool:
        """Exactly: nobody less than never, as many in each column, in the same rows, tables and percentages."""
        stayed = other[: self.of_stayers].reshape(self.crossing.stayed.shape)
        if other.min() < 0 or any((self._columns(other) != self._columns(self.real)).tolist()):
            return False
        for number in (1, 2):
            changed = self.answers_of(other - self.real, number).T.tolist()
            if any(product(vector, column) for vector in self.vectors[number] for column in changed):
                return False
        steps = (stayed - self.crossing.stayed).reshape(self.size, -1).T.tolist()
        if any(product(each.weights, step) for each in tables for step in steps):
            return False
        movers = (stayed.sum(axis=(1, 2)) - np.trace(stayed, axis1=1, axis2=2)).tolist()
        return all(each.least <= product(each.weights, movers) <= each.most for each in percentages)

    def _columns(self, numbers: Any) -> Any:
        stayed, moved = numbers[: self.of_stayers].reshape(self.size, -1), numbers[self.of_stayers :].reshape(2 * self.size, self.points)
        return np.concatenate([stayed.sum(axis=1), moved.sum(axis=1)])


def product(row: Sequence[int], column: Sequence[int]) -> int:
    return sum(entry * number for entry, number in zip(row, column, strict=True) if entry)
