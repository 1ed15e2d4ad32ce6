"""The rows of the result files as JSON: the same columns and cells, numbers as numbers, null where a cell is empty."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from analysis.exports.cells import number_cell
from analysis.exports.shown import Shown
from analysis.models import ItemResult, ItemTable
from surveys.models import AskedItem

Row = dict[str, Any]
ROW_NAMES = ("component", "group_type", "group")


@dataclass(frozen=True)
class Entry:
    """What a file's rows belong to: an item of a round, or (without one) the round as a whole. `leading`: how they all begin."""

    run_id: int
    asked_item_id: int | None
    leading: Row = field(hash=False)


def entries_of(shown: Shown) -> list[Entry]:
    """In the files' order, each round's items and then the round itself (1 query)."""
    asked = AskedItem.objects.filter(round__in=[run.round_id for run in shown.runs]).order_by("position")
    said = ("round", "pk", "item_version__item__section__code", "item_version__item__code", "item_version__number", "item_version__item__kind")
    of_round: dict[int, list[Any]] = {run.round_id: [] for run in shown.runs}
    for round_id, *row in asked.values_list(*said):
        of_round[round_id].append(row)
    found = []
    for run in shown.runs:
        for pk, *row in of_round[run.round_id]:
            found.append(Entry(run.pk, pk, _leading(shown, run.round.number, *row)))
        found.append(Entry(run.pk, None, _leading(shown, run.round.number, None, None, None, None)))
    return found


def _leading(shown: Shown, number: int, section: str | None, item: str | None, version: int | None, kind: str | None) -> Row:
    return {"study": shown.study.slug, "round": number, "section": section, "item": item, "item_version": version, "kind": kind}


def cell_of(kind: str, value: Any) -> Any:
    """A number as the file prints it, text as it is (JSON runs no formulas), null for an empty cell."""
    if value is None or value == "":
        return None
    if kind != "number":
        return str(value)
    text = number_cell(value)
    return float(text) if "." in text else int(text)


def table_rows(name: str, columns: Sequence[Any]) -> Callable[[Sequence[Entry]], Iterator[list[Row]]]:
    """How the rows of a further table are read for some entries (1 query)."""

    def rows_of(entries: Sequence[Entry]) -> Iterator[list[Row]]:
        stored = _stored(name, entries)
        for entry in entries:
            content = stored.get((entry.run_id, entry.asked_item_id))
            yield [] if content is None else [entry.leading | cells for cells in cells_of(columns, content)]

    return rows_of


def _stored(name: str, entries: Sequence[Entry]) -> dict[tuple[int, int | None], Any]:
    items = Q(asked_item__in=[entry.asked_item_id for entry in entries if entry.asked_item_id is not None])
    wholes = Q(asked_item=None, run__in=[entry.run_id for entry in entries if entry.asked_item_id is None])
    found = ItemTable.objects.filter(items | wholes, name=name, run__in={entry.run_id for entry in entries})
    return {(run, asked_item): content for run, asked_item, content in found.values_list("run", "asked_item", "content")}


def cells_of(columns: Sequence[Any], content: Mapping[str, Any]) -> Iterator[Row]:
    """Stored rows by column; one that was added after they were stored is empty."""
    places = {name: place for place, name in enumerate(content["columns"])}
    plan = [(column.name, column.kind, places.get(column.name)) for column in columns]
    for row in content["rows"]:
        yield {name: None if place is None else cell_of(kind, row[place]) for name, kind, place in plan}


def aggregate_rows(shown: Shown) -> Callable[[Sequence[Entry]], Iterator[list[Row]]]:
    """How the rows of the aggregates are read for some entries, with their further measures (2 queries)."""
    from analysis.exports.columns import COLUMNS
    from analysis.exports.measures import NAME, measure_columns  # brings the statistics along, which a web process loads only when it must

    further, simulated = measure_columns(), "yes" if shown.study.is_simulated else "no"

    def rows_of(entries: Sequence[Entry]) -> Iterator[list[Row]]:
        results, measures = _results(entries), _stored(NAME, entries)
        for entry in entries:
            measured = _by_row(further, measures.get((entry.run_id, entry.asked_item_id)))
            yield [_aggregate(COLUMNS, {**entry.leading, "simulated": simulated}, result, further, measured) for result in results.get(entry.asked_item_id, [])]

    return rows_of


def _results(entries: Sequence[Entry]) -> dict[int | None, list[ItemResult]]:
    runs, items = {entry.run_id for entry in entries}, [entry.asked_item_id for entry in entries if entry.asked_item_id is not None]
    found: dict[int | None, list[ItemResult]] = {}
    for result in ItemResult.objects.filter(run__in=runs, asked_item__in=items).order_by("component_position", "group_position"):
        found.setdefault(result.asked_item_id, []).append(result)
    return found


def _by_row(columns: Sequence[Any], content: Mapping[str, Any] | None) -> dict[tuple[str, ...], Row]:
    """(component, group type, group) → the measures of that row."""
    if content is None:
        return {}
    places = [content["columns"].index(name) for name in ROW_NAMES]
    names = (tuple(row[place] or "" for place in places) for row in content["rows"])
    return dict(zip(names, cells_of(columns, content), strict=True))


def _aggregate(columns: Sequence[Any], leading: Row, result: ItemResult, further: Sequence[Any], measured: Mapping[tuple[str, ...], Row]) -> Row:
    said = {
        **result.figures, **leading, "component": result.component, "level": result.level, "group_type": result.group_type, "group": result.group,
        "suppressed": "yes" if result.suppressed else "no",
    }
    row = {column.name: cell_of(column.kind, said.get(column.name)) for column in columns}
    empty = {column.name: None for column in further}
    return row | (empty if result.suppressed else measured.get((result.component, result.group_type, result.group), empty))
