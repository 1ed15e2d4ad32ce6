"""The RAND/UCLA method for many histograms of nine points at once."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from analysis.statistics.answers import Array
from analysis.statistics.consensus.appropriateness import (
    APPROPRIATE_FROM,
    CLASSIC_PANELS,
    CORRECTION_FOR_ASYMMETRY,
    MIDDLE_OF_SCALE,
    RANGE_AT_PERFECT_SYMMETRY,
    UNCERTAIN_FROM,
)
from analysis.statistics.matrix.order import histogram_quantiles

POINTS = 9


class Appropriateness(NamedTuple):
    """As ``rand_appropriateness``; NaN, "" and None for an empty histogram. The classic fields hold True, False or None."""

    ipr: Array
    ipras: Array
    disagreement_index: Array
    classification: Array
    classic_disagreement: Array
    classic_agreement: Array


def histogram_rand(counts: Any, quantile_type: int = 7) -> Appropriateness:
    """``counts`` over nine points along the last axis."""
    table = np.asarray(counts, dtype=np.int64)
    if table.shape[-1] != POINTS:
        raise ValueError(f"counts must run over {POINTS} points, not {table.shape[-1]}")
    low, high = np.moveaxis(histogram_quantiles(table, [0.3, 0.7], quantile_type), -1, 0)
    medians = histogram_quantiles(table, 0.5)[..., 0]
    allowed = RANGE_AT_PERFECT_SYMMETRY + CORRECTION_FOR_ASYMMETRY * np.abs(MIDDLE_OF_SCALE - (low + high) / 2)
    disagreeing = np.round(high - low, 10) > np.round(allowed, 10)
    uncertain = disagreeing | ((medians >= UNCERTAIN_FROM) & (medians < APPROPRIATE_FROM))
    names = np.select([np.isnan(medians), uncertain, medians >= APPROPRIATE_FROM], ["", "uncertain", "appropriate"], "inappropriate")
    return Appropriateness(high - low, allowed, (high - low) / allowed, names, *_classic(table, medians))


def _classic(table: Array, medians: Array) -> tuple[Array, Array]:
    """Head counts in the thirds, in panels of 8 to 16."""
    n = table.sum(axis=-1)
    thirds = table.reshape(*table.shape[:-1], 3, 3).sum(axis=-1)
    needed = np.select([np.isin(n, list(sizes)) for sizes, _count in CLASSIC_PANELS], [count for _sizes, count in CLASSIC_PANELS], 0)
    own = np.searchsorted([UNCERTAIN_FROM, APPROPRIATE_FROM], np.nan_to_num(medians), side="right")
    outside = n - np.take_along_axis(thirds, own[..., None], axis=-1)[..., 0]
    apart = np.minimum(thirds[..., 0], thirds[..., 2]) >= needed
    ruled: Array = needed > 0
    return _or_none(apart, ruled), _or_none(outside < needed, ruled)


def _or_none(values: Array, defined: Array) -> Array:
    found = values.astype(object)
    found[~defined] = None
    return found
