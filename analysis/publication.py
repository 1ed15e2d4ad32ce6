"""Which closing's results are shown, and who has seen them.

After a reopening or an erasure the new results replace the earlier ones at once if nobody saw those; else only if in every panel
nobody or at least k people differ: otherwise the difference of two publications would tell what one person said.
"""

from datetime import datetime
from enum import Enum

from django.db.models import QuerySet
from django.utils import timezone

from analysis.models import AnalysisRun, Snapshot
from surveys.enums import RoundState
from surveys.models import AuditEvent, Round, Study


class Standing(Enum):
    """Are the figures that are shown those of the round's latest closing, and if not, why?"""

    LATEST = "latest"
    NOT_COUNTED = "the latest closing is not counted yet"
    WITHHELD = "the latest figures beside these could give someone away"


def published_run(study_round: Round) -> AnalysisRun | None:
    """The run whose rows pages and files show; None while nothing was counted."""
    return AnalysisRun.objects.filter(round=study_round, is_published=True).first()


def shown_runs(study: Study) -> QuerySet[AnalysisRun]:
    """The runs whose rows every way out may show. A round that is open (again) has none: nobody sees figures while people answer."""
    return AnalysisRun.objects.filter(round__study=study, is_published=True).exclude(round__state=RoundState.OPEN)


def standing_of(run: AnalysisRun, study_round: Round, is_latest_counted: bool | None = None) -> Standing:
    """Where it is not known whether the latest closing is counted, one query asks; none where this is the latest."""
    if run.closing == study_round.closing:
        return Standing.LATEST
    if is_latest_counted is None:
        is_latest_counted = AnalysisRun.objects.filter(round=study_round, closing=study_round.closing, state=AnalysisRun.State.DONE).exists()
    return Standing.WITHHELD if is_latest_counted else Standing.NOT_COUNTED


def closed_at(run: AnalysisRun, study_round: Round) -> datetime | None:
    """When the answers of this run were frozen: a round knows the time of its latest closing alone, its record has the others (1 query then).

    A closing that renewed another after an erasure has that one's time: nobody closed the round again.
    """
    if run.closing == study_round.closing:
        return study_round.closed_at
    closings = AuditEvent.objects.filter(study=study_round.study_id, act="close_round", subject=f"round {study_round.number}")
    return closings.filter(details__closing__lte=run.closing).order_by("-sequence").values_list("at", flat=True).first()


def publish(run: AnalysisRun) -> bool:
    """Make this run the one that is shown, if the promise allows it. Returns whether it is shown."""
    earlier = AnalysisRun.objects.select_for_update().filter(round=run.round, is_published=True).first()
    if earlier is not None and earlier.pk == run.pk:
        return True
    if earlier is not None and not may_replace(earlier, run):
        return False
    if earlier is not None:
        AnalysisRun.objects.filter(pk=earlier.pk).update(is_published=False)
    AnalysisRun.objects.filter(pk=run.pk).update(is_published=True)
    run.is_published = True
    return True


def may_replace(earlier: AnalysisRun, later: AnalysisRun) -> bool:
    """Nobody saw the earlier results, or in every panel nobody or at least k people differ."""
    if earlier.first_shown_at is None:
        return True
    from analysis.disclosure import changed_per_panel_allows_replacement  # with numpy and scipy: workers need them, web processes don't
    from analysis.snapshot import answers_by_person

    snapshots = {
        snapshot.closing: snapshot
        for snapshot in Snapshot.objects.filter(round=later.round, closing__in=[earlier.closing, later.closing])
    }
    before, after = answers_by_person(snapshots[earlier.closing]), answers_by_person(snapshots[later.closing])
    return changed_per_panel_allows_replacement(before, after, later.round.study.minimum)


def remember_shown(round_id: int) -> None:
    """Somebody has seen the published figures of this round: on a page, in a file, or as an expert."""
    unseen = AnalysisRun.objects.filter(round_id=round_id, is_published=True, first_shown_at=None)
    while unseen.exists():  # again, if later results took the place of these while this waited for their lock
        unseen.update(first_shown_at=timezone.now())
