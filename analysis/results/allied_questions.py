"""The questions that compare allies and theatres: what maps are drawn of, and what is asked of two theatres; their published rows and intervals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from analysis.models import AnalysisRun, ItemResult, ItemTable
from analysis.publication import remember_shown, shown_runs
from analysis.results.gaps import ONE_NUMBER
from analysis.stored_tables import Values, unpacked
from surveys.items import ItemSpec, resolve_item
from surveys.models import AskedItem, Study

PLANE = "plane"
Figures = Mapping[str, Any]
Place = tuple[str, str]


@dataclass(frozen=True)
class Standing:
    """A panel on one axis. `mean` None: protected, or nobody answered."""

    mean: float | None
    low: float | None = None
    high: float | None = None
    is_protected: bool = False


@dataclass
class Asked:
    """A question with the published rows and intervals of its panels: (component, panel) → figures."""

    asked: AskedItem
    settings: Mapping[str, Any]
    rows: dict[int, dict[Place, Figures | None]] = field(default_factory=dict)  # by round; None where a row is protected
    measures: dict[Place, Values] = field(default_factory=dict)
    groups: dict[Place, Figures | None] = field(default_factory=dict)  # this round's rows over everybody and over theatres: (type, code) → figures

    @property
    def item(self) -> Any:
        return self.asked.item_version.item

    @property
    def definition(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.asked.item_version.definition
        return found

    @cached_property
    def spec(self) -> ItemSpec:
        return resolve_item(self.definition, self.settings)

    def now(self, number: int, component: str, panel: str) -> Standing:
        place, figures = (component, panel), self.rows.get(number, {}).get((component, panel))
        if figures is None:
            return Standing(None, is_protected=place in self.rows.get(number, {}))
        limits = self.measures.get(place, {})
        return Standing(figures.get("mean"), limits.get("mean_low"), limits.get("mean_high"))

    def before(self, number: int, component: str, panel: str) -> float | None:
        """In the round that this one is compared with, where that was published."""
        figures = self.rows.get(number, {}).get((component, panel))
        earlier = None if figures is None else figures.get("previous_round")
        there = None if earlier is None else self.rows.get(earlier, {}).get((component, panel))
        return None if there is None else there.get("mean")


def asked_questions(study: Study, number: int) -> list[Asked]:
    """Those of the round, in the questionnaire's order (2 queries, more the first time)."""
    rows = list(_rows(shown_runs(study).filter(round__number__lte=number), number))
    found: dict[int, Asked] = {}
    for row in rows:
        if row.run.round.number == number:
            found.setdefault(row.asked_item.item_version.item_id, Asked(row.asked_item, study.settings))
    for row in rows:
        question = found.get(row.asked_item.item_version.item_id)
        if question is not None:
            put(question, row, number)
    for round_id in {row.run.round_id for row in rows if row.run.first_shown_at is None}:
        remember_shown(round_id)
    put_measures(found.values())
    return list(found.values())


def put(question: Asked, row: ItemResult, number: int) -> None:
    figures = None if row.suppressed else row.figures
    if row.group_type == "panel":
        question.rows.setdefault(row.run.round.number, {})[row.component, row.group] = figures
    elif row.run.round.number == number:
        question.groups[row.group_type, row.group] = figures


def put_measures(questions: Iterable[Asked]) -> None:
    by_asked = {question.asked.pk: question for question in questions}
    for table in ItemTable.objects.filter(name="measures", asked_item__in=by_asked, run__is_published=True):
        rows = (row for row in unpacked(table.content) if row["group_type"] == "panel")
        by_asked[table.asked_item_id or 0].measures.update({(row["component"], row["group"]): row for row in rows})


def is_on_a_map(prefix: str = "") -> Q:
    return Q(**{f"{prefix}item_version__item__kind": PLANE}) | Q(**{f"{prefix}item_version__definition__has_key": "dimension"})


def is_linked(asked: QuerySet[AskedItem]) -> Q:
    """It asks the same as another question of the round, or another asks the same as it; with answers of one number."""
    naming = asked.filter(item_version__definition__has_key="same_as")
    named = naming.annotate(other=KeyTextTransform("same_as", "item_version__definition")).values("other")
    is_one = Q(asked_item__item_version__definition__has_key="same_as") | Q(asked_item__item_version__item__code__in=named)
    return is_one & Q(asked_item__item_version__item__kind__in=ONE_NUMBER)


def _rows(runs: QuerySet[AnalysisRun], number: int) -> QuerySet[ItemResult]:
    """Of maps the panels in every round, of linked questions everybody and the theatres in this one."""
    this_round = runs.filter(round__number=number)
    linked = is_linked(AskedItem.objects.filter(round__in=this_round.values("round"))) & Q(run__in=this_round, group_type__in=("all", "theatre"))
    rows = ItemResult.objects.filter(Q(is_on_a_map("asked_item__"), run__in=runs, group_type="panel") | linked)
    return rows.select_related("run__round", "asked_item__item_version__item").order_by("asked_item__position", "component_position", "group_position")


def pairs_from(questions: Sequence[Asked]) -> list[tuple[Asked, Asked]]:
    """Each question that another names, and the one that names it."""
    by_code = {question.item.code: question for question in questions if question.groups}
    return [(by_code[question.definition["same_as"]], question) for question in by_code.values() if question.definition.get("same_as") in by_code]


def compares_allies() -> Exists:
    """Does the run's round ask anything of which a map can be drawn, or the same of two theatres?"""
    asked = AskedItem.objects.filter(round=OuterRef("round"))
    linked = Q(item_version__definition__has_key="same_as", item_version__item__kind__in=ONE_NUMBER)
    return Exists(asked.filter(is_on_a_map() | linked))
