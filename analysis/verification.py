"""Does what is stored follow from the frozen answers? Everything is worked out once more, compared, and nothing is written.

Numbers are compared as the files print them: another processor may differ in the sixteenth digit.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile, zip_longest
from typing import Any, cast

from analysis.aggregation import comparisons_of, item_results
from analysis.blocks import corrected, item_tables, round_tables
from analysis.exports.cells import number_cell
from analysis.models import AnalysisBlock, AnalysisRun, ItemResult, ItemTable, Snapshot
from analysis.published_rounds import erased_answers, published_round
from analysis.round_data import RoundData
from analysis.snapshot import FORMAT, digest_of, item_key, unpack
from analysis.tables import TABLES, table
from analysis.tables.base import Table, Values, unpacked
from surveys.models import Round
from surveys.queries import asked_items

ABSENT = "no such row"
OF_A_ROW = ("level", "component_position", "group_position", "suppressed", "pairs_suppressed")


@dataclass(frozen=True)
class Difference:
    """One cell. `where`: item, component and group, as far as the row has them."""

    file: str
    where: str
    column: str
    stored: Any
    recomputed: Any

    def __str__(self) -> str:
        return f"{self.file}: {self.where}, {self.column}: stored {as_text(self.stored)}, recomputed {as_text(self.recomputed)}"


@dataclass
class Verified:
    """What was found of one round. `erased`: responses that are gone since it was counted, so that figures can't be the same any more."""

    round_number: int
    rows: int = 0
    tables: set[str] = field(default_factory=set)
    erased: int = 0
    unfinished: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        return bool(self.differences) and not self.erased


def verify_run(run: AnalysisRun) -> Verified:
    """Compare a run's digest, rows and further tables with what its snapshots give today."""
    found, before = Verified(run.round.number), run.erased_before
    found.erased = sum(number - before.get(name, 0) for name, number in erased_answers(run).items())
    snapshot = Snapshot.objects.get(round=run.round_id, closing=run.closing)
    data = unpack(snapshot.content)
    found.differences += _different_digest(run, snapshot, data)
    _verify_rows(found, run, data)
    _verify_tables(found, run)
    return found


def _different_digest(run: AnalysisRun, snapshot: Snapshot, data: RoundData) -> Iterator[Difference]:
    """A snapshot of the first format, or one from which answers were erased, keeps the digest of what it was."""
    where = f"round {run.round.number}"
    if run.snapshot_sha256 != snapshot.sha256:
        yield Difference("snapshot", where, "digest beside the results", run.snapshot_sha256, snapshot.sha256)
    if snapshot.erased or data.meta["format"] != FORMAT:
        return
    digest = digest_of(data)
    if digest != snapshot.sha256:
        yield Difference("snapshot", where, "digest", snapshot.sha256, digest)


# --- rows ---


def _verify_rows(found: Verified, run: AnalysisRun, data: RoundData) -> None:
    comparisons, ids = comparisons_of(run.round, data), _ids(run)
    rows_in_order = ItemResult.objects.filter(run=run).order_by("component_position", "group_position")
    counted = [item for item in data.meta["items"] if item["components"] and not item["practice"]]
    for item in counted:
        asked_item = ids[item["key"]]
        stored = {_name(row): row for row in rows_in_order.filter(asked_item=asked_item)}
        recomputed = {_name(row): row for row in item_results(run.pk, asked_item, data, item, comparisons.get(item["key"]))}
        found.rows += len(stored)
        for name in {**stored, **recomputed}:
            found.differences += _different_row(f"{item['code']} {' '.join(name).strip()}", stored.get(name), recomputed.get(name))
    others = ItemResult.objects.filter(run=run).exclude(asked_item__in=[ids[item["key"]] for item in counted]).count()
    if others:
        found.differences.append(Difference("aggregates.csv", "items that were not counted", "rows", others, 0))


def _name(row: ItemResult) -> tuple[str, str, str]:
    return row.component, row.group_type, row.group


def _different_row(where: str, stored: ItemResult | None, recomputed: ItemResult | None) -> Iterator[Difference]:
    if stored is None or recomputed is None:
        yield Difference("aggregates.csv", where, "row", ABSENT if stored is None else "there", ABSENT if recomputed is None else "there")
        return
    mine, anew = _values(stored), as_stored(_values(recomputed))
    yield from _different_cells("aggregates.csv", where, mine, anew)


def _values(row: ItemResult) -> Values:
    return {**row.figures, **{name: getattr(row, name) for name in OF_A_ROW}}


def _different_cells(file: str, where: str, stored: Mapping[str, Any], recomputed: Mapping[str, Any]) -> Iterator[Difference]:
    for column in {**stored, **recomputed}:
        if not same(stored.get(column), recomputed.get(column)):
            yield Difference(file, where, column, stored.get(column), recomputed.get(column))


# --- further tables ---


def _verify_tables(found: Verified, run: AnalysisRun) -> None:
    blocks = list(AnalysisBlock.objects.filter(run=run))
    done = [block for block in blocks if block.state == AnalysisRun.State.DONE and not block.problem]
    waiting = [block for block in blocks if block.state != AnalysisRun.State.DONE]
    found.unfinished = [key.rpartition("/")[0] for block in waiting for key in block.item_keys] + ["all items together"] * any(
        block.is_closing for block in waiting)
    together: dict[str, list[ItemTable]] = defaultdict(list)  # those whose p values are corrected over all items
    for block in done:
        if not block.is_closing:
            _verify_block(found, run, block, together)
    if any(block.is_closing for block in done):
        _verify_closing(found, run, together)


def _verify_block(found: Verified, run: AnalysisRun, block: AnalysisBlock, together: dict[str, list[ItemTable]]) -> None:
    ids = _ids(run)
    for item in published_round(run, block.item_keys).items:
        asked_item, stored = ids[item.key], _stored(run, ids[item.key])
        recomputed = {made.name: made for made in item_tables(run.pk, asked_item, item)}
        for name in {**stored, **recomputed}:
            if name in WITH_FAMILIES:
                together[name] += [recomputed[name]] if name in recomputed else []
                if name not in recomputed:
                    _compare(found, name, item.code, stored[name], None)
            else:
                _compare(found, name, item.code, stored.get(name), recomputed[name].content if name in recomputed else None)


def _verify_closing(found: Verified, run: AnalysisRun, together: Mapping[str, list[ItemTable]]) -> None:
    """Corrected p values, and rows about the round as a whole."""
    codes = {pk: key.rpartition("/")[0] for key, pk in _ids(run).items()}
    for name, tables in together.items():
        for made in corrected(table(name), cast(Any, Recomputed(tables))):
            _compare(found, name, codes[made.asked_item_id or 0], _stored(run, made.asked_item_id).get(name), made.content)
    stored = _stored(run, None)
    recomputed = {made.name: made.content for made in round_tables(run, published_round(run))}
    for name in {**stored, **recomputed}:
        _compare(found, name, "all items", stored.get(name), recomputed.get(name))


WITH_FAMILIES = frozenset(found.name for found in TABLES if found.families)


class Recomputed:
    """Tables in memory, read as stored ones are."""

    def __init__(self, tables: Sequence[ItemTable]) -> None:
        self._tables = tables

    def iterator(self, _size: int) -> Iterator[ItemTable]:
        return iter(self._tables)


def _stored(run: AnalysisRun, asked_item: int | None) -> dict[str, Any]:
    return dict(ItemTable.objects.filter(run=run, asked_item=asked_item).order_by("name").values_list("name", "content"))


def _compare(found: Verified, name: str, item: str, stored: Any, recomputed: Any) -> None:
    found.tables.add(name)
    nothing: dict[str, Any] = {"columns": [], "rows": []}
    rows = zip_longest(unpacked(stored or nothing), unpacked(as_stored(recomputed or nothing)))
    for one, other in rows:
        where = f"{item} {_where(table(name), one or other or {})}".strip()
        if one is None or other is None:
            found.differences.append(Difference(f"{name}.csv", where, "row", ABSENT if one is None else "there", ABSENT if other is None else "there"))
        else:
            found.differences += _different_cells(f"{name}.csv", where, one, other)


def _where(of: Table, row: Mapping[str, Any]) -> str:
    """What a row is about: the words before its first number."""
    return " ".join(str(row[column.name]) for column in takewhile(lambda column: column.kind == "text", of.columns) if row.get(column.name))


def _ids(run: AnalysisRun) -> dict[str, int]:
    """Item key → asked item id, in the questionnaire's order."""
    return {item_key(asked): asked.pk for asked in asked_items(Round(pk=run.round_id))}


def as_stored(value: Any) -> Any:
    """As the database would give it back."""
    return json.loads(json.dumps(value))


def same(stored: Any, recomputed: Any) -> bool:
    if stored == recomputed:
        return True
    if isinstance(stored, list) and isinstance(recomputed, list):
        return len(stored) == len(recomputed) and all(map(same, stored, recomputed))
    if isinstance(stored, int | float) and isinstance(recomputed, int | float):
        return number_cell(stored) == number_cell(recomputed)
    return False


def as_text(value: Any) -> str:
    if isinstance(value, list):
        return "[" + " ".join(map(as_text, value)) + "]"
    return "(empty)" if value is None else number_cell(value) if isinstance(value, float) else str(value)
