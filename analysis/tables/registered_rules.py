"""The consensus rule that the study registered for a component, and what any rule may look at."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.disclosure import Group
from analysis.published import PublishedComponent
from analysis.registered import rule_for
from analysis.rules import Facts


def consensus_rule(component: PublishedComponent) -> Mapping[str, Any] | None:
    """The nearest one for the component's level: the item's, its scale's, the axis' scale's, the study's."""
    item, meta = component.item, component.meta
    return rule_for(component.level, *item["consensus"], *meta.get("consensus", ()), component.data.meta["consensus"])


def facts(component: PublishedComponent, group: Group) -> Facts:
    """From the group's published row and its answers."""
    row = component.figures(group)
    return Facts(
        component.level, len(component.categories), row["histogram"], row["median"], row["iqr"], row["sd"],
        component.answers(group), component.weights(group), int(component.data.meta["quantile_type"]),
    )


def band_of(rule: Mapping[str, Any] | None, points: int) -> Sequence[slice]:
    """The positions that count as agreement, as slices of a histogram: several where the larger share counts, none without a band."""
    if rule is None or rule["rule"] != "percent_agreement":
        return ()
    top, bottom = slice(max(points - 2, 0), points), slice(0, 2)
    named = {"top_two": (top,), "bottom_two": (bottom,), "either_end": (top, bottom)}
    band = rule.get("band")
    if isinstance(band, str):
        return named[band]
    return (slice(band[0] - 1, band[1]),) if band else ()
