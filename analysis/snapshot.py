"""Freeze a closed round into one columnar file with a digest. The only reader of survey models' answers.

The file is self-contained: pseudonyms, panels and theatres as they were at closing, what was asked and under which rules,
and the answers as arrays (experts are columns, components rows). Analysis reads nothing else.
"""

import hashlib
import io
import json
import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from typing import Any

import numpy as np
from django.db import transaction

from analysis import snapshot_files
from analysis.component_numbers import component_numbers
from analysis.conditions import hide_unasked
from analysis.given_answers import GivenAnswers, given_answers, responses_with_reasons
from analysis.models import Snapshot
from analysis.round_data import RoundData
from surveys.enums import PanelistState
from surveys.items import kind_of
from surveys.models import AskedItem, Invitation, Round
from surveys.queries import asked_items, responses_that_count
from surveys.workflow.locks import lock_round_for_changing

ARRAYS = ("panel", "invited", "submitted", "values", "cannot_judge", "decision", "confidence", "has_reason", "not_shown")
FORMAT = 2


def freeze_round(round_id: int, closing: int) -> Snapshot | None:
    """The snapshot of this closing, made once. None when the round has moved on to another closing."""
    present = Snapshot.objects.filter(round_id=round_id, closing=closing).first()
    if present is not None:
        return present
    data = read_round(Round.objects.select_related("study").get(pk=round_id))
    place = _put_away(round_id, pack(data))
    snapshot, is_ours = _pointing_to(place, round_id, closing, data)
    if not is_ours and place["file"]:
        snapshot_files.delete(place["file"])
    return snapshot


def _pointing_to(place: dict[str, Any], round_id: int, closing: int, data: RoundData) -> tuple[Snapshot | None, bool]:
    """The snapshot, and whether it is this one: another worker may have been faster."""
    with transaction.atomic():
        study_round = lock_round_for_changing(round_id)
        if study_round.closing != closing or study_round.is_open or data.meta["closing"] != closing:
            return None, False
        return Snapshot.objects.get_or_create(round_id=round_id, closing=closing, defaults={**place, "sha256": digest_of(data)})


def _put_away(round_id: int, content: bytes) -> dict[str, Any]:
    """Where the file lies now, as fields of its row."""
    if not snapshot_files.are_used():
        return {"data": content, "file": "", "file_sha256": ""}
    name, sha256 = snapshot_files.write(str(round_id), content)
    return {"data": None, "file": name, "file_sha256": sha256}


def read_round(study_round: Round) -> RoundData:
    """Read a round's answers in one pass (7 queries, whatever the number of experts)."""
    with transaction.atomic():
        asked = asked_items(study_round)
        meta = _meta(study_round, asked)
        places = {panelist_id: place for place, panelist_id in enumerate(meta.pop("panelist_ids"))}
        shape = (len(asked), len(places))
        components = sum(len(item["components"]) for item in meta["items"])
        arrays = {
            "panel": np.array(meta.pop("panel_index"), dtype=np.int32),
            "invited": np.array(meta.pop("invited"), dtype=bool),
            "submitted": np.zeros(len(places), dtype=bool),
            "values": np.full((components, len(places)), np.nan),
            "cannot_judge": np.zeros((components, len(places)), dtype=bool),
            "decision": np.zeros(shape, dtype=np.int8),
            "confidence": np.full(shape, np.nan),
            "has_reason": np.zeros(shape, dtype=bool),
            "not_shown": np.zeros(shape, dtype=bool),
        }
        _fill(study_round, asked, meta, places, arrays)
        hide_unasked(meta["items"], arrays)
    return RoundData(meta=meta, **arrays)


def _meta(study_round: Round, asked: list[AskedItem]) -> dict[str, Any]:
    study = study_round.study
    panels = list(study.panels.prefetch_related("theatres"))
    theatres, stands_in = list(study.theatres.all()), [set(panel.theatres.all()) for panel in panels]
    places = {panel.pk: place for place, panel in enumerate(panels)}
    ordered = sorted(_people(study_round))
    return {
        "format": FORMAT, "salt": secrets.token_hex(16), "study": study.slug, "round": study_round.number, "closing": study_round.closing,
        "closed_at": study_round.closed_at.isoformat() if study_round.closed_at else None,
        "minimum": study.minimum, "quantile_type": study.quantile_type, "rules_sha256": study.rules_sha256,
        "consensus": study.settings.get("consensus"), "stability": study.settings.get("stability"),
        "panels": [panel.code for panel in panels],
        "theatres": {theatre.code: [panel.code for panel, inside in zip(panels, stands_in, strict=True) if theatre in inside] for theatre in theatres},
        "theatre_order": [theatre.code for theatre in theatres],
        "items": [_item_meta(study.settings, item) for item in asked],
        "panelists": [code for code, _panelist_id, _panel_id, _invited in ordered],
        "panelist_ids": [panelist_id for _code, panelist_id, _panel_id, _invited in ordered],
        "panel_index": [places[panel_id] for _code, _panelist_id, panel_id, _invited in ordered],
        "invited": [invited for _code, _panelist_id, _panel_id, invited in ordered],
    }


def _people(study_round: Round) -> Iterable[tuple[str, int, int, bool]]:
    """Code, panelist, panel, invited. Whoever answered was invited to this round, also if replaced or declined since: a recount must not find fewer."""
    fields = ("panelist__code", "panelist_id", "panelist__panel_id")
    people = {
        panelist_id: (code, panelist_id, panel_id, state in (PanelistState.INVITED, PanelistState.ACTIVE))
        for code, panelist_id, panel_id, state in Invitation.objects.filter(round=study_round).values_list(*fields, "panelist__state")
    }
    for code, panelist_id, panel_id in responses_that_count(study_round).values_list(*fields):
        people[panelist_id] = (code, panelist_id, panel_id, True)
    return people.values()


def _item_meta(settings: dict[str, Any], asked: AskedItem) -> dict[str, Any]:
    version = asked.item_version
    spec, first = version.spec(settings), version.first_version or version
    kind = kind_of(spec)
    components = [
        {"code": component.code, "level": str(component.level), "categories": list(component.categories),
         "minimum": component.minimum, "maximum": component.maximum,
         "consensus": list(component.consensus), "stability": list(component.stability)}
        for component in kind.components(spec)
    ]
    return {
        "key": item_key(asked), "code": spec.code, "kind": spec.kind, "section": version.item.section.code,
        "version": version.number, "line": f"{spec.code}/{first.number}", "practice": spec.practice, "components": components,
        "together": kind.shown_together, "whole_level": str(kind.whole_level), "shown_if": asdict(spec.shown_if) if spec.shown_if else None,
        "at_most": spec.at_most,
        "consensus": list(spec.consensus), "stability": list(spec.stability),
        "theatre": spec.theatre, "same_as": spec.same_as, "about": spec.about, "mirror": spec.mirror, "truth": spec.truth,
        "rows": [row.code for row in spec.rows], "columns": [column.code for column in spec.columns],
        "rows_are_panels": spec.rows_are_panels, "interval": spec.interval,
    }


def item_key(asked: AskedItem) -> str:
    """An item version's name within its study, the same in every database: `code/version`."""
    return f"{asked.item_version.item.code}/{asked.item_version.number}"


def _fill(study_round: Round, asked: list[AskedItem], meta: dict[str, Any], places: dict[int, int], arrays: dict[str, Any]) -> None:
    columns = _Columns(dict(responses_that_count(study_round).values_list("pk", "panelist_id")), places)
    arrays["submitted"][columns.places] = True
    item_rows = {asked_item.pk: row for row, asked_item in enumerate(asked)}
    component_rows = _component_rows(asked, meta)
    for given in given_answers(study_round):
        if given.asked_item_id in item_rows:
            row = item_rows[given.asked_item_id]
            spec, components = asked[row].item_version.spec(study_round.study.settings), meta["items"][row]["components"]
            numbers, not_judged = component_numbers(spec, components, given.values)
            rows = component_rows[given.asked_item_id]
            _write(arrays, (row, rows), given, columns.entries(given.responses))
            where = columns.entries(given.responses[given.has_value])
            arrays["values"][rows] = _spread(numbers, where, np.nan)
            arrays["cannot_judge"][rows] |= _spread(not_judged, where, False)
    for asked_item_id, responses in responses_with_reasons(study_round):
        arrays["has_reason"][item_rows[asked_item_id]] = columns.entries(responses) >= 0


class _Columns:
    """Where each response's expert stands in the arrays."""

    def __init__(self, panelists: dict[int, int], places: dict[int, int]) -> None:
        self.responses = np.array(sorted(panelists), dtype=np.int64)
        self.places = np.array([places[panelists[response]] for response in sorted(panelists)], dtype=np.int64)
        self.number = len(places)

    def entries(self, responses: Any) -> Any:
        """For each column, which of the responses is its expert's; -1 where none is. One submitted a moment ago may be nobody's."""
        found = np.full(self.number, -1)
        if len(self.responses):
            nearest = np.minimum(np.searchsorted(self.responses, responses), len(self.responses) - 1)
            known = self.responses[nearest] == responses
            found[self.places[nearest[known]]] = np.flatnonzero(known)
        return found


def _spread(found: Any, entries: Any, nothing: Any) -> Any:
    """What was given, in the order of the columns; `nothing` where an expert gave none. The last axis is that of the answers."""
    beyond = np.full((*found.shape[:-1], 1), nothing, dtype=found.dtype)
    return np.concatenate([found, beyond], axis=-1).take(entries, axis=-1)  # -1 is the last


def _write(arrays: dict[str, Any], where: tuple[int, slice], given: GivenAnswers, entries: Any) -> None:
    """All of an item's answers but their values."""
    row, rows = where
    arrays["decision"][row] = _spread(given.decisions, entries, 0)
    arrays["confidence"][row] = _spread(given.confidence, entries, np.nan)
    arrays["cannot_judge"][rows] = _spread(given.cannot_judge, entries, False)


def _component_rows(asked: list[AskedItem], meta: dict[str, Any]) -> dict[int, slice]:
    """Asked item id → the rows of its components."""
    found, first = {}, 0
    for item, asked_item in zip(meta["items"], asked, strict=True):
        found[asked_item.pk] = slice(first, first + len(item["components"]))
        first += len(item["components"])
    return found


def digest_of(data: RoundData) -> str:
    """SHA-256 over the meaning of the file, whatever its compression.

    The file holds a random salt: without it, the published digest of a small panel's answers could be found by trying all answers.
    """
    digest = hashlib.sha256(_meta_bytes(data))
    for name in ARRAYS:
        array = np.ascontiguousarray(getattr(data, name))
        digest.update(f"{name}{array.shape}{array.dtype.str}".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()


def _meta_bytes(data: RoundData) -> bytes:
    return json.dumps(data.meta, sort_keys=True, ensure_ascii=False).encode()


def pack(data: RoundData) -> bytes:
    stream = io.BytesIO()
    meta = np.frombuffer(_meta_bytes(data), dtype=np.uint8)
    np.savez_compressed(stream, meta=meta, **{name: getattr(data, name) for name in ARRAYS})
    return stream.getvalue()


def unpack(content: bytes | memoryview) -> RoundData:
    with np.load(io.BytesIO(bytes(content)), allow_pickle=False) as file:
        meta, arrays = json.loads(file["meta"].tobytes()), {name: file[name] for name in ARRAYS if name in file}
    return RoundData(meta=meta, **(arrays if meta["format"] == FORMAT else _from_first_format(meta, arrays)))


def _from_first_format(meta: dict[str, Any], arrays: dict[str, Any]) -> dict[str, Any]:
    """Snapshots of the first format had “cannot judge” by item, and no conditions. Their digest is that of what they were."""
    by_component = [row for row, item in enumerate(meta["items"]) for _component in item["components"]]
    for item in meta["items"]:
        item.update(line=item["key"], together=False, whole_level="", shown_if=None)
    return {**arrays, "cannot_judge": arrays["cannot_judge"][by_component], "not_shown": np.zeros_like(arrays["has_reason"])}


def erase_panelists(round_id: int, codes: list[str]) -> None:
    """Delete panelists' columns from every snapshot of the round, at once and for good; how many of each panel is kept."""
    for snapshot in Snapshot.objects.select_for_update().filter(round_id=round_id):
        data = unpack(snapshot.content)
        kept = np.array([code not in set(codes) for code in data.panelists], dtype=bool)
        if kept.all():
            continue
        gone = Counter(data.meta["panels"][index] for index, submitted in zip(data.panel[~kept], data.submitted[~kept], strict=True) if submitted)
        meta = {**data.meta, "panelists": [code for code, stays in zip(data.panelists, kept, strict=True) if stays]}
        left = RoundData(meta=meta, **{name: getattr(data, name)[..., kept] for name in ARRAYS})
        delete_file_after_commit(snapshot.file)
        place = _put_away(round_id, pack(left))
        erased = dict(Counter(snapshot.erased) + gone)
        Snapshot.objects.filter(pk=snapshot.pk).update(**place, erased=erased)


def delete_file_after_commit(name: str) -> None:
    if name:
        transaction.on_commit(partial(snapshot_files.delete, name), robust=True)  # what stays is a stray


def delete_stray_files() -> int:
    """Files that no snapshot points to, among them what was erased by a process that died right afterwards. Returns how many there were."""
    return snapshot_files.delete_strays(set(Snapshot.objects.exclude(file="").values_list("file", flat=True))) if snapshot_files.are_used() else 0


def answers_by_person(snapshot: Snapshot) -> dict[str, dict[str, object]]:
    """Panel → person → everything they answered, hashable; erased people stand for themselves, unlike anybody."""
    data = unpack(snapshot.content)
    found: dict[str, dict[str, object]] = {panel: {} for panel in data.meta["panels"]}
    for column, code in enumerate(data.panelists):
        if data.submitted[column]:
            said = (data.values[:, column].tobytes(), data.cannot_judge[:, column].tobytes(), data.decision[:, column].tobytes())
            found[data.meta["panels"][data.panel[column]]][code] = said
    for panel, number in snapshot.erased.items():
        found[panel].update({f"(erased {place})": ("erased", place) for place in range(number)})
    return found
