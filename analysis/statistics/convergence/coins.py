"""Fair coins by the handful: binomial numbers with one half, from the bits of random words."""

from __future__ import annotations

import numpy as np

from analysis.statistics.answers import Array

_WIDTHS = {8: np.uint8, 16: np.uint16, 32: np.uint32, 64: np.uint64}


def heads(tosses: Array, draws: int, random: np.random.Generator) -> Array:
    """How many heads fall among so many tosses: handfuls x draws. Every handful has one toss at least.

    One bit is one coin, exactly: no table, no rounding, and eight to 64 coins at the price of one random number.
    """
    width = _width(tosses)
    words = -(-tosses // width)
    last = np.cumsum(words) - 1
    kept = np.full(int(words.sum()), width)
    kept[last] = tosses - (words - 1) * width
    number = _WIDTHS[width]
    masks = np.array([(1 << int(bits)) - 1 for bits in kept], dtype=number)
    coins = random.integers(0, 2**width - 1, size=(kept.size, draws), dtype=number, endpoint=True)
    coins &= masks[:, None]
    return np.add.reduceat(np.bitwise_count(coins), last - words + 1, axis=0, dtype=np.int32)


def words_needed(tosses: Array) -> int:
    """How many random words one draw takes."""
    return int((-(-tosses // _width(tosses))).sum())


def _width(tosses: Array) -> int:
    """Words as narrow as the largest handful allows."""
    return next((width for width in _WIDTHS if tosses.max() <= width), 64)
