"""A counted round as published, from its stored rows and its snapshot, with the round that each item is compared with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from analysis.models import AnalysisRun, ItemResult, Snapshot
from analysis.publication import published_run
from analysis.published import PublishedComponent, PublishedItem, PublishedRound
from analysis.round_data import RoundData
from analysis.rows import Row
from analysis.snapshot import item_key, unpack
from surveys.models import Round

Rows = dict[str, dict[str, list[Row]]]
"""Item key → component → its rows, in the files' order."""


def published_round(run: AnalysisRun, keys: Sequence[str] | None = None) -> PublishedRound:
    """The run's items (all, or those named) as published. A handful of queries and one snapshot for each round that is looked at."""
    data = data_of(run)
    rows = stored_rows(run, data, keys)
    earlier = {number: _earlier(run.round, number, wanted) for number, wanted in _compared(data, rows).items()}
    return PublishedRound(data, _items(data, rows, earlier))


def data_of(run: AnalysisRun) -> RoundData:
    return unpack(Snapshot.objects.get(round=run.round_id, closing=run.closing).content)


def erased_answers(run: AnalysisRun) -> dict[str, int]:
    """Round → people whose answers are gone from the snapshot that counts there, up to this run's round (2 queries)."""
    earlier = AnalysisRun.objects.filter(round__study=run.round.study_id, round__number__lt=run.round.number, is_published=True)
    closings = {(run.round_id, run.closing), *earlier.values_list("round_id", "closing")}
    snapshots = Snapshot.objects.filter(round__in=[round_id for round_id, _closing in closings]).select_related("round").defer("data")
    return {str(found.round.number): sum(found.erased.values()) for found in snapshots if (found.round_id, found.closing) in closings and found.erased}


def stored_rows(run: AnalysisRun, data: RoundData, keys: Sequence[str] | None = None) -> Rows:
    groups = {(group.kind, group.code): group for group in data.groups}
    found: Rows = defaultdict(lambda: defaultdict(list))
    results = ItemResult.objects.filter(run=run).select_related("asked_item__item_version__item")
    if keys is not None:
        results = results.filter(asked_item__item_version__item__code__in={key.rpartition("/")[0] for key in keys})
    for result in results.order_by("asked_item__position", "component_position", "group_position"):
        key = item_key(result.asked_item)
        if keys is None or key in keys:
            row = Row(groups[result.group_type, result.group], result.suppressed, result.pairs_suppressed, result.figures)
            found[key][result.component].append(row)
    return found


def _compared(data: RoundData, rows: Rows) -> dict[int, dict[str, str]]:
    """Earlier round → key here → key there, for the items that look back to it."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for key, by_component in rows.items():
        figures = next(iter(by_component.values()))[0].figures
        if figures.get("previous_round") is not None:
            found[figures["previous_round"]][key] = f"{key.rpartition('/')[0]}/{figures['previous_version']}"
    return found


def _earlier(study_round: Round, number: int, wanted: Mapping[str, str]) -> dict[str, PublishedItem]:
    """Key here → the item as the earlier round published it."""
    run = published_run(Round.objects.get(study=study_round.study_id, number=number))
    if run is None:
        return {}
    data = data_of(run)
    there = {item.key: item for item in _items(data, stored_rows(run, data, list(wanted.values())), {})}
    return {here: there[key] for here, key in wanted.items() if key in there}


def _items(data: RoundData, rows: Rows, earlier: Mapping[int, Mapping[str, PublishedItem]]) -> Iterator[PublishedItem]:
    previous = {key: item for items in earlier.values() for key, item in items.items()}
    for meta in data.meta["items"]:
        if meta["key"] in rows:
            yield _item(data, meta, rows[meta["key"]], previous.get(meta["key"]))


def _item(data: RoundData, meta: Mapping[str, Any], rows: Mapping[str, list[Row]], previous: PublishedItem | None) -> PublishedItem:
    def made() -> Iterable[PublishedComponent]:
        for component in meta["components"]:
            before = previous.component(component["code"]) if previous else None
            yield PublishedComponent(data, meta, component, rows[component["code"]], before)

    return PublishedItem(meta, tuple(made()), tuple(rows.get("", ())) if meta["whole_level"] else ())
