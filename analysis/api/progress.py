"""GET /api/studies/<slug>/progress/: where the study is and who is missing, in counts. What the study's page polls."""

import hashlib
import json
from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse

from analysis.counting import counting_of, further_of, runs_of
from surveys.api.base import StudyApiView
from surveys.api.shapes import MOMENT, TEXT, WHOLE, YES_OR_NO, Shape, listed, or_none, record
from surveys.models import Round, Simulation, Study
from surveys.queries import progress_by_panel

DONE = {"items_done": WHOLE, "items_total": WHOLE}
PANEL = record(panel=TEXT, invited=WHOLE, submitted=WHOLE, started=WHOLE, silent=WHOLE)
ROUND = record(number=WHOLE, state=TEXT, closing=WHOLE, deadline_at=or_none(MOMENT))
PROGRESS: Shape = {
    "type": "object",
    "properties": {
        "study": TEXT, "live": YES_OR_NO, "version": TEXT, "round": or_none(ROUND), "panels": listed(PANEL),
        "counting": or_none(record(state=TEXT, **DONE)), "further": listed(record(round=WHOLE, state=TEXT, **DONE)),
        "simulation": record(state=TEXT, is_under_way=YES_OR_NO, rounds_done=WHOLE, rounds=WHOLE),
    },
    "required": ["study", "live", "version", "round"],
    "additionalProperties": False,
}


class ProgressView(StudyApiView):
    """`version` changes whenever anything else does: who polls compares that alone."""

    act: ClassVar[str] = "see_progress"
    summary = "How far the study is, in counts of people"

    def answer_shape(self) -> Shape:
        return PROGRESS

    def get(self, request: Request, slug: str) -> ApiResponse:
        self.asked(request)
        found = progress_of(self.access(request, slug).study)
        said = json.dumps(found, sort_keys=True).encode()
        return ApiResponse({**found, "version": hashlib.sha256(said).hexdigest()[:16]})


def progress_of(study: Study) -> dict[str, Any]:
    """Counts of people, never of answers (5 queries, 6 in a simulated study)."""
    latest = study.rounds.exclude(state="draft").order_by("-number").first()
    simulated = simulation_of(study)
    is_under_way = bool(simulated) and simulated["simulation"]["is_under_way"]
    if latest is None:
        return {"study": study.slug, "round": None, "live": is_under_way, **simulated}
    latest.study = study
    runs = runs_of(study.pk)
    counting, further = counting_of(latest, runs), further_of(runs)
    is_counted_now = any(found is not None and found.state in ("waiting", "running") for found in (counting, *further))
    return {
        "study": study.slug, "live": is_under_way or latest.is_open or is_counted_now,
        "round": {
            "number": latest.number, "state": latest.state, "closing": latest.closing,
            "deadline_at": latest.deadline_at.isoformat() if latest.deadline_at else None,
        },
        "panels": panel_rows(latest),
        "counting": None if counting is None else
        {"state": counting.state, "items_done": counting.items_done, "items_total": counting.items_total},
        "further": [{"round": found.round_number, "state": found.state, "items_done": found.items_done, "items_total": found.items_total} for found in further],
        **simulated,
    }


def simulation_of(study: Study) -> dict[str, Any]:
    """How far the simulation is (1 query); nothing in a study of real experts."""
    found = Simulation.objects.filter(study=study).first() if study.is_simulated else None
    if found is None:
        return {}
    return {"simulation": {"state": found.state, "is_under_way": found.is_under_way, "rounds_done": found.rounds_done, "rounds": found.rounds}}


def panel_rows(study_round: Round) -> list[dict[str, Any]]:
    keys = ("invited", "submitted", "started", "silent")
    return [{"panel": row["panel"].code, **{key: row[key] for key in keys}} for row in progress_by_panel(study_round)]
