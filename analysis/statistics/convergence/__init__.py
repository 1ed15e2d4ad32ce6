"""Convergence: whether the spread of answers shrinks between rounds, and why."""

from analysis.statistics.convergence.attrition import attrition_decomposition
from analysis.statistics.convergence.movement import movement_to_median
from analysis.statistics.convergence.spread_change import spread_change

__all__ = [
    "attrition_decomposition",
    "movement_to_median",
    "spread_change",
]
