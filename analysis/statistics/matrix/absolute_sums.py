"""Intervals of weighted sums of absolute differences, such as the earth mover's distance, that keep their level near 0 as well.

The estimate of |d| is too large on average where d is near 0, and resampling only adds to that: percentile intervals then miss a true 0 altogether, and
reflected ones take off too little. So each of the differences d = first - second is resampled, and its error e (a draw less the estimate), which is well
behaved, is turned into what it can do to the sum (Fang & Santos 2019, Rev. Econ. Stud. 86:377; of such distances Sommerfeld & Munk 2018, J. R. Stat.
Soc. B 80:219):

- where |d| exceeds three standard errors its sign is sure, and the sum errs by sign(d) e;
- elsewhere the sum can be too large by |e| at most (the triangle inequality), and on average never too small (Jensen's), so that downward the error
  is taken for sign(d) e there too.

Lower limit: the sum less the 97.5 % point of how far it may be too large; upper: the sum plus that of how far it may be too small. Errors of sure sign
are taken as the draws have them, not reflected: a share near 1 errs downward by more than upward, and so do its draws. Both limits widen by Student's t
over the normal deviate. docs/statistics/matrix.md says how near the nominal level this comes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtri, stdtrit

from analysis.statistics.answers import Array

SURE = 3.0
"""Standard errors. Two would let one difference of 20 that is 0 pass for sure."""


class SumErrors(NamedTuple):
    """By how much each draw's sum may be too large and too small. Shape (pairs, draws)."""

    above: Array
    below: Array


class SumLimits(NamedTuple):
    low: Array
    high: Array


def sum_errors(differences: Array, errors: Array) -> SumErrors:
    """``differences``: (pairs, cells), already weighted; ``errors``: (pairs, cells, draws), of the same weights."""
    spread = np.sqrt(np.einsum("pcd,pcd->pc", errors, errors) / errors.shape[-1])
    signs, sure = _signs(differences), np.abs(differences) > SURE * spread
    downward = np.einsum("pcd,pc->pd", errors, np.where(sure, -signs, 0.0))
    either_way = np.einsum("pcd,pc->pd", np.abs(errors), np.where(sure, 0.0, 1.0))
    return SumErrors(downward + either_way, np.einsum("pcd,pc->pd", errors, signs))


def _signs(differences: Array) -> Array:
    """A difference of exactly 0 may be of either sign: it goes with the others of its pair."""
    overall = np.where(differences.sum(axis=1) < 0, -1.0, 1.0)
    return np.where(differences == 0, overall[:, None], np.sign(differences))


def sum_limits(sums: Array, errors: SumErrors, degrees_of_freedom: Array, level: float, most: float = np.inf) -> SumLimits:
    """``sums``, ``degrees_of_freedom``: one entry per pair; ``most``: the largest possible sum."""
    draws, share = errors.above.shape[-1], (1 + level) / 2
    place = int(np.ceil(share * draws - 1e-9)) - 1
    above, below = (np.maximum(np.partition(found, place, axis=1)[:, place], 0.0) for found in errors)
    wider = stdtrit(np.maximum(degrees_of_freedom, 1), share) / ndtri(share)
    return SumLimits(np.maximum(sums - wider * above, 0.0), np.minimum(sums + wider * below, most))
