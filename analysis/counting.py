"""How far the counting of a round is, for the pages of those who run the study."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

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


def counting_of(study_round: Round) -> Counting | None:
    """The counting of the round's latest closing (1 query); None while it was never closed, or is open again."""
    if study_round.closing == 0 or study_round.is_open:
        return None
    runs = list(AnalysisRun.objects.filter(round=study_round))
    run = next((run for run in runs if run.closing == study_round.closing), None)
    if study_round.is_counted:
        earlier = any(run.is_published and run.closing != study_round.closing for run in runs)
        return Counting("done", run.items_done if run else 0, run.items_total if run else 0, earlier=earlier)
    if run is None or run.state in (State.QUEUED, State.DONE):
        return Counting("waiting", problem=in_words(run.problem) if run else "")
    state = "failed" if run.state == State.FAILED else "running"
    return Counting(state, run.items_done, run.items_total, in_words(run.problem), started_at=run.started_at)
