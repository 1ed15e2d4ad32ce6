"""role_matrices.csv: who expects what of whom as a whole. Is it as in the round before, and is it due to who expects, of whom, or to the pair?"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import factorial
from typing import Any

import numpy as np

from analysis import statistics
from analysis.published import PublishedItem
from analysis.tables.base import Table, Values, number, text
from analysis.tables.role_grids import RoleGrid, is_role_grid

COLUMNS = (
    text("function", "the code of the function; empty: the cells' means over all functions"),
    number("n_panels", "panels with answers that may be told: they stand on both sides of the matrix"),
    text("left_out", "the other panels, joined by |"),
    number("previous_round", "the latest earlier round that asked the same wording"),
    number("n_panels_compared", "panels that stand in the matrices of both rounds"),
    number("n_cells_compared", "pairs of panels told in both rounds; what panels expect of themselves is left out"),
    number("r", "-1 to 1: correlation of the panels' means in the two rounds"),
    number("p_qap", "share of orders of the panels with a correlation at least as far from 0 (QAP, rows and columns together)"),
    number("permutations", "orders looked at: all of them up to 8 panels"),
    number("seed", "of the random ones"),
    number("smallest_p", "the smallest p that so many panels can reach"),
    text("correlation_status", "ok; insufficient_n; no_variation; not_applicable"),
    text("correlation_reason", "why there is no correlation, or how small p can get"),
    number("actor_variance", "of expecting much (social relations model; it can come out below 0, which reads as none)"),
    number("partner_variance", "of being expected much of"),
    number("relationship_variance", "of what is particular to two panels, error included"),
    number("actor_partner_covariance", "positive: who expects much is expected much of"),
    number("relationship_covariance", "positive: two panels answer each other in kind"),
    text("relations_status", "ok; insufficient_n: fewer than four panels; not_applicable: a cell is missing"),
    text("relations_reason", "why there are no variances"),
)


@dataclass(frozen=True)
class Matrix:
    """What panels expect of panels, by mean; those who told of nobody stand on neither side."""

    panels: tuple[str, ...]
    means: Any

    @classmethod
    def of(cls, grid: RoleGrid, means: Any) -> "Matrix":
        apart = ~np.eye(len(grid.panels), dtype=bool)
        tells = (apart & ~np.isnan(means)).any(axis=1)
        return cls(tuple(np.array(grid.panels)[tells]), means[np.ix_(tells, tells)])

    def only(self, panels: tuple[str, ...]) -> Any:
        places = [self.panels.index(panel) for panel in panels]
        return self.means[np.ix_(places, places)]


def rows(item: PublishedItem) -> Iterator[Values]:
    if not is_role_grid(item):
        return
    grid, earlier = RoleGrid.of(item), RoleGrid.before(item)
    before = matrices(earlier) if earlier else {}
    for function, matrix in matrices(grid).items():
        yield {
            "function": function, "n_panels": len(matrix.panels), "left_out": "|".join(panel for panel in grid.panels if panel not in matrix.panels),
            "previous_round": item.previous_round, **correlation(matrix, before.get(function)), **relations(matrix),
        }


def matrices(grid: RoleGrid) -> dict[str, Matrix]:
    """By function, and over all functions for the cells in which every function is told."""
    found = {function: grid.means[..., column] for column, function in enumerate(grid.functions)}
    return {function: Matrix.of(grid, means) for function, means in {**found, "": grid.means.mean(axis=-1)}.items()}


def correlation(now: Matrix, before: Matrix | None) -> Values:
    if before is None:
        return {"correlation_status": "not_applicable", "correlation_reason": "no earlier round asked this"}
    panels = tuple(panel for panel in now.panels if panel in before.panels)
    found = statistics.matrix_correlation(before.only(panels), now.only(panels))
    values = {"n_panels_compared": len(panels), "n_cells_compared": found.n, "r": found.r, "p_qap": found.p_value,
              "permutations": found.permutations, "seed": found.seed, "correlation_status": str(found.status)}
    return {**values, **smallest_p(found, len(panels))} if found.is_ok else {**values, "correlation_reason": found.reason}


def smallest_p(found: Any, n_panels: int) -> Values:
    """The order at hand always counts among the orders, so p is never 0."""
    orders = factorial(n_panels) if found.enumerated else found.permutations + 1
    return {"smallest_p": 1 / orders, "correlation_reason": f"with {n_panels} panels p cannot fall below 1/{orders}"
            if found.enumerated else f"with {found.permutations} random orders p cannot fall below 1/{orders}"}


def relations(matrix: Matrix) -> Values:
    means = matrix.means.copy()
    np.fill_diagonal(means, np.nan)
    found = statistics.social_relations(means)
    return {
        "actor_variance": found.actor, "partner_variance": found.partner, "relationship_variance": found.relationship,
        "actor_partner_covariance": found.actor_partner_covariance, "relationship_covariance": found.relationship_covariance,
        "relations_status": str(found.status), "relations_reason": found.reason,
    }


TABLE = Table("role_matrices", COLUMNS, of_item=rows)
