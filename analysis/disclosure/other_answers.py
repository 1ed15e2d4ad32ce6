"""Other ways in which the answers could have been given, with the very same published figures.

Equations alone leave many solutions open, but people come in whole numbers, and nobody chose a category less than
never. So what matters is whether another *possible* way exists: in every panel the same number of answers, in every
published row the same distribution. Whatever is found here is checked in whole numbers before it counts. Not finding
one only makes a reader look cleverer than they are, which errs on the safe side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.disclosure.row_space import RowSpace, Vector

Histograms = tuple[tuple[int, ...], ...]
"""For each panel how often each category was chosen."""

_MOST_UNKNOWNS = 400
_MOST_WEIGHTED_PANELS = 6
"""Where `equal_weight` joins the panels, its many denominators make the search slow much sooner."""
_MOST_BRANCHES = 200


@dataclass(frozen=True)
class Unknowns:
    """What the published rows leave open: `columns` are the panels not known, `equations` what joins them."""

    columns: tuple[int, ...]
    equations: tuple[Vector, ...]
    histograms: Histograms

    @classmethod
    def left_by(cls, space: RowSpace, histograms: Histograms) -> Unknowns:
        """In reduced echelon form a panel is known just when a row holds it alone."""
        alone = {row.index(1) for row in space.rows if sum(map(bool, row)) == 1}
        columns = tuple(column for column in range(len(histograms)) if column not in alone)
        return cls(columns, tuple(row for row in space.rows if sum(map(bool, row)) > 1), histograms)

    def exchanges(self) -> Iterator[Vector]:
        """Differences that two categories can exchange: what the one gains in each panel, the other loses.

        Tried are people of two panels that stand in the same rows, and the simplest solutions of the equations.
        """
        width = len(self.histograms)
        for place, column in enumerate(self.columns):
            for other in self.columns[place + 1 :]:
                if all(row[column] == row[other] for row in self.equations):
                    yield from self._exchangeable(_difference(column, other, width))
        alone = [tuple(int(column == place) for place in range(width)) for column in range(width)]
        known = [vector for column, vector in enumerate(alone) if column not in self.columns]
        for vector in RowSpace.spanned_by([*known, *self.equations]).complement(width).rows:
            yield from self._exchangeable(vector)

    def _exchangeable(self, vector: Vector) -> Iterator[Vector]:
        touched = [(self.histograms[column], entry) for column, entry in enumerate(vector) if entry]
        categories = range(len(self.histograms[0]))
        gaining = {c for c in categories if all(histogram[c] + entry >= 0 for histogram, entry in touched)}
        losing = {c for c in categories if all(histogram[c] - entry >= 0 for histogram, entry in touched)}
        if gaining and losing and len(gaining | losing) > 1:
            yield vector

    def differences_that_change(self, panels: Sequence[int]) -> list[Vector]:
        """Differences that change the panels' joint histogram; none if it cannot change, or no way was found in reason.

        Their number of answers is the same, so in some category they must be fewer.
        """
        exchange = next(self._exchanges_among_three(panels), None)
        if exchange is not None or self._too_many() or not set(panels) & set(self.columns):
            return [exchange] if exchange else []
        together = [sum(figures) for figures in zip(*(self.histograms[panel] for panel in panels), strict=True)]
        for category, number in enumerate(together):
            other = self._answers_with_fewer(panels, category, number) if number else None
            if other is not None:
                return self._differences(other, panels)
        return []

    def _exchanges_among_three(self, panels: Sequence[int]) -> Iterator[Vector]:
        """Beside `equal_weight` two panels of different sizes cannot exchange people, but three often can."""
        if not self._is_weighted():
            return
        for chosen in combinations(self.columns, 3):
            if set(panels).isdisjoint(chosen):
                continue
            joins = RowSpace.spanned_by([tuple(row[column] for column in chosen) for row in self.equations])
            for entries in joins.complement(3).rows:
                among = dict(zip(chosen, entries, strict=True))
                if sum(among.get(panel, 0) for panel in panels):
                    width = len(self.histograms)
                    yield from self._exchangeable(tuple(among.get(column, 0) for column in range(width)))

    def _is_weighted(self) -> bool:
        return any(abs(entry) > 1 for row in self.equations for entry in row)

    def _too_many(self) -> bool:
        unknowns = len(self.columns) * len(self.histograms[0])
        return unknowns > _MOST_UNKNOWNS or (self._is_weighted() and len(self.columns) > _MOST_WEIGHTED_PANELS)

    def _answers_with_fewer(self, panels: Sequence[int], category: int, number: int) -> NDArray[np.int64] | None:
        """Answers (unknown panels × categories) in which `panels` chose the category less than `number` times."""
        actual = np.array([self.histograms[column] for column in self.columns], dtype=np.int64)
        size = actual.shape[1]
        chosen = np.zeros(actual.shape)
        chosen[[self.columns.index(panel) for panel in panels if panel in self.columns], category] = 1
        joins = np.array([[row[column] for column in self.columns] for row in self.equations], dtype=float)
        joins = joins.reshape(len(self.equations), len(self.columns))
        fixed = np.vstack([np.kron(joins, np.eye(size)), np.kron(np.eye(len(actual)), np.ones(size))])
        known = fixed @ actual.ravel()
        found = milp(
            np.zeros(actual.size),
            integrality=np.ones(actual.size, dtype=np.int64),
            bounds=Bounds(np.zeros(actual.size), np.repeat(actual.sum(axis=1), size)),
            constraints=[LinearConstraint(fixed, known, known), LinearConstraint(chosen.ravel(), -np.inf, number - 1)],
            options={"node_limit": _MOST_BRANCHES},
        )
        return None if found.x is None else np.rint(found.x).astype(np.int64).reshape(actual.shape)

    def _differences(self, other: NDArray[np.int64], panels: Sequence[int]) -> list[Vector]:
        """Category by category; empty if in whole numbers these are not what was asked for."""
        differences = [[0] * len(self.histograms) for _ in self.histograms[0]]
        for column, answers in zip(self.columns, other.tolist(), strict=True):
            actual = self.histograms[column]
            if min(answers) < 0 or sum(answers) != sum(actual):
                return []
            for category, figure in enumerate(answers):
                differences[category][column] = figure - actual[category]
        found = [tuple(difference) for difference in differences]
        breaks_a_row = any(_product(row, difference) for row in self.equations for difference in found)
        changes_them = any(sum(difference[panel] for panel in panels) for difference in found)
        return found if changes_them and not breaks_a_row else []


def _difference(column: int, other: int, width: int) -> Vector:
    return tuple((place == column) - (place == other) for place in range(width))


def _product(row: Vector, difference: Vector) -> int:
    return sum(entry * figure for entry, figure in zip(row, difference, strict=True))
