"""Ranking: one order out of many rankings or pairwise comparisons."""

from analysis.statistics.ranking.aggregation import rank_aggregation
from analysis.statistics.ranking.paired_comparisons import bradley_terry, circular_triads

__all__ = [
    "bradley_terry",
    "circular_triads",
    "rank_aggregation",
]
