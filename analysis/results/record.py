"""The record of a round's results: on which rules, closings and wordings they rest, and what of them is protected. What provenance.json says too."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from analysis.exports.provenance import software
from analysis.models import AnalysisBlock, AnalysisRun, Snapshot
from surveys.enums import RoundState
from surveys.models import AskedItem, AuditEvent, ItemVersion, Panel, Round, Study, Theatre
from surveys.workflow.deviations import Deviation, asked_in_rounds, deviations_among

PASSAGES = ("open_round", "move_deadline", "close_round", "reopen_round", "renew_round", "mark_aggregated_round", "release_round")
OF_THE_STUDY = ("simulate_study", "finish_study")


@dataclass(frozen=True)
class Wording:
    """A version that the round asked. `compares_with`: the latest earlier round whose answers to it, or to an equivalent one, are compared with."""

    version: ItemVersion
    compares_with: AskedItem | None
    is_new: bool  # no earlier round asked the question in any wording


@dataclass(frozen=True)
class Closing:
    """One counting of the round. `erased`: people whose answers were deleted from it since."""

    number: int
    snapshot_sha256: str
    erased: int
    is_shown: bool
    is_superseded: bool
    is_counted: bool
    is_incomplete: bool  # some further figures could not be worked out


@dataclass(frozen=True)
class Told:
    """A group's rows: how many there are, and of how many not everything is told."""

    group_type: str
    group: str
    name: Any  # by language; None for everybody
    rows: int
    protected: int
    without_pairs: int
    rough: int


@dataclass(frozen=True)
class Passage:
    """A step of a round from one state to the next, or another deadline."""

    round: int
    event: AuditEvent

    @property
    def at(self) -> datetime:
        return self.event.at


@dataclass(frozen=True)
class Record:
    """`passages`: by round, in order. `simulation`: what the record holds of simulated experts; None where they are real."""

    study: Study
    study_round: Round
    run: AnalysisRun
    rules: Mapping[str, Any]
    deviations: Sequence[Deviation]
    wordings: Sequence[Wording]
    closings: Sequence[Closing]
    told: Sequence[Told]
    passages: Mapping[int, Sequence[Passage]]
    simulation: Mapping[str, Any] | None
    software: Mapping[str, str]

    @property
    def erased(self) -> int:
        return sum(closing.erased for closing in self.closings if closing.is_shown)

    @property
    def is_latest_counted(self) -> bool:
        return any(closing.is_counted and closing.number == self.study_round.closing for closing in self.closings)

    @property
    def own_rules(self) -> list[tuple[ItemVersion, Mapping[str, Any]]]:
        """Questions of the round with rules of their own, as these were registered."""
        found = [(wording.version, self.rules.get("items", {}).get(wording.version.item.code, {})) for wording in self.wordings]
        return [(version, rules) for version, rules in found if "consensus" in rules or "stability" in rules]


def record_of(study: Study, study_round: Round, run: AnalysisRun) -> Record:
    """3 queries."""
    asked, events = list(asked_in_rounds(study)), list(_events(study))
    counted = list(_counted(study_round))
    return Record(
        study, study_round, run, json.loads(study.rules_text) if study.rules_text else {}, deviations_among(study, asked),
        wordings_of(study_round, asked), closings_of(run, counted), told_of(run, counted), passages_of(events),
        next((event.details for event in events if event.act == "simulate_study"), None) if study.is_simulated else None, software(),
    )


def _events(study: Study) -> Iterable[AuditEvent]:
    """Of rounds and their states: nothing about any expert or text (1 query)."""
    return AuditEvent.objects.filter(study=study, act__in=(*PASSAGES, *OF_THE_STUDY)).select_related("by").order_by("sequence")


def passages_of(events: Iterable[AuditEvent]) -> dict[int, list[Passage]]:
    found: dict[int, list[Passage]] = {}
    for event in events:
        word, _space, number = event.subject.partition(" ")
        if event.act in PASSAGES and word == "round" and number.isdecimal():
            found.setdefault(int(number), []).append(Passage(int(number), event))
    return dict(sorted(found.items()))


def wordings_of(study_round: Round, asked: Sequence[AskedItem]) -> list[Wording]:
    """In the questionnaire's order. Versions that compare form a line (ADR 9)."""
    before = [entry for entry in asked if entry.round.number < study_round.number and entry.round.state != RoundState.OPEN]
    found = []
    for entry in asked:
        if entry.round_id == study_round.pk:
            same_line = [earlier for earlier in before if earlier.item_version.line_id == entry.item_version.line_id]
            is_new = not any(earlier.item_version.item_id == entry.item_version.item_id for earlier in before)
            found.append(Wording(entry.item_version, max(same_line, key=lambda earlier: earlier.round.number, default=None), is_new))
    return found


def _counted(study_round: Round) -> Iterable[Any]:
    """Every counting of the round, with its groups: one row each, so that all is read at once (1 query)."""
    snapshots = Snapshot.objects.filter(round=OuterRef("round"), closing=OuterRef("closing"))
    incomplete = AnalysisBlock.objects.filter(run=OuterRef("pk"), state=AnalysisRun.State.DONE).exclude(problem="")
    names = {model: model.objects.filter(study=study_round.study_id, code=OuterRef("results__group")).values("name")[:1] for model in (Panel, Theatre)}
    shown, looks_back = Q(results__suppressed=False), Q(results__figures__previous_round__gt=0)
    return (
        AnalysisRun.objects.filter(round=study_round)
        .annotate(sha256=Subquery(snapshots.values("sha256")[:1]), erased=Subquery(snapshots.values("erased")[:1]),
                  incomplete=Subquery(incomplete.values("pk")[:1]), panel_name=Subquery(names[Panel]), theatre_name=Subquery(names[Theatre]))
        .values("pk", "closing", "state", "sha256", "erased", "incomplete", "panel_name", "theatre_name",
                "results__group_type", "results__group", "results__group_position")
        .annotate(rows=Count("results"), protected=Count("results", filter=Q(results__suppressed=True)),
                  without_pairs=Count("results", filter=shown & looks_back & Q(results__pairs_suppressed=True)),
                  rough=Count("results", filter=shown & Q(results__figures__paired_coarse="yes")))
        .order_by("closing", "results__group_position")
    )


def closings_of(run: AnalysisRun, counted: Iterable[Mapping[str, Any]]) -> list[Closing]:
    """A later one may wait for more people to differ; it is not shown then, and supersedes nothing."""
    found = {}
    for row in counted:
        is_counted = row["state"] == AnalysisRun.State.DONE
        found[row["closing"]] = Closing(row["closing"], row["sha256"] or "", sum((row["erased"] or {}).values()), row["closing"] == run.closing,
                                        is_counted and row["closing"] < run.closing, is_counted, row["incomplete"] is not None)
    return list(found.values())


def told_of(run: AnalysisRun, counted: Iterable[Mapping[str, Any]]) -> list[Told]:
    return [
        Told(row["results__group_type"], row["results__group"], {"panel": row["panel_name"], "theatre": row["theatre_name"]}.get(row["results__group_type"]),
             row["rows"], row["protected"], row["without_pairs"], row["rough"])
        for row in counted if row["pk"] == run.pk and row["results__group_type"]
    ]
