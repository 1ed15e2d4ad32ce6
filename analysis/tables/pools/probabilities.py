"""Pools of one event's probability, side by side."""

from collections.abc import Iterator

from analysis import statistics
from analysis.published import PublishedItem
from analysis.tables.base import Values
from analysis.tables.pools.groups import pooled_groups

EXTREMIZING = 1.5
METHODS = ("linear", "median", "trimmed", "geometric_mean_of_odds", "logarithmic", "probit", "extremized", "neyman_roughgarden")
SCORES = {"brier": statistics.brier, "log_score": statistics.log_score}
OUTCOMES = {0.0: 0, 1.0: 1, 100.0: 1}
"""What a known answer says of an event. Probabilities are 0 to 100, but who writes 1 means that it happened."""


def rows(item: PublishedItem) -> Iterator[Values]:
    [component] = item.components
    for group, named in pooled_groups(item):
        found = statistics.pool_probabilities(component.answers(group) / 100, component.weights(group), EXTREMIZING)
        parameters = {
            "trimmed": "a tenth cut at each end", "extremized": f"a = {EXTREMIZING:g}",
            "neyman_roughgarden": f"d = {found.neyman_roughgarden_factor:.6g}",
        }
        for method in METHODS:
            pooled = getattr(found, method)
            common = {**named, "component": component.code, "method": method, "parameter": parameters.get(method, "")}
            yield {**common, "figure": "pool", "value": 100 * pooled}
            yield from scores(item, pooled, common)


def scores(item: PublishedItem, pooled: float, common: Values) -> Iterator[Values]:
    """Of an event that is known to have happened, or not."""
    truth = item.meta.get("truth")
    outcome = None if truth is None else OUTCOMES.get(float(truth))
    if outcome is None:
        return
    for name, score in SCORES.items():
        found = score(pooled, outcome)
        yield {**common, "figure": name, "value": found.score, "status": str(found.status), "reason": found.reason}
