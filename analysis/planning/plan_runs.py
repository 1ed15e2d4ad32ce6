"""The rows of plans: asked for, waiting, failed. The database is the queue; a worker that dies leaves a row that the sweeper finds.

Loads no numpy, so that pages can ask. The work itself: plan_worker.py.
"""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from analysis.models import PlanRun
from analysis.planning.parameters import PlanParameters
from surveys.models import Study

State = PlanRun.State
MOST_ATTEMPTS = 3
SILENT_FOR = timedelta(minutes=3)  # the largest step of the largest plan takes about one; a worker without a sign of life for so long is taken for dead
PAUSE_BETWEEN_ATTEMPTS = timedelta(seconds=30)
WAITING = (State.QUEUED, State.RUNNING)
KEPT = 20  # earlier plans of a study; older ones are dropped


def request_plan(study: Study, parameters: PlanParameters, *, by: Any) -> tuple[PlanRun, bool]:
    """A new plan, and True; or the one that is being worked out, and False: a study has one at a time."""
    user = by if getattr(by, "pk", None) else None
    try:
        with transaction.atomic():
            plan = PlanRun.objects.create(study=study, parameters=parameters.as_json(), requested_by=user)
    except IntegrityError:
        return PlanRun.objects.filter(study=study).latest("pk"), False
    surplus = PlanRun.objects.filter(study=study).exclude(state__in=WAITING).order_by("-pk")[KEPT - 1 :]
    PlanRun.objects.filter(pk__in=[old.pk for old in surplus.only("pk")]).delete()
    return plan, True


def plans_of(study: Study) -> list[PlanRun]:
    """Newest first, without their figures (1 query)."""
    return list(PlanRun.objects.filter(study=study).defer("result").select_related("requested_by").order_by("-pk"))


def plans_to_run() -> list[int]:
    """Plans that wait for a worker, or whose worker fell silent."""
    now = timezone.now()
    resting = Q(finished_at__isnull=False, finished_at__gt=now - PAUSE_BETWEEN_ATTEMPTS)
    waiting = (Q(state=State.QUEUED) & ~resting) | silent(now)
    return list(PlanRun.objects.filter(waiting).order_by("pk").values_list("pk", flat=True))


def silent(now: Any) -> Q:
    """A filter: running, but without a sign of life."""
    return Q(state=State.RUNNING) & (Q(heartbeat_at__isnull=True) | Q(heartbeat_at__lt=now - SILENT_FOR))
