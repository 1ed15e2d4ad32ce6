"""Estimates drawn together: the pools of a round's probabilities and quantiles, and Cooke's model, as the stored table has them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef

from analysis.models import AnalysisRun, ItemTable
from analysis.results.item import ALL, ItemOfRound
from analysis.stored_tables import Values, unpacked
from surveys.items import ItemSpec, resolve_item
from surveys.items.quantiles import is_interval
from surveys.models import AskedItem, Study

NAME = "pools"
KINDS = ("probability", "quantiles")
COOKE = "cooke"
POOL = "pool"
SCORES = ("calibration", "information_seeds", "information", "combined")
WEIGHTINGS = ("equal", "performance")


@dataclass(frozen=True)
class PooledItem:
    """One item's rows. `cooke`: what the round's table says of its pools under Cooke's model."""

    code: str
    definition: Mapping[str, Any]
    spec: ItemSpec
    rows: Sequence[Values]
    cooke: Sequence[Values]

    @property
    def is_probability(self) -> bool:
        return self.spec.kind == "probability"

    @property
    def is_interval(self) -> bool:
        return not self.is_probability and is_interval(self.spec)

    def pools(self, kind: str = "", code: str = "") -> Iterator[Values]:
        """Of a group, or of all."""
        for row in self.rows:
            if row["figure"] == POOL and (not kind or (row["group_type"], row["group"]) == (kind, code)):
                yield row

    def cooke_pools(self, weighting: str) -> list[Values]:
        return [row for row in self.cooke if row["weighting"] == weighting and row["figure"] == POOL]

    @property
    def scores(self) -> list[Values]:
        """How far the pools of everybody missed a known answer; Cooke's beside them."""
        of_everybody = [row for row in self.rows if (row["group_type"], row["group"]) == ALL]
        of_cooke = [row for row in self.cooke if row["parameter"] != WITHOUT_SEED]
        return [row for row in (*of_everybody, *of_cooke) if row["figure"] not in (POOL, *SCORES)]


WITHOUT_SEED = "without this seed, no cut-off"


@dataclass(frozen=True)
class PoolsOfRound:
    """All items with pools, in the questionnaire's order, and what Cooke's model says of the pools as a whole."""

    items: Sequence[PooledItem]
    cooke: Sequence[Values]
    are_there: bool

    @property
    def probabilities(self) -> list[PooledItem]:
        return [item for item in self.items if item.is_probability]

    @property
    def estimates(self) -> list[PooledItem]:
        return [item for item in self.items if not item.is_probability]

    def cooke_scores(self) -> list[Values]:
        return [row for row in self.cooke if not row["about_item"] and row["figure"] in SCORES]

    def without_each_seed(self) -> list[Values]:
        return [row for row in self.cooke if row["parameter"] == WITHOUT_SEED]


def pools_of_round(study: Study, run: AnalysisRun) -> PoolsOfRound:
    """1 query."""
    tables = ItemTable.objects.filter(run=run, name=NAME).select_related("asked_item__item_version__item")
    stored = list(tables.order_by(F("asked_item__position").asc(nulls_last=True)))
    cooke = [row for table in stored if table.asked_item is None for row in unpacked(table.content)]
    return PoolsOfRound(list(_items(study, stored, cooke)), cooke, bool(stored))


def _items(study: Study, stored: Iterable[ItemTable], cooke: Sequence[Values]) -> Iterator[PooledItem]:
    for table in stored:
        if table.asked_item is not None:
            version = table.asked_item.item_version
            yield _pooled(version.item.code, version.definition, resolve_item(version.definition, study.settings), unpacked(table.content), cooke)


def _pooled(code: str, definition: Mapping[str, Any], spec: ItemSpec, rows: Iterable[Values], cooke: Iterable[Values]) -> PooledItem:
    return PooledItem(code, definition, spec, list(rows), [row for row in cooke if row["about_item"] == code and row["figure"] not in SCORES])


def pools_of_item(item: ItemOfRound) -> PooledItem | None:
    """From the tables that the item has at hand; None where it has no pools."""
    rows = list(item.rows_of(NAME))
    return _pooled(item.code, item.definition, item.spec, rows, item.rows_of(f"round_{NAME}")) if rows else None


def has_pools() -> Exists:
    """Does the run's round ask for probabilities or quantiles?"""
    return Exists(AskedItem.objects.filter(round=OuterRef("round"), item_version__item__kind__in=KINDS))
