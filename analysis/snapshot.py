"""Freeze a closed round into one columnar file with a digest. The only reader of survey models' answers.

The file is self-contained: pseudonyms, panels and theatres as they were at closing, what was asked and under which rules,
and the answers as arrays (experts are columns, components rows). Analysis reads nothing else.
"""

import hashlib
import io
import json
import secrets
from collections import Counter
from dataclasses import asdict
from typing import Any

import numpy as np
from django.db import transaction

from analysis.conditions import hide_unasked
from analysis.models import Snapshot
from analysis.round_data import RoundData
from surveys.enums import PanelistState
from surveys.items import kind_of
from surveys.models import Answer, AskedItem, Invitation, Rationale, Response, Round
from surveys.queries import GIVEN, asked_items, responses_that_count
from surveys.workflow.locks import lock_round_for_changing

ARRAYS = ("panel", "invited", "submitted", "values", "cannot_judge", "decision", "confidence", "has_reason", "not_shown")
FORMAT = 2
DECISIONS = {"new": 1, "kept": 2, "changed": 3}


def freeze_round(round_id: int, closing: int) -> Snapshot | None:
    """The snapshot of this closing, made once. None when the round has moved on to another closing."""
    present = Snapshot.objects.filter(round_id=round_id, closing=closing).first()
    if present is not None:
        return present
    data = read_round(Round.objects.select_related("study").get(pk=round_id))
    with transaction.atomic():
        study_round = lock_round_for_changing(round_id)
        if study_round.closing != closing or study_round.is_open or data.meta["closing"] != closing:
            return None
        content = pack(data)
        snapshot, _created = Snapshot.objects.get_or_create(
            round_id=round_id, closing=closing, defaults={"data": content, "sha256": digest_of(data)}
        )
    return snapshot


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
    places = {panel.pk: place for place, panel in enumerate(panels)}
    # Whoever answered was invited to this round, also if replaced or declined since: a recount must not find fewer.
    people = {
        invitation.panelist_id: (invitation.panelist, invitation.panelist.state in (PanelistState.INVITED, PanelistState.ACTIVE))
        for invitation in Invitation.objects.filter(round=study_round).select_related("panelist")
    }
    for response in responses_that_count(study_round).select_related("panelist"):
        people[response.panelist_id] = (response.panelist, True)
    ordered = sorted(people.values(), key=lambda entry: entry[0].code)
    return {
        "format": FORMAT, "salt": secrets.token_hex(16), "study": study.slug, "round": study_round.number, "closing": study_round.closing,
        "closed_at": study_round.closed_at.isoformat() if study_round.closed_at else None,
        "minimum": study.minimum, "quantile_type": study.quantile_type, "rules_sha256": study.rules_sha256,
        "consensus": study.settings.get("consensus"), "stability": study.settings.get("stability"),
        "panels": [panel.code for panel in panels],
        "theatres": {
            theatre.code: [panel.code for panel in panels if theatre in panel.theatres.all()] for theatre in study.theatres.all()
        },
        "theatre_order": [theatre.code for theatre in study.theatres.all()],
        "items": [_item_meta(study.settings, item) for item in asked],
        "panelists": [panelist.code for panelist, _invited in ordered],
        "panelist_ids": [panelist.pk for panelist, _invited in ordered],
        "panel_index": [places[panelist.panel_id] for panelist, _invited in ordered],
        "invited": [invited for _panelist, invited in ordered],
    }


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
    counting = dict(responses_that_count(study_round).values_list("pk", "panelist_id"))
    arrays["submitted"][[places[panelist_id] for panelist_id in counting.values()]] = True
    columns = {response_id: places[panelist_id] for response_id, panelist_id in counting.items()}
    item_rows = {asked_item.pk: row for row, asked_item in enumerate(asked)}
    writers = _writers(study_round.study.settings, asked, meta)
    component_rows = _component_rows(asked, meta)
    answers = Answer.objects.filter(GIVEN, response__in=Response.objects.filter(pk__in=responses_that_count(study_round).values("pk")))
    fields = ("response_id", "asked_item_id", "value", "cannot_judge", "decision", "confidence")
    for response_id, asked_item_id, value, cannot_judge, decision, confidence in answers.values_list(*fields).iterator(20_000):
        row, column = item_rows.get(asked_item_id), columns.get(response_id)
        if row is None or column is None:
            continue
        if cannot_judge:
            arrays["cannot_judge"][component_rows[asked_item_id], column] = True
        arrays["decision"][row, column] = DECISIONS[decision]
        if confidence is not None:
            arrays["confidence"][row, column] = confidence
        if value is not None:
            writers[asked_item_id](arrays, column, value)
    reasons = Rationale.objects.filter(response__in=responses_that_count(study_round)).exclude(text="")
    for response_id, asked_item_id in reasons.values_list("response_id", "asked_item_id"):
        arrays["has_reason"][item_rows[asked_item_id], columns[response_id]] = True


def _component_rows(asked: list[AskedItem], meta: dict[str, Any]) -> dict[int, slice]:
    """Asked item id → the rows of its components."""
    found, first = {}, 0
    for item, asked_item in zip(meta["items"], asked, strict=True):
        found[asked_item.pk] = slice(first, first + len(item["components"]))
        first += len(item["components"])
    return found


def _writers(settings: dict[str, Any], asked: list[AskedItem], meta: dict[str, Any]) -> dict[int, Any]:
    """Asked item id → a function that writes a value's components into a column."""
    writers, first = {}, 0
    for item, asked_item in zip(meta["items"], asked, strict=True):
        spec = asked_item.item_version.spec(settings)
        writers[asked_item.pk] = _writer(spec, item["components"], first)
        first += len(item["components"])
    return writers


def _writer(spec: Any, components: list[dict[str, Any]], first: int) -> Any:
    kind = kind_of(spec)
    rows = {component["code"]: first + place for place, component in enumerate(components)}
    indexes = {
        component["code"]: {category: index for index, category in enumerate(component["categories"])}
        for component in components if component["level"] == "nominal"
    }

    def write(arrays: dict[str, Any], column: int, value: Any) -> None:
        for code, number in kind.to_components(spec, value).items():
            arrays["values"][rows[code], column] = indexes[code][number] if code in indexes else number
        for code in kind.not_judged(spec, value):
            arrays["cannot_judge"][rows[code], column] = True

    return write


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
        data = unpack(snapshot.data)
        kept = np.array([code not in set(codes) for code in data.panelists], dtype=bool)
        if kept.all():
            continue
        gone = Counter(data.meta["panels"][index] for index, submitted in zip(data.panel[~kept], data.submitted[~kept], strict=True) if submitted)
        meta = {**data.meta, "panelists": [code for code, stays in zip(data.panelists, kept, strict=True) if stays]}
        left = RoundData(meta=meta, **{name: getattr(data, name)[..., kept] for name in ARRAYS})
        snapshot.data = pack(left)
        snapshot.erased = dict(Counter(snapshot.erased) + gone)
        snapshot.save(update_fields=["data", "erased"])


def answers_by_person(snapshot: Snapshot) -> dict[str, dict[str, object]]:
    """Panel → person → everything they answered, hashable; erased people stand for themselves, unlike anybody."""
    data = unpack(snapshot.data)
    found: dict[str, dict[str, object]] = {panel: {} for panel in data.meta["panels"]}
    for column, code in enumerate(data.panelists):
        if data.submitted[column]:
            said = (data.values[:, column].tobytes(), data.cannot_judge[:, column].tobytes(), data.decision[:, column].tobytes())
            found[data.meta["panels"][data.panel[column]]][code] = said
    for panel, number in snapshot.erased.items():
        found[panel].update({f"(erased {place})": ("erased", place) for place in range(number)})
    return found
