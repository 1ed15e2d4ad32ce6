"""changes.csv: how many experts went from which answer to which, where every figure over pairs may be told."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from analysis.disclosure import Group
from analysis.published import PublishedComponent, PublishedItem
from analysis.tables.base import Table, Values, number, text
from analysis.tables.two_rounds import is_fine

COLUMNS = (
    text("component", "which plain number in the answer; empty for one-number kinds"),
    text("level", "the component's measurement level: ordinal, nominal, binary or rank"),
    text("group_type", "all, theatre or panel"),
    text("group", "the code of the theatre or panel, else the group type"),
    number("previous_round", "the earlier round"),
    number("n_pairs", "experts who answered in both rounds: the sum of the counts"),
    text("before", "category in the earlier round"),
    text("after", "category in this round"),
    number("position_before", "the earlier category's place in its order, from 1"),
    number("position_after", "this round's"),
    number("count", "experts who went from the one to the other; combinations that are not listed are 0"),
)


def rows(item: PublishedItem) -> Iterator[Values]:
    for component in item.components:
        if component.previous is not None and component.categories:
            for group in component.fine_groups:
                if is_fine(item, component, group):
                    yield from rows_of_group(item, component, group)


def rows_of_group(item: PublishedItem, component: PublishedComponent, group: Group) -> Iterator[Values]:
    table = change_table(component, *component.paired(group))
    for first, second in zip(*np.nonzero(table), strict=True):
        yield {
            "component": component.code, "level": component.level, "group_type": group.kind, "group": group.code,
            "previous_round": item.previous_round, "n_pairs": int(table.sum()),
            "before": component.categories[first], "after": component.categories[second],
            "position_before": int(first) + 1, "position_after": int(second) + 1, "count": int(table[first, second]),
        }


def change_table(component: PublishedComponent, before: Any, after: Any) -> Any:
    """Counts over all categories, before in rows, after in columns."""
    size = len(component.categories)
    first = 1 if component.level in ("ordinal", "rank") else 0
    cells = (before.astype(np.int64) - first) * size + after.astype(np.int64) - first
    return np.bincount(cells, minlength=size * size).reshape(size, size)


TABLE = Table("changes", COLUMNS, of_item=rows)
