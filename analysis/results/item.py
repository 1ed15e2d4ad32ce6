"""One item of a round: each part of its answer with every group's published row, beside that of the earlier round, and its further tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, F, Func, JSONField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject

from analysis.models import AnalysisRun, ItemResult, ItemTable
from analysis.publication import remember_shown, shown_runs
from analysis.registered import rule_for
from analysis.results.pictures import WITHOUT_ORDER
from analysis.stored_tables import Values
from surveys.items import Component, ItemSpec, kind_of, resolve_item
from surveys.models import AskedItem, Panel, Study, Theatre

ALL = ("all", "all")
WHOLE = "whole"  # in addresses: the order of a ranking as a whole, which has no code
OF_A_ROW = ("component", "level", "group_type", "group", "suppressed", "figures")
BY_PART = ("sensitivity", "changes", "influence", "attrition")  # their first column is the part's code
TABLES = (*BY_PART, "pools")
TABLES_OF_ROUND = ("pools",)  # what Cooke's model says of every item stands there
Group = tuple[str, str]
Figures = Mapping[str, Any]


@dataclass(frozen=True)
class GroupRow:
    """A group's published row, and that of the earlier round; None where there is none to compare with."""

    group: Group
    suppressed: bool
    figures: Figures
    before: Figures | None = None
    is_hidden_before: bool = False

    @property
    def has_answers(self) -> bool:
        return not self.suppressed and bool(self.figures.get("n"))


@dataclass(frozen=True)
class Part:
    """One number of the answer, or (with an empty code) the only one, or the order of a ranking as a whole."""

    code: str
    level: str
    component: Component
    rows: Sequence[GroupRow]
    is_whole: bool = False

    @property
    def everybody(self) -> GroupRow:
        return self.rows[0]

    @property
    def has_order(self) -> bool:
        return self.level not in WITHOUT_ORDER

    def of(self, kind: str) -> list[GroupRow]:
        return [row for row in self.rows if row.group[0] == kind]


@dataclass(frozen=True)
class ItemOfRound:
    """An asked item as a round's shown run has it. `parts` of many numbers have everybody's rows, the chosen one all of them."""

    study: Study
    number: int
    run: AnalysisRun
    asked: Any  # AskedItem, with what `_asked` adds
    spec: ItemSpec
    parts: Sequence[Part]
    chosen: Part | None
    previous_round: int | None
    tables: Mapping[str, Mapping[str, Any]]

    @property
    def code(self) -> str:
        return str(self.asked.item_version.item.code)

    @property
    def definition(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.asked.item_version.definition
        return found

    @property
    def rounds_asked(self) -> list[int]:
        """The rounds that asked it, in whichever wording."""
        found: list[int] = self.asked.rounds_asked
        return found

    @property
    def has_parts(self) -> bool:
        return len(self.parts) > 1

    @property
    def numbers(self) -> list[Part]:
        """The parts that are numbers: without the order as a whole."""
        return [part for part in self.parts if not part.is_whole]

    @cached_property
    def names(self) -> Mapping[Group, Any]:
        """(group type, code) → name by language, of theatres and panels."""
        found: list[Mapping[str, Any]] = [*self.asked.named_theatres, *self.asked.named_panels]
        return {(entry["kind"], entry["code"]): entry["name"] for entry in found}

    @property
    def tables_are_there(self) -> bool:
        return bool(self.tables)

    def rows_of(self, table: str, **only: Any) -> Iterable[Values]:
        """A further table's rows with these values; found by their columns before anything else is made of them, as there may be thousands."""
        content = self.tables.get(table)
        if content is None:
            return
        columns = list(content["columns"])
        places = [(columns.index(name), value) for name, value in only.items()]
        for row in content["rows"]:
            if all(row[place] == value for place, value in places):
                yield dict(zip(columns, row, strict=True))

    def rules(self, part: Part, name: str) -> Mapping[str, Any] | None:
        """The registered rule of "consensus" or "stability" that holds for a part."""
        of_item: tuple[Mapping[str, Any], ...] = getattr(self.spec, name)
        of_part: tuple[Mapping[str, Any], ...] = getattr(part.component, name)
        return rule_for(part.level, *of_item, *of_part, self.study.settings.get(name))


def item_of_round(study: Study, run: AnalysisRun, code: str, component: str = "") -> ItemOfRound | None:
    """None where the round did not ask it. Earlier rounds whose rows stand beside it count as seen (1 query; 1 more the first time)."""
    asked = _asked(study, run, code, component).first()
    if asked is not None and component and not any(row["component"] == _code(component) for row in asked.rows):
        asked = _asked(study, run, code, "").first()  # nothing is called so: the first part, as without a name
    if asked is None:
        return None
    spec = resolve_item(asked.item_version.definition, study.settings)
    number = run.round.number
    now = [row for row in asked.rows if row["round"] == number]
    previous = next((row["figures"].get("previous_round") for row in now if row["group_type"] == "all"), None)
    before = [row for row in asked.rows if row["round"] == previous and row["version"] == _previous_version(now)]
    if any(row["first_shown_at"] is None for row in before):
        remember_shown(before[0]["round_id"])
    parts = list(_parts(spec, now, before))
    tables = {entry["name"] if entry["asked_item"] else f"round_{entry['name']}": entry for entry in asked.further}
    return ItemOfRound(study, number, run, asked, spec, parts, _chosen(parts, component), previous, tables)


def _asked(study: Study, run: AnalysisRun, code: str, component: str) -> QuerySet[Any]:
    """The asked item with its rows of all rounds up to this one, its tables, and the names of the groups: all that a page says, at once."""
    chosen = Q(component=_code(component)) if component else Q(component_position=0)
    of_item = Q(run__in=shown_runs(study), run__round__number__lte=run.round.number, asked_item__item_version__item=OuterRef("item_version__item"))
    rows = ItemResult.objects.filter(of_item, Q(group_type="all") | chosen).order_by("component_position", "group_position").values(json=JSONObject(
        round=F("run__round__number"), round_id=F("run__round_id"), first_shown_at=F("run__first_shown_at"),
        version=F("asked_item__item_version__number"), **{name: F(name) for name in OF_A_ROW}))
    of_round = Q(asked_item=None, name__in=TABLES_OF_ROUND)
    further = ItemTable.objects.filter(Q(asked_item=OuterRef("pk"), name__in=TABLES) | of_round, run=run).values(
        json=JSONObject(name="name", asked_item=F("asked_item_id"), columns=F("content__columns"), rows=_rows_shown(run, component)))
    found = AskedItem.objects.filter(round=run.round_id, item_version__item__code=code).select_related("item_version__item__section")
    rounds = AskedItem.objects.filter(item_version__item=OuterRef("item_version__item")).values("round__number")
    return found.annotate(rows=ArraySubquery(rows), rounds_asked=ArraySubquery(rounds), further=ArraySubquery(further),
                          named_panels=_named(Panel, study, "panel"), named_theatres=_named(Theatre, study, "theatre"))


def _rows_shown(run: AnalysisRun, component: str) -> Case:
    """Of a table by parts those of the chosen one: a grid of 221 cells has tens of thousands of rows."""
    first = ItemResult.objects.filter(run=run, asked_item=OuterRef("asked_item"), component_position=0).values("component")[:1]
    code = Value(_code(component)) if component else Subquery(first)
    chosen = Func(F("content"), Value("strict $.rows[*] ? (@[0] == $code)", CharField()), JSONObject(code=code), function="jsonb_path_query_array",
                  template="%(function)s(%(expressions)s)", output_field=JSONField())
    return Case(When(name__in=BY_PART, then=chosen), default=F("content__rows"), output_field=JSONField())


def _code(component: str) -> str:
    return "" if component == WHOLE else component


def _named(model: type[Panel] | type[Theatre], study: Study, kind: str) -> ArraySubquery:
    return ArraySubquery(model.objects.filter(study=study).order_by("position").values(json=JSONObject(kind=Value(kind), code="code", name="name")))


def _previous_version(rows: Iterable[Mapping[str, Any]]) -> int | None:
    return next((row["figures"].get("previous_version") for row in rows if row["group_type"] == "all"), None)


def _parts(spec: ItemSpec, now: Iterable[Mapping[str, Any]], before: Iterable[Mapping[str, Any]]) -> Iterable[Part]:
    components = {component.code: component for component in kind_of(spec).components(spec)}
    has_whole = bool(kind_of(spec).whole_level)
    earlier = {(row["component"], row["group_type"], row["group"]): row for row in before}
    found: dict[str, list[GroupRow]] = {}
    levels: dict[str, str] = {}
    for row in now:
        there = earlier.get((row["component"], row["group_type"], row["group"]))
        is_told = there is not None and not there["suppressed"]
        found.setdefault(row["component"], []).append(GroupRow(
            (row["group_type"], row["group"]), row["suppressed"], row["figures"], there["figures"] if there and is_told else None,
            there is not None and not is_told))
        levels[row["component"]] = row["level"]
    for code, rows in found.items():
        is_whole = has_whole and not code
        yield Part(code, levels[code], Component("", levels[code]) if is_whole else components[code], rows, is_whole)


def _chosen(parts: Sequence[Part], component: str) -> Part | None:
    return next((part for part in parts if component and part.code == _code(component)), parts[0] if parts else None)
