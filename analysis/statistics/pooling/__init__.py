"""Pooling: many experts' probabilities, intervals and quantiles as one, scored once the outcome is known."""

from analysis.statistics.pooling.classical_model import cooke
from analysis.statistics.pooling.intervals import standardise_intervals
from analysis.statistics.pooling.probabilities import pool_probabilities
from analysis.statistics.pooling.quantile_pools import pool_quantiles
from analysis.statistics.pooling.robustness import cooke_robustness
from analysis.statistics.pooling.scores import brier, interval_score, log_score, pinball

__all__ = [
    "brier",
    "cooke",
    "cooke_robustness",
    "interval_score",
    "log_score",
    "pinball",
    "pool_probabilities",
    "pool_quantiles",
    "standardise_intervals",
]
