"""measures.csv: everything of one round that aggregates.csv does not tell yet, for every published row of it.

The export appends these columns to those of aggregates.csv, so rows are named the same way: component, group type, group.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.disclosure import Group
from analysis.published import PublishedComponent, PublishedItem
from analysis.statistics.moments import mean_interval
from analysis.tables.base import Table, Values
from analysis.tables.measures import numbers, options, scales, whole_items
from analysis.tables.measures.columns import COLUMNS
from analysis.tables.measures.standing import ORDERED, standing

Shared = Mapping[tuple[str, str], Values]


def rows(item: PublishedItem) -> Iterator[Values]:
    yield from whole_items.ranking_rows(item)
    shared = whole_items.shared_figures(item)
    for place, component in enumerate(item.components):
        yield from component_rows(component, item.quantile_type, shared, place)


def component_rows(component: PublishedComponent, quantile_type: int, shared: Mapping[tuple[str, str], Any], place: int) -> Iterator[Values]:
    """One row for each shown group. `shared`: what is known of the whole answer, with lists for what each option has its own of."""
    for group, figures in zip(component.groups, figures_of(component, quantile_type), strict=True):
        whole = {name: value[place] if isinstance(value, list | tuple) else value for name, value in shared.get((group.kind, group.code), {}).items()}
        named = {"component": component.code, "group_type": group.kind, "group": group.code}
        yield {**named, **standing(component, group), **mean_limits(component, group), **figures, **whole}


def mean_limits(component: PublishedComponent, group: Group) -> Values:
    """From the published mean, deviation and number of answers; panels that weigh equally have no such interval."""
    row = component.figures(group)
    if group.kind == "equal_weight" or component.level not in ORDERED or row.get("sd") is None:
        return {}
    found = mean_interval(row["mean"], row["sd"], row["n"])
    return {} if found is None else {"mean_low": found[0], "mean_high": found[1]}


def figures_of(component: PublishedComponent, quantile_type: int) -> list[Values]:
    """In the order of the component's shown groups."""
    if component.level in ("ordinal", "rank"):
        return scales.figures(component, quantile_type)
    if component.level in ("nominal", "binary"):
        return options.figures(component)
    return [numbers.figures(component, group, quantile_type) for group in component.groups]


TABLE = Table("measures", COLUMNS, of_item=rows)
