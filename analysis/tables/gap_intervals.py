"""The intervals of gaps.csv that need resampling: of the difference of medians and of the earth mover's distance, for many pairs at once."""

from typing import Any

import numpy as np

from analysis.statistics.matrix import PairGaps, distance_limits, median_differences
from analysis.statistics.matrix.pair_distances import DRAWS
from analysis.statistics.sampling import DEFAULT_SEED
from analysis.tables.base import listed
from analysis.tables.measures.standing import LEAST_FOR_VERDICT

EXACT, DRAWN = "exact", "drawn"


def resampled_intervals(values: Any, counts: Any, gaps: PairGaps, span: float | None) -> dict[str, list[Any]]:
    """Columns with one value per pair; empty where a side has too few answers, and where neither varies, so that resampling could not move anything."""
    sizes, errors = gaps.means.n, gaps.means.squared_error
    told = np.minimum(sizes[gaps.first], sizes[gaps.second]) >= LEAST_FOR_VERDICT
    told &= ~(errors[gaps.first] + errors[gaps.second] == 0)
    if not told.any():
        return {}
    first, second = gaps.first[told], gaps.second[told]
    medians = median_differences(values, counts, first, second)
    distances = distance_limits(values, counts, first, second, gaps.distances.emd[told], span=span)
    found = {"difference_medians_low": medians.low, "difference_medians_high": medians.high, "emd_low": distances.low, "emd_high": distances.high}
    if span:
        found.update(emd_normalised_low=distances.low / span, emd_normalised_high=distances.high / span)
    words = {"difference_medians_method": DRAWN if medians.draws else EXACT, "draws": DRAWS, "seed": DEFAULT_SEED}
    return {
        **{name: listed(spread_out(column, told)) for name, column in found.items()},
        **{name: [word if is_told else None for is_told in told] for name, word in words.items()},
    }


def spread_out(column: Any, told: Any) -> Any:
    """NaN where nothing is told."""
    found = np.full(told.shape, np.nan)
    found[told] = column
    return found
