"""The perception gaps of a round: the stored tables as the page and its charts want them. Without numpy, from what was published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db.models import Q, QuerySet

from analysis.models import AnalysisRun, ItemTable
from analysis.publication import remember_shown, shown_runs
from analysis.stored_tables import Values, unpacked
from surveys.models import Study

ONE_NUMBER = ("rating", "probability", "number", "choice")  # kinds whose answers are one number or one option
MOST_PAIRS_AT_ONCE = 6  # beside each other; with more, one ally is set against all others
Pair = tuple[str, str]


@dataclass(frozen=True)
class ComparedItem:
    """An item with one component, and its row for every two panels that are told."""

    item: Any  # surveys.models.Item
    definition: Mapping[str, Any]
    pairs: Mapping[Pair, Values]
    level: str

    @property
    def has_order(self) -> bool:
        return self.level != "nominal"

    def row(self, first: str, second: str) -> tuple[Values | None, int]:
        """The row of two panels and the sign its direction is to be read with; tables hold each pair once."""
        if (first, second) in self.pairs:
            return self.pairs[first, second], 1
        return self.pairs.get((second, first)), -1


def direction(row: Values) -> float | None:
    """Cliff's delta; of a yes or a no it is the difference of the shares."""
    value: float | None = row["difference_shares"] if row["level"] == "binary" else row["cliffs_delta"]
    return value


@dataclass(frozen=True)
class PerceptionGaps:
    """`disagreement`: round → rows over all items. `overall`: pairs of panels over all items and levels, the widest gap first."""

    disagreement: Mapping[int, Sequence[Values]]
    overall: Sequence[Values]
    items: Sequence[ComparedItem]
    linked: Sequence[Values]
    are_there: bool
    influence: Sequence[Values] = ()  # over all items and panels: whether the gap narrows without each panel

    def widest(self, panels: Sequence[str]) -> str:
        """The panel that lies farthest from the others on the mean."""
        return max(panels, key=self._mean_distance, default="")

    def _mean_distance(self, panel: str) -> float:
        found = [distance(row) for row in self.overall if panel in (row["first"], row["second"])]
        return sum(found) / len(found) if found else -1.0

    def has_too_few(self, first: str, second: str) -> bool:
        """May figures of both be told, and are they too few for any verdict?"""
        rows = (item.row(first, second)[0] for item in self.items)
        return any(row is not None and row["status"] == "insufficient_n" for row in rows)


def distance(row: Values) -> float:
    """By which pairs are put in order: the gap in direction, and where no item has any, in the shares of answers."""
    found = row["mean_absolute_delta"]
    return float(found if found is not None else row["mean_total_variation"] or 0.0)


def gaps_of(study: Study, run: AnalysisRun) -> PerceptionGaps:
    """The tables of the run, and how disagreement went in every round that is shown: all of them count as seen (1 query)."""
    tables = list(_stored(study, run))
    for round_id in {table.run.round_id for table in tables if table.run.first_shown_at is None and table.run_id != run.pk}:
        remember_shown(round_id)
    of_round = {table.name: list(unpacked(table.content)) for table in tables if table.run_id == run.pk and table.asked_item_id is None}
    overall = [row for row in of_round.get("gaps", ()) if row["first_type"] == row["second_type"] == "panel" and not row["level"]]
    return PerceptionGaps(
        {table.run.round.number: list(unpacked(table.content)) for table in tables if table.name == "disagreement"},
        sorted(overall, key=distance, reverse=True),
        list(_compared(table for table in tables if table.asked_item_id is not None)),
        [row for row in of_round.get("linked", ()) if not row["component"]],
        bool(of_round),  # a table without a row is not stored
        [row for row in of_round.get("influence", ()) if row["group_type"] == "all" and row.get("disagreement_changes")],
    )


def _stored(study: Study, run: AnalysisRun) -> QuerySet[ItemTable]:
    """Items with many numbers have many thousand pairs; their own pages and files tell of them."""
    about_all = Q(asked_item=None) & (Q(run=run, name__in=("gaps", "influence", "linked")) | Q(run__in=shown_runs(study), name="disagreement"))
    of_items = Q(run=run, name="gaps", asked_item__item_version__item__kind__in=ONE_NUMBER)
    found = ItemTable.objects.filter(about_all | of_items).select_related("run__round", "asked_item__item_version__item__section")
    return found.order_by("run__round__number", "asked_item__position")


def _compared(tables: Iterable[ItemTable]) -> Iterable[ComparedItem]:
    for table in tables:
        rows = [row for row in unpacked(table.content) if row["first_type"] == row["second_type"] == "panel"]
        if rows and table.asked_item is not None:
            version = table.asked_item.item_version
            yield ComparedItem(version.item, version.definition, {(row["first"], row["second"]): row for row in rows}, rows[0]["level"])


def pairs_shown(panels: Sequence[str], chosen: str) -> list[Pair]:
    """Every two panels, or the chosen one with each of the others."""
    return [(chosen, other) for other in panels if other != chosen] if chosen else list(combinations(panels, 2))
