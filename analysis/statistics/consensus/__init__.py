"""Consensus: whether the answers of one round meet a rule fixed beforehand, and how concentrated they are."""

from analysis.statistics.consensus.appropriateness import rand_appropriateness
from analysis.statistics.consensus.comet import comet_rule
from analysis.statistics.consensus.content_validity import content_validity
from analysis.statistics.consensus.distribution import nominal_agreement, ordinal_agreement
from analysis.statistics.consensus.proportion import percent_agreement

__all__ = [
    "comet_rule",
    "content_validity",
    "nominal_agreement",
    "ordinal_agreement",
    "percent_agreement",
    "rand_appropriateness",
]
