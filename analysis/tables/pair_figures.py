"""The figures of convergence.csv over the experts of a group who answered twice, by measurement level."""

from typing import Any

import numpy as np

from analysis import statistics
from analysis.disclosure import Group
from analysis.published import PublishedComponent, PublishedItem
from analysis.statistics.matrix import paired_figures
from analysis.statistics.matrix.paired_figures import PairedFigures
from analysis.tables.base import Values
from analysis.tables.changes import change_table

STEPS = frozenset({"ordinal", "rank"})
NUMBERS = frozenset({"interval", "probability", "share"})
DECIMALS = 9


def figures_over_pairs(item: PublishedItem, component: PublishedComponent, group: Group) -> Values:
    """For fine groups only (the seam refuses others)."""
    before, after = component.paired(group)
    found: Values = {
        "movers_without_reason_share": movers_without_reason(item, component, group, before, after),
        **change_of_categories(component, before, after),
    }
    if component.level in STEPS | NUMBERS:
        return {**found, **ordered_figures(component, group, before, after)}
    changed = statistics.change(before, after)
    mean = changed.mean_change if component.level == "binary" else None
    return {**found, "mean_change": mean, "status": str(changed.status), "reason": changed.reason}


def change_of_categories(component: PublishedComponent, before: Any, after: Any) -> Values:
    if not component.categories:
        return {}
    table = change_table(component, before, after)
    found: Values = {"kappa": statistics.kappa(table).kappa}
    if component.level in STEPS:
        found["weighted_kappa"] = statistics.kappa(table, weights="quadratic").kappa
    if component.level == "nominal":
        found["p_homogeneity"] = statistics.marginal_homogeneity(table).stuart_maxwell_p
    if component.level == "binary":
        found["p_mcnemar"] = statistics.mcnemar(table).p_exact
    return found


def ordered_figures(component: PublishedComponent, group: Group, before: Any, after: Any) -> Values:
    """The leavers' earlier answers stand in the median of the others, and in no pair."""
    gone = component.leavers(group)
    median = shown_median(component)
    first, second = np.concatenate((before, gone)), np.concatenate((after, np.full(len(gone), np.nan)))
    figures = paired_figures(first, second, shown=median)
    reason = figures.spread.reason or figures.rank_correlation.reason
    return {
        **shift(component, figures), **spread(figures), **movement(figures, median), **agreement_of_numbers(component, before, after),
        "status": str(figures.spread.status), "reason": reason,
    }


def shown_median(component: PublishedComponent) -> float | None:
    there = component.previous
    everybody = there.group("all", "all") if there is not None else None
    return None if there is None or everybody is None else there.figures(everybody)["median"]


def shift(component: PublishedComponent, figures: PairedFigures) -> Values:
    ranks = figures.signed_rank
    return {
        "mean_change": figures.change.mean_change,
        "percent_within_one": figures.change.percent_within_one if component.level in STEPS else None,
        "p_wilcoxon": ranks.p_value, "hodges_lehmann": ranks.hodges_lehmann, "rank_biserial": ranks.rank_biserial,
        "spearman": figures.rank_correlation.spearman,
    }


def spread(figures: PairedFigures) -> Values:
    found = figures.spread
    swapped = {} if not found.permutations else {
        "permutation_method": "exact" if found.enumerated else "drawn", "permutations": found.permutations, "seed": found.seed,
    }
    return {
        "sd_ratio": found.sd_ratio, "iqr_ratio": found.iqr_ratio, "mean_abs_dev_ratio": found.mean_abs_dev_ratio,
        "p_pitman_morgan": found.pitman_morgan_p, "p_bonett_seier": found.bonett_seier_p,
        "p_sd": found.p_log_sd_ratio, "p_iqr": found.p_iqr, "p_mean_abs_dev": found.p_mean_abs_dev, **swapped,
    }


def movement(figures: PairedFigures, median: float | None) -> Values:
    """Without a published median of everybody nobody was shown one."""
    found: Values = {"shown_median": median, "slope_others": figures.toward_others.slope}
    if median is None:
        return found
    toward = figures.toward_shown
    moves = {name: getattr(toward, name) for name in ("n_toward", "n_away", "n_unmoved", "n_at_median")}
    return {**found, "slope_shown": toward.slope, "p_slope_shown": toward.p_value, **moves}


def agreement_of_numbers(component: PublishedComponent, before: Any, after: Any) -> Values:
    if component.level not in NUMBERS:
        return {}
    found = statistics.concordance(before, after)
    return {"lin_ccc": found.ccc, "lin_ccc_low": found.low, "lin_ccc_high": found.high}


def movers_without_reason(item: PublishedItem, component: PublishedComponent, group: Group, before: Any, after: Any) -> float | None:
    """Not told of fewer movers than the minimum: with one mover it would be about a person."""
    moved = np.round(before, DECIMALS) != np.round(after, DECIMALS)
    if moved.sum() < max(1, item.minimum):
        return None
    gave_reason = item.data.has_reason[item.data.item_rows[item.key], component.stayers(group)]
    return float(1 - gave_reason[moved].mean())
