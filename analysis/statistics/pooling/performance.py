"""Cooke's two measures of an expert, calibration and information, and the distributions they are taken from."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.statistics.answers import Array
from analysis.statistics.pooling.cumulative import pooled_quantiles


@dataclass(frozen=True)
class Elicitation:
    """Quantiles on the axis of each item (its logarithm for log items), with the range assumed for it.

    ``quantiles``: experts x items x probabilities, NaN where an expert did not assess; ``realizations`` NaN where the
    item is no seed; ``low`` and ``high`` the intrinsic range of each item.
    """

    probabilities: Array
    quantiles: Array
    realizations: Array
    low: Array
    high: Array

    @property
    def seeds(self) -> Array:
        return ~np.isnan(self.realizations)

    @property
    def assessed(self) -> Array:
        """Experts x items."""
        return ~np.isnan(self.quantiles[:, :, 0])

    @property
    def bin_probabilities(self) -> Array:
        return np.diff(np.concatenate(([0.0], self.probabilities, [1.0])))

    def answered_seeds(self) -> Array:
        return (self.assessed & self.seeds).sum(axis=1)

    def calibration(self, quantiles: Array, n_seeds: int) -> float:
        """p value of the hypothesis that the seeds fell into the bins as often as the quantiles promise.

        ``quantiles``: items x probabilities of one expert or decision maker. ``n_seeds``: with how many seeds the
        statistic is scaled, the same for all. A realisation on a quantile belongs to the bin below.
        """
        counted = self.seeds & ~np.isnan(quantiles[:, 0])
        if not counted.any():
            return math.nan
        bins = (quantiles[counted] < self.realizations[counted, None]).sum(axis=1)
        shares = np.bincount(bins, minlength=self.bin_probabilities.size) / bins.size
        hit = shares > 0
        surprise = float((shares[hit] * np.log(shares[hit] / self.bin_probabilities[hit])).sum())
        return float(stats.chi2.sf(2 * n_seeds * surprise, self.probabilities.size))

    def information(self, quantiles: Array) -> Array:
        """Per item: how much narrower than the uniform law over the item's range, in nats; NaN where not assessed."""
        edges = np.column_stack((self.low, quantiles, self.high))
        shares = self.bin_probabilities
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.log(self.high - self.low) + (shares * np.log(shares / np.diff(edges, axis=1))).sum(axis=1)

    def decision_maker(self, weights: Array) -> Array:
        """Quantiles (items x probabilities) of the pool with weights experts x items; NaN where nobody has weight."""
        pooled = np.full(self.quantiles.shape[1:], np.nan)
        for item in range(len(pooled)):
            counting = self.assessed[:, item] & (weights[:, item] > 0)
            if counting.any():
                bounds = (float(self.low[item]), float(self.high[item]))
                rows = self.quantiles[counting, item]
                pooled[item] = pooled_quantiles(self.probabilities, rows, bounds, weights[counting, item])
        return pooled


def mean_over(values: Array, items: Array) -> float:
    """Mean of the items chosen, without those that are not there."""
    chosen = values[items & ~np.isnan(values)]
    return float(chosen.mean()) if chosen.size else math.nan
