"""The figures of one component for one group of experts: one round's, and those over pairs of two rounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from analysis import statistics
from analysis.rules import Facts, judge_consensus
from analysis.statistics.moments import standard_deviation
from analysis.statistics.order_statistics import positions
from analysis.statistics.result import finite

BINS = 10
Figures = dict[str, Any]


@dataclass(frozen=True)
class Selection:
    """The answers of a group: `values` of those who gave one, their weights (None: each counts once)."""

    values: Any
    weights: Any


def histogram_of(component: Mapping[str, Any], values: Any, weights: Any = None) -> list[float] | None:
    """Counts (or sums of weights) over the component's full scale, options, or ten equal bins; None where no bins are defined.

    Bins run from minimum to maximum, the right end in the last one.
    """
    found = places_of(component, values)
    if found is None:
        return None
    places, size = found
    counts = np.bincount(places, weights=weights, minlength=size)
    return [float(count) for count in counts] if weights is not None else [int(count) for count in counts]


def places_of(component: Mapping[str, Any], values: Any) -> tuple[Any, int] | None:
    """Each value's place among the component's categories or bins, and how many of these there are."""
    if component["categories"]:
        first = 1 if component["level"] in ("ordinal", "rank") else 0
        return values.astype(np.int64) - first, len(component["categories"])
    low, high = component["minimum"], component["maximum"]
    if low is None or high is None:
        return None
    # Rounding first: 0.3 of a 0-to-1 range must not fall below its bin's edge by a floating-point hair.
    return np.minimum(np.floor(np.round((values - low) * BINS / (high - low), 9)).astype(np.int64), BINS - 1), BINS


def round_figures(component: Mapping[str, Any], chosen: Selection, rule: Mapping[str, Any] | None, quantile_type: int) -> Figures:
    """Location, spread, histogram, modal value and consensus of one round. Figures without meaning at this level are None."""
    level, values, weights = component["level"], chosen.values, chosen.weights
    found: Figures = dict.fromkeys(("median", "q1", "q3", "iqr", "mean", "sd"))
    if level != "nominal" and len(values):
        found.update(_weighted_spread(values, weights) if weights is not None else _spread(values, quantile_type))
    histogram = histogram_of(component, values, weights)
    found["histogram"] = histogram
    found.update(_modal(component, histogram))
    facts = Facts(level, len(component["categories"]), histogram, found["median"], found["iqr"], found["sd"], values, weights, quantile_type)
    judged = judge_consensus(rule, facts)
    found.update(consensus=judged.verdict, rule_value=judged.value, band_share=judged.band_share)
    return found


def _spread(values: Any, quantile_type: int) -> Figures:
    """As `statistics.spread` has them, but nothing that no row shows: there are tens of thousands of rows, each sorted once."""
    ordered = np.sort(values)
    lower, upper, share = _places_of_quartiles(len(ordered), quantile_type)
    q1, median, q3 = (ordered[lower] + share * (ordered[upper] - ordered[lower])).tolist()
    found = {"median": median, "q1": q1, "q3": q3, "iqr": q3 - q1, "mean": float(values.mean()), "sd": standard_deviation(values)}
    return {name: finite(value) for name, value in found.items()}


def _weighted_spread(values: Any, weights: Any) -> Figures:
    found = statistics.weighted_spread(values, weights)
    return {name: getattr(found, name) for name in ("median", "q1", "q3", "iqr", "mean", "sd")}


@lru_cache(maxsize=4096)
def _places_of_quartiles(n: int, quantile_type: int) -> tuple[Any, Any, Any]:
    """Between which two of n sorted answers the quartiles and the median lie, and how far. The median is the ordinary one."""
    (first, median, third), shares = zip(*(positions(n, np.array([level]), kind) for level, kind in
                                           ((0.25, quantile_type), (0.5, 7), (0.75, quantile_type))), strict=True)
    below = np.concatenate([first, median, third])
    return np.clip(below - 1, 0, n - 1), np.clip(below, 0, n - 1), np.concatenate(shares)


def _modal(component: Mapping[str, Any], histogram: list[float] | None) -> Figures:
    """The commonest category (all of them, joined by |, when several are) and its share; for levels with categories."""
    if not component["categories"] or not histogram or not sum(histogram):
        return {"modal": None, "modal_share": None}
    most = max(histogram)
    modes = [category for category, count in zip(component["categories"], histogram, strict=True) if abs(count - most) < 1e-12]
    return {"modal": "|".join(modes), "modal_share": most / sum(histogram)}


def pair_figures(component: Mapping[str, Any], before: Any, after: Any, weights: Any) -> Figures:
    """Figures over experts who answered in both rounds: n_pairs, percent_changed, weighted kappa (ordinal scales only)."""
    n_pairs = len(before)
    if n_pairs == 0:
        return {"n_pairs": 0, "percent_changed": None, "weighted_kappa": None}
    changed = (np.round(before, 9) != np.round(after, 9)).astype(float)
    percent = 100.0 * float(np.average(changed, weights=weights))
    return {"n_pairs": n_pairs, "percent_changed": percent, "weighted_kappa": _weighted_kappa(component, before, after, weights)}


def _weighted_kappa(component: Mapping[str, Any], before: Any, after: Any, weights: Any) -> float | None:
    """Quadratic weights over the full scale."""
    if component["level"] != "ordinal":
        return None
    size = len(component["categories"])
    cells = (before.astype(np.int64) - 1) * size + after.astype(np.int64) - 1
    table = np.bincount(cells, weights=weights, minlength=size * size).reshape(size, size)
    return statistics.kappa(table, weights="quadratic").kappa


def change_of_spread(before: Mapping[str, Any], after: Mapping[str, Any]) -> Figures:
    """Change of IQR and SD, and Scheibe's percentage, from the published figures of two rounds over all answers of each."""
    found: Figures = {}
    for name in ("iqr", "sd"):
        defined = before.get(name) is not None and after.get(name) is not None
        found[f"{name}_change"] = after[name] - before[name] if defined else None
    first, second = before.get("histogram"), after.get("histogram")
    comparable = first and second and len(first) == len(second) and sum(first) > 0 and sum(second) > 0
    found["scheibe"] = statistics.scheibe_change(first, second).percent if comparable else None
    return found
