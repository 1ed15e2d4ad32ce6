"""The study's consensus rules over many simulated panels at once: the values and verdicts of analysis/rules.py, from histograms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from analysis.planning.study_shapes import AnswerShape
from analysis.rules import ORDERED
from analysis.statistics.answers import Array, Numbers
from analysis.statistics.consensus.appropriateness import (
    CORRECTION_FOR_ASYMMETRY,
    MIDDLE_OF_SCALE,
    RANGE_AT_PERFECT_SYMMETRY,
)
from analysis.statistics.matrix import histogram_modal_share, histogram_moments, histogram_quantiles, histogram_van_der_eijk

DECIMALS = 9  # to which a rule compares
RAND_POINTS = 9
ORDINARY_MEDIAN = 7  # the type whose middle is the median as everybody knows it, whatever type the study's quartiles have


def rule_values(shape: AnswerShape, counts: Array, quantile_type: int) -> Numbers:
    """What the shape's rule compares, for counts of shape panels × values; NaN where it is not defined."""
    if shape.rule is None:
        return np.full(counts.shape[:-1], np.nan)
    return VALUES[shape.rule["rule"]](shape, counts, quantile_type)


def is_reached(rule: Mapping[str, Any], values: Numbers) -> Array:
    """Does each value meet the rule? One that is not defined does not."""
    numbers = np.round(values, DECIMALS)
    if rule["rule"] == "rand":
        return numbers <= 1
    if "at_least" in rule:
        return numbers >= round(float(rule["at_least"]), DECIMALS)
    if "at_most" in rule:
        return numbers <= round(float(rule["at_most"]), DECIMALS)
    return numbers < round(float(rule["below"]), DECIMALS)


def _undefined(counts: Array) -> Numbers:
    return np.full(counts.shape[:-1], np.nan)


def _shares(counts: Array) -> Numbers:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(counts / counts.sum(axis=-1, keepdims=True))


def _percent_agreement(shape: AnswerShape, counts: Array, quantile_type: int) -> Numbers:
    if shape.level == "binary":
        return histogram_modal_share(counts)
    band = (shape.rule or {}).get("band")
    if shape.level != "ordinal" or not band:
        return _undefined(counts)
    shares = _shares(counts)
    if band == "either_end":
        return np.maximum(shares[..., -2:].sum(axis=-1), shares[..., :2].sum(axis=-1))
    if isinstance(band, str):
        return np.asarray((shares[..., -2:] if band == "top_two" else shares[..., :2]).sum(axis=-1))
    return np.asarray(shares[..., band[0] - 1 : band[1]].sum(axis=-1))


def _modal_share(shape: AnswerShape, counts: Array, quantile_type: int) -> Numbers:
    return histogram_modal_share(counts) if shape.level in ("nominal", "ordinal", "binary") else _undefined(counts)


def _quantiles(shape: AnswerShape, counts: Array, probabilities: list[float], quantile_type: int) -> Numbers:
    """In the answers' unit: values stand equally far apart, so that what lies between two of them does too."""
    return np.asarray(shape.low + shape.step * (histogram_quantiles(counts, probabilities, quantile_type) - 1))


def _iqr(shape: AnswerShape, counts: Array, quantile_type: int) -> Numbers:
    if shape.level not in ORDERED:
        return _undefined(counts)
    quartiles = _quantiles(shape, counts, [0.25, 0.75], quantile_type)
    return np.asarray(quartiles[..., 1] - quartiles[..., 0])


def _relative_iqr(shape: AnswerShape, counts: Array, quantile_type: int) -> Numbers:
    if shape.level not in ORDERED:
        return _undefined(counts)
    median = _quantiles(shape, counts, [0.5], ORDINARY_MEDIAN)[..., 0]
    return _iqr(shape, counts, quantile_type) / np.where(median == 0, np.nan, np.abs(median))


def _sd(shape: AnswerShape, counts: Array, quantile_type: int) -> Numbers:
    return np.asarray(shape.step * histogram_moments(counts).sd) if shape.level in ORDERED else _undefined(counts)


def _rand(shape: AnswerShape, counts: Array, quantile_type: int) -> Numbers:
    if shape.level != "ordinal" or shape.size != RAND_POINTS:
        return _undefined(counts)
    low, high = np.moveaxis(_quantiles(shape, counts, [0.3, 0.7], quantile_type), -1, 0)
    asymmetry = np.abs(MIDDLE_OF_SCALE - (low + high) / 2)
    return np.asarray((high - low) / (RANGE_AT_PERFECT_SYMMETRY + CORRECTION_FOR_ASYMMETRY * asymmetry))


def _van_der_eijk(shape: AnswerShape, counts: Array, quantile_type: int) -> Numbers:
    return histogram_van_der_eijk(counts) if shape.level == "ordinal" and shape.size >= 3 else _undefined(counts)


VALUES: Mapping[str, Callable[[AnswerShape, Array, int], Numbers]] = {
    "percent_agreement": _percent_agreement, "modal_share": _modal_share, "iqr": _iqr, "sd": _sd,
    "relative_iqr": _relative_iqr, "rand": _rand, "van_der_eijk": _van_der_eijk,
}
