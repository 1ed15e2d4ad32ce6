"""What is known of an answer as a whole: of rankings in a row of its own, of choices and allocations in the row of each option."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from analysis import statistics
from analysis.disclosure import Group
from analysis.published import PublishedItem
from analysis.tables.base import Values

LEAST_EXPERTS, LEAST_OPTIONS = 3, 3
TOO_FEW = {"status": "insufficient_n", "reason": "concordance needs 3 experts and 3 options"}
NO_ORDERS = {"status": "not_applicable", "reason": "concordance is a figure of single experts' orders; panels of equal weight have none"}
Shared = dict[tuple[str, str], dict[str, Any]]


def ranking_rows(item: PublishedItem) -> Iterator[Values]:
    """The rows with an empty component: whole orders."""
    shown = {(group.kind, group.code) for group in item.groups}
    for row in item.whole:
        if not row.suppressed and (row.group.kind, row.group.code) in shown:
            yield {"component": "", "group_type": row.group.kind, "group": row.group.code, **whole_order(item, row.group)}


def whole_order(item: PublishedItem, group: Group) -> Values:
    if group.kind == "equal_weight":
        return dict(NO_ORDERS)
    orders = item.matrix(group)
    if not len(orders):
        return {"status": "insufficient_n", "reason": "no answer"}
    found = concordance(orders)
    if group.kind in ("all", "theatre"):
        found["kemeny"] = kemeny(item, orders)
    alpha = statistics.krippendorff_alpha(orders, "ordinal")
    return {**found, "krippendorff_alpha": alpha.alpha if len(orders) >= LEAST_EXPERTS else None}


def concordance(orders: Any) -> Values:
    if len(orders) < LEAST_EXPERTS or orders.shape[1] < LEAST_OPTIONS:
        return dict(TOO_FEW)
    found = statistics.kendall_w(orders)
    return {
        "status": str(found.status), "reason": found.reason, "kendall_w": found.w, "kendall_chi2": found.chi2, "kendall_p": found.p_value,
        "kendall_f": found.f, "kendall_f_p": found.p_f, "mean_spearman": found.mean_spearman,
    }


def kemeny(item: PublishedItem, orders: Any) -> str | None:
    best = statistics.rank_aggregation(orders).kemeny
    codes = [component.code for component in item.components]
    return None if best is None else "|".join(">".join(codes[place] for place in order) for order in best)


def shared_figures(item: PublishedItem) -> Shared:
    """(group type, group) → figures of the answer as a whole; a list has one figure for each option."""
    kinds = {"choices": choices, "allocation": allocation, "ranking": ranking}
    if item.kind not in kinds:
        return {}
    return {(group.kind, group.code): kinds[item.kind](item, group) for group in item.groups if item.components[0].figures(group)["n"]}


def choices(item: PublishedItem, group: Group) -> Values:
    ticked = sum(component.figures(group)["mean"] for component in item.components)
    if group.kind == "equal_weight":
        return {"mean_ticked": ticked}
    return {"mean_ticked": ticked, "mean_jaccard": statistics.choices_summary(item.matrix(group)).mean_jaccard}


def allocation(item: PublishedItem, group: Group) -> Values:
    if group.kind == "equal_weight":
        return {}
    points = item.matrix(group)
    found, orders = statistics.allocation_summary(points), concordance(-points)
    orders = {name: value for name, value in orders.items() if name not in ("status", "reason")}
    centre = found.compositional_centre or (None,) * len(item.components)
    return {"compositional_centre": list(centre), "total_variance": found.total_variance, **orders}


def ranking(item: PublishedItem, group: Group) -> Values:
    """Borda and Copeland from counts; the whole order has the rest."""
    if group.kind == "equal_weight":
        return {}
    orders = item.matrix(group)
    ahead = (orders[:, :, None] < orders[:, None, :]).sum(axis=0)
    return {"borda": (orders.shape[1] - orders).sum(axis=0).tolist(), "copeland": np.sign(ahead - ahead.T).sum(axis=1).tolist()}
