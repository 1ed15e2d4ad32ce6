"""Agreement: how alike the experts answer over several items of one round."""

from analysis.statistics.agreement.kendall import kendall_w

__all__ = [
    "kendall_w",
]
