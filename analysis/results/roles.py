"""Who expects which role of whom: what a round's stored tables say of its role grids, in the order in which pages tell it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.db.models import Exists, F, OuterRef

from analysis.models import ItemTable
from analysis.publication import shown_runs
from analysis.stored_tables import Values, unpacked
from surveys.items import ItemSpec, resolve_item
from surveys.models import AskedItem, Study

OVER, UNDER, AS_EXPECTED, UNDECIDED, NOT_ASSESSED = "over_expected", "under_expected", "as_expected", "undecided", "not_assessed"
CLEAR = (OVER, UNDER)
RECIPROCITY, MIRROR = "reciprocity", "mirror"
LARGEST = 3
SIGNIFICANT = 0.05
ROLES, PAIRS = "roles", "role_pairs"


@dataclass(frozen=True)
class PairOfAllies:
    """Two allies over all functions, seen from one of them: what is expected, beside its counterpart."""

    other: str
    expected: float | None
    counterpart: float | None
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    status: str

    @property
    def is_clear(self) -> bool:
        """Told apart from no difference, after the correction for all pairs."""
        beyond = self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)
        return beyond and self.p is not None and self.p < SIGNIFICANT

    @property
    def turned(self) -> "PairOfAllies":
        """The same from the other side."""
        low, high = _negative(self.high), _negative(self.low)
        return replace(self, expected=self.counterpart, counterpart=self.expected, difference=_negative(self.difference), low=low, high=high)


def _negative(number: float | None) -> float | None:
    return None if number is None else -number


@dataclass
class StoredRoles:
    """One role grid: the rows of roles.csv, and those of role_pairs.csv that speak of it."""

    code: str
    spec: ItemSpec
    cells: list[Values] = field(default_factory=list)
    pairs: list[Values] = field(default_factory=list)

    @cached_property
    def by_cell(self) -> Mapping[tuple[str, str], Values]:
        return {(cell["target"], cell["function"]): cell for cell in self.cells}

    @property
    def verdicts(self) -> Counter[str]:
        return Counter(cell["verdict"] for cell in self.cells)

    @property
    def largest(self) -> list[Values]:
        """The largest gaps of those that are told apart from chance."""
        clear = [cell for cell in self.cells if cell["verdict"] in CLEAR]
        return sorted(clear, key=_size)[:LARGEST]

    @property
    def first_to_show(self) -> str:
        """The ally with the largest gap that is clear, else with the largest one, else the first."""
        gaps = sorted((cell for cell in self.cells if cell["gap"] is not None), key=lambda cell: (cell["verdict"] not in CLEAR, _size(cell)))
        return str(gaps[0]["target"]) if gaps else self.spec.rows[0].code

    def reciprocity(self, ally: str) -> list[PairOfAllies]:
        """What the ally expects of each other one, beside what that one expects of it."""
        found = []
        for row in self._over_functions(RECIPROCITY):
            if ally == row["first"]:
                found.append(pair_of(row, row["second"]))
            elif ally == row["second"]:
                found.append(pair_of(row, row["first"]).turned)
        return self._in_order(found)

    def believed_by_others(self, ally: str) -> list[PairOfAllies]:
        """What the ally expects of each other one, beside what that one believes that the ally expects."""
        return self._in_order([pair_of(row, row["second"]) for row in self._over_functions(MIRROR) if row["first"] == ally])

    def believed_of_others(self, ally: str) -> list[PairOfAllies]:
        """What each other one expects of the ally, beside what the ally believes that it expects."""
        return self._in_order([pair_of(row, row["first"]) for row in self._over_functions(MIRROR) if row["second"] == ally])

    def _over_functions(self, comparison: str) -> list[Values]:
        return [row for row in self.pairs if row["comparison"] == comparison and not row["function"]]

    def _in_order(self, pairs: Sequence[PairOfAllies]) -> list[PairOfAllies]:
        order = {option.code: place for place, option in enumerate(self.spec.rows)}
        return sorted(pairs, key=lambda pair: order[pair.other])


def _size(cell: Values) -> float:
    return -abs(cell["gap"])


def pair_of(row: Values, other: str) -> PairOfAllies:
    names = ("expected_mean", "counterpart_mean", "difference", "difference_low", "difference_high", "p_holm", "status")
    return PairOfAllies(other, *(row[name] for name in names))


def stored_roles(study: Study, number: int) -> list[StoredRoles]:
    """The round's role grids, in the questionnaire's order; none while they are being worked out (1 query)."""
    tables = ItemTable.objects.filter(run__in=shown_runs(study).filter(round__number=number), name__in=(ROLES, PAIRS))
    found: dict[str, StoredRoles] = {}
    pairs: list[tuple[str, Values]] = []
    for table in tables.select_related("asked_item__item_version").order_by(F("asked_item__position").asc(nulls_last=True)):
        rows = list(unpacked(table.content))
        if table.name == PAIRS:
            pairs += [(row["grid"], row) for row in rows]
        elif table.asked_item is not None:
            spec = resolve_item(table.asked_item.item_version.definition, study.settings)
            found[spec.code] = StoredRoles(spec.code, spec, rows)
    for code, row in pairs:
        if code in found:
            found[code].pairs.append(row)
    return list(found.values())


def asks_for_roles() -> Exists:
    """Does the run's round ask a grid whose rows are the panels, other than a mirror of one?"""
    grids = AskedItem.objects.filter(round=OuterRef("round"), item_version__item__kind="grid", item_version__definition__rows="panels")
    return Exists(grids.exclude(item_version__definition__has_key="mirror"))
