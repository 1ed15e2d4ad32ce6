"""Items compared two at a time: Bradley-Terry abilities of all experts together, and one expert's contradictions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse.csgraph import connected_components

from analysis.statistics.answers import Array, square_table, total_of
from analysis.statistics.result import Result, Status
from analysis.statistics.roles.matrices import square_matrix

_MOST_STEPS = 200


@dataclass(frozen=True, kw_only=True)
class BradleyTerry(Result):
    """``log_ability`` sums to 0 and ``se`` belongs to it; ``worth`` is its exponential, summing to 1. ``n``:
    comparisons.
    """

    log_ability: tuple[float, ...] | None = None
    worth: tuple[float, ...] | None = None
    se: tuple[float, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class CircularTriads(Result):
    """``zeta`` is 1 without any circle and 0 with as many as possible; ``n`` counts the items."""

    triads: int | None = None
    zeta: float | None = None


def bradley_terry(wins: Any) -> BradleyTerry:
    """Maximum-likelihood abilities such that log odds of i over j are the difference of their log abilities.

    ``wins[i][j]``: how often i was preferred to j (ties may count half to each); the diagonal is ignored. The estimate
    exists only if from every item a chain of wins leads to every other one; an item that always wins would run to
    infinity.
    """
    table = square_table(_without_diagonal(wins), "wins")
    n = total_of(table)
    if len(table) < 2 or n == 0:
        return BradleyTerry(n=n, status=Status.INSUFFICIENT_N, reason="There is no comparison of two items.")
    n_parts, _ = connected_components(table > 0, connection="strong")
    if n_parts > 1:
        reason = "Some items never lost to, or were never compared with, the others: no finite abilities fit."
        return BradleyTerry(n=n, status=Status.NOT_APPLICABLE, reason=reason)
    abilities = _fit(table)
    worth = np.exp(abilities - abilities.max())
    errors = np.sqrt(np.maximum(np.diag(np.linalg.pinv(_information(table, abilities), hermitian=True)), 0.0))
    return BradleyTerry(log_ability=tuple(abilities), worth=tuple(worth / worth.sum()), se=tuple(errors), n=n)


def _without_diagonal(wins: Any) -> Array:
    table = square_matrix(wins, "wins").copy()
    np.fill_diagonal(table, 0.0)
    return table


def _fit(wins: Array) -> Array:
    """Newton's method with the step halved until the likelihood rises; it is concave, so this cannot go astray."""
    abilities = np.zeros(wins.shape[0])
    height = _likelihood(wins, abilities)
    for _ in range(_MOST_STEPS):
        slope = wins.sum(axis=1) - ((wins + wins.T) * _chances(abilities)).sum(axis=1)
        step = np.linalg.pinv(_information(wins, abilities), hermitian=True) @ slope
        while (reached := _likelihood(wins, abilities + step)) < height - 1e-12 * abs(height):
            step /= 2
        abilities, height = abilities + step, reached
        abilities -= abilities.mean()
        if np.abs(step).max() < 1e-12:
            break
    return abilities


def _chances(abilities: Array) -> Array:
    """Chance that the row's item is preferred to the column's."""
    return 1 / (1 + np.exp(-np.subtract.outer(abilities, abilities)))


def _likelihood(wins: Array, abilities: Array) -> float:
    return -float((wins * np.logaddexp(0, -np.subtract.outer(abilities, abilities))).sum())


def _information(wins: Array, abilities: Array) -> Array:
    chances = _chances(abilities)
    weights = (wins + wins.T) * chances * (1 - chances)
    return np.diag(weights.sum(axis=1)) - weights


def circular_triads(preferences: Any) -> CircularTriads:
    """How often one expert prefers a to b, b to c and yet c to a (Kendall & Babington Smith 1940).

    ``preferences``: items x items of 0 and 1, 1 where the row's item is preferred to the column's; the diagonal is
    ignored.
    """
    table = square_matrix(preferences, "preferences")
    n = table.shape[0]
    off_diagonal = ~np.eye(n, dtype=bool)
    given = table[off_diagonal]
    if not np.isin(given[~np.isnan(given)], (0.0, 1.0)).all():
        raise ValueError("preferences must be 0 or 1")
    missing = int(np.isnan(given).sum())
    if missing:
        reason = "Some pairs were not compared."
        return CircularTriads(n=n, n_missing=missing, status=Status.NOT_APPLICABLE, reason=reason)
    if (table + table.T != 1)[off_diagonal].any():
        raise ValueError("preferences must name exactly one winner for every pair")
    if n < 3:
        return CircularTriads(n=n, triads=0, status=Status.INSUFFICIENT_N, reason="A circle needs three items.")
    wins = np.where(off_diagonal, table, 0.0).sum(axis=1)
    triads = round(n * (n - 1) * (2 * n - 1) / 12 - float((wins**2).sum()) / 2)
    most = (n**3 - n) / 24 if n % 2 else (n**3 - 4 * n) / 24
    return CircularTriads(triads=triads, zeta=1 - triads / most, n=n)
