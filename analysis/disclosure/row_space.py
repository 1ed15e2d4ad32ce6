"""Exact linear algebra over a handful of panels: what follows from the rows that are published.

Whoever reads published rows can add, subtract and scale them. Everything that can be had in this way is the row
space of the published vectors. Integers only: a rounding error here would be a person's answer given away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd, lcm

Vector = tuple[int, ...]


def _first_nonzero(vector: Vector) -> int | None:
    for column, entry in enumerate(vector):
        if entry:
            return column
    return None


def _in_lowest_terms(vector: Vector, pivot: int) -> Vector:
    divisor = gcd(*vector) if vector[pivot] > 0 else -gcd(*vector)
    return vector if divisor == 1 else tuple([entry // divisor for entry in vector])


def _cleared(vector: Vector, pivot: int, row: Vector) -> Vector:
    """A multiple of `vector` minus a multiple of `row`, so that the pivot's column is empty."""
    factor, scale = vector[pivot], row[pivot]
    return tuple([scale * entry - factor * other for entry, other in zip(vector, row, strict=True)])


@dataclass(frozen=True)
class RowSpace:
    """The rows in reduced echelon form: each row's pivot is positive, and alone in its column."""

    pivots: tuple[int, ...] = ()
    rows: tuple[Vector, ...] = ()

    @classmethod
    def spanned_by(cls, vectors: Sequence[Vector]) -> RowSpace:
        space = cls()
        for vector in vectors:
            space = space.with_vector(vector)
        return space

    def _remainder(self, vector: Vector) -> Vector:
        for pivot, row in zip(self.pivots, self.rows, strict=True):
            if vector[pivot]:
                vector = _cleared(vector, pivot, row)
        return vector

    def with_vector(self, vector: Vector) -> RowSpace:
        """The space when this vector is known too; the very same object if it follows from the rows already there."""
        remainder = self._remainder(vector)
        new_pivot = _first_nonzero(remainder)
        if new_pivot is None:
            return self
        new_row = _in_lowest_terms(remainder, new_pivot)
        cleared = [
            _in_lowest_terms(_cleared(row, new_pivot, new_row), pivot) if row[new_pivot] else row
            for pivot, row in zip(self.pivots, self.rows, strict=True)
        ]
        return RowSpace((*self.pivots, new_pivot), (*cleared, new_row))

    def contains(self, vector: Vector) -> bool:
        return not any(self._remainder(vector))

    def complement(self, width: int) -> RowSpace:
        """All vectors that are orthogonal to every row: each is fixed by its entries outside the pivots' columns."""
        one = lcm(*(row[pivot] for pivot, row in zip(self.pivots, self.rows, strict=True)))
        columns = [column for column in range(width) if column not in self.pivots]
        return RowSpace.spanned_by([self._orthogonal(column, one, width) for column in columns])

    def _orthogonal(self, column: int, one: int, width: int) -> Vector:
        vector = [0] * width
        vector[column] = one
        for pivot, row in zip(self.pivots, self.rows, strict=True):
            vector[pivot] = -row[column] * (one // row[pivot])
        return tuple(vector)

    def part_within(self, columns: Sequence[int], width: int) -> RowSpace:
        """The vectors of the space that are zero outside `columns`, written over those columns only.

        With the outer columns in front, the echelon form parts into rows with a pivot among them, which no such
        vector can use, and rows that are zero there, which span exactly what is asked for.
        """
        inner = set(columns)
        outer = [column for column in range(width) if column not in inner]
        order = [*outer, *columns]
        rearranged = RowSpace.spanned_by([tuple([row[column] for column in order]) for row in self.rows])
        kept = [
            (pivot - len(outer), row[len(outer) :])
            for pivot, row in zip(rearranged.pivots, rearranged.rows, strict=True)
            if pivot >= len(outer)
        ]
        return RowSpace(tuple(pivot for pivot, _ in kept), tuple(row for _, row in kept))
