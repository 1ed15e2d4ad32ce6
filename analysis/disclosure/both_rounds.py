"""What may be told of those who answered twice, read beside the rows of both rounds at once.

“Nobody changed” makes of one round's rows the other's; so does, more or less, every figure that limits how many changed. And a change table
joins the answers of both rounds. So before such figures are published it is looked whether, with all of them and the rows of both rounds, the
cells that nobody may know (those of a panel who stayed, who left, who joined) could have answered otherwise. If not, figures go.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.disclosure.crossing_unknowns import CrossingUnknowns
from analysis.disclosure.crossings import Crossing, Statement, Verdict, in_order
from analysis.disclosure.last_check import openly_alike
from analysis.disclosure.movements import tables_shown
from analysis.disclosure.other_crossings import OtherCrossings
from analysis.disclosure.row_space import RowSpace
from analysis.disclosure.secret_sets import SecretSets
from analysis.disclosure.suppression import Group

Name = tuple[str, str]
Rows = Mapping[int, Sequence[Group]]
Differences = dict[int, RowSpace]
MOST_PROGRAMMES = 60


@dataclass(frozen=True)
class ToldOfPairs:
    """Groups of which a rough percentage of those who changed may be told, and those of them of which everything may: the change table."""

    rough: frozenset[Name]
    fine: frozenset[Name]


def told_of_pairs(
    rows: Rows, rough: Sequence[Group], tables: Sequence[Group], crossing: Crossing, minimum: int, is_stable: Verdict = None
) -> ToldOfPairs:
    """rows: by round (1, 2), the groups whose row is published. rough: groups whose percentage is asked for; tables: those whose table is.
    is_stable: what a published verdict says of a percentage; low ones are stable.

    Percentages are taken up first, then tables, each in the order of `all`, theatres, panels, equal weights. What with those before it makes
    something certain stays out; so does what is too hard to decide.
    """
    asked = [crossing.percentage(group, is_stable) for group in in_order(rough, crossing)]
    asked += [crossing.table(group) for group in in_order(tables_alone(rows, tables, crossing, minimum), crossing)]
    told = asked if minimum == 1 else _Check(rows, asked, crossing, minimum).passing()
    percentages = {(each.group.kind, each.group.code) for each in told if not each.is_table}
    fine = {(each.group.kind, each.group.code) for each in told if each.is_table} & percentages
    panels = [panel for panel, number in zip(crossing.panels, crossing.pairs, strict=True) if number]
    if ("equal_weight", "equal_weight") in percentages and all(("panel", panel) in fine for panel in panels):
        fine.add(("equal_weight", "equal_weight"))  # follows from the panels' own percentages
    return ToldOfPairs(frozenset(percentages), frozenset(fine))


def tables_alone(rows: Rows, tables: Sequence[Group], crossing: Crossing, minimum: int) -> list[Group]:
    """The change tables that give nobody away beside either round's rows as equations (`tables_shown`)."""
    names = [tables_shown(rows[number], tables, *crossing.histograms(number), minimum, last_check=False) for number in (1, 2)] if tables else []
    return [group for group in tables if all((group.kind, group.code) in shown for shown in names)]


class _Check:
    """Statements by their place in what is asked for. Differences found beside some hold beside fewer of them as well, so they are kept."""

    def __init__(self, rows: Rows, asked: list[Statement], crossing: Crossing, minimum: int) -> None:
        self.rows, self.asked, self.crossing, self.minimum = rows, asked, crossing, minimum
        self.unknowns = CrossingUnknowns(crossing, {number: [cells.row(group) for group in rows[number]] for number, cells in crossing.cells.items()})
        self.secrets = {number: tuple(cells.secrets(minimum)) for number, cells in crossing.cells.items()}
        self.found: list[tuple[frozenset[int], Differences]] = []

    def passing(self) -> list[Statement]:
        """The statements that stay: the first that has to go is found by halving, then the first of those after it.

        None where the rows alone are too hard to decide.
        """
        staying: list[int] = []
        waiting = list(range(len(self.asked)))
        while waiting:
            number = self._how_many_may_follow(staying, waiting)
            if not number and not staying and not self._is_safe([]):
                return []
            staying, waiting = staying + waiting[:number], waiting[number + 1 :]
        return [self.asked[place] for place in staying]

    def _how_many_may_follow(self, staying: list[int], waiting: list[int]) -> int:
        if self._is_safe(staying + waiting):
            return len(waiting)
        return bisect_left(range(1, len(waiting)), True, key=lambda number: not self._is_safe(staying + waiting[:number]))

    def _is_safe(self, places: list[int]) -> bool:
        if not any(self.secrets.values()):
            return True
        statements = [self.asked[place] for place in places]
        reader = _Reader(OtherCrossings(self.unknowns, statements), self._differences_beside(frozenset(places)))
        is_safe = reader.is_ignorant({number: self._kept_secret(number, statements) for number in (1, 2)})
        self.found.append((frozenset(places), reader.differences))
        return is_safe

    def _differences_beside(self, places: frozenset[int]) -> Differences:
        together = {1: RowSpace(), 2: RowSpace()}
        for beside, differences in self.found:
            if places <= beside:
                for number, space in differences.items():
                    for vector in space.rows:
                        together[number] = together[number].with_vector(vector)
        return together

    def _kept_secret(self, number: int, statements: list[Statement]) -> list[SecretSets]:
        """Without the cells of 2k people or more who openly gave one answer: that is the finding."""
        cells = self.crossing.cells[number]
        if not self.secrets[number]:
            return []
        told = self.unknowns.vectors[number] + [cells.table(each.group) for each in statements if each.is_table]
        openly = frozenset(openly_alike(RowSpace.spanned_by(told), cells.histograms, self.minimum))
        return [secret.without(openly) for secret in self.secrets[number]]


@dataclass
class _Reader:
    """Who sees both rounds. A set of cells is certain that no difference changes."""

    others: OtherCrossings
    differences: Differences

    def is_ignorant(self, secrets: dict[int, list[SecretSets]]) -> bool:
        for number, vector in self.others.exchanges(self.differences):
            self.differences[number] = self.differences[number].with_vector(vector)
        for _ in range(MOST_PROGRAMMES):
            suspect = next((found for number in (1, 2) for found in self._suspects(number, secrets[number])), None)
            if suspect is None:
                return True
            found = self.others.differences_that_change(*suspect)
            if not found:
                return False
            for number, vector in found:
                self.differences[number] = self.differences[number].with_vector(vector)
        return False

    def _suspects(self, number: int, secrets: list[SecretSets]) -> list[tuple[int, tuple[int, ...]]]:
        width = self.others.crossing.cells[number].width
        certain = self.differences[number].complement(width)
        found = next((found for secret in secrets for found in secret.told_by(certain, width)), None)
        return [] if found is None else [(number, found)]
