"""Pools of quantiles: the experts' distributions averaged (linear pool), and their quantiles averaged."""

from collections.abc import Iterator, Sequence
from typing import Any

from analysis import statistics
from analysis.published import PublishedItem
from analysis.tables.base import Values
from analysis.tables.pools.groups import pooled_groups

OVERSHOOT = 0.1
RANGE = "range of the group's answers (and the known answer), longer by a tenth at each end"
METHODS = {"linear_pool": RANGE, "quantile_average": ""}


def rows(item: PublishedItem) -> Iterator[Values]:
    codes = [component.code for component in item.components]
    levels, truth = [float(code) for code in codes], item.meta.get("truth")
    for group, named in pooled_groups(item):
        answers = item.matrix(group)
        found = statistics.pool_quantiles(levels, answers, bounds(answers, truth), item.components[0].weights(group))
        for method, parameter in METHODS.items():
            pooled, common = getattr(found, method), {**named, "method": method, "parameter": parameter}
            for code, level, value in zip(codes, levels, pooled, strict=True):
                yield {**common, "component": code, "probability": level, "figure": "pool", "value": value}
            yield from score(levels, pooled, truth, common)


def bounds(answers: Any, truth: float | None) -> tuple[float, float]:
    """Cooke's intrinsic range, within which distributions are completed. No pooled quantile leaves the range of the answers themselves."""
    known = [] if truth is None else [float(truth)]
    low, high = min([float(answers.min()), *known]), max([float(answers.max()), *known])
    return low - OVERSHOOT * (high - low), high + OVERSHOOT * (high - low)


def score(levels: Sequence[float], pooled: Sequence[float], truth: float | None, common: Values) -> Iterator[Values]:
    """How far the pool missed a known answer, in the item's unit."""
    if truth is not None:
        yield {**common, "component": "", "figure": "pinball", "value": statistics.pinball(levels, pooled, truth).score}
