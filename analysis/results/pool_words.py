"""Pools by name, what each is, and what Cooke's model says of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analysis.results.pools import SCORES, WEIGHTINGS, PoolsOfRound
from analysis.results.value_words import in_figures
from analysis.stored_tables import Values

METHODS: dict[str, str | Promise] = {
    "linear": gettext_lazy("Mean of the probabilities"),
    "median": gettext_lazy("Median"),
    "trimmed": gettext_lazy("Trimmed mean"),
    "geometric_mean_of_odds": gettext_lazy("Geometric mean of the odds"),
    "logarithmic": gettext_lazy("Logarithmic pool"),
    "probit": gettext_lazy("Probit mean"),
    "extremized": gettext_lazy("Extremized pool"),
    "neyman_roughgarden": gettext_lazy("Extremized mean (Neyman and Roughgarden)"),
    "linear_pool": gettext_lazy("Mean of the distributions"),
    "quantile_average": gettext_lazy("Mean of the quantiles"),
    "idea_mean": gettext_lazy("Mean of the intervals, brought to 80 %"),
}
COOKE: dict[str, str | Promise] = {
    "equal": gettext_lazy("Cooke’s model: every expert with equal weight"),
    "performance": gettext_lazy("Cooke’s model: weights earned on known answers"),
}
HEADS: dict[str, str | Promise] = {"equal": gettext_lazy("Equal weights"), "performance": gettext_lazy("Earned weights")}
FIGURES: dict[str, str | Promise] = {
    "calibration": gettext_lazy("Calibration"),
    "information_seeds": gettext_lazy("Information, on known answers"),
    "information": gettext_lazy("Information, on all questions"),
    "combined": gettext_lazy("Combined score"),
    "brier": gettext_lazy("Brier score"),
    "log_score": gettext_lazy("Logarithmic score"),
    "pinball": gettext_lazy("Pinball loss"),
    "interval_score": gettext_lazy("Interval score"),
}
MEANINGS: tuple[str | Promise, ...] = (
    gettext_lazy("Calibration: 0 to 1, how well the known answers fall where the pool says they would. Information: how narrow the pool is. "
                 "Combined: both multiplied; more is better."),
    gettext_lazy("Nothing is told of a single expert."),
)


def method_in_words(row: Values) -> str:
    if row["method"] == "cooke":
        return str(COOKE.get(row["weighting"], row["weighting"]))
    return str(METHODS.get(row["method"], row["method"]))


def cooke_in_words(pools: PoolsOfRound) -> dict[str, Any] | None:
    """The scores of both ways to weigh, side by side; None where no seed was asked."""
    rows = pools.cooke_scores()
    if not rows:
        return None
    by_figure = {(row["figure"], row["weighting"]): row for row in rows}
    lines = [{"name": str(FIGURES[figure]), "cells": [score_cell(by_figure.get((figure, weighting))) for weighting in WEIGHTINGS]}
             for figure in SCORES if any((figure, weighting) in by_figure for weighting in WEIGHTINGS)]
    return {"heads": [HEADS[weighting] for weighting in WEIGHTINGS], "lines": lines, "cautions": cautions(rows), "meanings": MEANINGS,
            "seeds": list(_without_seeds(pools.without_each_seed()))}


def score_cell(row: Values | None) -> dict[str, Any]:
    if row is None:
        return {"text": "–"}
    return {"text": "–" if row["value"] is None else in_score(row["value"]), "is_protected": row["reason"] == "protected"}


def in_score(value: float) -> str:
    """Calibrations are often very small."""
    return in_figures(value) if abs(value) >= 0.1 or value == 0 else f"{value:.2g}"


def cautions(rows: Sequence[Values]) -> list[str]:
    reasons = " ".join(str(row["reason"] or "") for row in rows)
    found = []
    if any(row["status"] == "insufficient_n" for row in rows):
        found.append(_("No expert answered every question with a known answer."))
    if "left out" in reasons:
        found.append(_("Experts who did not answer every question with a known answer are left out."))
    if "fewer than" in reasons:
        found.append(_("Fewer than ten known answers are too few for a verdict."))
    return found


def _without_seeds(rows: Sequence[Values]) -> list[Mapping[str, Any]]:
    """Without each seed in turn: the combined score."""
    combined = [row for row in rows if row["figure"] == "combined"]
    seeds = list(dict.fromkeys(row["about_item"] for row in combined))
    by = {(row["about_item"], row["weighting"]): row for row in combined}
    return [{"name": seed, "cells": [score_cell(by.get((seed, weighting))) for weighting in WEIGHTINGS]} for seed in seeds]


def scores_in_words(rows: Sequence[Values]) -> list[dict[str, Any]]:
    """How far each pool missed a known answer."""
    return [{"name": method_in_words(row), "figure": str(FIGURES.get(row["figure"], row["figure"])), "cell": score_cell(row)} for row in rows]
