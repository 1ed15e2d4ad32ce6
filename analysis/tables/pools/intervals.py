"""Intervals of the IDEA protocol: brought to a common confidence, then averaged with equal weights (Hemming et al. 2018)."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from analysis import statistics
from analysis.disclosure import Group
from analysis.published import PublishedItem
from analysis.tables.base import Values
from analysis.tables.pools.groups import pooled_groups

TARGET = 80
PARAMETER = f"intervals standardised to {TARGET} %"
BOUNDS = ("lower", "best", "upper")


def rows(item: PublishedItem) -> Iterator[Values]:
    for group, named in pooled_groups(item):
        means = np.average(standardised(item, group), axis=0, weights=item.components[0].weights(group))
        common = {**named, "method": "idea_mean", "parameter": PARAMETER}
        for code, value in zip(BOUNDS, means, strict=True):
            yield {**common, "component": code, "figure": "pool", "value": value}
        if item.meta.get("truth") is not None:
            found = statistics.interval_score(means[0], means[2], item.meta["truth"], TARGET / 100)
            yield {**common, "component": "", "figure": "interval_score", "value": found.score}


def standardised(item: PublishedItem, group: Group) -> Any:
    """Experts x (lower, best, upper). Limits that standardising carries beyond what can be answered are cut there."""
    lower, best, upper, confidence = item.matrix(group).T
    found: Any = statistics.standardise_intervals(lower, best, upper, confidence, TARGET)
    table = np.column_stack([found.lower, best, found.upper])
    return np.clip(table, item.components[0].minimum, item.components[0].maximum) if has_limits(item) else table


def has_limits(item: PublishedItem) -> bool:
    return item.components[0].minimum is not None or item.components[0].maximum is not None
