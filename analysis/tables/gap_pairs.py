"""Who is compared with whom: every two published panels, and every two theatres without the panels that stand in both."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from analysis.disclosure import Group
from analysis.published import PublishedComponent


@dataclass(frozen=True)
class Pair:
    """Two groups without a common expert. `left_out`: panels of both theatres, which neither side counts."""

    first: Group
    second: Group
    left_out: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[Group, Group]:
        return self.first, self.second


def panel_pairs(component: PublishedComponent) -> list[Pair]:
    """Panels whose rows are published; those that are hidden are in no pair."""
    return [Pair(first, second) for first, second in combinations(component.panels, 2)]


def theatre_pairs(component: PublishedComponent) -> Iterator[Pair]:
    """The two sides, and where panels stand in both theatres each side with them as a third group."""
    theatres = [group for group in component.data.groups if group.kind == "theatre"]
    for first, second in combinations(theatres, 2):
        yield from sides(first, second)


def sides(first: Group, second: Group) -> Iterator[Pair]:
    in_both = tuple(panel for panel in first.panels if panel in second.panels)
    if not in_both:
        yield Pair(first, second)
        return
    one, other = without(first, in_both), without(second, in_both)
    third = Group("both", "|".join(in_both), in_both)
    yield from (Pair(*pair, in_both) for pair in ((one, other), (one, third), (other, third)) if all(group.panels for group in pair))


def without(theatre: Group, panels: tuple[str, ...]) -> Group:
    return Group("side", theatre.code, tuple(panel for panel in theatre.panels if panel not in panels))


def may_be_told(component: PublishedComponent, pair: Pair) -> bool:
    """Both groups' rows are shown, or follow from rows that are."""
    return all(is_published(component, group) for group in pair.groups)


def is_published(component: PublishedComponent, group: Group) -> bool:
    if group.kind in ("panel", "theatre"):
        return component.group(group.kind, group.code) is not None
    return component.follows(group)
