"""Agreement read off a histogram: how concentrated the answers are, on an ordered scale or among mere options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import Numbers, total_of
from analysis.statistics.answers import frequencies as frequencies_in
from analysis.statistics.result import Result, Status

NO_ANSWER = "There is no answer."
ONE_CATEGORY = "A scale of one category leaves no choice."


@dataclass(frozen=True, kw_only=True)
class OrdinalAgreement(Result):
    """``van_der_eijk_a`` and ``cns`` grow with agreement; ``polarization``, ``dissent``, entropy and ``leik_d`` fall."""

    van_der_eijk_a: float | None = None
    polarization: float | None = None
    cns: float | None = None
    dissent: float | None = None
    entropy_bits: float | None = None
    entropy_normalised: float | None = None
    leik_d: float | None = None


@dataclass(frozen=True, kw_only=True)
class NominalAgreement(Result):
    """``modes`` are the positions of all commonest options; ``iqv`` and normalised entropy are 1 for equal shares."""

    modal_share: float | None = None
    modes: tuple[int, ...] = ()
    entropy_bits: float | None = None
    entropy_normalised: float | None = None
    gini_simpson: float | None = None
    iqv: float | None = None


def ordinal_agreement(frequencies: Any) -> OrdinalAgreement:
    """Agreement on an ordered scale: van der Eijk's A, Tastle & Wierman's Cns, entropy and Leik's D.

    ``frequencies``: counts or weights per category over the full scale, zeros included. A needs three categories.
    """
    counts = frequencies_in(frequencies, "frequencies")
    refusal = _refusal(counts)
    if refusal:
        return OrdinalAgreement(n=total_of(counts), **refusal)
    shares = counts / counts.sum()
    a = van_der_eijk(counts) if counts.size > 2 else None
    cns, bits = consensus_measure(shares), entropy(shares)
    return OrdinalAgreement(
        van_der_eijk_a=a,
        polarization=None if a is None else (1 - a) / 2,
        cns=cns,
        dissent=1 - cns,
        entropy_bits=bits,
        entropy_normalised=bits / np.log2(counts.size),
        leik_d=_leik(shares),
        n=total_of(counts),
        reason="" if a is not None else "Van der Eijk's A needs three categories.",
    )


def nominal_agreement(frequencies: Any) -> NominalAgreement:
    """Concentration on one of several unordered options; ``frequencies`` over all options, zeros included."""
    counts = frequencies_in(frequencies, "frequencies")
    refusal = _refusal(counts)
    if refusal:
        return NominalAgreement(n=total_of(counts), **refusal)
    shares = counts / counts.sum()
    bits, diversity = entropy(shares), max(0.0, 1 - float((shares**2).sum()))
    return NominalAgreement(
        modal_share=shares.max(),
        modes=tuple(np.flatnonzero(np.isclose(counts, counts.max(), rtol=1e-12, atol=0))),
        entropy_bits=bits,
        entropy_normalised=bits / np.log2(counts.size),
        gini_simpson=diversity,
        iqv=diversity * counts.size / (counts.size - 1),
        n=total_of(counts),
    )


def van_der_eijk(counts: Numbers) -> float:
    """Agreement A of three or more categories (van der Eijk 2001): the mean over the histogram's horizontal layers.

    A layer reaches from one height that occurs to the next; it is a pattern of filled and empty categories, and weighs as
    many answers as it holds.
    """
    heights = np.unique(counts[counts > 0])
    agreement, below = 0.0, 0.0
    for height in heights:
        filled = counts >= height
        agreement += (height - below) * int(filled.sum()) * _layer_agreement(filled)
        below = height
    return float(np.clip(agreement / counts.sum(), -1.0, 1.0))


def _layer_agreement(filled: np.ndarray[Any, np.dtype[np.bool_]]) -> float:
    """Unimodality of a pattern, less the more categories it covers.

    Unimodality weighs ordered triples of categories, adjacent or not: filled-filled-empty and empty-filled-filled speak for
    one peak, filled-empty-filled against. Each triple has exactly one empty category, so they are counted around those.
    """
    categories, size = filled.size, int(filled.sum())
    if size in {1, categories}:
        return 1.0 if size == 1 else 0.0
    before = np.cumsum(filled)[~filled]
    after = size - before
    unimodal = int((before * (before - 1) // 2 + after * (after - 1) // 2).sum())
    deviating = int((before * after).sum())
    balance = (categories - 2) * unimodal - (categories - 1) * deviating
    unimodality = balance / ((categories - 2) * (unimodal + deviating))
    return unimodality * (1 - (size - 1) / (categories - 1))


def consensus_measure(shares: Numbers) -> float:
    """Cns of Tastle & Wierman (2007): 1 when all answers are one category, 0 when they halve on both ends."""
    filled = shares > 0
    if filled.sum() == 1:
        return 1.0
    near = nearness_to_mean(shares)[filled]
    return float(np.clip(1 + (shares[filled] * np.log2(near)).sum(), 0.0, 1.0))


def nearness_to_mean(shares: Numbers) -> Numbers:
    """1 - distance from the mean over the scale's width, for every category along the last axis.

    Put together from what lies between category and mean on the far side: 1 - distance itself would be rounded to 0 for a
    category of minute weight opposite all others, and its logarithm would be infinite.
    """
    width = shares.shape[-1] - 1
    positions = np.arange(width + 1)
    above_low = (shares * positions).sum(axis=-1, keepdims=True)
    below_high = (shares * (width - positions)).sum(axis=-1, keepdims=True)
    room = np.where(positions >= above_low, width - positions + above_low, positions + below_high)
    return np.asarray(room / width)


def entropy(shares: Numbers) -> float:
    """Shannon's entropy in bits."""
    filled = shares[shares > 0]
    return abs(float((filled * np.log2(filled)).sum()))


def _leik(shares: Numbers) -> float:
    """Leik's D: the cumulative shares' distance from 0 or 1, whichever is nearer, as a share of its maximum."""
    cumulative = np.cumsum(shares)[:-1]
    return float(np.clip(2 * np.minimum(cumulative, 1 - cumulative).sum() / (shares.size - 1), 0.0, 1.0))


def _refusal(counts: Numbers) -> dict[str, Any]:
    if counts.sum() == 0:
        return {"status": Status.INSUFFICIENT_N, "reason": NO_ANSWER}
    return {"status": Status.NOT_APPLICABLE, "reason": ONE_CATEGORY} if counts.size == 1 else {}
