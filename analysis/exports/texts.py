"""reasons.csv and open_answers.csv: what experts wrote and a moderator let through, without panel or pseudonym, in an order that tells nothing.

Only texts of those whose answers the shown figures count: beside figures of an earlier closing, a later text would tell that somebody joined.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping

from analysis.exports.cells import csv_chunks, text_cell
from analysis.exports.described import Described, names_of, text
from analysis.exports.shown import Shown, items_of, leading_cells
from analysis.frozen_item import FrozenItem
from analysis.models import AnalysisRun, ItemResult, Snapshot
from analysis.round_data import RoundData
from analysis.snapshot import unpack
from analysis.tables.base import LEADING
from surveys.models import Round
from surveys.templatetags.written import language_by_signs
from surveys.workflow.open_answers import open_answers_let_through
from surveys.workflow.rationales import reasons_let_through

Texts = Callable[[Round], list[tuple[int, str, str]]]
Row = tuple[int, str, str]  # asked item, position, text
OF_TEXTS = (
    text("language", "ko or ja where its signs show it; empty where they don't"),
    text("text", "what was let through, as it is or in part"),
)
OPEN_ANSWER_COLUMNS: tuple[Described, ...] = OF_TEXTS
REASON_COLUMNS: tuple[Described, ...] = (
    text("position", "below, within or above the middle half of everybody's answers, where that side and those not named have the study's minimum; else empty"),
    *OF_TEXTS,
)


def reasons_file(shown: Shown, *, bom: bool = False) -> Iterator[bytes]:
    header = [*names_of(LEADING), *names_of(REASON_COLUMNS)]
    return csv_chunks(header, (first + [position, *of_text] for first, position, of_text in _rows(shown, reasons_let_through)), bom=bom)


def open_answers_file(shown: Shown, *, bom: bool = False) -> Iterator[bytes]:
    header = [*names_of(LEADING), *names_of(OPEN_ANSWER_COLUMNS)]
    return csv_chunks(header, (first + of_text for first, _position, of_text in _rows(shown, open_answers_let_through)), bom=bom)


def _rows(shown: Shown, texts: Texts) -> Iterator[tuple[list[str], str, list[str]]]:
    for run in shown.runs:
        said = texts(run.round)
        if not said:
            continue
        leading, places = leading_cells(shown, run), {pk: place for place, pk in enumerate(items_of(shown, run))}
        for asked_item, position, words in sorted(counted_texts(run, said), key=lambda row: (places[row[0]], digest_of(row), row[1])):
            yield leading[asked_item], position, [language_by_signs(words), text_cell(words)]


def digest_of(row: Row) -> str:
    """The order within an item: it follows from the text alone, so it can't tell who wrote it, or when."""
    return hashlib.sha256(row[2].encode()).hexdigest()


def counted_texts(run: AnalysisRun, said: list[tuple[int, str, str]]) -> Iterator[Row]:
    snapshot = Snapshot.objects.get(round=run.round_id, closing=run.closing)
    data = unpack(snapshot.content)
    keys = keys_of(run)
    # After an erasure the snapshot holds fewer answers than the rows: positions that come or go would tell on which side somebody is gone.
    is_whole = sum(snapshot.erased.values()) == run.erased_before.get(str(run.round.number), 0)
    sides = sides_of(run, data, keys, {asked_item for asked_item, _panelist, _words in said}) if is_whole else {}
    for asked_item, panelist, words in said:
        place = data.places.get(panelist)
        if place is not None and data.submitted[place] and not data.not_shown[data.item_rows[keys[asked_item]], place]:
            yield asked_item, sides.get(asked_item, {}).get(panelist, ""), words


def keys_of(run: AnalysisRun) -> dict[int, str]:
    """Asked item id → its key in the snapshot (1 query)."""
    asked = run.round.asked_items.values_list("pk", "item_version__item__code", "item_version__number")
    return {pk: f"{code}/{number}" for pk, code, number in asked}


def sides_of(run: AnalysisRun, data: RoundData, keys: Mapping[int, str], asked: Collection[int]) -> dict[int, dict[str, str]]:
    """Of these asked items, panelist → side of the middle half, where everybody's row is shown and has quartiles (1 query)."""
    rows = ItemResult.objects.filter(run=run, group_type="all", component="", suppressed=False, figures__q1__isnull=False, asked_item__in=asked)
    found = {}
    for asked_item, figures in rows.values_list("asked_item", "figures"):
        row = data.rows_of.get((keys[asked_item], ""))
        if row is not None and figures["q1"] is not None:
            not_shown = data.not_shown[data.item_rows[keys[asked_item]]]
            item = FrozenItem(data.places, data.meta["minimum"], data.submitted.tolist(), not_shown.tolist(), data.values[row].tolist())
            found[asked_item] = item.sides(figures["q1"], figures["q3"])
    return found
