"""Two judgements-of-each-other matrices compared, as those of two rounds: QAP, the Mantel test of whole rows and
columns.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import permutations as every_order
from typing import Any

import numpy as np

from analysis.statistics.answers import Array, matrix
from analysis.statistics.result import Result, Status
from analysis.statistics.sampling import DEFAULT_PERMUTATIONS, generator, permutations_in, seed_in

LARGEST_ENUMERATED = 8
_BLOCK = 2_000
_TOLERANCE = 1e-12


@dataclass(frozen=True, kw_only=True)
class MatrixCorrelation(Result):
    """``n`` counts the cells compared; ``permutations`` all orders where ``enumerated``, else those drawn with
    ``seed``.
    """

    r: float | None = None
    p_value: float | None = None
    permutations: int | None = None
    enumerated: bool | None = None
    seed: int | None = None


def matrix_correlation(first: Any, second: Any, permutations: int = 0, seed: int | None = None) -> MatrixCorrelation:
    """Pearson correlation of two square matrices off the diagonal, with p from permuting rows and columns together.

    ``permutations=0``: all orders up to 8 rows, else 9,999 drawn ones. Two-sided by |r|. With four groups there are 24
    orders, so p cannot fall below 1/24. Cells missing in either matrix are left out.
    """
    one, other = square_matrix(first, "first"), square_matrix(second, "second")
    if one.shape != other.shape:
        raise ValueError(f"second must have the shape of first: {other.shape} and {one.shape}")
    drawn, used_seed = permutations_in(permutations), seed_in(seed)
    off_diagonal = ~np.eye(one.shape[0], dtype=bool)
    compared = off_diagonal & ~np.isnan(one) & ~np.isnan(other)
    n = int(compared.sum())
    sizes: dict[str, Any] = {"n": n, "n_missing": int(off_diagonal.sum()) - n}
    if n < 2:
        reason = "Fewer than two cells off the diagonal are filled in both matrices."
        return MatrixCorrelation(status=Status.INSUFFICIENT_N, reason=reason, **sizes)
    r = float(_correlations(one, other, np.arange(one.shape[0])[None, :])[0])
    if math.isnan(r):
        return MatrixCorrelation(status=Status.NO_VARIATION, reason="A matrix does not vary.", **sizes)
    size = one.shape[0]
    if drawn == 0 and size <= LARGEST_ENUMERATED:
        orders = np.array(list(every_order(range(size))))
        p_value = _count_as_extreme(one, other, orders, r) / len(orders)
        return MatrixCorrelation(r=r, p_value=p_value, permutations=len(orders), enumerated=True, **sizes)
    drawn = drawn or DEFAULT_PERMUTATIONS
    orders = generator(used_seed).permuted(np.tile(np.arange(size), (drawn, 1)), axis=1)
    p_value = (_count_as_extreme(one, other, orders, r) + 1) / (drawn + 1)
    return MatrixCorrelation(r=r, p_value=p_value, permutations=drawn, enumerated=False, seed=used_seed, **sizes)


def square_matrix(x: Any, name: str) -> Array:
    table = matrix(x, name)
    if table.shape[0] != table.shape[1]:
        raise ValueError(f"{name} must be square, not {table.shape[0]} x {table.shape[1]}")
    return table


def _count_as_extreme(first: Array, second: Array, orders: Array, r: float) -> int:
    """An order under which the correlation is not defined (holes can do that) is not as extreme."""
    found = 0
    for start in range(0, len(orders), _BLOCK):
        correlations = np.nan_to_num(_correlations(first, second, orders[start : start + _BLOCK]))
        found += int((np.abs(correlations) >= abs(r) - _TOLERANCE).sum())
    return found


def _correlations(first: Array, second: Array, orders: Array) -> Array:
    """One correlation per order of the second matrix, over the cells then filled in both."""
    rows, columns = np.nonzero(~np.eye(first.shape[0], dtype=bool))
    x = np.broadcast_to(first[rows, columns], (len(orders), rows.size))
    y = second[orders[:, rows], orders[:, columns]]
    filled = ~np.isnan(x) & ~np.isnan(y)
    x, y = _centred(x, filled), _centred(y, filled)
    spread = np.sqrt((x**2).sum(axis=1) * (y**2).sum(axis=1))
    return np.divide((x * y).sum(axis=1), spread, out=np.full(len(orders), np.nan), where=spread > 0)


def _centred(values: Array, filled: Array) -> Array:
    kept = np.where(filled, values, 0.0)
    means = kept.sum(axis=1) / np.maximum(filled.sum(axis=1), 1)
    deviations = np.where(filled, kept - means[:, None], 0.0)
    scale = np.maximum(np.abs(kept).max(axis=1, initial=0.0), 1.0)
    constant = np.abs(deviations).max(axis=1, initial=0.0) <= _TOLERANCE * scale
    return np.where(constant[:, None], 0.0, deviations)
