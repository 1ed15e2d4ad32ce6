"""Whole rounds at once: experts x items x groups counted in one pass, and every statistic from the counts.

The values are those of the one-item functions. Results are arrays; NaN in them stands for ``None``.
"""

from analysis.statistics.matrix.appropriateness import histogram_rand
from analysis.statistics.matrix.codes import coded_answers
from analysis.statistics.matrix.concentration import (
    band_shares,
    histogram_cns,
    histogram_entropy_bits,
    histogram_gini_simpson,
    histogram_leik_d,
    histogram_modal_share,
    histogram_moments,
    histogram_scheibe_percent,
    histogram_van_der_eijk,
)
from analysis.statistics.matrix.concordance import kendall_w_by_group
from analysis.statistics.matrix.deviations import histogram_deviations, histogram_shape, mean_distance
from analysis.statistics.matrix.histograms import change_tables, difference_histograms, group_histograms
from analysis.statistics.matrix.median_gaps import median_gap_intervals, median_laws
from analysis.statistics.matrix.order import histogram_quantiles, weighted_histogram_quantiles
from analysis.statistics.matrix.pair_distances import distance_limits
from analysis.statistics.matrix.pair_gaps import PairGaps, pair_gaps
from analysis.statistics.matrix.pair_medians import median_differences
from analysis.statistics.matrix.pair_shares import nominal_pairs, share_pairs
from analysis.statistics.matrix.paired_figures import paired_figures, table_figures
from analysis.statistics.matrix.paired_moves import move_figures, signed_ranks
from analysis.statistics.matrix.pairs import ValueHistograms, value_histograms
from analysis.statistics.matrix.proportions import content_validities, wilson_intervals
from analysis.statistics.matrix.rank_tests import histogram_mann_whitney_p
from analysis.statistics.matrix.resampled import (
    histogram_median_intervals,
    resampled_median_intervals,
    resampled_spread,
    resampled_van_der_eijk,
)

__all__ = [
    "PairGaps",
    "ValueHistograms",
    "band_shares",
    "change_tables",
    "coded_answers",
    "content_validities",
    "distance_limits",
    "difference_histograms",
    "group_histograms",
    "histogram_cns",
    "histogram_deviations",
    "histogram_entropy_bits",
    "histogram_gini_simpson",
    "histogram_leik_d",
    "histogram_mann_whitney_p",
    "histogram_median_intervals",
    "histogram_modal_share",
    "histogram_moments",
    "histogram_quantiles",
    "histogram_rand",
    "histogram_scheibe_percent",
    "histogram_shape",
    "histogram_van_der_eijk",
    "kendall_w_by_group",
    "mean_distance",
    "median_differences",
    "median_gap_intervals",
    "median_laws",
    "move_figures",
    "nominal_pairs",
    "pair_gaps",
    "paired_figures",
    "resampled_median_intervals",
    "resampled_spread",
    "resampled_van_der_eijk",
    "share_pairs",
    "signed_ranks",
    "value_histograms",
    "table_figures",
    "weighted_histogram_quantiles",
    "wilson_intervals",
]
