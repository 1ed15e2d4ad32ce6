"""The last check: do the actual figures of the rows that are to be published make something hidden certain?

The procedure before it rules out that a secret follows from the published rows as equations, whatever the answers
are. Now and then the answers themselves leave only one possibility in whole numbers. Then further rows go.

A reader is certain of a sum over panels exactly if no other possible way of answering changes it. So the differences
between the actual answers and other possible ones are gathered, category by category; what is orthogonal to all of
them is certain. The search for differences is aimed at what still looks like a secret that is certain, and ends
early: mostly after exchanging single people between panels.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.disclosure.other_answers import Histograms, Unknowns
from analysis.disclosure.row_space import RowSpace, Vector
from analysis.disclosure.secret_sets import SecretSets


def places_that_pass(
    rows: Sequence[Vector], secrets: Sequence[SecretSets], histograms: Histograms, minimum: int
) -> list[int]:
    """Places of the rows that stay, of those given in the order in which they were taken up.

    They are taken up once more, and a row goes if with it and those that stay one of the `secrets` is certain. (What
    a few rows tell, more rows tell too: so the first row to go is found by halving.) At the end a row that went, but
    follows from those that stayed, is back: it tells nothing.
    """
    check = _Check(rows, secrets, histograms, minimum)
    staying: list[int] = []
    waiting = list(range(len(rows)))
    while waiting:
        number = check.how_many_may_follow(staying, waiting)
        staying += waiting[:number]
        waiting = waiting[number + 1 :]
    space = RowSpace.spanned_by([rows[place] for place in staying])
    return [place for place, row in enumerate(rows) if space.contains(row)]


class _Check:
    """Differences found beside all rows hold beside fewer rows as well, so they are kept."""

    def __init__(
        self, rows: Sequence[Vector], secrets: Sequence[SecretSets], histograms: Histograms, minimum: int
    ) -> None:
        self.rows, self.secrets, self.histograms, self.minimum = rows, secrets, histograms, minimum
        self.differences = RowSpace()

    def how_many_may_follow(self, staying: Sequence[int], waiting: Sequence[int]) -> int:
        """The longest beginning of `waiting` that may be published beside `staying`.

        The whole, and the whole but its last row (`equal_weight`), are likeliest and tried first.
        """
        for number in (len(waiting), len(waiting) - 1):
            if self._is_safe([*staying, *waiting[:number]]):
                return number
        lengths = range(1, len(waiting) - 1)
        return bisect_left(lengths, True, key=lambda number: not self._is_safe([*staying, *waiting[:number]]))

    def _is_safe(self, places: Sequence[int]) -> bool:
        reader = _Reader.of([self.rows[place] for place in places], self.histograms, self.minimum)
        differences = reader.differences_beyond(self.differences, self.secrets)
        if len(places) == len(self.rows):
            self.differences = differences
        return reader.certain_secret(differences, self.secrets) is None


@dataclass(frozen=True)
class _Reader:
    """Who sees the published rows. `openly_alike` are panels of which 2k people or more openly gave one answer."""

    histograms: Histograms
    openly_alike: frozenset[int]
    unknowns: Unknowns

    @classmethod
    def of(cls, rows: Sequence[Vector], histograms: Histograms, minimum: int) -> _Reader:
        space = RowSpace.spanned_by(rows)
        alike = frozenset(openly_alike(space, histograms, minimum))
        alone = (tuple(int(place == column) for place in range(len(histograms))) for column in sorted(alike))
        for vector in alone:
            space = space.with_vector(vector)
        return cls(histograms, alike, Unknowns.left_by(space, histograms))

    def certain_secret(self, differences: RowSpace, secrets: Iterable[SecretSets]) -> tuple[int, ...] | None:
        """A secret, by its panels, that none of the differences changes."""
        width = len(self.histograms)
        certain = differences.complement(width)
        sets = (secret.without(self.openly_alike) for secret in secrets)
        return next((found for secret in sets for found in secret.told_by(certain, width)), None)

    def differences_beyond(self, differences: RowSpace, secrets: Sequence[SecretSets]) -> RowSpace:
        """Those given and further ones, until no secret looks certain or one is."""
        for vector in self.unknowns.exchanges():
            differences = differences.with_vector(vector)
        while (suspect := self.certain_secret(differences, secrets)) is not None:
            found = self.unknowns.differences_that_change(suspect)
            if not found:
                break
            for vector in found:
                differences = differences.with_vector(vector)
        return differences


def openly_alike(space: RowSpace, histograms: Histograms, minimum: int) -> Iterator[int]:
    """Panels in a set that the equations give, of 2k answers or more, all one category. That is the finding."""
    sizes = [sum(histogram) for histogram in histograms]
    unknown = Unknowns.left_by(space, histograms).columns
    for category in range(len(histograms[0])):
        alike = [column for column in unknown if histograms[column][category] == sizes[column]]
        sets = SecretSets(tuple(alike), tuple(sizes[column] for column in alike), sum(sizes))
        for found in sets.told_by(space, len(histograms)):
            if sum(sizes[column] for column in found) >= 2 * minimum:
                yield from found
