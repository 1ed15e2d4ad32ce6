"""Deleting what a study promised to delete: identities and answers, so many days after it finished."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from surveys.models import Identity, Panelist, Response, Study
from surveys.signals import answers_erased
from surveys.workflow.locks import lock_study
from surveys.workflow.record import record_act


def delete_what_is_due() -> None:
    """Safe to run at any time and twice. Published figures stay."""
    for study in Study.objects.filter(finished_at__isnull=False):
        plan = study.settings.get("retention", {})
        if _is_due(study, plan.get("identities_days")):
            _delete_identities(study)
        if _is_due(study, plan.get("answers_days")):
            _delete_answers(study)


def _is_due(study: Study, days: int | None) -> bool:
    return days is not None and study.finished_at is not None and study.finished_at + timedelta(days=days) <= timezone.now()


@transaction.atomic
def _delete_identities(study: Study) -> None:
    deleted, _by_table = Identity.objects.filter(study=study).delete()
    if deleted:
        record_act(study, "delete_identities", identities=deleted)


@transaction.atomic
def _delete_answers(study: Study) -> None:
    lock_study(study.pk)
    responses = Response.objects.filter(round__study=study)
    if not responses.exists():
        return
    codes = list(Panelist.objects.filter(responses__in=responses).distinct().values_list("code", flat=True))
    count = responses.count()
    responses.delete()
    for study_round in study.rounds.all():
        answers_erased.send(sender=Response, round_id=study_round.pk, panelist_codes=codes)
    record_act(study, "delete_answers", responses=count)
