"""What the published rows of two rounds say together."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis import statistics
from analysis.disclosure import Group
from analysis.published import PublishedComponent, PublishedItem
from analysis.tables.base import Values


def earlier_figures(component: PublishedComponent, group: Group) -> Mapping[str, Any] | None:
    """The group's row of the earlier round, if that is published."""
    there = component.previous
    known = there.group(group.kind, group.code) if there is not None else None
    return None if there is None or known is None else there.figures(known)


def is_fine(item: PublishedItem, component: PublishedComponent, group: Group) -> bool:
    """May every figure over pairs be told? Ranks and points add up to a constant, and ticks to the most that are allowed: what is told of all
    other components tells the last one, so there all of them must be fine."""
    hang_together = item.meta["together"] or item.meta.get("at_most")
    return all(each.is_fine(group) for each in (item.components if hang_together else (component,)))


def counts(component: PublishedComponent, group: Group) -> Values:
    """How many answered then, now, and left or joined: differences of published counts, told where all of them are published."""
    figures, before, n_left = component.figures(group), earlier_figures(component, group), component.n_left(group)
    return {
        "n_before": None if before is None else before["n"], "n_after": figures["n"], "n_leavers": n_left,
        "n_joiners": None if n_left is None else figures["n"] - figures["n_pairs"],
    }


def changes_of_agreement(component: PublishedComponent, group: Group) -> Values:
    """From the two published distributions, so over all answers of each round."""
    before = earlier_figures(component, group)
    if before is None:
        return {}
    first, second = (agreement_of(component.level, figures.get("histogram")) for figures in (before, component.figures(group)))
    changes = {name: (first.get(name), second.get(name)) for name in ("agreement", "cns", "entropy")}
    return {f"{name}_change": None if was is None or now is None else now - was for name, (was, now) in changes.items()}


def agreement_of(level: str, histogram: Sequence[float] | None) -> dict[str, float | None]:
    """Van der Eijk's A, Tastle and Wierman's Cns and the normed entropy, as far as the level has them."""
    if not histogram or not sum(histogram):
        return {}
    if level == "ordinal":
        found = statistics.ordinal_agreement(histogram)
        return {"agreement": found.van_der_eijk_a, "cns": found.cns, "entropy": found.entropy_normalised}
    if level in ("nominal", "binary", "rank"):
        return {"entropy": statistics.nominal_agreement(histogram).entropy_normalised}
    return {}
