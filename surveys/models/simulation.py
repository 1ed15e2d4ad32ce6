"""A study's simulated panel: what it was made with, and how far its rounds have come."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from surveys.models.study import Study


class Simulation(models.Model):
    """`source`: the draft whose copy this study is, made for a dry run; the copy goes with its simulation, another study stays.

    With `experts`, `rounds`, `seed` and `model` the same answers can be made again, to the letter.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    study = models.OneToOneField(Study, models.CASCADE, related_name="simulation")
    source = models.ForeignKey(Study, models.SET_NULL, null=True, related_name="dry_runs")
    is_copy = models.BooleanField(default=False)
    experts = models.JSONField()  # panel → number
    rounds = models.PositiveIntegerField()
    leaves_open = models.BooleanField(default=False)
    seed = models.BigIntegerField()
    model = models.JSONField()
    state = models.CharField(max_length=20, choices=State, default=State.QUEUED)
    rounds_done = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    requested_at = models.DateTimeField(default=timezone.now, editable=False)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    heartbeat_at = models.DateTimeField(null=True)  # the worker's last sign of life
    finished_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="simulation_source_has_a_copy", condition=Q(source__isnull=True) | Q(is_copy=True)),
            models.CheckConstraint(name="simulation_rounds_within_plan", condition=Q(rounds_done__lte=F("rounds"))),
        ]

    def __str__(self) -> str:
        return f"{self.study_id} {self.state}"

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def number_of_experts(self) -> int:
        return sum(self.experts.values())
