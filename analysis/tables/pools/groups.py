"""The groups whose answers may be pooled, and how a row names them."""

from collections.abc import Iterator

from analysis.disclosure import Group
from analysis.published import PublishedItem
from analysis.tables.base import Values


def pooled_groups(item: PublishedItem) -> Iterator[tuple[Group, Values]]:
    """The groups shown in every component that have answers, with the columns that say who they are."""
    for group in item.groups:
        n = item.components[0].figures(group)["n"]
        if n:
            weighting = "panels" if group.kind == "equal_weight" else "equal"
            yield group, {"group_type": group.kind, "group": group.code, "weighting": weighting, "n": n, "status": "ok", "reason": ""}
