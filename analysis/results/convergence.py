"""How the answers of everybody went over the rounds: each question's rows from the latest round that asked it back to the first that compares.

Up to the round that is asked for, so that the page of an earlier round stays what it was. Without numpy, from published rows and stored tables.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from analysis.models import AnalysisRun, ItemResult, ItemTable
from analysis.publication import remember_shown, shown_runs
from analysis.results.gaps import ONE_NUMBER
from analysis.results.glance import MIXED, Question, class_of
from analysis.results.pictures import WITHOUT_ORDER
from analysis.stored_tables import Values
from surveys.items import ItemSpec, resolve_item
from surveys.models import AskedItem, Panel, Study

NARROWER, WIDER, NO_CLEAR_CHANGE = "narrower", "wider", "no_clear_change"
DISSENT = "stable_dissent"
TABLES = ("convergence", "measures")  # each is an attribute of `Tracked`
Figures = Mapping[str, Any]


class PublishedRow(NamedTuple):
    """A row of aggregates.csv, as light as can be: a page reads those of all rounds."""

    number: int
    asked_item: int
    component: str
    level: str
    group_type: str
    group: str
    suppressed: bool
    figures: Figures
    panel: Mapping[str, str] | None


@dataclass
class Tracked:
    """A question as the latest round asked it, with its rows over everybody in every round, and those of the panels where it stays divided."""

    asked: AskedItem
    settings: Mapping[str, Any]
    number: int
    by_round: dict[int, list[PublishedRow]] = field(default_factory=dict)
    panels: list[PublishedRow] = field(default_factory=list)
    convergence: Values | None = None
    measures: Values | None = None

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

    @property
    def rows(self) -> list[PublishedRow]:
        """The latest round's, one for each number of an answer; that of a ranking as a whole comes first."""
        return self.by_round.get(self.number, [])

    @property
    def judged(self) -> PublishedRow | None:
        """The only row, or that of a ranking as a whole: the question is one point on a map. None where an answer has several verdicts."""
        return self.rows[0] if len(self.rows) == 1 or (self.rows and not self.rows[0].component) else None

    @property
    def question(self) -> Question:
        """As the round at a glance has it."""
        found = Question(self.item, self.definition)
        for row in self.rows:
            found.add_figures(row.component, row.suppressed, row.figures)
        return found

    @property
    def outcome(self) -> str:
        return self.question.outcome

    @property
    def has_order(self) -> bool:
        return bool(self.rows) and self.rows[0].level not in WITHOUT_ORDER

    def path(self, component: str) -> list[PublishedRow]:
        """The component's rows, the earliest first: each round leads back to the one that it is compared with."""
        found: list[PublishedRow] = []
        number: int | None = self.number
        while number is not None:
            row = next((row for row in self.by_round.get(number, ()) if row.component == component), None)
            if row is None:
                break
            found.append(row)
            number = row.figures.get("previous_round")
        return found[::-1]

    @property
    def was_asked_again(self) -> bool:
        return any(row.figures.get("previous_round") is not None for row in self.rows)


@dataclass(frozen=True)
class Convergence:
    """Every question that was asked up to a round."""

    number: int
    items: Sequence[Tracked]

    @property
    def of_round(self) -> list[Tracked]:
        return [item for item in self.items if item.number == self.number]

    @property
    def can_compare(self) -> bool:
        return any(item.was_asked_again for item in self.of_round)

    @property
    def are_there(self) -> bool:
        """Are the tables there that compare this round's questions with those before, or is nothing to be waited for?"""
        wanted = [item for item in self.of_round if item.was_asked_again and item.item.kind in ONE_NUMBER]
        return not wanted or any(item.convergence is not None for item in wanted)

    @property
    def dissenting(self) -> list[Tracked]:
        """Not agreed, and settled: the sharpest camps first, as far as the measures say."""
        found = [item for item in self.items if item.outcome == DISSENT]
        return sorted(found, key=lambda item: agreement_of(item.measures))

    @property
    def divided_in_parts(self) -> list[Tracked]:
        """Of an answer's numbers some are divided, and settled, and others are not."""
        return [item for item in self.items if item.outcome == MIXED and any(class_of(figures) == DISSENT for figures in item.question.figures)]

    def verdicts(self, name: str) -> list[Tracked]:
        return [item for item in self.of_round if item.convergence and item.convergence["spread_verdict"] == name]


def agreement_of(measures: Values | None) -> float:
    """Van der Eijk's A, −1 for two extremes; where it is not defined, after all others."""
    value = None if measures is None else measures.get("van_der_eijk_a")
    return 2.0 if value is None else float(value)


def convergence_of(study: Study, number: int) -> Convergence:
    """Rounds beside this one count as seen too (3 queries, more the first time)."""
    runs = shown_runs(study).filter(round__number__lte=number)
    asked = list(_asked(study, runs))
    for round_id in {each.round_id for each in asked if each.seen_at is None}:
        remember_shown(round_id)
    items = {each.item_version.item_id: Tracked(each, study.settings, each.round_number) for each in asked}  # the latest stands
    of_asked = {each.pk: items[each.item_version.item_id] for each in asked}
    for row in _rows(study, runs):
        item = of_asked[row.asked_item]
        if row.group_type == "all":
            item.by_round.setdefault(row.number, []).append(row)
        elif row.number == item.number:
            item.panels.append(row)
    for asked_item, name, values in _tables(runs):
        if of_asked[asked_item].asked.pk == asked_item:
            setattr(of_asked[asked_item], name, values)
    return Convergence(number, in_order(items.values()))


def _asked(study: Study, runs: QuerySet[AnalysisRun]) -> QuerySet[Any]:
    found = AskedItem.objects.filter(round__analysis_runs__in=runs).select_related("item_version__item__section")
    return found.annotate(round_number=F("round__number"), seen_at=F("round__analysis_runs__first_shown_at")).order_by("round__number", "position")


def _divided(runs: QuerySet[AnalysisRun]) -> QuerySet[ItemResult, Any]:
    """Questions of one number that are divided and settled, by the id of what was asked."""
    found = ItemResult.objects.filter(run__in=runs, group_type="all", figures__outcome=DISSENT, asked_item__item_version__item__kind__in=ONE_NUMBER)
    return found.values("asked_item")


def _rows(study: Study, runs: QuerySet[AnalysisRun]) -> Iterator[PublishedRow]:
    """Everybody's, and those of the panels where a question is divided and settled; in the files' order."""
    name = Panel.objects.filter(study=study, code=OuterRef("group")).values("name")[:1]
    found = ItemResult.objects.filter(Q(group_type="all") | Q(group_type="panel", asked_item__in=_divided(runs)), run__in=runs)
    ordered = found.order_by("run__round__number", "asked_item__position", "component_position", "group_position")
    columns = ("run__round__number", "asked_item_id", "component", "level", "group_type", "group", "suppressed", "figures")
    return (PublishedRow(*row) for row in ordered.values_list(*columns, Subquery(name)))


def _tables(runs: QuerySet[AnalysisRun]) -> Iterator[tuple[int, str, Values]]:
    """What two rounds say together of everybody, and how divided everybody is: the first row stored is everybody's, where it is told at all."""
    wanted = Q(name="convergence", asked_item__item_version__item__kind__in=ONE_NUMBER) | Q(name="measures", asked_item__in=_divided(runs))
    stored = ItemTable.objects.filter(wanted, run__in=runs)
    for asked_item, name, columns, first in stored.values_list("asked_item_id", "name", "content__columns", "content__rows__0"):
        row = dict(zip(columns, first or (), strict=False))
        if row.get("group_type") == "all":
            yield asked_item, name, row


def in_order(items: Iterable[Tracked]) -> list[Tracked]:
    """As the questionnaire has them; what was asked last in an earlier round stands where it stood."""
    return sorted(items, key=lambda item: (item.item.section.position, item.item.position))
