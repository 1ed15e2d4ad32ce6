"""The statistics of Delphi studies: numpy and scipy in, a frozen result out; usable without Django.

>>> from analysis.statistics import spread
>>> spread([4, 5, 5, 7, None]).median
5.0
"""

from analysis.statistics.agreement import (
    fleiss_kappa,
    gwet_ac,
    intraclass_correlation,
    kendall_w,
    krippendorff_alpha,
    within_group_agreement,
)
from analysis.statistics.allocation import (
    allocation_summary,
)
from analysis.statistics.choices import (
    choices_summary,
)
from analysis.statistics.consensus import (
    comet_rule,
    content_validity,
    nominal_agreement,
    ordinal_agreement,
    percent_agreement,
    rand_appropriateness,
)
from analysis.statistics.convergence import (
    attrition_decomposition,
    movement_to_median,
    spread_change,
)
from analysis.statistics.dispersion import (
    median_interval,
    quantiles,
    spread,
    weighted_quantiles,
    weighted_spread,
)
from analysis.statistics.exact import (
    resampled_median,
    resampled_median_gap,
    resampled_quantile,
)
from analysis.statistics.gaps import (
    adjust_p_values,
    disagreement,
    disagreement_change,
    distribution_distance,
    equivalence,
    k_group_gap,
    nominal_gap,
    partial_pooling,
    permanova,
    proportion_gap,
    two_group_gap,
)
from analysis.statistics.polarization import (
    bimodality,
)
from analysis.statistics.pooling import (
    brier,
    cooke,
    cooke_robustness,
    interval_score,
    log_score,
    pinball,
    pool_probabilities,
    pool_quantiles,
    standardise_intervals,
)
from analysis.statistics.ranking import (
    bradley_terry,
    circular_triads,
    rank_aggregation,
)
from analysis.statistics.result import (
    Result,
    Status,
)
from analysis.statistics.roles import (
    matrix_correlation,
    role_expectations,
    social_relations,
)
from analysis.statistics.stability import (
    change,
    cochran_q,
    concordance,
    friedman,
    hierarchical_stopping,
    individual_stability,
    kappa,
    marginal_homogeneity,
    mcnemar,
    rank_correlation,
    scheibe_change,
    skillings_mack,
    wilcoxon_signed_rank,
)

__all__ = [
    "Result",
    "Status",
    "adjust_p_values",
    "allocation_summary",
    "attrition_decomposition",
    "bimodality",
    "bradley_terry",
    "brier",
    "change",
    "choices_summary",
    "circular_triads",
    "cochran_q",
    "comet_rule",
    "concordance",
    "content_validity",
    "cooke",
    "cooke_robustness",
    "disagreement",
    "disagreement_change",
    "distribution_distance",
    "equivalence",
    "fleiss_kappa",
    "friedman",
    "gwet_ac",
    "hierarchical_stopping",
    "individual_stability",
    "interval_score",
    "intraclass_correlation",
    "k_group_gap",
    "kappa",
    "kendall_w",
    "krippendorff_alpha",
    "log_score",
    "marginal_homogeneity",
    "matrix_correlation",
    "mcnemar",
    "median_interval",
    "movement_to_median",
    "nominal_agreement",
    "nominal_gap",
    "ordinal_agreement",
    "partial_pooling",
    "percent_agreement",
    "permanova",
    "pinball",
    "pool_probabilities",
    "pool_quantiles",
    "proportion_gap",
    "quantiles",
    "rand_appropriateness",
    "rank_aggregation",
    "rank_correlation",
    "resampled_median",
    "resampled_median_gap",
    "resampled_quantile",
    "role_expectations",
    "scheibe_change",
    "skillings_mack",
    "social_relations",
    "spread",
    "spread_change",
    "standardise_intervals",
    "two_group_gap",
    "weighted_quantiles",
    "weighted_spread",
    "wilcoxon_signed_rank",
    "within_group_agreement",
]
