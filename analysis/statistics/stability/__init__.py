"""Stability: whether answers stop moving from one round to the next, for each expert and for the group."""

from analysis.statistics.stability.change_table import kappa
from analysis.statistics.stability.histogram_change import scheibe_change
from analysis.statistics.stability.revision import change

__all__ = [
    "change",
    "kappa",
    "scheibe_change",
]
