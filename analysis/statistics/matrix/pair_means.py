"""Differences of means of many pairs of groups: Welch's interval and test, and equivalence within a margin."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import stdtr, stdtrit

from analysis.statistics.answers import Array
from analysis.statistics.gaps.equivalence_test import SIGNIFICANCE


class GroupMeans(NamedTuple):
    """Per group: number, mean and SD of the answers, and the squared standard error of the mean; NaN below 1 and 2 answers."""

    n: Array
    mean: Array
    sd: Array
    squared_error: Array


class MeanDifferences(NamedTuple):
    """First minus second, as ``two_group_gap`` (``welch_t``, ``p_welch``) with the interval of the t law."""

    difference: Array
    low: Array
    high: Array
    p_welch: Array


class Equivalences(NamedTuple):
    """As ``equivalence``: ``equivalent`` is 1 or 0, NaN for ``None``; the limits are the 90 % interval of the difference."""

    equivalent: Array
    p_value: Array
    low: Array
    high: Array


class _Welch(NamedTuple):
    difference: Array
    error: Array
    df: Array


def group_means(values: Array, histograms: Array) -> GroupMeans:
    """Means are taken about the middle of the values, so that large numbers lose no digits."""
    n, centre = histograms.sum(axis=1), float(values[values.size // 2])
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = histograms @ (values - centre) / n + centre
        squares = (histograms * (values - mean[:, None]) ** 2).sum(axis=1)
        squares = np.where((histograms > 0).sum(axis=1) == 1, 0.0, squares)
        variance = np.where(n > 1, squares, np.nan) / (n - 1)
        return GroupMeans(n, mean, np.sqrt(variance), variance / n)


def mean_differences(means: GroupMeans, first: Array, second: Array, level: float) -> MeanDifferences:
    with np.errstate(invalid="ignore", divide="ignore"):
        welch = _welch(means, first, second)
        width = stdtrit(welch.df, (1 + level) / 2) * welch.error
        p = 2 * stdtr(welch.df, -np.abs(welch.difference / welch.error))
        return MeanDifferences(welch.difference, welch.difference - width, welch.difference + width, p)


def equivalences(means: GroupMeans, first: Array, second: Array, margin: float) -> Equivalences:
    """Two one-sided Welch tests at 5 %."""
    if not margin > 0:
        raise ValueError(f"margin must be positive, not {margin:g}")
    with np.errstate(invalid="ignore", divide="ignore"):
        welch = _welch(means, first, second)
        below = stdtr(welch.df, -(welch.difference + margin) / welch.error)
        above = stdtr(welch.df, (welch.difference - margin) / welch.error)
        width = stdtrit(welch.df, 1 - SIGNIFICANCE) * welch.error
    p = np.maximum(below, above)
    equivalent = np.where(np.isnan(p), np.nan, (p < SIGNIFICANCE).astype(float))
    return Equivalences(equivalent, p, welch.difference - width, welch.difference + width)


def _welch(means: GroupMeans, first: Array, second: Array) -> _Welch:
    """NaN for error and df where a group has one answer, or neither varies."""
    of_first, of_second = means.squared_error[first], means.squared_error[second]
    together = np.where(of_first + of_second > 0, of_first + of_second, np.nan)
    share = of_first / together
    df = 1 / (share**2 / (means.n[first] - 1) + (1 - share) ** 2 / (means.n[second] - 1))
    return _Welch(means.mean[first] - means.mean[second], np.sqrt(together), df)
