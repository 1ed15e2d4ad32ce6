"""May results that were already seen be replaced after a reopening or an erasure?

Old and new figures side by side are a difference too: it must be a difference of nobody or of at least k people.
"""

from __future__ import annotations

from collections.abc import Mapping

Panel = Mapping[str, object]
"""person -> all their answers, as something hashable"""

_NOT_THERE = object()


def changed_per_panel_allows_replacement(
    earlier: Mapping[str, Panel], later: Mapping[str, Panel], minimum: int
) -> bool:
    """True if in every panel nobody or at least `minimum` people differ: added, gone or changed.

    Somebody who moved to another panel is gone from one and added to the other.
    """
    differing = (_people_differing(earlier.get(panel, {}), later.get(panel, {})) for panel in {*earlier, *later})
    return all(number == 0 or number >= minimum for number in differing)


def _people_differing(earlier: Panel, later: Panel) -> int:
    people = {*earlier, *later}
    return sum(earlier.get(person, _NOT_THERE) != later.get(person, _NOT_THERE) for person in people)
