"""Which closing's results are shown, and who has seen them.

After a reopening or an erasure the new results replace the earlier ones at once if nobody saw those; else only if in every panel
nobody or at least k people differ: otherwise the difference of two publications would tell what one person said.
"""

from django.db.models import QuerySet
from django.utils import timezone

from analysis.models import AnalysisRun, Snapshot
from surveys.enums import RoundState
from surveys.models import Round, Study


def published_run(study_round: Round) -> AnalysisRun | None:
    """The run whose rows pages and files show; None while nothing was counted."""
    return AnalysisRun.objects.filter(round=study_round, is_published=True).first()


def shown_runs(study: Study) -> QuerySet[AnalysisRun]:
    """The runs whose rows every way out may show. A round that is open (again) has none: nobody sees figures while people answer."""
    return AnalysisRun.objects.filter(round__study=study, is_published=True).exclude(round__state=RoundState.OPEN)


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
