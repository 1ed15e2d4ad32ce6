"""provenance.json: on which closings, rules and versions the figures rest. It holds the closing's time, never the export's."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from analysis.models import AnalysisBlock, AnalysisRun, Snapshot
from analysis.publication import Standing, standing_of
from surveys.enums import RoundState
from surveys.models import AskedItem, Round, Study
from surveys.workflow.deviations import asked_in_rounds, deviations_of

METHODS = {
    "quantiles": "Hyndman-Fan, in the study's type; equal_weight: type 7 generalised by Kish's effective number",
    "standard_deviation": "divisor n - 1; equal_weight: reliability weights",
    "between_rounds": "paired by expert; without carrying answers forward",
    "disclosure": "primary and complementary suppression, see docs/disclosure.md",
}

NOTES = {
    Standing.WITHHELD: "The figures are those of an earlier closing: showing the later ones beside them could give someone away.",
    Standing.NOT_COUNTED: "The figures are those of an earlier closing: the latest is not counted yet.",
}


def provenance(study: Study) -> dict[str, Any]:
    """What a reviewer needs to trust or repeat the figures (a few queries per round)."""
    return {
        "study": study.slug,
        "simulated": study.is_simulated,
        "rules_sha256": study.rules_sha256,
        "rules_locked_at": study.rules_locked_at.isoformat() if study.rules_locked_at else None,
        "rules": json.loads(study.rules_text) if study.rules_text else None,
        "deviations": [asdict(deviation) for deviation in deviations_of(study)],
        "minimum": study.minimum,
        "quantile_type": study.quantile_type,
        "methods": METHODS,
        "versions": software(),
        "item_versions": item_versions(study),
        "rounds": [_round(study_round) for study_round in study.rounds.exclude(state__in=["draft", "open"])],
    }


def item_versions(study: Study) -> list[dict[str, Any]]:
    """Every wording that a closed round asked, in the questionnaire's order: its rounds, and the version that it compares with (1 query)."""
    return versions_among(asked_in_rounds(study))


def versions_among(asked: Iterable[AskedItem]) -> list[dict[str, Any]]:
    """Of these, in their order; what an open round asks is left out."""
    found: dict[int, dict[str, Any]] = {}
    for entry in asked:
        if entry.round.state != RoundState.OPEN:
            version = entry.item_version
            said = {"item": version.item.code, "version": version.number, "equivalent_to": version.definition.get("equivalent_to"), "rounds": []}
            found.setdefault(version.pk, said)["rounds"].append(entry.round.number)
    return list(found.values())


def software() -> dict[str, str]:
    """What the figures were worked out with."""
    return {name: version(name) for name in ("numpy", "scipy")} | {"deterrence_delphi": _own_version()}


def _own_version() -> str:
    import deterrence_delphi

    return deterrence_delphi.__version__


def _round(study_round: Round) -> dict[str, Any]:
    shown = AnalysisRun.objects.filter(round=study_round, is_published=True).first()
    found: dict[str, Any] = {
        "round": study_round.number,
        "opened_at": study_round.opened_at.isoformat() if study_round.opened_at else None,
        "closed_at": study_round.closed_at.isoformat() if study_round.closed_at else None,
        "closing": study_round.closing,
        "shown_closing": shown.closing if shown else None,
        "superseded_closings": superseded_by(shown),
        "decisions": decisions_on(study_round),
        "snapshots": [
            {"closing": snapshot.closing, "sha256": snapshot.sha256, "erased_since": sum(snapshot.erased.values())}
            for snapshot in Snapshot.objects.filter(round=study_round).order_by("closing").defer("data")
            if shown is None or snapshot.closing in (shown.closing, study_round.closing)
        ],
    }
    if shown is not None:
        found["not_worked_out"] = not_worked_out(shown)
        note = NOTES.get(standing_of(shown, study_round))
        found |= {"note": note} if note else {}
    return found


def not_worked_out(run: AnalysisRun) -> list[dict[str, Any]]:
    """Items without further figures, and why: somebody's answers were erased before these could be worked out (1 query)."""
    blocks = AnalysisBlock.objects.filter(run=run, state=AnalysisRun.State.DONE).exclude(problem="")
    return [{"items": [key.rpartition("/")[0] for key in block.item_keys] or "all together", "why": block.problem} for block in blocks]


def superseded_by(shown: AnalysisRun | None) -> list[int]:
    """Closings that were counted before, and whose results these replaced (1 query)."""
    earlier = AnalysisRun.objects.filter(round=shown.round_id, state=AnalysisRun.State.DONE, closing__lt=shown.closing) if shown else AnalysisRun.objects.none()
    return list(earlier.order_by("closing").values_list("closing", flat=True))


def decisions_on(study_round: Round) -> list[dict[str, str]]:
    """What was proposed and decided for each item before the round opened, and why (1 query); nothing for round 1, which asks what was chosen."""
    decisions = study_round.decisions.select_related("item").order_by("item__section__position", "item__position")
    return [{"item": decision.item.code, "act": decision.act, "proposal": decision.proposal, "ground": decision.ground, "reason": decision.reason,
             "way": decision.way} for decision in decisions]


def provenance_json(study: Study) -> bytes:
    return (json.dumps(provenance(study), ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
