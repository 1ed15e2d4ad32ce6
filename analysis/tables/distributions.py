"""distributions.csv: how often each category was chosen, for every published row that has categories or bins."""

from collections.abc import Iterator
from itertools import pairwise

from analysis.disclosure import Group
from analysis.published import PublishedComponent, PublishedItem
from analysis.tables.base import Table, Values, number, text

COLUMNS = (
    text("component", "which plain number in the answer; empty for one-number kinds"),
    text("level", "the component's measurement level"),
    text("group_type", "all, equal_weight, theatre or panel"),
    text("group", "the code of the theatre or panel, else the group type"),
    number("n", "valid answers"),
    number("n_not_shown", "experts of the group whom the item's condition did not ask it (they count among the missing)"),
    text("category", "position, option, rank, 1 or 0; for numbers the bin, as lower end..upper end"),
    number("position", "the category's place in its order, from 1"),
    number("lower", "lower end of the bin; empty for categories"),
    number("upper", "upper end of the bin, which belongs to the last bin alone"),
    number("count", "answers in the category; for equal_weight the weighted count, whose sum is the number of panels with answers"),
    number("share", "0 to 1: of the valid answers (equal_weight: weighted)"),
    number("cumulative_share", "0 to 1: up to and with this category; empty for options, which have no order"),
)


def rows(item: PublishedItem) -> Iterator[Values]:
    for component in item.components:
        for group in component.groups:
            yield from rows_of_group(item, component, group)


def rows_of_group(item: PublishedItem, component: PublishedComponent, group: Group) -> Iterator[Values]:
    """Nothing for a group without answers, or where values have no bins."""
    histogram = component.histogram(group)
    if histogram is None or not sum(histogram):
        return
    total, so_far = sum(histogram), 0.0
    asked = item.data.members[group.kind, group.code] & item.data.not_shown[item.data.item_rows[item.key]]
    for place, (label, count) in enumerate(zip(labels(component, len(histogram)), histogram, strict=True)):
        so_far += count / total
        yield {
            "component": component.code, "level": component.level, "group_type": group.kind, "group": group.code, "n": component.n(group),
            "n_not_shown": int(asked.sum()), **label, "position": place + 1, "count": count, "share": count / total,
            "cumulative_share": None if component.level == "nominal" else so_far,
        }


def labels(component: PublishedComponent, size: int) -> list[Values]:
    """The category's name, or the bin with its ends."""
    if component.categories:
        return [{"category": category} for category in component.categories]
    low, high = component.minimum, component.maximum
    edges = [low + (high - low) * place / size for place in range(size + 1)]
    return [{"category": f"{lower:g}..{upper:g}", "lower": lower, "upper": upper} for lower, upper in pairwise(edges)]


TABLE = Table("distributions", COLUMNS, of_item=rows)
