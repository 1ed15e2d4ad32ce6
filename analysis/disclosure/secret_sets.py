"""Sets of panels whose joint figures nobody may be able to work out, and the search for one that is given away.

A set of panels is known as soon as its 0/1 vector lies in the row space of what is published. There can be 2^17
such sets, so they are not tried one by one: in the reduced echelon form a vector is fixed by its entries at the
pivots, so only those are chosen, and a choice ends as soon as another entry is neither 0 nor 1 or too many answers
are in the set.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import lcm

from analysis.disclosure.row_space import RowSpace, Vector


@dataclass(frozen=True)
class SecretSets:
    """Every non-empty set of these panels with `most_answers` or fewer in all; `sizes` are the panels' answers."""

    columns: tuple[int, ...]
    sizes: tuple[int, ...]
    most_answers: int

    def are_told_by(self, space: RowSpace, width: int) -> bool:
        """Does the 0/1 vector of at least one of the sets lie in the space?"""
        return next(self.told_by(space, width), None) is not None

    def told_by(self, space: RowSpace, width: int) -> Iterator[tuple[int, ...]]:
        """The sets, each by its columns, whose 0/1 vectors lie in the space."""
        within = space.part_within(self.columns, width)
        if within.rows:
            for chosen in _SetSearch.over(within, self.sizes, self.most_answers).finds():
                yield tuple(self.columns[place] for place in chosen)

    def without(self, columns: Collection[int]) -> SecretSets:
        """The sets that hold none of these columns."""
        kept = [pair for pair in zip(self.columns, self.sizes, strict=True) if pair[0] not in columns]
        return SecretSets(tuple(column for column, _ in kept), tuple(size for _, size in kept), self.most_answers)


@dataclass(frozen=True)
class _SetSearch:
    """The rows are scaled so that each has `one` at its pivot: then every coefficient is 0 or 1 as well."""

    rows: tuple[Vector, ...]
    one: int
    settled: tuple[tuple[int, ...], ...]
    """For each row the columns in which it is the last with an entry: after it they are final."""
    sizes: tuple[int, ...]
    most_answers: int

    @classmethod
    def over(cls, space: RowSpace, sizes: tuple[int, ...], most_answers: int) -> _SetSearch:
        one = lcm(*(row[pivot] for pivot, row in zip(space.pivots, space.rows, strict=True)))
        scaled = tuple(
            tuple(entry * (one // row[pivot]) for entry in row)
            for pivot, row in zip(space.pivots, space.rows, strict=True)
        )
        return cls(scaled, one, tuple(_columns_settled_by_each(scaled)), sizes, most_answers)

    def finds(self) -> Iterator[tuple[int, ...]]:
        yield from self._continues(0, (0,) * len(self.sizes), 0)

    def _continues(self, position: int, partial: Vector, answers: int) -> Iterator[tuple[int, ...]]:
        if position == len(self.rows):
            if answers:
                yield tuple(place for place, entry in enumerate(partial) if entry)
            return
        with_row = tuple(entry + other for entry, other in zip(partial, self.rows[position], strict=True))
        yield from self._settles(position, with_row, answers)
        yield from self._settles(position, partial, answers)

    def _settles(self, position: int, partial: Vector, answers: int) -> Iterator[tuple[int, ...]]:
        """Go on with this choice for one more row, unless it has left the 0/1 vectors or grown too large."""
        for column in self.settled[position]:
            if partial[column] == self.one:
                answers += self.sizes[column]
            elif partial[column]:
                return
        if answers <= self.most_answers:
            yield from self._continues(position + 1, partial, answers)


def _columns_settled_by_each(rows: tuple[Vector, ...]) -> Iterator[tuple[int, ...]]:
    later: list[set[int]] = [set()]
    for row in reversed(rows):
        later.append(later[-1] | {column for column, entry in enumerate(row) if entry})
    for after, including in zip(later[-2::-1], later[:0:-1], strict=True):
        yield tuple(sorted(including - after))
