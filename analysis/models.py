"""The tables of COUNT: frozen snapshots, the runs that counted them, and the published rows."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from analysis import snapshot_files
from surveys.models import AskedItem, Round, Study


class Snapshot(models.Model):
    """A closed round's answers in one columnar file, under pseudonyms, with its digest. The file lies in the row, or in a storage."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="snapshots")
    closing = models.PositiveIntegerField()
    data = models.BinaryField(null=True)
    file = models.CharField(max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)  # of the file as it is; `sha256` is of what it means
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    erased = models.JSONField(default=dict)  # panel → number of people whose answers were deleted from it afterwards

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "closing"], name="snapshot_once_per_closing"),
            models.CheckConstraint(
                name="snapshot_in_one_place",
                condition=Q(data__isnull=False, file="", file_sha256="") | (Q(data__isnull=True) & ~Q(file="") & ~Q(file_sha256="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.closing}"

    @property
    def content(self) -> bytes:
        """The columnar file, wherever it lies. Raises SnapshotLost where it is gone or damaged."""
        return bytes(self.data) if self.data is not None else snapshot_files.read(self.file, self.file_sha256)


class AnalysisRun(models.Model):
    """The counting of one closing. `is_published`: its rows are what pages and files show."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    round = models.ForeignKey(Round, models.CASCADE, related_name="analysis_runs")
    closing = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=State, default=State.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    items_done = models.PositiveIntegerField(default=0)
    items_total = models.PositiveIntegerField(default=0)
    snapshot_sha256 = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)  # the worker's last sign of life
    finished_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)
    is_published = models.BooleanField(default=False)
    first_shown_at = models.DateTimeField(null=True)  # viewed, exported or shown to experts
    erased_before = models.JSONField(default=dict)  # round → people whose answers were gone from its snapshot when this was counted

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "closing"], name="run_once_per_closing"),
            models.UniqueConstraint(fields=["round"], condition=Q(is_published=True), name="run_one_published_per_round"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.closing} {self.state}"


class ItemResult(models.Model):
    """One row of the aggregates: asked item × component × group, as published (hidden figures are not stored)."""

    run = models.ForeignKey(AnalysisRun, models.CASCADE, related_name="results")
    asked_item = models.ForeignKey(AskedItem, models.CASCADE, related_name="results")
    component = models.CharField(max_length=130, blank=True)
    component_position = models.PositiveIntegerField()
    level = models.CharField(max_length=20)
    group_type = models.CharField(max_length=20)
    group = models.CharField(max_length=60)
    group_position = models.PositiveIntegerField()
    suppressed = models.BooleanField()
    pairs_suppressed = models.BooleanField()
    figures = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "asked_item", "component", "group_type", "group"], name="result_once"),
        ]

    def __str__(self) -> str:
        return f"{self.asked_item_id}/{self.component}/{self.group}"


class AnalysisBlock(models.Model):
    """A part of a run's further analyses: some of its items, or (with none) the closing part, which looks at all of them together."""

    State = AnalysisRun.State

    run = models.ForeignKey(AnalysisRun, models.CASCADE, related_name="blocks")
    number = models.PositiveIntegerField()
    item_keys = models.JSONField(default=list)
    state = models.CharField(max_length=20, choices=AnalysisRun.State, default=AnalysisRun.State.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    items_done = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)  # the worker's last sign of life
    finished_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ["run", "number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="block_once")]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number} {self.state}"

    @property
    def is_closing(self) -> bool:
        return not self.item_keys


class ItemTable(models.Model):
    """One file's rows for one item of a run (or for the round as a whole), as published: {"columns": [...], "rows": [[...], ...]}."""

    run = models.ForeignKey(AnalysisRun, models.CASCADE, related_name="tables")
    asked_item = models.ForeignKey(AskedItem, models.CASCADE, null=True, related_name="tables")
    name = models.CharField(max_length=40)
    content = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "asked_item", "name"], name="table_once_per_item"),
            models.UniqueConstraint(fields=["run", "name"], condition=Q(asked_item=None), name="table_once_per_round"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.asked_item_id or 'round'}/{self.name}"


class PlanRun(models.Model):
    """An organizer's question of how many experts a study needs, and its simulated answer. `result` is there once it is done."""

    State = AnalysisRun.State

    study = models.ForeignKey(Study, models.CASCADE, related_name="plan_runs")
    parameters = models.JSONField()
    state = models.CharField(max_length=20, choices=AnalysisRun.State, default=AnalysisRun.State.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    steps_done = models.PositiveIntegerField(default=0)
    steps_total = models.PositiveIntegerField(default=0)
    result = models.JSONField(null=True)
    problem = models.TextField(blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now, editable=False)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)  # the worker's last sign of life
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="plan_done_has_a_result", condition=Q(state="done", result__isnull=False) | (~Q(state="done") & Q(result__isnull=True))
            ),
            models.UniqueConstraint(fields=["study"], condition=Q(state__in=["queued", "running"]), name="plan_one_at_a_time_per_study"),
        ]

    def __str__(self) -> str:
        return f"{self.study_id} {self.state}"
