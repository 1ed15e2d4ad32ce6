"""Figures over pairs, blurred where somebody left or joined.

A fine figure over 29 of 30 experts, beside the figures of all 30, gives the thirtieth away. So where 1 to k − 1
experts left or joined, figures over those who answered twice are told roughly.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from math import ceil

_COMPARED_DECIMALS = 9
_FIFTH = 20


def needs_coarsening(leavers: int, joiners: int, minimum: int) -> bool:
    """Are there 1 to k − 1 leavers, or as few joiners? With k = 1 there is no such number."""
    return 1 <= leavers < minimum or 1 <= joiners < minimum


def coarse_percent(percent: float) -> float:
    """The middle of the fifth that a percentage (0 to 100) lies in: 10, 30, 50, 70 or 90; a boundary counts down."""
    fifth = max(1, ceil(round(percent, _COMPARED_DECIMALS) / _FIFTH))
    return float(fifth * _FIFTH - _FIFTH // 2)


def coarse_kappa(kappa: float) -> float:
    """One decimal, half-even as in the files: on the decimal figure, not on its nearest binary fraction."""
    printed = Decimal(repr(round(kappa, _COMPARED_DECIMALS)))
    return float(printed.quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)) + 0.0


def coarse_p(p: float) -> str | None:
    """`< 0.01`, `< 0.05`, or None where neither holds."""
    compared = round(p, _COMPARED_DECIMALS)
    if compared < 0.01:
        return "< 0.01"
    return "< 0.05" if compared < 0.05 else None


def tells_nobody_changed(rule: str, threshold: float, n_pairs: int) -> bool:
    """Would "stable" under this rule alone say that nobody changed, because one change is already too many?

    The threshold is a percentage, so one expert of n is within it only if threshold × n reaches 100.
    """
    return rule == "percent_changed" and round(threshold * n_pairs, _COMPARED_DECIMALS) < 100
