"""Options without an order, and 0/1 answers: concentration, and intervals of shares."""

from typing import Any

import numpy as np

from analysis.published import PublishedComponent
from analysis.statistics import matrix
from analysis.tables.base import Values
from analysis.tables.measures.scales import by_group
from analysis.tables.registered_rules import consensus_rule


def figures(component: PublishedComponent) -> list[Values]:
    """As for ratings: panels weighing equally have shares, but no intervals."""
    weighted = np.array([component.figures(group)["histogram"] for group in component.groups], dtype=float)
    if not weighted.size:
        return []
    size = weighted.shape[1]
    plain = np.array([group.kind != "equal_weight" for group in component.groups])
    bits, diversity = matrix.histogram_entropy_bits(weighted), matrix.histogram_gini_simpson(weighted)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = {
            "entropy_bits": bits, "entropy_normalised": bits / np.log2(size), "gini_simpson": diversity,
            "iqv": diversity * size / (size - 1), **intervals(component, np.where(plain[:, None], weighted, 0)),
        }
    return by_group(found, len(component.groups))


def intervals(component: PublishedComponent, counts: Any) -> dict[str, Any]:
    n = counts.sum(axis=1)
    low, high = matrix.wilson_intervals(counts.max(axis=1), n)
    found = {"modal_share_low": low, "modal_share_high": high}
    if component.level == "binary":
        found["ticked_share_low"], found["ticked_share_high"] = matrix.wilson_intervals(counts[:, 1], n)
        rule = consensus_rule(component)
        if rule is not None and rule["rule"] == "percent_agreement":
            found["band_share_low"], found["band_share_high"] = low, high
    return found
