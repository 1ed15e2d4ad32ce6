"""The statistics of Delphi studies: numpy and scipy in, a frozen result out; usable without Django.

>>> from analysis.statistics import spread
>>> spread([4, 5, 5, 7, None]).median
5.0
"""

from analysis.statistics.agreement import (
    kendall_w,
)
from analysis.statistics.allocation import (
    allocation_summary,
)
from analysis.statistics.choices import (
    choices_summary,
)
from analysis.statistics.consensus import (
    nominal_agreement,
    ordinal_agreement,
    percent_agreement,
    rand_appropriateness,
)
from analysis.statistics.dispersion import (
    median_interval,
    quantiles,
    spread,
    weighted_quantiles,
    weighted_spread,
)
from analysis.statistics.gaps import (
    adjust_p_values,
    distribution_distance,
    equivalence,
    k_group_gap,
    nominal_gap,
    partial_pooling,
    permanova,
    proportion_gap,
    two_group_gap,
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
    kappa,
    scheibe_change,
)

__all__ = [
    "Result",
    "Status",
    "adjust_p_values",
    "allocation_summary",
    "bradley_terry",
    "change",
    "choices_summary",
    "circular_triads",
    "distribution_distance",
    "equivalence",
    "k_group_gap",
    "kappa",
    "kendall_w",
    "matrix_correlation",
    "median_interval",
    "nominal_agreement",
    "nominal_gap",
    "ordinal_agreement",
    "partial_pooling",
    "percent_agreement",
    "permanova",
    "proportion_gap",
    "quantiles",
    "rand_appropriateness",
    "rank_aggregation",
    "role_expectations",
    "scheibe_change",
    "social_relations",
    "spread",
    "two_group_gap",
    "weighted_quantiles",
    "weighted_spread",
]
