"""Change tables: what may be told of those who answered in two rounds, beside what each round tells of everybody.

A round's row less the stayers' row is the leavers' (or the joiners'). So for each round every panel is two cells, those who stayed and those
who did not, and both the round's rows and the change tables are equations over the cells. Nobody may be able to work out a set of cells with
1 to k - 1 people, or one whose answers are all one value and fewer than 2k; what the rows by themselves leave open must stay open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import lcm

from analysis.disclosure.last_check import places_that_pass
from analysis.disclosure.row_space import RowSpace, Vector
from analysis.disclosure.secret_sets import SecretSets
from analysis.disclosure.suppression import Group

Histogram = Sequence[int]


def tables_shown(
    rows: Sequence[Group],
    tables: Sequence[Group],
    stayed: Mapping[str, Histogram],
    moved: Mapping[str, Histogram],
    minimum: int,
    *,
    last_check: bool,
) -> frozenset[tuple[str, str]]:
    """The change tables that may be published beside one round's rows, as a set of (kind, code).

    rows: the groups whose row this round publishes. tables: the groups whose change table is asked for, `all`, theatres and panels; taken up
    in that order, the larger first. stayed, moved: for each panel the histogram, over common categories, of the round's answers of those who
    answered in both rounds and of those who did not. last_check: are histograms published, so that whole numbers count as well? Without
    leavers (joiners), or with a minimum of 1, every table may be told.
    """
    cells = Cells(stayed, moved)
    secrets = tuple(cells.secrets(minimum))
    if minimum == 1 or not cells.anybody_moved or not secrets:
        return frozenset((group.kind, group.code) for group in tables)
    published = [cells.row(group) for group in rows]
    order = {"all": 0, "theatre": 1, "panel": 2}
    candidates = sorted(tables, key=lambda group: (order[group.kind], -cells.number_of(group)))
    taken: list[Group] = []
    space = RowSpace.spanned_by(published)
    for group in candidates:
        wider = space.with_vector(cells.table(group))
        if wider is space or not any(secret.are_told_by(wider, cells.width) for secret in secrets):
            space = wider
            taken.append(group)
    if last_check and taken:
        taken = _passing(published, taken, cells, secrets, minimum)
    return frozenset((group.kind, group.code) for group in taken)


def _passing(
    published: Sequence[Vector], taken: Sequence[Group], cells: Cells, secrets: Sequence[SecretSets], minimum: int
) -> list[Group]:
    """The tables that the last check leaves; none where already a published row would have to go."""
    vectors = [*published, *(cells.table(group) for group in taken)]
    passing = set(places_that_pass(vectors, secrets, cells.histograms, minimum))
    if not passing.issuperset(range(len(published))):
        return []
    return [group for place, group in enumerate(taken, start=len(published)) if place in passing]


class Cells:
    """The cells that hold anybody: stayers of each panel, then those who moved."""

    def __init__(self, stayed: Mapping[str, Histogram], moved: Mapping[str, Histogram]) -> None:
        both = [(panel, True, histogram) for panel, histogram in stayed.items()]
        both += [(panel, False, histogram) for panel, histogram in moved.items()]
        present = [(panel, stays, tuple(histogram)) for panel, stays, histogram in both if sum(histogram)]
        self.panels = tuple(panel for panel, _stays, _histogram in present)
        self.stays = tuple(stays for _panel, stays, _histogram in present)
        self.histograms = tuple(histogram for _panel, _stays, histogram in present)
        self.sizes = tuple(sum(histogram) for histogram in self.histograms)
        self.width = len(present)
        self.answers = {panel: self._answers_of(panel) for panel in self.panels}

    @property
    def anybody_moved(self) -> bool:
        return not all(self.stays)

    def _answers_of(self, panel: str) -> int:
        return sum(size for name, size in zip(self.panels, self.sizes, strict=True) if name == panel)

    def number_of(self, group: Group) -> int:
        return sum(size * entry for size, entry in zip(self.sizes, self.table(group), strict=True))

    def row(self, group: Group) -> Vector:
        """The round's row: everybody of the group's panels, in `equal_weight` one over the panel's number of answers."""
        whole = lcm(*self.answers.values()) if group.kind == "equal_weight" else 0
        members = set(group.panels)
        return tuple((whole // self.answers[panel] if whole else 1) if panel in members else 0 for panel in self.panels)

    def table(self, group: Group) -> Vector:
        """The change table: the stayers of the group's panels."""
        members = set(group.panels)
        return tuple(int(stays and panel in members) for panel, stays in zip(self.panels, self.stays, strict=True))

    def secrets(self, minimum: int) -> Iterator[SecretSets]:
        """Sets of cells with 1 to k - 1 people, and sets of cells of one value with fewer than 2k, unless that is the open finding."""
        small = [place for place, size in enumerate(self.sizes) if size < minimum]
        if small:
            yield SecretSets(tuple(small), tuple(self.sizes[place] for place in small), minimum - 1)
        values = [_single(histogram) for histogram in self.histograms]
        if len(set(values)) == 1 and values[0] is not None and sum(self.sizes) >= 2 * minimum:
            return
        for value in sorted({value for value in values if value is not None}):
            alike = [place for place, found in enumerate(values) if found == value and self.sizes[place] < 2 * minimum]
            if alike:
                yield SecretSets(tuple(alike), tuple(self.sizes[place] for place in alike), 2 * minimum - 1)


def _single(histogram: Histogram) -> int | None:
    """The one category that all chose; None where there are several."""
    chosen = [category for category, number in enumerate(histogram) if number]
    return chosen[0] if len(chosen) == 1 else None
