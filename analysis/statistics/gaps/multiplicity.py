"""Adjusting p values of a family of tests for their number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from analysis.statistics.answers import Array, numbers, one_of


def adjust_p_values(p: Any, method: str) -> tuple[float | None, ...]:
    """Adjusted p values in the order given; a missing one stays ``None`` and does not count among the tests.

    ``holm``, ``hochberg``, ``hommel`` and ``bonferroni`` bound the chance of any false finding (Holm for confirmatory
    comparisons), ``bh`` and ``by`` the expected share of false ones among the findings (for screening).
    """
    values = numbers(p, "p", scale=(0.0, 1.0))
    adjust = _METHODS[one_of(method, "method", tuple(_METHODS))]
    present = ~np.isnan(values)
    adjusted = np.full(values.size, np.nan)
    if present.any():
        adjusted[present] = np.clip(adjust(values[present]), values[present], 1.0)
    return tuple(None if np.isnan(value) else float(value) for value in adjusted)


def _bonferroni(p: Array) -> Array:
    return p * p.size


def _holm(p: Array) -> Array:
    order = np.argsort(p)
    return _back_in_place(np.maximum.accumulate((p.size - np.arange(p.size)) * p[order]), order)


def _hochberg(p: Array) -> Array:
    return _step_up(p, np.arange(1, p.size + 1))


def _benjamini_hochberg(p: Array) -> Array:
    return _step_up(p, p.size / np.arange(p.size, 0, -1))


def _benjamini_yekutieli(p: Array) -> Array:
    harmonic = (1 / np.arange(1, p.size + 1)).sum()
    return _step_up(p, harmonic * p.size / np.arange(p.size, 0, -1))


def _step_up(p: Array, factors: Array) -> Array:
    """Running minimum from the largest p down; ``factors`` belong to the falling order."""
    order = np.argsort(p)[::-1]
    return _back_in_place(np.minimum.accumulate(factors * p[order]), order)


def _hommel(p: Array) -> Array:
    """Hommel (1988): for every size m of subset, the smallest Simes p that a subset holding this test can have."""
    n = p.size
    order = np.argsort(p)
    ordered = p[order]
    adjusted = np.full(n, (n * ordered / np.arange(1, n + 1)).min())
    for m in range(n - 1, 1, -1):
        kept, rest = ordered[: n - m + 1], ordered[n - m + 1 :]
        simes = (m * rest / np.arange(2, m + 1)).min()
        bound = np.minimum(m * kept, simes)
        adjusted = np.maximum(adjusted, np.append(bound, np.full(m - 1, bound[-1])))
    return _back_in_place(np.maximum(adjusted, ordered), order)


def _back_in_place(values: Array, order: Array) -> Array:
    placed = np.empty(values.size)
    placed[order] = values
    return placed


_METHODS: dict[str, Callable[[Array], Array]] = {
    "holm": _holm,
    "hochberg": _hochberg,
    "hommel": _hommel,
    "bonferroni": _bonferroni,
    "bh": _benjamini_hochberg,
    "by": _benjamini_yekutieli,
}
