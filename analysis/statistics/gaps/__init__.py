"""Gaps between groups of experts, such as allies: how far apart, how surely, and over how many comparisons."""

from analysis.statistics.gaps.disagreement import disagreement, disagreement_change
from analysis.statistics.gaps.distance import distribution_distance
from analysis.statistics.gaps.equivalence_test import equivalence
from analysis.statistics.gaps.many_groups import k_group_gap
from analysis.statistics.gaps.multiplicity import adjust_p_values
from analysis.statistics.gaps.nominal import nominal_gap
from analysis.statistics.gaps.permutational import permanova
from analysis.statistics.gaps.pooled_estimates import partial_pooling
from analysis.statistics.gaps.proportions import proportion_gap
from analysis.statistics.gaps.two_groups import two_group_gap

__all__ = [
    "adjust_p_values",
    "disagreement",
    "disagreement_change",
    "distribution_distance",
    "equivalence",
    "k_group_gap",
    "nominal_gap",
    "partial_pooling",
    "permanova",
    "proportion_gap",
    "two_group_gap",
]
