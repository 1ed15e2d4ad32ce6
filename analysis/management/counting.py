"""Counting on command: in this process, now, and with a word that helps when it does not succeed."""

from django.core.management.base import CommandError

from analysis.aggregation import aggregate_round, retry_failed
from analysis.blocks import analyse_now
from analysis.models import AnalysisRun
from surveys.enums import RoundState
from surveys.models import Round


def count_now(study_round: Round) -> None:
    """Count a closed round, also after earlier attempts were given up. Raises CommandError when its results are not there afterwards."""
    if study_round.state != RoundState.CLOSED:
        return
    retry_failed(study_round)
    aggregate_round(study_round.pk, study_round.closing)
    study_round.refresh_from_db()
    if study_round.is_counted:
        analyse_now(study_round)
        return
    slug, number = study_round.study.slug, study_round.number
    run = AnalysisRun.objects.filter(round=study_round, closing=study_round.closing, state=AnalysisRun.State.FAILED).first()
    if run is not None:
        raise CommandError(f"Round {number} of {slug} could not be counted: {run.problem}. The log says more; close_round {slug} {number} --wait tries again.")
    raise CommandError(f"Round {number} of {slug} was reopened or counted anew in the meantime; its results are not there. Run the command again.")
