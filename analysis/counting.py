"""How far the counting of a round is, for the pages of those who run the study."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from django.db.models import Count, Min, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from analysis.models import AnalysisRun
from surveys.models import Round

State = AnalysisRun.State


@dataclass(frozen=True)
class Counting:
    """`state`: waiting, running, failed or done; `earlier`: pages still show the figures of an earlier closing."""

    state: str
    items_done: int = 0
    items_total: int = 0
    problem: str = ""
    earlier: bool = False
    started_at: datetime | None = None

    @property
    def minutes_left(self) -> int | None:
        """At the pace so far, rounded up; None while nothing is known."""
        if self.state != "running" or not self.items_done or self.started_at is None:
            return None
        pace = (timezone.now() - self.started_at).total_seconds() / self.items_done
        return max(1, ceil(pace * (self.items_total - self.items_done) / 60))

    @property
    def percent(self) -> int:
        return 100 * self.items_done // self.items_total if self.items_total else 0


def in_words(problem: str) -> str:
    """Why a counting failed, as the worker noted it, in the reader's language."""
    if problem == "stopped without a word, several times":
        return _("stopped without a word, several times")
    error, _space, rest = problem.partition(" ")
    return _("%(error)s while counting") % {"error": error} if rest == "while counting" else problem


@dataclass(frozen=True)
class Further(Counting):
    """The further tables of a counted round, which are worked out after the figures that decisions and feedback need."""

    round_number: int = 0


def runs_of(study_id: int) -> list[Any]:
    """The study's runs, each with how far its blocks of further tables are (1 query)."""
    failed = Q(blocks__state=State.FAILED)
    blocks = {
        "blocks_left": Count("blocks", filter=~Q(blocks__state=State.DONE)), "blocks_items": Sum("blocks__items_done"),
        "blocks_started": Min("blocks__started_at"), "blocks_failed": Count("blocks", filter=failed),
        "blocks_problem": Min("blocks__problem", filter=failed),
    }
    return list(AnalysisRun.objects.filter(round__study=study_id).select_related("round").annotate(**blocks).order_by("round__number", "closing"))


def counting_of(study_round: Round, runs: Sequence[Any] | None = None) -> Counting | None:
    """The counting of the round's latest closing (1 query, none with the study's runs at hand); None while it was never closed, or is open again."""
    if study_round.closing == 0 or study_round.is_open:
        return None
    runs = [run for run in (runs_of(study_round.study_id) if runs is None else runs) if run.round_id == study_round.pk]
    run = next((run for run in runs if run.closing == study_round.closing), None)
    if study_round.is_counted:
        earlier = any(run.is_published and run.closing != study_round.closing for run in runs)
        return Counting("done", run.items_done if run else 0, run.items_total if run else 0, earlier=earlier)
    if run is None or run.state in (State.QUEUED, State.DONE):
        return Counting("waiting", problem=in_words(run.problem) if run else "")
    state = "failed" if run.state == State.FAILED else "running"
    return Counting(state, run.items_done, run.items_total, in_words(run.problem), started_at=run.started_at)


def further_of(runs: Sequence[Any]) -> list[Further]:
    """What is still to be worked out, or has failed, of the rounds that are counted and shown, from `runs_of`."""
    return [_further(run) for run in runs if run.is_published and run.state == State.DONE and run.blocks_left and not run.round.is_open]


def _further(run: Any) -> Further:
    state = "failed" if run.blocks_failed else "running" if run.blocks_started else "waiting"
    return Further(state, run.blocks_items or 0, run.items_total, in_words(run.blocks_problem or ""), False, run.blocks_started, run.round.number)
