"""The statistics of Delphi studies: numpy and scipy in, a frozen result out; usable without Django.

>>> from analysis.statistics import spread
>>> spread([4, 5, 5, 7, None]).median
5.0
"""

from analysis.statistics.agreement import (
    kendall_w,
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
from analysis.statistics.result import (
    Result,
    Status,
)
from analysis.statistics.stability import (
    change,
    kappa,
    scheibe_change,
)

__all__ = [
    "Result",
    "Status",
    "change",
    "kappa",
    "kendall_w",
    "median_interval",
    "nominal_agreement",
    "ordinal_agreement",
    "percent_agreement",
    "quantiles",
    "rand_appropriateness",
    "scheibe_change",
    "spread",
    "weighted_quantiles",
    "weighted_spread",
]
