"""A reader of two rounds who adds, subtracts and counts. Written without a look at the implementation.

What nobody tells are cells: of each panel those who answered twice, those who left, those who joined. Every published row is an equation over
the cells, in each category; every change table one over those who answered twice, in each combination of categories. The reader first solves the
equations exactly; then goes through whole numbers: is there any other way of answering with the very same additive figures?
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import gcd, lcm
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from analysis.disclosure import Group
from analysis.published import PublishedComponent
from tests.analysis.disclosure.releases import Release, groups_named

POINTS = 5
FIFTH = 20
Vector = list[int]


@dataclass(frozen=True)
class Known:
    """What a reader of a release has, over the columns (panels who stayed, who left, who joined), as whole numbers.

    `first`, `second`: the rows of the two rounds; `tables`: over those who stayed, each combination of answers told; `changed`: how many of them
    gave another answer, with the least and the most that it can be.
    """

    stayed: Any  # panels × points × points
    left: Any  # panels × points
    joined: Any
    first: list[Vector]
    second: list[Vector]
    tables: list[Vector]
    changed: list[tuple[Vector, float, float]]
    minimum: int

    @cached_property
    def sizes(self) -> Any:
        """Answers in each column."""
        return np.concatenate([self.stayed.sum(axis=(1, 2)), self.left.sum(axis=1), self.joined.sum(axis=1)])

    @property
    def panels(self) -> int:
        return len(self.left)

    def columns(self, number: int) -> list[int]:
        """Those who answered in a round, without empty ones."""
        others = range(self.panels, 2 * self.panels) if number == 1 else range(2 * self.panels, 3 * self.panels)
        return [column for column in [*range(self.panels), *others] if self.sizes[column]]

    def equations(self, number: int) -> list[Vector]:
        """Over a round's columns; of the others nothing stands in the way."""
        width, here = len(self.sizes), set(self.columns(number))
        nobody = [[int(place == column) for place in range(width)] for column in range(width) if column not in here]
        return [*(self.first if number == 1 else self.second), *self.tables, *nobody]

    def answers(self, number: int) -> Any:
        """Each column's histogram of the round. Shape (columns, points); zero for those who have none."""
        nobody = np.zeros_like(self.left)
        return np.concatenate([self.stayed.sum(axis=2), self.left, nobody] if number == 1 else [self.stayed.sum(axis=1), nobody, self.joined])


def known_of(release: Release, place: int = 0) -> Known:
    """Of a component: its rows in both rounds, what its tables tell, and every group that a table may speak of."""
    here, there = release.component(2, place), release.component(1, place)
    count = Counting(release, place)
    figures = [here.rows[group.kind, group.code].figures for group in here.pair_groups]
    return Known(
        *count.answers(), [count.row(group, 1) for group in told(there)], [count.row(group, 2) for group in told(here)],
        [count.table(group) for group in here.fine_groups],
        [count.changed(group, row) for group, row in zip(here.pair_groups, figures, strict=True) if row["n_pairs"]], release.design.minimum,
    )


def told(component: PublishedComponent) -> list[Group]:
    return [group for group in component.groups if component.n(group)] + [group for group in groups_named(component) if component.follows(group)]


def hidden_rows(release: Release, place: int = 0) -> dict[int, list[Vector]]:
    """By round, as equations."""
    count = Counting(release, place)
    found = {number: release.component(number, place).rows.values() for number in (1, 2)}
    return {number: [count.row(row.group, number) for row in rows if row.suppressed] for number, rows in found.items()}


class Counting:
    """Groups as equations over the columns."""

    def __init__(self, release: Release, place: int = 0) -> None:
        self.design = release.design
        self.before, self.after = (release.world.of_round(number)[place] - self.design.first_value(place) for number in (1, 2))
        self.size = len(self.design.panels)
        stayed, left, joined = self.answers()
        pairs = stayed.sum(axis=(1, 2))
        self.number = {1: pairs + left.sum(axis=1), 2: pairs + joined.sum(axis=1), 0: pairs}

    def answers(self) -> tuple[Any, Any, Any]:
        stayed = np.zeros((self.size, POINTS, POINTS), dtype=np.int64)
        left, joined = np.zeros((2, self.size, POINTS), dtype=np.int64)
        for panel, first, second in zip(self.design.panel, self.before, self.after, strict=True):
            if np.isnan(second) and not np.isnan(first):
                left[panel, int(first)] += 1
            elif np.isnan(first) and not np.isnan(second):
                joined[panel, int(second)] += 1
            elif not np.isnan(first):
                stayed[panel, int(first), int(second)] += 1
        return stayed, left, joined

    def over_panels(self, group: Group, number: int) -> Vector:
        """1 for each panel of the group; where panels weigh equally one over its answers, over a common denominator."""
        answers = self.number[number].tolist()
        whole = lcm(*(n for n in answers if n)) if "equal_weight" in group.kind else 0
        return [
            (whole // n if whole else 1) if n and code in group.panels else 0 for code, n in zip(self.design.panels, answers, strict=True)
        ]

    def row(self, group: Group, number: int) -> Vector:
        entries, nothing = self.over_panels(group, number), [0] * self.size
        return [*entries, *entries, *nothing] if number == 1 else [*entries, *nothing, *entries]

    def table(self, group: Group) -> Vector:
        return [*self.over_panels(group, 0), *[0] * (2 * self.size)]

    def changed(self, group: Group, figures: Any) -> tuple[Vector, float, float]:
        """Rough percentages are the middle of a fifth, whose upper boundary belongs to it."""
        vector = self.table(group)
        whole = sum(entry * n for entry, n in zip(vector, self.number[0].tolist(), strict=False))
        percent = figures["percent_changed"]
        if figures["paired_coarse"] == "no":
            exact = round(percent * whole / 100)
            return vector, exact, exact
        least, most = (percent - FIFTH / 2) * whole / 100, (percent + FIFTH / 2) * whole / 100
        return vector, 0 if least == 0 else int(least) + 1, int(most)


# --- equations ---


def null_space(equations: Sequence[Vector], width: int) -> Any:
    """Whole-number vectors that span everything orthogonal to the equations, as columns. Exact: Python's integers."""
    rows: list[Vector] = []
    pivots: list[int] = []
    for equation in {tuple(equation): None for equation in equations}:
        row = list(equation)
        for pivot, other in zip(pivots, rows, strict=True):
            row = without(row, pivot, other)
        pivot = next((place for place, entry in enumerate(row) if entry), -1)
        if pivot >= 0:
            rows = [without(other, pivot, row) for other in rows] + [in_lowest_terms(row)]
            pivots.append(pivot)
    one = lcm(*(row[pivot] for pivot, row in zip(pivots, rows, strict=True)))
    found = np.zeros((width, width - len(pivots)), dtype=object)
    for place, column in enumerate(column for column in range(width) if column not in pivots):
        found[column, place] = one
        for pivot, row in zip(pivots, rows, strict=True):
            found[pivot, place] = -row[column] * one // row[pivot]
    return found


def without(row: Vector, pivot: int, other: Vector) -> Vector:
    if not row[pivot]:
        return row
    return in_lowest_terms([entry * other[pivot] - row[pivot] * taken for entry, taken in zip(row, other, strict=True)])


def in_lowest_terms(row: Vector) -> Vector:
    divisor = gcd(*row) or 1
    return [entry // divisor for entry in row]


def secret_sets(known: Known, number: int) -> Any:
    """Every set of columns with 1 to k - 1 people, and every one of one answer with fewer than 2k. Shape (sets, columns), 0 and 1.

    Where everybody gave the same answer, and they are 2k or more, that is the finding.
    """
    columns, answers, k = known.columns(number), known.answers(number), known.minimum
    found = [sets_of([column for column in columns if known.sizes[column] < k], known.sizes, k - 1)]
    alike = {column: int(answers[column].argmax()) for column in columns if answers[column].max() == known.sizes[column]}
    everybody = sum(known.sizes[column] for column in columns)
    if not (len(alike) == len(columns) and len(set(alike.values())) == 1 and everybody >= 2 * k):
        by_value = [[column for column in alike if alike[column] == value] for value in sorted(set(alike.values()))]
        found += [sets_of(columns_alike, known.sizes, 2 * k - 1) for columns_alike in by_value]
    return np.unique(np.concatenate(found), axis=0)


def sets_of(columns: Sequence[int], sizes: Any, most: int) -> Any:
    """All non-empty sets of these columns with at most so many people."""
    sets = np.zeros((1, len(sizes)), dtype=np.int64)
    for column in columns:
        wider = sets[sets @ sizes + sizes[column] <= most]
        wider[:, column] = 1
        sets = np.concatenate([sets, wider])
    return sets[1:]


def solved(known: Known, number: int) -> Any:
    """The secret sets whose figures the equations of a round give."""
    sets = secret_sets(known, number)
    return sets[follow(sets, known.equations(number), known)]


def follow(vectors: Any, equations: Sequence[Vector], known: Known) -> Any:
    """Which of the vectors the equations give, for those columns that hold anybody. Shape (vectors,), bool."""
    free = null_space(equations, len(known.sizes))
    return ~(vectors.astype(object) @ free).any(axis=1) if free.size else np.ones(len(vectors), dtype=bool)


# --- whole numbers ---


class WholeNumbers:
    """Every way of answering with the same additive figures, and how it differs from the real one."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.real = np.concatenate([known.stayed.ravel(), known.left.ravel(), known.joined.ravel()])
        self.equations = csr_array(np.array(list(self._equations()), dtype=np.int64).reshape(-1, len(self.real)))
        changed = [(self._changers(vector), least, most) for vector, least, most in known.changed]
        self.exact = [row for row, least, most in changed if least == most]
        self.rough = [(row, least, most) for row, least, most in changed if least != most]
        self.differences: dict[int, list[Any]] = {1: [], 2: []}

    def _place(self, kind: int, panel: int) -> slice:
        """Of a column's entries: 0 stayed, 1 left, 2 joined."""
        first = (0, self.known.panels * POINTS**2, self.known.panels * (POINTS**2 + POINTS))[kind]
        size = POINTS if kind else POINTS**2
        return slice(first + panel * size, first + (panel + 1) * size)

    def _equations(self) -> Iterator[Any]:
        width, panels = len(self.real), self.known.panels
        for column in np.flatnonzero(self.known.sizes):
            row = np.zeros(width, dtype=np.int64)
            row[self._place(*divmod(int(column), panels))] = 1
            yield row
        yield from self._over(self.known.first, 1)
        yield from self._over(self.known.second, 2)
        yield from self._over(self.known.tables, 0)

    def _over(self, vectors: Sequence[Vector], number: int) -> Iterator[Any]:
        """A row in every category; a table in every combination."""
        patterns = {0: np.eye(POINTS**2), 1: np.repeat(np.eye(POINTS), POINTS, axis=1), 2: np.tile(np.eye(POINTS), POINTS)}[number]
        for vector in {tuple(vector): None for vector in vectors}:
            rows = np.zeros((len(patterns), len(self.real)), dtype=np.int64)
            for column, entry in enumerate(vector):
                if entry:
                    kind, panel = divmod(column, self.known.panels)
                    rows[:, self._place(kind, panel)] = entry * (np.eye(POINTS) if kind else patterns)
            yield from rows

    def _changers(self, vector: Vector) -> Any:
        row = np.zeros(len(self.real), dtype=np.int64)
        for panel, entry in enumerate(vector[: self.known.panels]):
            row[self._place(0, panel)] = entry * (1 - np.eye(POINTS, dtype=np.int64).ravel())
        return row

    # --- other ways ---

    def is_possible(self, difference: Any) -> bool:
        other = self.real + difference
        same = not (self.equations @ difference).any() and not any(row @ difference for row in self.exact)
        return bool(same and (other >= 0).all() and all(least <= row @ other <= most for row, least, most in self.rough))

    def note(self, difference: Any) -> None:
        if difference.any() and self.is_possible(difference):
            for number in (1, 2):
                self.differences[number].append(self.of_round(difference, number))

    def of_round(self, difference: Any, number: int) -> Any:
        """By column and category of the round's answers."""
        panels = self.known.panels
        stayed = difference[: panels * POINTS**2].reshape(panels, POINTS, POINTS)
        left, joined = difference[panels * POINTS**2 :].reshape(2, panels, POINTS)
        nobody = np.zeros_like(left)
        return np.concatenate([stayed.sum(axis=2), left, nobody] if number == 1 else [stayed.sum(axis=1), nobody, joined])

    def place_of(self, column: int) -> slice:
        return self._place(*divmod(column, self.known.panels))

    def unchanged(self, number: int, sets: Any) -> Any:
        """The rows (weights over columns) whose histogram none of the differences found changes."""
        for difference in self.differences[number]:
            sets = sets[~(sets @ difference).any(axis=1)]
        return sets

    @cached_property
    def marks(self) -> Any:
        """A number for every entry: differences that break no equation have marks that add up to 0 (and hardly any others have)."""
        factors = np.random.default_rng(1).integers(1, 1 << 40, self.equations.shape[0])
        mark = factors @ self.equations
        for place, row in enumerate(self.exact):
            mark = mark + int(factors[place]) * 7919 * row
        return mark

    def marks_of(self, moves: Sequence[tuple[int, int, int]]) -> Any:
        given = np.array(moves, dtype=np.int64).reshape(-1, 3)
        return self.marks[given[:, 1]] - self.marks[given[:, 0]]

    def try_two_people(self) -> None:
        """One person, or any two of two columns, who answer otherwise; one example of each sort."""
        moves = list(self.moves())
        marks = self.marks_of(moves).tolist()
        by_mark: dict[int, dict[int, int]] = {}
        for place, mark in enumerate(marks):
            by_mark.setdefault(mark, {}).setdefault(moves[place][2], place)
        tried = set()
        for place, mark in enumerate(marks):
            if mark == 0:
                self._note_moves([moves[place]])
                continue
            for column, partner in by_mark.get(-mark, {}).items():
                sort = (moves[place][2], column, self._rounds(moves[place]))
                if sort not in tried:
                    tried.add(sort)
                    self._note_moves([moves[place], moves[partner]])

    def _note_moves(self, moves: Sequence[Any]) -> None:
        difference = np.zeros(len(self.real), dtype=np.int64)
        for source, target, _column in moves:
            difference[source] -= 1
            difference[target] += 1
        self.note(difference)

    def _rounds(self, move: tuple[int, int, int]) -> tuple[bool, bool]:
        """In which rounds the answer is another."""
        source, target, column = move
        if column >= self.known.panels:
            return column < 2 * self.known.panels, column >= 2 * self.known.panels
        return source % 25 // 5 != target % 25 // 5, source % 5 != target % 5

    def moves(self) -> Iterator[tuple[int, int, int]]:
        """From what somebody answered to what else they may have, and their column."""
        for column in np.flatnonzero(self.known.sizes).tolist():
            place = self._place(*divmod(column, self.known.panels))
            for source in range(place.start, place.stop):
                if self.real[source]:
                    yield from ((source, target, column) for target in range(place.start, place.stop) if target != source)

    # --- integer programmes ---

    def search(self, weights: Any, number: int) -> None:
        """Look for a way of answering in which a sum over columns is another, in one category after the other."""
        target = self._over([weights.tolist()], number)
        for row in target:
            real = int(row @ self.real)
            if real:
                self._solve(row, real - 1)
                if not len(self.unchanged(number, weights[None, :])):
                    return

    def _solve(self, row: Any, most: int) -> None:
        found = self.solution(np.zeros(len(self.real)), row, most)
        if found is not None:
            self.note(found - self.real)

    def solution(self, costs: Any, row: Any = None, most: float = np.inf) -> Any:
        """A way of answering with the same figures, the cheapest if that is found soon; with at most so many in a row, if one is given."""
        rows = [*self.exact, *(entry for entry, _least, _most in self.rough), *([] if row is None else [row])]
        fixed = self.equations @ self.real
        low = [entry @ self.real for entry in self.exact] + [least for _row, least, _most in self.rough]
        high = [entry @ self.real for entry in self.exact] + [highest for _row, _least, highest in self.rough]
        constraints = [LinearConstraint(self.equations, fixed, fixed)]
        if rows:
            more = () if row is None else (1,)
            constraints.append(LinearConstraint(np.array(rows), [*low, *(-np.inf for _ in more)], [*high, *(most for _ in more)]))
        found = milp(costs, integrality=np.ones(len(self.real), dtype=np.int64), bounds=Bounds(0, np.inf), constraints=constraints,
                     options={"node_limit": 2000})
        return None if found.x is None else np.rint(found.x).astype(np.int64)


def certain(known: Known, hidden: dict[int, list[Vector]]) -> list[tuple[int, Vector]]:
    """(round, weights over columns) of what has one possibility left: secret sets and hidden rows, but for what is openly told of 2k alike."""
    ways = WholeNumbers(known)
    ways.try_two_people()
    found = []
    for number in (1, 2):
        targets = np.array([*secret_sets(known, number).tolist(), *hidden[number]], dtype=np.int64).reshape(-1, len(known.sizes))
        targets = targets[targets.any(axis=1)]
        while len(targets := ways.unchanged(number, targets)):
            weights, targets = targets[0], targets[1:]
            ways.search(weights, number)
            if len(ways.unchanged(number, weights[None, :])) and not is_open(known, number, weights):
                found.append((number, weights.tolist()))
    return found


def is_open(known: Known, number: int, weights: Any) -> bool:
    """Does it follow from sets of 2k people or more who openly gave one answer, and from the equations?"""
    openly = openly_alike(known, number)
    left = weights.copy()
    left[sorted(openly)] = 0
    alone = [[int(place == column) for place in range(len(known.sizes))] for column in openly]
    return bool(openly) and bool(follow(left[None, :], [*known.equations(number), *alone], known)[0])


def openly_alike(known: Known, number: int) -> set[int]:
    """Columns in a set that the equations give, of 2k people or more who all gave one answer."""
    columns, answers = known.columns(number), known.answers(number)
    found: set[int] = set()
    for value in range(POINTS):
        alike = [column for column in columns if answers[column, value] == known.sizes[column]]
        sets = sets_of(alike, known.sizes, int(known.sizes.sum()))
        sets = sets[sets @ known.sizes >= 2 * known.minimum]
        told_of = sets[follow(sets, known.equations(number), known)] if len(sets) else sets
        found |= {int(column) for column in np.flatnonzero(told_of.any(axis=0))}
    return found
