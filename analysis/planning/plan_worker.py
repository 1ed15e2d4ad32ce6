"""Work out a plan that was asked for. Safe to call twice, late, or after a worker died: only who holds the last attempt stores."""

import logging

from django.db.models import F, Q
from django.utils import timezone

from analysis.models import PlanRun
from analysis.planning.parameters import PlanParameters
from analysis.planning.plan_runs import MOST_ATTEMPTS, State, silent
from analysis.planning.plan_study import plan_study
from analysis.planning.study_shapes import planned_study

logger = logging.getLogger(__name__)
GIVEN_UP = "stopped without a word, several times"


def run_plan(plan_id: int) -> bool:
    """Work a plan out. Returns True when its result is there, now or before; False where another worker has it or it failed."""
    attempt = _take(plan_id)
    if attempt is None:
        return PlanRun.objects.filter(pk=plan_id, state=State.DONE).exists()
    try:
        return _work_out(plan_id, attempt)
    except Exception as error:
        _remember_failure(plan_id, attempt, error)
        raise


def _take(plan_id: int) -> int | None:
    """Compare and set: of two workers one gets the plan. Returns the number of the attempt; None where there is nothing to do."""
    now = timezone.now()
    free = PlanRun.objects.filter(Q(state=State.QUEUED) | silent(now), pk=plan_id)
    if free.filter(attempts__gte=MOST_ATTEMPTS).update(state=State.FAILED, problem=GIVEN_UP, finished_at=now):
        return None
    taken = free.update(state=State.RUNNING, attempts=F("attempts") + 1, started_at=now, heartbeat_at=now, finished_at=None, steps_done=0, problem="")
    return PlanRun.objects.values_list("attempts", flat=True).get(pk=plan_id) if taken else None


def _work_out(plan_id: int, attempt: int) -> bool:
    plan = PlanRun.objects.select_related("study").get(pk=plan_id)
    parameters = PlanParameters.from_json(plan.parameters)
    mine = PlanRun.objects.filter(pk=plan_id, attempts=attempt, state=State.RUNNING)

    def tell(done: int, total: int) -> None:
        mine.update(steps_done=done, steps_total=total, heartbeat_at=timezone.now())

    result = plan_study(planned_study(plan.study, parameters.items), parameters, tell)
    return bool(mine.update(state=State.DONE, result=result.as_json(), finished_at=timezone.now()))


def _remember_failure(plan_id: int, attempt: int, error: Exception) -> None:
    """After the last attempt the failure stays visible; before it, the plan waits for another."""
    state = State.FAILED if attempt >= MOST_ATTEMPTS else State.QUEUED
    PlanRun.objects.filter(pk=plan_id, attempts=attempt, state=State.RUNNING).update(
        state=state, problem=f"{type(error).__name__} while planning", finished_at=timezone.now()
    )
    logger.error("plan %s failed: %s", plan_id, type(error).__name__)
