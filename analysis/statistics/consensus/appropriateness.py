"""The RAND/UCLA appropriateness method: a nine-point scale, a median, and disagreement corrected for asymmetry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import Numbers, numbers, weights_for
from analysis.statistics.order_statistics import (
    median_of,
    quantile_type_in,
    quantile_values,
    weighted_quantile_values,
)
from analysis.statistics.result import Result, Status

SCALE = (1.0, 9.0)
MIDDLE_OF_SCALE = 5.0
RANGE_AT_PERFECT_SYMMETRY = 2.35
CORRECTION_FOR_ASYMMETRY = 1.5
UNCERTAIN_FROM = 3.5
APPROPRIATE_FROM = 6.5

CLASSIC_PANELS = ((range(8, 11), 3), (range(11, 14), 4), (range(14, 17), 5))
"""Panel sizes, and how many must rate in each outer third before the classic rule speaks of disagreement."""


@dataclass(frozen=True, kw_only=True)
class RandAppropriateness(Result):
    """``disagreement_index`` is ``ipr / ipras``: above 1 the panel disagrees."""

    median: float | None = None
    ipr: float | None = None
    ipras: float | None = None
    disagreement_index: float | None = None
    disagreement: bool | None = None
    classic_disagreement: bool | None = None
    classic_agreement: bool | None = None
    classification: str | None = None


def rand_appropriateness(ratings: Any, quantile_type: int = 7, weights: Any = None) -> RandAppropriateness:
    """Classification of one indication rated from 1 to 9 (Fitch et al. 2001, chapter 8).

    IPR is the 70th minus the 30th percentile. With ``weights`` (one per rating) the percentiles are weighted and the
    classic head counts are ``None``, as they are outside panels of 8 to 16.
    """
    everyone = numbers(ratings, "ratings", SCALE)
    chosen = quantile_type_in(quantile_type)
    weighing = None if weights is None else weights_for(weights, everyone)
    present = ~np.isnan(everyone)
    values, n_missing = everyone[present], int((~present).sum())
    if values.size == 0 or (weighing is not None and weighing[present].sum() == 0):
        return RandAppropriateness(n=values.size, n_missing=n_missing, status=Status.INSUFFICIENT_N, reason="There is no rating with weight.")
    if weighing is None:
        low, high = quantile_values(values, [0.3, 0.7], chosen)
        middle, classic = median_of(values), _classic(values)
    else:
        low, middle, high = weighted_quantile_values(values, weighing[present], [0.3, 0.5, 0.7])
        classic = (None, None)
    return _verdict(middle, low, high, classic, {"n": values.size, "n_missing": n_missing})


def _verdict(middle: float, low: float, high: float, classic: tuple[bool | None, bool | None], counts: dict[str, Any]) -> RandAppropriateness:
    asymmetry = abs(MIDDLE_OF_SCALE - (low + high) / 2)
    adjusted = RANGE_AT_PERFECT_SYMMETRY + CORRECTION_FOR_ASYMMETRY * asymmetry
    disagreement = round(high - low, 10) > round(adjusted, 10)
    return RandAppropriateness(
        median=middle,
        ipr=high - low,
        ipras=adjusted,
        disagreement_index=(high - low) / adjusted,
        disagreement=disagreement,
        classic_disagreement=classic[0],
        classic_agreement=classic[1],
        classification=_classify(middle, disagreement),
        reason="" if classic[0] is not None else "The classic rule is defined for unweighted panels of 8 to 16.",
        **counts,
    )


def _classify(middle: float, disagreement: bool) -> str:
    if disagreement or UNCERTAIN_FROM <= middle < APPROPRIATE_FROM:
        return "uncertain"
    return "appropriate" if middle >= APPROPRIATE_FROM else "inappropriate"


def _classic(values: Numbers) -> tuple[bool | None, bool | None]:
    """Disagreement and agreement by head count in the thirds 1-3, 4-6 and 7-9; both may be false."""
    needed = next((count for sizes, count in CLASSIC_PANELS if values.size in sizes), None)
    if needed is None:
        return None, None
    in_third = np.bincount(_third(values), minlength=3)
    outside = values.size - in_third[_third(np.array([median_of(values)]))[0]]
    return bool(min(in_third[0], in_third[2]) >= needed), bool(outside < needed)


def _third(values: Numbers) -> np.ndarray[Any, np.dtype[np.intp]]:
    return np.searchsorted([UNCERTAIN_FROM, APPROPRIATE_FROM], values, side="right")
