"""Means of many cells at once with their standard errors, from histograms: what role gaps and their intervals are made of.

Every error follows from the groups' histograms, so whoever sees those can check it, and nothing is drawn at random.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from analysis.statistics.answers import Array
from analysis.statistics.matrix.concentration import histogram_moments


@dataclass(frozen=True)
class MeanEstimates:
    """Arrays of one shape: estimates, their squared standard errors, and those errors' degrees of freedom. NaN: not known."""

    mean: Array
    squared_error: Array
    df: Array

    def interval(self, level: float = 0.95) -> tuple[Array, Array]:
        """By Student's t; NaN where nothing varies, for then there is no error to speak of."""
        width = stats.t.ppf((1 + level) / 2, self.df) * self._error
        return self.mean - width, self.mean + width

    def p_values(self) -> Array:
        """Two-sided, against 0."""
        return np.asarray(2 * stats.t.sf(np.abs(self.mean) / self._error, self.df))

    def equivalence_p_values(self, margin: float) -> Array:
        """Two one-sided tests: the larger p. Below 0.05 just where the 90 % interval lies within the margin."""
        below = stats.t.sf((self.mean + margin) / self._error, self.df)
        return np.maximum(below, stats.t.cdf((self.mean - margin) / self._error, self.df))

    def minus(self, other: MeanEstimates) -> MeanEstimates:
        """The difference from means over other people; Satterthwaite's degrees of freedom, so Welch's test."""
        errors = np.stack(np.broadcast_arrays(self.squared_error, other.squared_error))
        freedom = np.stack(np.broadcast_arrays(self.df, other.df))
        return MeanEstimates(self.mean - other.mean, errors.sum(axis=0), _satterthwaite(errors, freedom))

    def averaged(self, chosen: Array) -> MeanEstimates:
        """The mean over the chosen cells of the last axis, answered by the same people.

        How these people's answers hang together is not known here. A mean of quantities never has a larger standard error than the
        mean of theirs, which it reaches when they move as one: that bound is taken, with the fewest degrees of freedom. So intervals
        are never too narrow.
        """
        size = chosen.sum(axis=-1)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = np.where(chosen, self.mean, 0.0).sum(axis=-1) / size
            error = np.where(chosen, np.sqrt(self.squared_error), 0.0).sum(axis=-1) / size
        return MeanEstimates(mean, error**2, np.where(chosen, self.df, np.inf).min(axis=-1, initial=np.inf))

    def since(self, earlier: MeanEstimates) -> MeanEstimates:
        """The change from an earlier mean over people who may be the same.

        How an expert's two answers hang together is not known here. A difference never has a larger standard error than the sum of both,
        which it reaches when they move against each other: that bound is taken, with the fewer degrees of freedom. A mean without error
        (and so without degrees of freedom) adds none.
        """
        error = np.sqrt(self.squared_error) + np.sqrt(earlier.squared_error)
        return MeanEstimates(self.mean - earlier.mean, error**2, np.fmin(self.df, earlier.df))

    @property
    def _error(self) -> Array:
        return np.sqrt(np.where(self.squared_error > 0, self.squared_error, np.nan))


def mean_estimates(counts: Any) -> MeanEstimates:
    """Means of the answers 1, 2, … that are counted along the last axis; NaN without answers (or for counts that are NaN)."""
    n, mean, sd = histogram_moments(counts)
    with np.errstate(invalid="ignore", divide="ignore"):
        return MeanEstimates(mean, sd**2 / n, np.where(n > 1, n - 1, np.nan))


def equal_weight_estimates(counts: Any) -> MeanEstimates:
    """Means of the means of the groups along the first axis, each group once; those without answers, or unknown, do not count.

    A group with a single answer has no standard deviation of its own: it borrows that within the other groups, pooled.
    """
    n, mean, sd = histogram_moments(counts)
    present, freedom = n > 0, np.where(n > 1, n - 1, 0.0)
    size, all_freedom = present.sum(axis=0), freedom.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        pooled = (np.where(n > 1, sd**2, 0.0) * freedom).sum(axis=0) / all_freedom
        errors = np.where(present, np.where(n > 1, sd**2, pooled) / n, 0.0)
        means = np.where(present, mean, 0.0).sum(axis=0) / size
        return MeanEstimates(means, errors.sum(axis=0) / size**2, _satterthwaite(errors, np.where(n > 1, freedom, all_freedom)))


def _satterthwaite(errors: Array, freedom: Array) -> Array:
    """Degrees of freedom of a sum along the first axis; its parts without error say nothing about it."""
    with np.errstate(invalid="ignore", divide="ignore"):
        parts = np.where(errors == 0, 0.0, errors**2 / freedom)
        return errors.sum(axis=0) ** 2 / parts.sum(axis=0)
