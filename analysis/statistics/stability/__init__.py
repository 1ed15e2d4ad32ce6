"""Stability: whether answers stop moving from one round to the next, for each expert and for the group."""

from analysis.statistics.stability.association import concordance, rank_correlation
from analysis.statistics.stability.change_table import kappa
from analysis.statistics.stability.hierarchical import hierarchical_stopping
from analysis.statistics.stability.histogram_change import scheibe_change
from analysis.statistics.stability.homogeneity import marginal_homogeneity, mcnemar
from analysis.statistics.stability.individual import individual_stability
from analysis.statistics.stability.revision import change
from analysis.statistics.stability.several_rounds import cochran_q, friedman, skillings_mack
from analysis.statistics.stability.signed_rank import wilcoxon_signed_rank

__all__ = [
    "change",
    "cochran_q",
    "concordance",
    "friedman",
    "hierarchical_stopping",
    "individual_stability",
    "kappa",
    "marginal_homogeneity",
    "mcnemar",
    "rank_correlation",
    "scheibe_change",
    "skillings_mack",
    "wilcoxon_signed_rank",
]
