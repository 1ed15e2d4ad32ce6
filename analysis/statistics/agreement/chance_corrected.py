"""Fleiss' kappa and Gwet's coefficients: agreement of several experts on categories, beyond chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from analysis.statistics.answers import Numbers, category_codes, one_of
from analysis.statistics.result import Result, Status

NO_PAIR = "No item has answers of two experts."
ONE_CATEGORY = "All answers are in one category."


@dataclass(frozen=True, kw_only=True)
class FleissKappa(Result):
    """``raw_agreement`` is the share of agreeing pairs of experts; ``n`` counts items."""

    kappa: float | None = None
    z: float | None = None
    p_value: float | None = None
    raw_agreement: float | None = None
    n_categories: int = 0


@dataclass(frozen=True, kw_only=True)
class GwetAC(Result):
    """AC1 unweighted, AC2 with weights; ``raw_agreement`` is then the weighted one; ``n`` counts items with answers."""

    ac: float | None = None
    se: float | None = None
    raw_agreement: float | None = None
    n_categories: int = 0


def fleiss_kappa(ratings: Any) -> FleissKappa:
    """Kappa of Fleiss (1971) for experts x items on categories (numbers or labels).

    Every item must have the same number of answers (items without any are left out); for other patterns of holes there is
    ``krippendorff_alpha``. ``z`` uses the standard error under chance agreement (Fleiss, Nee & Landis 1979).
    """
    counts, n_missing = _counts(ratings)
    counts = counts[counts.sum(axis=1) > 0]
    sizes: dict[str, Any] = {"n": counts.shape[0], "n_missing": n_missing, "n_categories": counts.shape[1]}
    experts = np.unique(counts.sum(axis=1))
    if experts.size == 0 or experts.max() < 2:
        return FleissKappa(status=Status.INSUFFICIENT_N, reason=NO_PAIR, **sizes)
    if experts.size > 1:
        reason = "Items have different numbers of answers; use Krippendorff's alpha."
        return FleissKappa(status=Status.NOT_APPLICABLE, reason=reason, **sizes)
    m, raw = float(experts[0]), float(_agreement_by_item(counts, np.eye(counts.shape[1])).mean())
    shares = counts.sum(axis=0) / counts.sum()
    disagreement = float((shares * (1 - shares)).sum())
    if counts.shape[1] == 1:
        return FleissKappa(raw_agreement=raw, status=Status.NO_VARIATION, reason=ONE_CATEGORY, **sizes)
    kappa = 1 - (1 - raw) / disagreement
    spread = disagreement**2 - float((shares * (1 - shares) * (1 - 2 * shares)).sum())
    z = kappa * disagreement / np.sqrt(2 * spread / (counts.shape[0] * m * (m - 1)))
    return FleissKappa(kappa=kappa, z=z, p_value=2 * stats.norm.sf(abs(z)), raw_agreement=raw, **sizes)


def gwet_ac(ratings: Any, weights: str = "unweighted") -> GwetAC:
    """Gwet's AC1, or AC2 with ``ordinal`` or ``quadratic`` weights, for experts x items with any holes.

    Agreement comes from items with two or more answers, prevalence from all answers; categories are the values that occur.
    The standard error is that of Gwet (2014) over items, without finite-population correction.
    """
    one_of(weights, "weights", ("unweighted", "ordinal", "quadratic"))
    counts, n_missing = _counts(ratings)
    similarity = _similarity(ratings, weights)
    counts = counts[counts.sum(axis=1) > 0]
    sizes: dict[str, Any] = {"n": counts.shape[0], "n_missing": n_missing, "n_categories": counts.shape[1]}
    paired = counts.sum(axis=1) > 1
    if not paired.any():
        return GwetAC(status=Status.INSUFFICIENT_N, reason=NO_PAIR, **sizes)
    raw = float(_agreement_by_item(counts[paired], similarity).mean())
    if counts.shape[1] == 1:
        return GwetAC(raw_agreement=raw, status=Status.NO_VARIATION, reason=ONE_CATEGORY, **sizes)
    expected, by_item = _chance_agreement(counts, similarity)
    ac = (raw - expected) / (1 - expected)
    error = _standard_error(counts, similarity, ac, expected, by_item)
    reason = "" if error is not None else "The standard error needs two items."
    return GwetAC(ac=ac, se=error, raw_agreement=raw, reason=reason, **sizes)


def _counts(ratings: Any) -> tuple[Numbers, int]:
    """Items x categories that occur, and how many answers are missing."""
    codes, labels = category_codes(ratings, "ratings")
    counts = np.stack([(codes == code).sum(axis=0) for code in range(len(labels))], axis=1) if labels else None
    if counts is None:
        return np.zeros((codes.shape[1], 0)), int(np.isnan(codes).sum())
    return counts.astype(float), int(np.isnan(codes).sum())


def _similarity(ratings: Any, weights: str) -> Numbers:
    """How nearly two categories agree, from 0 to 1."""
    labels = category_codes(ratings, "ratings")[1]
    places = np.arange(len(labels), dtype=float)
    if weights == "unweighted" or len(labels) < 2:
        return np.eye(len(labels))
    if any(isinstance(label, str) for label in labels):
        raise ValueError(f"ratings must be numbers for {weights} weights")
    if weights == "quadratic":
        values = np.array(labels, dtype=float)
        return np.asarray(1 - (np.subtract.outer(values, values) / np.ptp(values)) ** 2)
    apart = np.abs(np.subtract.outer(places, places))
    pairs = apart * (apart + 1) / 2
    return np.asarray(1 - pairs / pairs.max())


def _agreement_by_item(counts: Numbers, similarity: Numbers) -> Numbers:
    answers = counts.sum(axis=1)
    agreeing = (counts * (counts @ similarity - 1)).sum(axis=1)
    pairs = answers * (answers - 1)
    return np.asarray(np.divide(agreeing, pairs, out=np.zeros_like(answers), where=answers > 1))


def _chance_agreement(counts: Numbers, similarity: Numbers) -> tuple[float, Numbers]:
    """Gwet's expected agreement, and each item's contribution to it."""
    shares = counts / counts.sum(axis=1, keepdims=True)
    prevalence, q = shares.mean(axis=0), counts.shape[1]
    factor = float(similarity.sum()) / (q * (q - 1))
    return factor * float((prevalence * (1 - prevalence)).sum()), factor * (shares @ (1 - prevalence))


def _standard_error(counts: Numbers, similarity: Numbers, ac: float, expected: float, by_item: Numbers) -> float | None:
    """From the items' linearised contributions; items with one answer contribute through the prevalence alone."""
    n, paired = counts.shape[0], counts.sum(axis=1) > 1
    if n < 2:
        return None
    own = (n / paired.sum()) * (_agreement_by_item(counts, similarity) - expected * paired) / (1 - expected)
    contributions = own - 2 * (1 - ac) * (by_item - expected) / (1 - expected)
    return float(np.sqrt(((contributions - ac) ** 2).sum() / (n * (n - 1))))
