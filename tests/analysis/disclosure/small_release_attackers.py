"""A reader who tries other ways of answering, one after the other, and looks whether the very same would be published of them, as printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from tests.analysis.disclosure.release_attackers import POINTS, Known, WholeNumbers, hidden_rows, is_open, known_of, secret_sets
from tests.analysis.disclosure.releases import Pattern, Release, World

Move = tuple[int, int, int]
MOST_TRIED = 400


class OtherWays:
    """Of one component of a release, the others as they are. `pattern`: what is shown of other answers too; None for a reader who knows the rules,
    and so looks at those ways alone of which the very same would be shown."""

    def __init__(self, release: Release, place: int, pattern: Pattern | None) -> None:
        self.release, self.place, self.pattern = release, place, pattern
        self.known: Known = known_of(release, place)
        self.ways = WholeNumbers(self.known)
        self.tried: set[bytes] = set()
        self.number_tried = 0
        self.stopped_by: dict[str, int] = defaultdict(int)

    def certain(self) -> list[tuple[int, list[int]]]:
        """(round, weights over columns) of what is the same in every other way of answering that was found."""
        hidden = hidden_rows(self.release, self.place)
        width = len(self.known.sizes)
        targets = {
            number: np.array([*secret_sets(self.known, number).tolist(), *hidden[number]], dtype=np.int64).reshape(-1, width) for number in (1, 2)
        }
        targets = {number: found[found.any(axis=1)] for number, found in targets.items()}
        targets = {number: self._not_open(number, found) for number, found in targets.items()}
        for difference in self._differences():
            if not any(len(found) for found in targets.values()) or self.number_tried > MOST_TRIED:
                break
            if any(self._would_change(difference, number, found) for number, found in targets.items()) and self._looks_the_same(difference):
                self.ways.note(difference)
                targets = {number: self.ways.unchanged(number, found) for number, found in targets.items()}
        return [(number, weights) for number, found in targets.items() for weights in found.tolist()]

    def _not_open(self, number: int, targets: Any) -> Any:
        return np.array([weights for weights in targets if not is_open(self.known, number, weights)], dtype=np.int64).reshape(-1, len(self.known.sizes))

    def _would_change(self, difference: Any, number: int, targets: Any) -> bool:
        return bool(len(targets)) and bool((targets @ self.ways.of_round(difference, number)).any())

    def _looks_the_same(self, difference: Any) -> bool:
        if difference.tobytes() in self.tried or not self.ways.is_possible(difference):
            return False
        self.tried.add(difference.tobytes())
        self.number_tried += 1
        other = Release(self.release.design, self.world(difference), self.pattern)
        differs = self.release.differs_in(other)
        self.stopped_by[differs or ""] += 1
        return differs is None

    def world(self, difference: Any) -> World:
        """The real one with as few people as can be answering otherwise."""
        before, after = self.release.world.before.copy(), self.release.world.after.copy()
        taken: set[int] = set()
        panels = np.array(self.release.design.panel)
        first_value = self.release.design.first_value(self.place)
        for column in np.flatnonzero(self.known.sizes).tolist():
            kind, panel = divmod(column, self.known.panels)
            part = difference[self.ways.place_of(column)]
            gaining = np.repeat(np.arange(len(part)), np.maximum(part, 0)).tolist()
            losing = np.repeat(np.arange(len(part)), np.maximum(-part, 0)).tolist()
            for source, target in zip(losing, gaining, strict=True):
                said, says = self._said(kind, source, first_value), self._said(kind, target, first_value)
                same = [np.nan_to_num(each[self.place], nan=-1.0) == value for each, value in zip((before, after), said, strict=True)]
                here = [place for place in np.flatnonzero(same[0] & same[1] & (panels == panel)).tolist() if place not in taken]
                taken.add(here[0])
                before[self.place, here[0]], after[self.place, here[0]] = (np.nan if value < 0 else value for value in says)
        return World(before, after)

    @staticmethod
    def _said(kind: int, entry: int, first_value: int) -> tuple[float, float]:
        """Both answers, -1 for none."""
        if kind == 0:
            return float(entry // POINTS + first_value), float(entry % POINTS + first_value)
        return (float(entry + first_value), -1.0) if kind == 1 else (-1.0, float(entry + first_value))

    # --- in which order other ways are tried ---

    def _differences(self) -> Iterator[Any]:
        """One, two or three people who answer otherwise, of all ways that leave the additive figures as they are."""
        moves = list(self.ways.moves())
        marks = [int(value) for value in self.ways.marks_of(moves)]
        yield from self._of([(place,) for place, mark in enumerate(marks) if mark == 0], moves)
        by_mark: dict[int, list[int]] = defaultdict(list)
        for place, mark in enumerate(marks):
            by_mark[mark].append(place)
        pairs = [(place, other) for place, mark in enumerate(marks) for other in by_mark.get(-mark, ()) if place <= other]
        yield from self._of(pairs, moves)
        yield from self._of(self._threes(marks, by_mark), moves)
        yield from self._by_programmes()

    def _threes(self, marks: Sequence[int], by_mark: dict[int, list[int]]) -> Iterator[tuple[int, ...]]:
        for first, second in combinations(range(len(marks)), 2):
            for third in by_mark.get(-marks[first] - marks[second], ()):
                if third >= second:
                    yield first, second, third

    def _of(self, groups: Any, moves: Sequence[Move]) -> Iterator[Any]:
        for group in groups:
            difference = np.zeros(len(self.ways.real), dtype=np.int64)
            for place in group:
                source, target, _column = moves[place]
                difference[source] -= 1
                difference[target] += 1
            yield difference

    def _by_programmes(self) -> Iterator[Any]:
        """Further ways, by integer programmes that look for others far and wide."""
        chance = np.random.default_rng(0)
        for _ in range(40):
            found = self.ways.solution(chance.normal(size=len(self.ways.real)))
            if found is not None:
                yield found - self.ways.real

