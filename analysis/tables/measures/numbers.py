"""Numbers, probabilities and points: a group's figures from its answers."""

from typing import Any

import numpy as np

from analysis import statistics
from analysis.disclosure import Group
from analysis.published import PublishedComponent
from analysis.statistics import matrix
from analysis.statistics.moments import trimmed_mean
from analysis.tables.base import Values
from analysis.tables.measures.standing import LEAST_FOR_RESAMPLING


def figures(component: PublishedComponent, group: Group, quantile_type: int) -> Values:
    answers, row = component.answers(group), component.figures(group)
    if not len(answers):
        return {}
    if group.kind == "equal_weight":
        away = np.average(np.abs(answers - row["median"]), weights=component.weights(group))
        cv = row["sd"] / abs(row["mean"]) if row["sd"] is not None and row["mean"] else None
        return {"mean_abs_dev_median": away, "cv": cv}
    spread, shape = statistics.spread(answers, quantile_type), statistics.bimodality(answers)
    return {
        "mean_abs_dev_median": spread.mean_abs_dev_median, "median_abs_dev": spread.median_abs_dev, "cv": spread.cv,
        "gini_mean_difference": spread.gini_mean_difference, "trimmed_mean": trimmed_mean(answers), "skewness": shape.skewness,
        "excess_kurtosis": shape.excess_kurtosis, "bimodality": shape.coefficient, **intervals(answers, quantile_type),
    }


def intervals(answers: Any, quantile_type: int) -> Values:
    ordered = statistics.median_interval(answers)
    found: Values = {"median_low": ordered.low, "median_high": ordered.high, "median_coverage": ordered.coverage}
    if len(answers) >= LEAST_FOR_RESAMPLING:
        drawn = matrix.resampled_spread(answers, quantile_type)
        found["median_bootstrap_low"], found["median_bootstrap_high"] = drawn.median
        found["iqr_bootstrap_low"], found["iqr_bootstrap_high"] = drawn.iqr
    return found
