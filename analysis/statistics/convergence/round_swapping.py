"""Permutation tests of spread: under the null hypothesis each expert's two answers could have come in either round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.statistics.answers import Numbers
from analysis.statistics.sampling import DEFAULT_PERMUTATIONS, generator

LARGEST_ENUMERATION = 14
CELLS_AT_ONCE = 2_000_000
EQUAL_WITHIN = 1e-10
Swaps = NDArray[np.bool_]


def swapping_tests(before: Numbers, after: Numbers, permutations: int, seed: int) -> dict[str, Any]:
    """Two-sided p for the log SD ratio, and the differences of IQR and of mean absolute deviation."""
    enumerated = permutations == 0 and before.size <= LARGEST_ENUMERATION
    draws = 2**before.size if enumerated else permutations or DEFAULT_PERMUTATIONS
    observed = _changes(before[None, :], after[None, :])
    as_extreme = np.zeros(3)
    for swaps in _swaps(before.size, draws, None if enumerated else seed):
        changed = _changes(np.where(swaps, after, before), np.where(swaps, before, after))
        as_extreme += (np.abs(changed) >= np.abs(observed) - EQUAL_WITHIN).sum(axis=1)
    p_values = as_extreme / draws if enumerated else (as_extreme + 1) / (draws + 1)
    names = ("p_log_sd_ratio", "p_iqr", "p_mean_abs_dev")
    return {
        **dict(zip(names, p_values, strict=True)),
        "permutations": draws,
        "enumerated": enumerated,
        "seed": None if enumerated else seed,
    }


def _swaps(n: int, draws: int, seed: int | None) -> Iterator[Swaps]:
    """Blocks of arrangements, small enough for memory: all of them in order without a seed, else random ones."""
    block = max(1, CELLS_AT_ONCE // n)
    random = None if seed is None else generator(seed)
    for start in range(0, draws, block):
        size = min(block, draws - start)
        if random is None:
            numbers = np.arange(start, start + size)[:, None]
            yield (numbers >> np.arange(n)) % 2 == 1
        else:
            yield random.random((size, n)) < 0.5


def _changes(before: Numbers, after: Numbers) -> Numbers:
    """Three measures of change, one column per arrangement; a spread gone to nothing counts as infinitely smaller."""
    first, second = _spreads(before), _spreads(after)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(second[0]) - np.log(first[0])
    return np.stack([np.where(np.isnan(logs), 0.0, logs), *(second[1:] - first[1:])])


def _spreads(answers: Numbers) -> Numbers:
    """SD, IQR (type 7) and mean absolute deviation from the median of every row."""
    ordered = np.sort(answers, axis=1)
    n = ordered.shape[1]
    quartiles = [_interpolated(ordered, probability * (n - 1)) for probability in (0.25, 0.5, 0.75)]
    deviation = np.where(ordered[:, 0] == ordered[:, -1], 0.0, ordered.std(axis=1, ddof=1))
    return np.stack([deviation, quartiles[2] - quartiles[0], np.abs(ordered - quartiles[1][:, None]).mean(axis=1)])


def _interpolated(ordered: Numbers, position: float) -> Numbers:
    below = int(position)
    above = min(below + 1, ordered.shape[1] - 1)
    return np.asarray(ordered[:, below] + (position - below) * (ordered[:, above] - ordered[:, below]))
