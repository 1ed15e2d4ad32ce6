"""Krippendorff's alpha: agreement beyond chance, for any measurement level and any pattern of missing answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import Numbers, category_codes, matrix, one_of
from analysis.statistics.result import Result, Status
from analysis.statistics.sampling import generator, permutations_in, seed_in

LEVELS = ("nominal", "ordinal", "interval", "ratio")
LIMITS_OF_INTERVAL = (0.025, 0.975)


@dataclass(frozen=True, kw_only=True)
class KrippendorffAlpha(Result):
    """``n`` experts with an answer, ``n_units`` items with two or more; ``bootstrap`` counts the resamples kept."""

    alpha: float | None = None
    low: float | None = None
    high: float | None = None
    n_units: int = 0
    bootstrap: int = 0
    seed: int | None = None


def krippendorff_alpha(ratings: Any, level: str, bootstrap: int = 0, seed: int | None = None) -> KrippendorffAlpha:
    """1 - observed/expected disagreement over all pairs of answers to the same item (Krippendorff 2011).

    ``ratings``: experts x items; items with fewer than two answers are left out. ``level``: nominal (labels allowed),
    ordinal, interval or ratio (no negative values). ``bootstrap`` > 0 adds a 95 % percentile interval over items.
    """
    one_of(level, "level", LEVELS)
    resamples = permutations_in(bootstrap, "bootstrap")
    codes, values = _coded(ratings, level)
    present = ~np.isnan(codes)
    counts = _counts_by_unit(codes, len(values))
    pairable = counts[counts.sum(axis=1) > 1]
    sizes: dict[str, Any] = {
        "n": int(present.any(axis=1).sum()),
        "n_missing": int((~present).sum()),
        "n_units": pairable.shape[0],
    }
    if pairable.shape[0] == 0:
        reason = "No item has answers of two experts."
        return KrippendorffAlpha(status=Status.INSUFFICIENT_N, reason=reason, **sizes)
    alpha = _alpha(_coincidences(pairable, np.ones(pairable.shape[0])), values, level)
    if alpha is None:
        reason = "All answers are equal: there is no disagreement to expect."
        return KrippendorffAlpha(status=Status.NO_VARIATION, reason=reason, **sizes)
    return KrippendorffAlpha(alpha=alpha, **_interval(pairable, values, level, resamples, seed), **sizes)


def _coded(ratings: Any, level: str) -> tuple[Numbers, Numbers]:
    """Each answer as the place of its value among the values that occur, and those values."""
    if level == "nominal":
        codes, labels = category_codes(ratings, "ratings")
        return codes, np.arange(len(labels), dtype=float)
    answers = matrix(ratings, "ratings")
    if level == "ratio" and (answers < 0).any():
        raise ValueError("ratings must not be negative at the ratio level")
    codes, labels = category_codes(answers, "ratings")
    return codes, np.array(labels, dtype=float)


def _counts_by_unit(codes: Numbers, n_values: int) -> Numbers:
    """Items x values: how many experts gave that value."""
    counts = np.zeros((codes.shape[1], n_values))
    experts, units = np.nonzero(~np.isnan(codes))
    np.add.at(counts, (units, codes[experts, units].astype(int)), 1)
    return counts


def _coincidences(counts: Numbers, weights: Numbers) -> Numbers:
    """How often two experts' answers to one item meet, each answer counting once; ``weights`` repeat items."""
    share = (weights / (counts.sum(axis=1) - 1))[:, None] * counts
    met: Numbers = counts.T @ share
    met[np.diag_indices_from(met)] -= share.sum(axis=0)
    return met


def _alpha(coincidences: Numbers, values: Numbers, level: str) -> float | None:
    totals = coincidences.sum(axis=0)
    distances = _squared_distances(values, totals, level)
    expected = float(totals @ distances @ totals)
    if expected == 0:
        return None
    return 1 - (float(totals.sum()) - 1) * float((coincidences * distances).sum()) / expected


def _squared_distances(values: Numbers, totals: Numbers, level: str) -> Numbers:
    if level == "nominal":
        return 1 - np.eye(values.size)
    if level == "ordinal":
        middles = np.cumsum(totals) - totals / 2
        return np.subtract.outer(middles, middles) ** 2
    differences = np.subtract.outer(values, values)
    if level == "interval":
        return differences**2
    sums = np.add.outer(values, values)
    return np.divide(differences, sums, out=np.zeros_like(sums), where=sums > 0) ** 2


def _interval(counts: Numbers, values: Numbers, level: str, resamples: int, seed: int | None) -> dict[str, Any]:
    """Percentiles of alpha over resampled items; resamples without variation have no alpha and are dropped."""
    if resamples == 0:
        return {}
    used = seed_in(seed)
    units = counts.shape[0]
    draws = generator(used).integers(units, size=(resamples, units))
    repeated = (np.bincount(draw, minlength=units).astype(float) for draw in draws)
    drawn = (_alpha(_coincidences(counts, weights), values, level) for weights in repeated)
    alphas = [alpha for alpha in drawn if alpha is not None]
    low, high = np.quantile(alphas, LIMITS_OF_INTERVAL) if alphas else (None, None)
    return {"low": low, "high": high, "bootstrap": len(alphas), "seed": used}
