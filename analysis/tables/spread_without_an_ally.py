"""Whether the answers drew together without one of the allies: the verdict of convergence.csv over everybody else.

Only where every figure over pairs may be told of the group and of the ally, so that those of the others follow.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from analysis import statistics
from analysis.disclosure import Group
from analysis.published import PublishedComponent, PublishedItem
from analysis.tables.base import Beside, Family, Values
from analysis.tables.convergence import NO_CLEAR_CHANGE, SIGNIFICANT, SMALLEST_FOR_A_VERDICT, direction_of
from analysis.tables.families import family_named
from analysis.tables.pair_figures import NUMBERS, STEPS
from analysis.tables.two_rounds import is_fine
from analysis.tables.without_an_ally import WithoutAnAlly


def spread_without(item: PublishedItem, component: PublishedComponent, without: WithoutAnAlly) -> Values:
    """The p value over those who answered twice, before it is corrected, and which way the spread went."""
    group, ally = without.everybody, component.group("panel", without.ally.code)
    has_spread = component.level in STEPS | NUMBERS and component.previous is not None and group.kind != "equal_weight"
    if not has_spread or ally is None or not may_be_told(item, component, without, ally):
        return {}
    before, after = component.paired(group)
    others = ~component.stayers(ally)[np.flatnonzero(component.stayers(group))]
    if others.sum() < SMALLEST_FOR_A_VERDICT or others.all():
        return {}
    found = statistics.spread_change(before[others], after[others])
    return {"spread_family": family_named(item, component), "spread_ratio_without": found.mean_abs_dev_ratio, "p_spread_without": found.p_mean_abs_dev}


def may_be_told(item: PublishedItem, component: PublishedComponent, without: WithoutAnAlly, ally: Group) -> bool:
    return without.may_be_told and is_fine(item, component, without.everybody) and is_fine(item, component, ally)


def without_the_ally(row: Mapping[str, Any]) -> tuple[str, float] | None:
    """Corrected together: all items of a kind, for the group without the ally."""
    p = row["p_spread_without"]
    return None if p is None else (" ".join((row["group_type"], row["group"], row["without"], row["spread_family"])), p)


def put_verdict(row: Values, p: float) -> None:
    row["spread_without"] = direction_of(row["spread_ratio_without"]) if p < SIGNIFICANT else NO_CLEAR_CHANGE


def put_beside(rows: Sequence[Values], convergence: Sequence[Values]) -> None:
    """The group's own verdict, and whether it would be another one."""
    verdicts = {(row["component"], row["group_type"], row["group"]): row["spread_verdict"] for row in convergence}
    for row in rows:
        row["spread"] = verdict = verdicts.get((row["component"], row["group_type"], row["group"]))
        if verdict and row["spread_without"]:
            row["spread_changes"] = "no" if verdict == row["spread_without"] else "yes"


FAMILY = Family(without_the_ally, put_verdict)
BESIDE = Beside("convergence", put_beside)
