"""How far a simulation has come. The database is the queue: what waits, or whose worker fell silent, is taken up again."""

from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from surveys.models import Simulation

MOST_ATTEMPTS = 3
SILENT_FOR = timedelta(minutes=3)  # a worker without a sign of life for so long is taken for dead; a round takes seconds
State = Simulation.State


def is_at_work(simulation: Simulation) -> bool:
    """Is a worker at it, that gave a sign of life lately?"""
    return simulation.state == State.RUNNING and simulation.heartbeat_at is not None and simulation.heartbeat_at >= timezone.now() - SILENT_FOR


def waiting() -> Q:
    """A filter: nobody is at it, or its worker fell silent."""
    silent = Q(state=State.RUNNING) & (Q(heartbeat_at=None) | Q(heartbeat_at__lt=timezone.now() - SILENT_FOR))
    return Q(state=State.QUEUED) | silent


def simulations_to_run() -> list[int]:
    """The to-do list."""
    return list(Simulation.objects.filter(waiting()).order_by("pk").values_list("pk", flat=True))


def claim_simulation(simulation_id: int) -> bool:
    """Compare and set: of several workers one gets it. After several that fell silent it is given up."""
    free = Simulation.objects.filter(waiting(), pk=simulation_id)
    if free.filter(attempts__gte=MOST_ATTEMPTS).update(state=State.FAILED, problem="stopped without a word, several times", finished_at=timezone.now()):
        return False
    return bool(free.update(state=State.RUNNING, heartbeat_at=timezone.now(), attempts=F("attempts") + 1, problem=""))


def note_round_done(simulation_id: int, number: int) -> None:
    Simulation.objects.filter(pk=simulation_id).update(rounds_done=number, heartbeat_at=timezone.now())


def finish_simulation(simulation_id: int) -> None:
    Simulation.objects.filter(pk=simulation_id).update(state=State.DONE, finished_at=timezone.now())


def fail_simulation(simulation_id: int, problem: str) -> None:
    """It stays visible, with what went wrong, until it is removed."""
    Simulation.objects.filter(pk=simulation_id).update(state=State.FAILED, finished_at=timezone.now(), problem=problem)
